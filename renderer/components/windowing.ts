/** Rows asked of main at once: a few screens, so that scrolling by wheel rarely sees an empty row. */
export const WINDOW_PAGE_ROWS = 200;

/** Numbers of the pages that hold the rows `first` to `last` (both counted from 0, inclusive) of `total` rows. */
export function pagesFor(first: number, last: number, total: number, rowsPerPage = WINDOW_PAGE_ROWS): number[] {
  if (total <= 0) return [];
  const from = Math.max(0, Math.min(first, total - 1));
  const to = Math.max(from, Math.min(last, total - 1));
  const pages: number[] = [];
  for (let page = Math.floor(from / rowsPerPage); page <= Math.floor(to / rowsPerPage); page += 1) pages.push(page);
  return pages;
}

/** The row at an index of the whole list, or undefined while its page has not arrived. */
export function rowAt<Row>(
  pages: ReadonlyMap<number, readonly Row[]>,
  index: number,
  rowsPerPage = WINDOW_PAGE_ROWS,
): Row | undefined {
  return pages.get(Math.floor(index / rowsPerPage))?.[index % rowsPerPage];
}

/** Where the cursor goes for a key, or null when the key does not move it. `pageRows`: rows that fit on the screen. */
export function cursorAfterKey(key: string, cursor: number, total: number, pageRows: number): number | null {
  if (total === 0) return null;
  const last = total - 1;
  const step = Math.max(1, pageRows - 1);
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, cursor + 1);
    case 'ArrowUp':
      return Math.max(0, cursor - 1);
    case 'PageDown':
      return Math.min(last, cursor + step);
    case 'PageUp':
      return Math.max(0, cursor - step);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}
