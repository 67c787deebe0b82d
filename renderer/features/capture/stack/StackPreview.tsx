import { Inbox, Scissors, Undo2 } from 'lucide-react';
import type { StackPageView } from '../../../../shared/domain/index.ts';
import { imageUrl } from '../../../../shared/ipc/index.ts';
import { Button } from '../../../components/index.ts';
import { useText } from '../../../i18n/index.ts';
import { cutStep, trayStep } from './rows.ts';
import type { EditStep } from './rows.ts';
import styles from './Stack.module.css';

/** The selected page, large, and what can be said about it. */
export function StackPreview({ page, onEdit }: { page: StackPageView; onEdit: (step: EditStep | null) => void }) {
  const t = useText();
  const isInTray = page.place.kind === 'tray';
  const cut = cutStep(page);
  const isCut = cut !== null && page.place.kind === 'customer' && page.place.reason !== null;
  return (
    <div className={styles['preview']}>
      <div className={styles['previewStage']}>
        <img
          key={page.id}
          src={imageUrl.preview(page.id)}
          alt={t('stack.preview', { position: page.position })}
          draggable={false}
        />
      </div>
      <div className={styles['previewActions']}>
        <Button icon={isCut ? Undo2 : Scissors} keys="C" isDisabled={cut === null} onPress={() => onEdit(cut)}>
          {isCut ? t('stack.join') : t('stack.cut')}
        </Button>
        <Button icon={Inbox} keys="T" onPress={() => onEdit(trayStep(page))}>
          {isInTray ? t('stack.keep') : t('stack.aside')}
        </Button>
      </div>
    </div>
  );
}
