import { useQueries, useQueryClient } from '@tanstack/react-query';
import type { QueryKey } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { pagesFor, rowAt, WINDOW_PAGE_ROWS } from './windowing.ts';

/** One page of a long list as main answers it. */
export interface WindowPage<Row> {
  rows: readonly Row[];
  total: number;
}

/** How a list asks for its pages. `queryKey` must be `[method, input]`, so that events refresh it like every answer. */
export interface WindowSource<Answer, Row> {
  queryKey: (offset: number, limit: number) => QueryKey;
  fetch: (offset: number, limit: number) => Promise<Answer>;
  read: (answer: Answer) => WindowPage<Row>;
}

export interface WindowedRows<Answer, Row> {
  total: number;
  /** The newest answer of the first page in view; carries what is not rows (tab counts). */
  answer: Answer | undefined;
  rowAt: (index: number) => Row | undefined;
  /** Loads what is missing between two indexes, for a selection that crosses rows never seen. */
  loadRange: (first: number, last: number) => Promise<Row[]>;
  isLoading: boolean;
  error: Error | null;
}

/**
 * Rows of a list of any length: only the pages in view are asked for and kept fresh; pages left behind stay in the
 * cache until it forgets them. `first` and `last` are the rendered indexes.
 */
export function useWindowedRows<Answer, Row>(
  source: WindowSource<Answer, Row>,
  first: number,
  last: number,
): WindowedRows<Answer, Row> {
  const client = useQueryClient();
  const { fetch, queryKey, read } = source;
  const [total, setTotal] = useState(0);
  const wanted = pagesFor(first, last, total);
  const pageNumbers = wanted.length === 0 ? [0] : wanted;
  const results = useQueries({
    queries: pageNumbers.map((page) => ({
      queryKey: queryKey(page * WINDOW_PAGE_ROWS, WINDOW_PAGE_ROWS),
      queryFn: () => fetch(page * WINDOW_PAGE_ROWS, WINDOW_PAGE_ROWS),
      gcTime: 60_000,
    })),
  });

  const pages = new Map<number, readonly Row[]>();
  let answer: Answer | undefined;
  results.forEach((result, position) => {
    const number = pageNumbers[position];
    if (result.data === undefined || number === undefined) return;
    const page = read(result.data);
    pages.set(number, page.rows);
    answer ??= result.data;
  });
  // The old total stands while the first page of another filter loads, so that the list does not jump to nothing.
  const newestTotal = answer === undefined ? total : read(answer).total;
  if (newestTotal !== total) setTotal(newestTotal);

  const loadRange = useCallback(
    async (from: number, to: number): Promise<Row[]> => {
      const loaded = new Map<number, readonly Row[]>();
      for (const page of pagesFor(from, to, to + 1)) {
        const offset = page * WINDOW_PAGE_ROWS;
        const data = await client.fetchQuery({
          queryKey: queryKey(offset, WINDOW_PAGE_ROWS),
          queryFn: () => fetch(offset, WINDOW_PAGE_ROWS),
          gcTime: 60_000,
        });
        loaded.set(page, read(data).rows);
      }
      const rows: Row[] = [];
      for (let index = from; index <= to; index += 1) {
        const row = rowAt(loaded, index);
        if (row !== undefined) rows.push(row);
      }
      return rows;
    },
    [client, fetch, queryKey, read],
  );

  return {
    total: newestTotal,
    answer,
    rowAt: (index) => rowAt(pages, index),
    loadRange,
    isLoading: results.some((result) => result.isPending),
    error: results.find((result) => result.error !== null)?.error ?? null,
  };
}
