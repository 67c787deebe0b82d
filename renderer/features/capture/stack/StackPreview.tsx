import { Files, Inbox, Scissors, Undo2 } from 'lucide-react';
import type { StackPageView } from '../../../../shared/domain/index.ts';
import { imageUrl } from '../../../../shared/ipc/index.ts';
import { Button, useShortcuts } from '../../../components/index.ts';
import { useText } from '../../../i18n/index.ts';
import { SheetTurner, useSheets } from '../Sheets.tsx';
import { cutStep, isOfSeveral, trayStep } from './rows.ts';
import type { EditStep } from './rows.ts';
import styles from './Stack.module.css';

/** The selected page, large, and what can be said about it. */
export function StackPreview({
  page,
  isParting,
  onEdit,
  onPart,
}: {
  page: StackPageView;
  isParting: boolean;
  onEdit: (step: EditStep | null) => void;
  /** Its file becomes as many pages as it has sheets. */
  onPart: () => void;
}) {
  const t = useText();
  const sheets = useSheets(page);
  const canPart = sheets.count > 1 && page.isInspected && !isParting;
  useShortcuts('stack.keys.title', [
    ...sheets.keys,
    { keys: 'P', label: 'stack.keys.part', run: onPart, isDisabled: !canPart },
  ]);
  const isInTray = page.place.kind === 'tray';
  const cut = cutStep(page);
  const isCut = cut !== null && page.place.kind === 'customer' && page.place.reason !== null;
  return (
    <div className={styles['preview']}>
      <div className={styles['previewStage']}>
        <img
          key={`${page.id} ${sheets.sheet}`}
          src={imageUrl.preview(page.id, { sheet: sheets.sheet })}
          alt={t('stack.preview', { position: page.position })}
          draggable={false}
        />
      </div>
      {sheets.count < 2 ? null : (
        <div className={styles['together']}>
          <SheetTurner sheets={sheets} />
          <p>
            {t(isInTray ? 'stack.together.tray' : 'stack.together', { count: sheets.count })} {t('stack.together.next')}
          </p>
          <Button
            icon={Files}
            keys="P"
            tone={isOfSeveral(page) ? 'primary' : 'secondary'}
            isDisabled={!canPart}
            onPress={onPart}
          >
            {t('stack.part', { count: sheets.count })}
          </Button>
        </div>
      )}
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
