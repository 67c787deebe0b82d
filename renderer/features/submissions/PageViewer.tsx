import { ChevronLeft, ChevronRight, Hourglass } from 'lucide-react';
import { useState } from 'react';
import type { PageView } from '../../../shared/domain/index.ts';
import { imageUrl } from '../../../shared/ipc/index.ts';
import { dateText, Dialog, formatBytes, IconButton } from '../../components/index.ts';
import { currentLanguage, useText } from '../../i18n/index.ts';
import styles from './Submissions.module.css';

export interface ViewedPage {
  page: PageView;
  /** What the page is, in words. */
  title: string;
}

/** A page without bytes has no sheets to turn. */
function sheetsOf({ purgedAt, sheetCount }: PageView): number {
  return purgedAt === null ? (sheetCount ?? 1) : 1;
}

/** One page large, with its neighbours and, for a PDF, its sheets. */
export function PageViewer({
  pages,
  startId,
  onClose,
}: {
  pages: readonly ViewedPage[];
  startId: string;
  onClose: () => void;
}) {
  const t = useText();
  const [place, setPlace] = useState(() => ({
    index: Math.max(
      0,
      pages.findIndex((viewed) => viewed.page.id === startId),
    ),
    sheet: 1,
  }));
  const viewed = pages[place.index];
  if (viewed === undefined) return null;
  const sheets = sheetsOf(viewed.page);
  const turn = (step: 1 | -1): void => {
    const sheet = place.sheet + step;
    if (sheet >= 1 && sheet <= sheets) {
      setPlace({ ...place, sheet });
      return;
    }
    const index = place.index + step;
    const neighbour = pages[index];
    if (neighbour === undefined) return;
    setPlace({ index, sheet: step === 1 ? 1 : sheetsOf(neighbour.page) });
  };
  const isFirst = place.index === 0 && place.sheet === 1;
  const isLast = place.index === pages.length - 1 && place.sheet >= sheets;
  return (
    <Dialog
      title={viewed.title}
      isOpen
      onClose={onClose}
      size="l"
      footer={
        <>
          <span className={styles['viewerFacts']}>
            {viewed.page.fileName} · {formatBytes(viewed.page.byteLength, currentLanguage())}
            {sheets > 1 ? ` · ${t('submissions.viewer.sheet', { sheet: place.sheet, total: sheets })}` : ''}
          </span>
          <IconButton
            icon={ChevronLeft}
            tone="secondary"
            label={t('submissions.viewer.previous')}
            isDisabled={isFirst}
            onPress={() => turn(-1)}
          />
          <span className={styles['viewerPosition']}>
            {t('submissions.viewer.position', { position: place.index + 1, total: pages.length })}
          </span>
          <IconButton
            icon={ChevronRight}
            tone="secondary"
            label={t('submissions.viewer.next')}
            isDisabled={isLast}
            onPress={() => turn(1)}
          />
        </>
      }
    >
      <div className={styles['viewerStage']}>
        {viewed.page.purgedAt === null ? (
          <img
            src={imageUrl.preview(viewed.page.id, { sheet: place.sheet })}
            alt={viewed.title}
            className={styles['viewerImage']}
          />
        ) : (
          <p className={styles['viewerPurged']}>
            <Hourglass aria-hidden size={28} />
            {t('submissions.panel.purgedWhy', { date: dateText(viewed.page.purgedAt) })}
          </p>
        )}
      </div>
    </Dialog>
  );
}
