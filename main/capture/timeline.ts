import type { Message } from '../../shared/messages/index.ts';
import type { WritableDatabase } from '../database/types.ts';
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
