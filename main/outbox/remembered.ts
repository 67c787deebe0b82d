import { z } from 'zod';
import type { ReadableDatabase } from '../database/types.ts';

const Remembered = z.object({
  kind: z.string(),
  code: z.string().nullable(),
  isFresh: z.number().nullable(),
  isGone: z.number().nullable(),
  status: z.number().nullable(),
});

interface Request {
  readonly submissionId: string;
  readonly operationId: string;
}

/** What the timeline says of one request, the last first. */
function* remembered(
  db: ReadableDatabase,
  { submissionId, operationId }: Request,
): Generator<z.infer<typeof Remembered>, void> {
  const rows = db.all(
    `SELECT kind, json_extract(data, '$.message.code') AS code, json_extract(data, '$.isFreshKey') AS isFresh,
       json_extract(data, '$.isRecordGone') AS isGone, json_extract(data, '$.status') AS status
     FROM ledger WHERE submission_id = ? AND operation_id = ? AND kind LIKE 'operation.%' ORDER BY sequence DESC`,
    [submissionId, operationId],
  );
  for (const row of rows) yield Remembered.parse(row);
}

/**
 * What the timeline remembers of the attempts of one request: `may_have_arrived` after a lost answer, whatever a person has
 * said of it since; `did_not_arrive` when the provider was asked and said so, or has no such record any more; `none` when nothing was in doubt. A
 * request made anew (a fresh key, or a person's "try again" of a refused one) begins anew.
 */
export function rememberedArrival(
  db: ReadableDatabase,
  request: Request,
): 'may_have_arrived' | 'did_not_arrive' | 'none' {
  for (const { kind, code, isFresh, isGone } of remembered(db, request)) {
    if (isFresh === 1 || code === 'ledger.decided.retry') return 'none';
    if (kind === 'operation.didNotArrive' || isGone === 1) return 'did_not_arrive';
    if (kind === 'operation.unknown') return 'may_have_arrived';
  }
  return 'none';
}

/**
 * How many attempts of a request were answered with this HTTP status one after the other, up to the last one. Whatever else the timeline says of it
 * in between, an answer that was lost or a person's decision, begins anew; a limit or a pause of the connection is not said of a request, and a
 * question in between whether it arrived is no attempt.
 */
export function answeredInARow(
  db: ReadableDatabase,
  { status, ...request }: Request & { readonly status: number },
): number {
  let count = 0;
  for (const row of remembered(db, request)) {
    if (row.kind === 'operation.didNotArrive') continue;
    if (row.status !== status) break;
    count += 1;
  }
  return count;
}
