import { FileText, Hourglass, ImageOff, ScanLine } from 'lucide-react';
import { useState } from 'react';
import type { PageView, SlotView, SubmissionDetail } from '../../../shared/domain/index.ts';
import { imageUrl } from '../../../shared/ipc/index.ts';
import { Badge, dateText } from '../../components/index.ts';
import { useText } from '../../i18n/index.ts';
import { slotTitle } from './panelWords.ts';
import styles from './Panel.module.css';

/** The slots with their pages, then what lies in the tray. */
export function PanelPages({ detail, onOpen }: { detail: SubmissionDetail; onOpen: (pageId: string) => void }) {
  const t = useText();
  return (
    <ul className={styles['slots']}>
      {detail.slots.map((slot) => (
        <SlotTile
          key={slot.key}
          slot={slot}
          page={detail.pages.find((page) => page.id === slot.pageId)}
          onOpen={onOpen}
        />
      ))}
      {detail.tray.map((pageId) => {
        const page = detail.pages.find((candidate) => candidate.id === pageId);
        return page === undefined ? null : (
          <li key={pageId} className={styles['slot']}>
            <PageButton page={page} title={t('submissions.panel.tray')} onOpen={onOpen} />
            <span className={styles['slotName']}>{t('submissions.panel.tray')}</span>
            <span className={styles['slotFile']}>{page.fileName}</span>
          </li>
        );
      })}
    </ul>
  );
}

function PageButton({ page, title, onOpen }: { page: PageView; title: string; onOpen: (pageId: string) => void }) {
  const t = useText();
  const [isBroken, setIsBroken] = useState(false);
  return (
    <button
      type="button"
      className={styles['thumbnail']}
      aria-label={
        page.purgedAt === null
          ? t('submissions.panel.openPage', { slot: title })
          : `${title}. ${t('submissions.panel.purgedWhy', { date: dateText(page.purgedAt) })}`
      }
      onClick={() => onOpen(page.id)}
    >
      {page.purgedAt !== null ? (
        <span className={styles['purged']}>
          <Hourglass aria-hidden size={18} />
          {t('submissions.panel.purged', { date: dateText(page.purgedAt) })}
        </span>
      ) : isBroken ? (
        <ImageOff aria-hidden size={20} />
      ) : (
        <img src={imageUrl.thumbnail(page.id)} alt="" loading="lazy" onError={() => setIsBroken(true)} />
      )}
      {page.mediaType === 'application/pdf' ? (
        <span className={styles['pdfMark']}>
          <FileText aria-hidden size={12} /> PDF
        </span>
      ) : null}
    </button>
  );
}

function SlotTile({
  slot,
  page,
  onOpen,
}: {
  slot: SlotView;
  page: PageView | undefined;
  onOpen: (pageId: string) => void;
}) {
  const t = useText();
  const title = slotTitle(slot);
  return (
    <li className={styles['slot']}>
      {page === undefined ? (
        <span className={styles['missing']}>
          <ScanLine aria-hidden size={20} />
          {t(slot.isOptional ? 'submissions.panel.optional' : 'submissions.panel.missing')}
        </span>
      ) : (
        <PageButton page={page} title={title} onOpen={onOpen} />
      )}
      <span className={styles['slotName']}>{title}</span>
      {slot.wantsRetake !== null ? (
        <Badge tone="amber" icon={ScanLine} size="s">
          {t('submissions.panel.retake')}
        </Badge>
      ) : page === undefined ? null : (
        <span className={page.isDelivered ? styles['delivered'] : styles['slotFile']}>
          {t(page.isDelivered ? 'submissions.panel.delivered' : 'submissions.panel.notDelivered')}
        </span>
      )}
    </li>
  );
}
