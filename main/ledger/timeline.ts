import type { TimelineEntry } from '../../shared/domain/index.ts';
import type { LedgerRow } from './ledger.ts';

/** Rows that the machine writes carry this name in place of a person's. */
export const SYSTEM_OPERATOR = 'system';

/** A ledger row as the desk shows it. */
export function toTimelineEntry(row: LedgerRow): TimelineEntry {
  const isOurs = row.kind.startsWith('submission.');
  const isCall = row.operationId !== null || (row.data.requestId ?? null) !== null;
  return {
    sequence: row.sequence,
    at: row.at,
    operator: row.operator,
    message: row.data.message,
    requestId: row.data.requestId ?? null,
    status: typeof row.data['status'] === 'number' ? row.data['status'] : null,
    nextAt: row.data.nextAt ?? null,
    // A step on our own ladder is not the provider's answer, although an answer made it; nor is what a person decided.
    kind: row.operator !== SYSTEM_OPERATOR ? 'person' : isCall && !isOurs ? 'provider' : 'system',
  };
}
