import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '../../components/index.ts';
import type { Shortcut } from '../../components/index.ts';
import { useText } from '../../i18n/index.ts';
import styles from './Stage.module.css';

/** Which sheet of a page's file is looked at. */
export interface Sheets {
  /** From 1. */
  sheet: number;
  count: number;
  show: (sheet: number) => void;
  keys: readonly Shortcut[];
}

/** Begins at the first sheet of every page. `page` null: there is none to look at. */
export function useSheets(page: { id: string; sheetCount: number | null } | null): Sheets {
  const [sheetOf, setSheetOf] = useState<{ pageId: string; sheet: number }>({ pageId: '', sheet: 1 });
  const count = page?.sheetCount ?? 1;
  const sheet = sheetOf.pageId === page?.id ? Math.min(sheetOf.sheet, count) : 1;
  const show = (next: number) => {
    if (page !== null) setSheetOf({ pageId: page.id, sheet: Math.min(count, Math.max(1, next)) });
  };
  return {
    sheet,
    count,
    show,
    keys: [
      { keys: 'PageDown', label: 'capture.sheetNext', run: () => show(sheet + 1), isDisabled: count < 2 },
      { keys: 'PageUp', label: 'capture.sheetPrevious', run: () => show(sheet - 1), isDisabled: count < 2 },
    ],
  };
}

/** Goes through the sheets of a file; nothing for a file of one. */
export function SheetTurner({ sheets: { sheet, count, show } }: { sheets: Sheets }) {
  const t = useText();
  if (count < 2) return null;
  return (
    <span className={styles['sheets']}>
      <IconButton
        icon={ChevronLeft}
        size="s"
        label={t('capture.sheetPrevious')}
        keys="PageUp"
        isDisabled={sheet <= 1}
        onPress={() => show(sheet - 1)}
      />
      <output>{t('capture.sheet', { sheet, count })}</output>
      <IconButton
        icon={ChevronRight}
        size="s"
        label={t('capture.sheetNext')}
        keys="PageDown"
        isDisabled={sheet >= count}
        onPress={() => show(sheet + 1)}
      />
    </span>
  );
}
