import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode, Ref } from 'react';
import { classes } from './classes.ts';
import { TextField } from './Field.tsx';
import { Banner } from './Surface.tsx';
import { useWindowedRows } from './useWindowedRows.ts';
import type { WindowedRows, WindowSource } from './useWindowedRows.ts';
import type { RowRange, WindowedGridProps } from './WindowedGrid.tsx';
import styles from './Table.module.css';

/** What a screen around a `WindowedGrid` keeps: its rows, its cursor, and the grid that has the keyboard. */
export interface TableState<Answer, Row> {
  rows: WindowedRows<Answer, Row>;
  cursor: number;
  setCursor: (index: number) => void;
  /** Indexes in view and a little more. */
  visible: RowRange;
  grid: { current: HTMLDivElement | null };
  /** For the grid. */
  gridProps: Pick<
    WindowedGridProps<Row>,
    'total' | 'rowAt' | 'onRangeChange' | 'cursor' | 'onCursorChange' | 'focusRef'
  >;
}

/** A table of any length that asks main for the rows in view. It has the keyboard as soon as the screen is there. */
export function useTable<Answer, Row>(source: WindowSource<Answer, Row>): TableState<Answer, Row> {
  const [cursor, setCursor] = useState(0);
  const [visible, setVisible] = useState<RowRange>({ first: 0, last: 40 });
  const grid = useRef<HTMLDivElement | null>(null);
  const rows = useWindowedRows(source, visible.first, visible.last);
  useEffect(() => grid.current?.focus({ preventScroll: true }), []);
  return {
    rows,
    cursor,
    setCursor,
    visible,
    grid,
    gridProps: {
      total: rows.total,
      rowAt: rows.rowAt,
      onRangeChange: setVisible,
      cursor,
      onCursorChange: setCursor,
      focusRef: grid,
    },
  };
}

/** The screen's name and how many rows there are; `count` is empty until that is known. */
export function TableTitle({
  title,
  count,
  className,
}: {
  title: string;
  count: string;
  className?: string | undefined;
}) {
  return (
    <>
      <h1 className={styles['title']}>{title}</h1>
      <output className={classes(styles['count'], className)}>{count}</output>
    </>
  );
}

/** Above a table: something that concerns all of it. */
export function TableNotice({ children }: { children: ReactNode }) {
  return <div className={styles['notice']}>{children}</div>;
}

/** The rows could not be read. */
export function TableFailure({ children }: { children: ReactNode }) {
  return (
    <TableNotice>
      <Banner tone="red" isAlert>
        {children}
      </Banner>
    </TableNotice>
  );
}

/** The search of a table. `keyHint`: the key that leads to it, shown inside. */
export function SearchField({
  label,
  value,
  onChange,
  inputRef,
  keyHint,
  className,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  inputRef: Ref<HTMLInputElement>;
  keyHint?: ReactNode;
  className?: string | undefined;
}) {
  return (
    <div className={classes(styles['search'], keyHint !== undefined && styles['hasKey'], className)}>
      <Search aria-hidden size={15} className={styles['searchIcon']} />
      <TextField
        label={label}
        isLabelHidden
        placeholder={label}
        type="search"
        value={value}
        onChange={onChange}
        inputRef={inputRef}
      />
      {keyHint}
    </div>
  );
}
