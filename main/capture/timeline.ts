import { z } from 'zod';
import type { Message } from '../../shared/messages/index.ts';
import type { ReadableDatabase, WritableDatabase } from '../database/types.ts';
import { SYSTEM_OPERATOR, appendLedger } from '../ledger/index.ts';
import type { CaptureOptions } from './types.ts';

export interface Deed {
  readonly submissionId: string | null;
  /** What happened, as `<thing>.<event>`. */
  readonly kind: string;
  readonly message: Message;
  /** For the audit: ids, hashes, counts. Nothing personal. */
  readonly facts?: Readonly<Record<string, string | number | null>>;
  /** Epoch ms of what it tells of, where a row keeps the same time; left out: now. */
  readonly at?: number;
  /** Satchel did it by itself. */
  readonly isSystem?: boolean;
}

/** Writes a deed into the ledger, inside the transaction that does it. */
export function record(
  options: Pick<CaptureOptions, 'clock' | 'operator'>,
  transaction: WritableDatabase,
  deed: Deed,
): void {
  appendLedger(transaction, {
    at: deed.at ?? options.clock.now(),
    operator: deed.isSystem === true ? SYSTEM_OPERATOR : options.operator,
    submissionId: deed.submissionId,
    operationId: null,
    kind: deed.kind,
    data: { ...deed.facts, message: deed.message, requestId: null, nextAt: null },
  });
}

const PageRow = z.object({
  pageId: z.string(),
  /** Of `page.captured`: the import in which it was placed by itself; left out: a person said where it goes. */
  importId: z.string().optional(),
  slot: z.string().nullish(),
  from: z.string().nullish(),
  to: z.string().nullish(),
});

/** What the ledger says of a submission's pages, in the order in which it happened: rows of these kinds. */
export function pageRows(
  db: ReadableDatabase,
  submissionId: string,
  kinds: readonly string[],
): (z.infer<typeof PageRow> & { readonly kind: string })[] {
  return db
    .all<{ kind: string; data: string }>(
      `SELECT kind, data FROM ledger WHERE submission_id = ? AND kind IN (SELECT value FROM json_each(?)) ORDER BY sequence`,
      [submissionId, JSON.stringify(kinds)],
    )
    .map(({ kind, data }) => ({ kind, ...PageRow.parse(JSON.parse(data)) }));
}
