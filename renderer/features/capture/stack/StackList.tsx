import { useVirtualizer } from '@tanstack/react-virtual';
import { CircleDashed, Image, Inbox, Scissors, UserRound } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { StackPageView } from '../../../../shared/domain/index.ts';
import { imageUrl } from '../../../../shared/ipc/index.ts';
import { classes } from '../../../components/index.ts';
import { useText } from '../../../i18n/index.ts';
import { placeText, reasonText } from './places.ts';
import type { StackRow } from './rows.ts';
import styles from './Stack.module.css';

const HEAD_PIXELS = 36;
const PAGE_PIXELS = 76;

/** The customers of the proposal with their pages, then the tray. Only what is in view is drawn. */
export function StackList({
  rows,
  selectedId,
  onSelect,
}: {
  rows: readonly StackRow[];
  selectedId: string | null;
  onSelect: (pageId: string) => void;
}) {
  const t = useText();
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === 'page' ? PAGE_PIXELS : HEAD_PIXELS),
    getItemKey: (index) => keyOf(rows[index]),
    overscan: 6,
    useFlushSync: false,
  });
  const selectedIndex = rows.findIndex((row) => row.kind === 'page' && row.page.id === selectedId);
  useEffect(() => {
    if (selectedIndex >= 0) virtualizer.scrollToIndex(selectedIndex);
    // The virtualizer is the same object in every drawing.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [selectedIndex]);
  return (
    <div ref={scroller} className={styles['list']}>
      <ul aria-label={t('stack.list')} className={styles['listInner']} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          return (
            <li
              key={item.key}
              className={styles['listItem']}
              style={{ height: item.size, transform: `translateY(${item.start}px)` }}
            >
              {row.kind === 'page' ? (
                <PageRow page={row.page} isSelected={item.index === selectedIndex} onSelect={onSelect} />
              ) : (
                <HeadRow row={row} />
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function keyOf(row: StackRow | undefined): string {
  if (row === undefined) return '';
  if (row.kind === 'page') return row.page.id;
  return row.kind === 'tray' ? 'tray' : `customer ${row.number}`;
}

function HeadRow({ row }: { row: Exclude<StackRow, { kind: 'page' }> }) {
  const t = useText();
  const Icon = row.kind === 'tray' ? Inbox : UserRound;
  return (
    <h3 className={classes(styles['rowHead'], row.kind === 'tray' && styles['rowHeadTray'])}>
      <Icon aria-hidden size={15} />
      {row.kind === 'tray' ? t('stack.tray') : t('stack.customer', { number: row.number })}
      <span className={styles['rowCount']}>{t('stack.pages', { count: row.pageCount })}</span>
    </h3>
  );
}

function PageRow({
  page,
  isSelected,
  onSelect,
}: {
  page: StackPageView;
  isSelected: boolean;
  onSelect: (pageId: string) => void;
}) {
  const t = useText();
  const reason = reasonText(page, t);
  return (
    <button
      type="button"
      className={classes(styles['row'], isSelected && styles['rowSelected'])}
      aria-current={isSelected ? 'true' : undefined}
      onClick={() => onSelect(page.id)}
    >
      <span className={styles['rowPicture']}>
        {page.isInspected ? (
          <img src={imageUrl.thumbnail(page.id)} alt="" draggable={false} loading="lazy" />
        ) : (
          <Image aria-hidden size={18} />
        )}
      </span>
      <span className={styles['rowText']}>
        <span className={styles['rowTitle']}>
          {t('stack.page', { position: page.position })}
          {(page.sheetCount ?? 1) > 1 ? (
            <span className={styles['rowNote']}>{t('stack.sheets', { count: page.sheetCount ?? 1 })}</span>
          ) : null}
        </span>
        <span className={styles['rowPlace']}>{placeText(page, t)}</span>
        {reason === null ? null : (
          <span className={styles['rowReason']}>
            <Scissors aria-hidden size={12} />
            {reason}
          </span>
        )}
        {page.isInspected ? null : (
          <span className={styles['rowReason']}>
            <CircleDashed aria-hidden size={12} />
            {t('stack.checking')}
          </span>
        )}
      </span>
    </button>
  );
}
