import { z } from 'zod';
import type { ReadableDatabase } from '../database/types.ts';

const Remembered = z.object({
  kind: z.string(),
  code: z.string().nullable(),
  isFresh: z.number().nullable(),
});

/**
 * What the timeline remembers of the attempts of one request: `may_have_arrived` after a lost answer, whatever a person has
 * said of it since; `did_not_arrive` when the provider was asked and said so; `none` when nothing was in doubt. A
 * request made anew (a fresh key, or a person's "try again" of a refused one) begins anew.
 */
export function rememberedArrival(
  db: ReadableDatabase,
  { submissionId, operationId }: { submissionId: string; operationId: string },
): 'may_have_arrived' | 'did_not_arrive' | 'none' {
  const rows = db.all(
    `SELECT kind, json_extract(data, '$.message.code') AS code, json_extract(data, '$.isFreshKey') AS isFresh
     FROM ledger WHERE submission_id = ? AND operation_id = ? AND kind LIKE 'operation.%' ORDER BY sequence DESC`,
    [submissionId, operationId],
  );
  for (const row of rows) {
    const { kind, code, isFresh } = Remembered.parse(row);
    if (isFresh === 1 || code === 'ledger.decided.retry') return 'none';
    if (kind === 'operation.didNotArrive') return 'did_not_arrive';
    if (kind === 'operation.unknown') return 'may_have_arrived';
  }
  return 'none';
}
