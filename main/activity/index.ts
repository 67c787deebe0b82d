import type { ActivityEntry } from '../../shared/domain/index.ts';
import type { ReadableDatabase } from '../database/index.ts';
import { readLedgerBackwards, toTimelineEntry } from '../ledger/index.ts';
import type { LedgerRow } from '../ledger/index.ts';

export interface ActivityOptions {
  readonly db: ReadableDatabase;
  /** The branch's own number for a submission's customer, or ''. */
  readonly referenceOf: (submissionId: string) => string;
}

/** Rows looked at for one search: a year of a busy branch, read in a few milliseconds. */
const MAX_SEARCHED_ROWS = 20_000;

/** The ledger as the desk shows it: newest first, searched by reference, request id or operator. */
export function createActivity({ db, referenceOf }: ActivityOptions) {
  const toEntry = (row: LedgerRow): ActivityEntry => ({
    ...toTimelineEntry(row),
    submissionId: row.submissionId,
    reference: row.submissionId === null ? '' : referenceOf(row.submissionId),
  });

  return {
    list(input: { search: string; offset: number; limit: number }): { entries: ActivityEntry[]; total: number } {
      const wanted = input.search.trim().toLowerCase();
      if (wanted === '') {
        const total = db.get<{ total: number }>('SELECT count(*) AS total FROM ledger')?.total ?? 0;
        return { entries: readLedgerBackwards(db, input).map(toEntry), total };
      }
      const found = readLedgerBackwards(db, { offset: 0, limit: MAX_SEARCHED_ROWS })
        .map(toEntry)
        .filter((entry) =>
          [entry.reference, entry.requestId ?? '', entry.operator].some((text) => text.toLowerCase().includes(wanted)),
        );
      return { entries: found.slice(input.offset, input.offset + input.limit), total: found.length };
    },
  };
}

export type Activity = ReturnType<typeof createActivity>;
