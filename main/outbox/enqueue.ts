import type { WritableDatabase } from '../database/types.ts';
import { LANES, OperationState, UPLOAD_BYTES, rankOf } from './types.ts';
import type { NewOperation, SizeClass } from './types.ts';

const INSERT = `
  INSERT INTO operations (id, submission_id, connection_id, page_id, kind, payload, state, idempotency_key, blocked_by,
    run_at, byte_length, created_at, lane, turn_rank, turn)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** An operation needs one that does not exist, comes later in the same call, or was cancelled. */
export class BadNeed extends Error {
  readonly operationId: string;
  readonly needsId: string;
  constructor(operationId: string, needsId: string) {
    super('outbox: an operation needs one that is missing, later or cancelled');
    this.name = 'BadNeed';
    this.operationId = operationId;
    this.needsId = needsId;
  }
}

/**
 * Stores operations. Joins the caller's transaction, so that the state that allows them and they themselves are on the
 * disk together or not at all. `needs` may name operations earlier in the same call or stored before; needs that are done
 * already do not block. Throws `BadNeed` (and the transaction rolls back).
 */
export function enqueue(
  db: WritableDatabase,
  { operations, now }: { operations: readonly NewOperation[]; now: number },
): void {
  db.transaction(() => {
    for (const operation of operations) {
      const blockedBy = operation.needs.length === 0 ? 0 : countOpenNeeds(db, operation);
      const size = sizeOf(operation);
      const rank = rankOf(operation.runAt, operation.expiresAt ?? null);
      db.run(INSERT, [
        operation.id,
        operation.submissionId,
        operation.connectionId,
        operation.pageId,
        operation.kind,
        JSON.stringify(operation.payload),
        blockedBy === 0 ? OperationState.pending : OperationState.blocked,
        operation.idempotencyKey,
        blockedBy,
        operation.runAt,
        operation.byteLength,
        now,
        LANES.indexOf(size),
        rank,
        size === 'follow' || size === 'later' || operation.runAt > now ? operation.runAt : rank,
      ]);
      for (const needsId of operation.needs) {
        db.run('INSERT INTO operation_needs (operation_id, needs_id) VALUES (?, ?)', [operation.id, needsId]);
      }
    }
  });
}

function sizeOf({ isFollow, hasTime, byteLength }: NewOperation): SizeClass {
  if (hasTime === true) return 'later';
  if (isFollow === true) return 'follow';
  return byteLength > UPLOAD_BYTES ? 'upload' : 'small';
}

/** An operation can only need what exists already, so a circle of needs cannot be stored. */
function countOpenNeeds(db: WritableDatabase, operation: NewOperation): number {
  let open = 0;
  for (const needsId of operation.needs) {
    const needed = db.get<{ state: number }>('SELECT state FROM operations WHERE id = ?', [needsId]);
    if (needed === undefined || needed.state === OperationState.cancelled) throw new BadNeed(operation.id, needsId);
    if (needed.state !== OperationState.done) open += 1;
  }
  return open;
}
