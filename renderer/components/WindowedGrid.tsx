// An ARIA grid that virtualises its rows cannot be a <table>, and its keys arrive at the grid, which alone has the focus.
// oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/click-events-have-key-events
// oxlint-disable jsx-a11y/no-noninteractive-element-interactions
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useId, useRef } from 'react';
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react';
import { classes } from './classes.ts';
import { cursorAfterKey } from './windowing.ts';
import styles from './WindowedGrid.module.css';

export interface GridColumn<Row> {
  key: string;
  header: ReactNode;
  /** The column's name for screen readers when `header` is not words. */
  label?: string;
  /** A method, so that columns of any row type fit the one memoised row component. */
  cell(row: Row, facts: { isSelected: boolean }): ReactNode;
  /** On the header and every cell of the column; the screen's stylesheet hides columns by it when there is no room. */
  className?: string | undefined;
}

const REPORT_STEP_ROWS = 50;

/** Indexes of the whole list, inclusive. */
export interface RowRange {
  first: number;
  last: number;
}

export interface WindowedGridProps<Row> {
  label: string;
  /** Must stay the same object while nothing about it changes: rows are drawn again when it is another one. */
  columns: readonly GridColumn<Row>[];
  /** Rows of the whole list, of which only those in view exist in the document. */
  total: number;
  rowAt: (index: number) => Row | undefined;
  /** Rows in view and a little more, told whenever it changes; may reach beyond the end. Must be stable (a state setter). */
  onRangeChange: (range: RowRange) => void;
  cursor: number;
  onCursorChange: (index: number) => void;
  /** Enter, or a click on the row. */
  onOpen?: (row: Row, index: number) => void;
  /** Space, Ctrl+click, or a click on a cell marked `data-toggles`. */
  onToggle?: (row: Row, index: number) => void;
  /** Shift+arrows or Shift+click: choose from the anchor to here. */
  onExtend?: (from: number, to: number) => void;
  isSelected?: (row: Row) => boolean;
  /** Whether this row is the one shown beside the table. */
  isOpen?: (row: Row) => boolean;
  /** Sets `grid-template-columns`; on the header row and every row. */
  rowClassName: string | undefined;
  rowHeightPixels: number;
  /** Screens move the focus here (after a search, when a panel closes). */
  focusRef?: { current: HTMLDivElement | null };
}

/**
 * A table of any length as an ARIA grid: one tab stop, arrows move a cursor row (`aria-activedescendant`), and every row
 * tells its place in the whole list although only those in view exist.
 */
export function WindowedGrid<Row>(props: WindowedGridProps<Row>) {
  const { columns, total, rowAt, cursor, onCursorChange, onRangeChange, rowHeightPixels } = props;
  const baseId = useId();
  const scroller = useRef<HTMLDivElement | null>(null);
  const grid = useRef<HTMLDivElement | null>(null);
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoised on its functions
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPixels,
    overscan: 8,
    // Scrolling may be drawn in React's own time; drawing inside the scroll event makes the wheel stutter.
    useFlushSync: false,
  });
  const items = virtualizer.getVirtualItems();
  // Reported in steps, so that the screen around the table is not drawn again for every row that scrolls by.
  const first = Math.floor((items[0]?.index ?? 0) / REPORT_STEP_ROWS) * REPORT_STEP_ROWS;
  const last = Math.ceil(((items.at(-1)?.index ?? 0) + 1) / REPORT_STEP_ROWS) * REPORT_STEP_ROWS - 1;
  useEffect(() => onRangeChange({ first, last }), [first, last, onRangeChange]);
  useEffect(() => {
    if (total > 0) virtualizer.scrollToIndex(Math.min(cursor, total - 1));
  }, [cursor, total, virtualizer]);

  const isSelectable = props.onToggle !== undefined;

  const handleKey = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const visible = Math.floor((scroller.current?.clientHeight ?? rowHeightPixels) / rowHeightPixels);
    const next = cursorAfterKey(event.key, cursor, total, visible);
    if (next !== null) {
      event.preventDefault();
      if (event.shiftKey) props.onExtend?.(cursor, next);
      onCursorChange(next);
      return;
    }
    const row = rowAt(cursor);
    if (row === undefined) return;
    if (event.key === 'Enter' && props.onOpen !== undefined) {
      event.preventDefault();
      props.onOpen(row, cursor);
    } else if (event.key === ' ' && props.onToggle !== undefined) {
      event.preventDefault();
      props.onToggle(row, cursor);
    }
  };

  const handleClick = (event: MouseEvent<HTMLDivElement>): void => {
    // A button inside a cell (copy an id) is not a click on the row.
    if (!(event.target instanceof Element) || event.target.closest('button, a') !== null) return;
    const index = Number(event.target.closest('[role="row"]')?.getAttribute('data-index') ?? 'none');
    const row = rowAt(index);
    if (row === undefined) return;
    const isOnToggle = event.target.closest('[data-toggles]') !== null;
    if (event.shiftKey && props.onExtend !== undefined) props.onExtend(cursor, index);
    else if ((event.ctrlKey || event.metaKey || isOnToggle) && props.onToggle !== undefined) props.onToggle(row, index);
    else props.onOpen?.(row, index);
    onCursorChange(index);
  };

  return (
    <div className={styles['frame']}>
      <div
        ref={(element) => {
          grid.current = element;
          if (props.focusRef !== undefined) props.focusRef.current = element;
        }}
        role="grid"
        tabIndex={0}
        aria-label={props.label}
        aria-rowcount={total + 1}
        aria-colcount={columns.length}
        aria-multiselectable={isSelectable}
        aria-activedescendant={rowAt(cursor) === undefined ? undefined : `${baseId}-${cursor}`}
        className={styles['grid']}
        onKeyDown={handleKey}
      >
        <div role="rowgroup" className={styles['head']}>
          <div role="row" aria-rowindex={1} className={classes(styles['headRow'], props.rowClassName)}>
            {columns.map((column, position) => (
              <div
                key={column.key}
                role="columnheader"
                aria-colindex={position + 1}
                className={classes(styles['headCell'], column.className)}
              >
                {column.header}
                {column.label === undefined ? null : <span className="visually-hidden">{column.label}</span>}
              </div>
            ))}
          </div>
        </div>
        <div ref={scroller} role="presentation" className={styles['scroller']}>
          <div
            role="rowgroup"
            className={styles['body']}
            style={{ height: virtualizer.getTotalSize() }}
            onClick={handleClick}
          >
            {items.map((item) => {
              const row = rowAt(item.index);
              return (
                <GridRow
                  key={item.key}
                  id={`${baseId}-${item.index}`}
                  index={item.index}
                  row={row}
                  columns={columns}
                  className={props.rowClassName}
                  topPixels={item.start}
                  heightPixels={item.size}
                  isCursor={item.index === cursor}
                  isSelected={isSelectable ? row !== undefined && props.isSelected?.(row) === true : undefined}
                  isOpen={row !== undefined && props.isOpen?.(row) === true}
                />
              );
            })}
          </div>
        </div>
      </div>
    </div>
  );
}

interface GridRowProps {
  id: string;
  index: number;
  row: unknown;
  columns: readonly GridColumn<unknown>[];
  className: string | undefined;
  topPixels: number;
  heightPixels: number;
  isCursor: boolean;
  /** undefined: the table has no choice of rows. */
  isSelected: boolean | undefined;
  isOpen: boolean;
}

/** Scrolling draws only the rows that came into view; the others are the same. `row` undefined: not here yet. */
const GridRow = memo(function GridRow({ row, columns, index, ...props }: GridRowProps) {
  return (
    <div
      id={props.id}
      role="row"
      aria-rowindex={index + 2}
      data-index={index}
      {...(props.isSelected === undefined ? {} : { 'aria-selected': props.isSelected })}
      aria-busy={row === undefined}
      data-cursor={props.isCursor || undefined}
      data-open={props.isOpen || undefined}
      className={classes(styles['row'], props.className)}
      style={{ height: props.heightPixels, transform: `translateY(${props.topPixels}px)` }}
    >
      {columns.map((column, position) => (
        <div
          key={column.key}
          role="gridcell"
          aria-colindex={position + 1}
          className={classes(styles['cell'], column.className)}
        >
          {row === undefined ? (
            <span className={styles['skeleton']} />
          ) : (
            column.cell(row, { isSelected: props.isSelected === true })
          )}
        </div>
      ))}
    </div>
  );
});
