import { setImmediate } from 'node:timers/promises';
import type { ActivityEntry } from '../../shared/domain/index.ts';
import type { ReadableDatabase } from '../database/index.ts';
import { newestSequence, readLedgerBackwards, readLedgerRows, searchLedger, toTimelineEntry } from '../ledger/index.ts';
import type { LedgerRow } from '../ledger/index.ts';

export interface ActivityOptions {
  readonly db: ReadableDatabase;
  /** The branch's own number for a submission's customer, or ''. */
  readonly referenceOf: (submissionId: string) => string;
  /** Ids of the submissions whose customer's name or reference holds these words. */
  readonly findSubmissions: (text: string) => Promise<string[]>;
}

/** Rows looked at in one turn of a search: some 10 ms. */
const ROWS_PER_TURN = 4_000;
/** The newest that a search answers: whoever finds more types another letter. */
const MAX_FOUND = 2_000;

/** The ledger as the desk shows it: newest first, searched by customer, request id or operator. */
export function createActivity({ db, referenceOf, findSubmissions }: ActivityOptions) {
  /** Scrolling through what was found asks for it page by page; the ledger is walked once for all of them. */
  let lastSearch: { text: string; newest: number; found: readonly number[] } | null = null;

  const toEntry = (row: LedgerRow): ActivityEntry => ({
    ...toTimelineEntry(row),
    submissionId: row.submissionId,
    reference: row.submissionId === null ? '' : referenceOf(row.submissionId),
  });

  async function search(text: string, newest: number): Promise<readonly number[]> {
    if (lastSearch?.text === text && lastSearch.newest === newest) return lastSearch.found;
    const submissionIds = await findSubmissions(text);
    const found: number[] = [];
    for (let upTo = newest; upTo > 0 && found.length < MAX_FOUND; upTo -= ROWS_PER_TURN) {
      found.push(...searchLedger(db, { text, submissionIds, upTo, after: upTo - ROWS_PER_TURN }));
      await setImmediate();
    }
    lastSearch = { text, newest, found: found.slice(0, MAX_FOUND) };
    return lastSearch.found;
  }

  return {
    async list(input: {
      search: string;
      offset: number;
      limit: number;
    }): Promise<{ entries: ActivityEntry[]; total: number }> {
      const newest = newestSequence(db);
      const text = input.search.trim().toLowerCase();
      if (text === '') return { entries: readLedgerBackwards(db, input).map(toEntry), total: newest };
      const found = await search(text, newest);
      const window = found.slice(input.offset, input.offset + input.limit);
      return { entries: readLedgerRows(db, window).map(toEntry), total: found.length };
    },
  };
}

export type Activity = ReturnType<typeof createActivity>;
