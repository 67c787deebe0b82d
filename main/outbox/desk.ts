import { SatchelFailure } from '../../shared/util/failure.ts';
import type { WritableDatabase } from '../database/types.ts';
import { rememberedArrival } from './remembered.ts';
import { OPEN_REDACTION } from './rows.ts';
import { unblockDependants } from './settle.ts';
import { LANES, OperationState } from './types.ts';
import type { AttentionDecision, ReplaceKeyReply, ReopenReply } from './types.ts';

/** Due at once, in its place by rank; a question about a decision, or what has time, has no rank. */
const TURN_NOW = 'turn = CASE WHEN lane >= 2 THEN ? ELSE turn_rank END';

interface OpenRow {
  readonly id: string;
  readonly state: number;
  readonly lane: number;
  readonly committed_at: number | null;
  readonly first_attempt_at: number | null;
}

interface StateRow {
  readonly state: number;
  readonly committed_at: number | null;
}

/** A person's decision that does not fit what is known about the operation; nothing was changed. */
export class WrongDecision extends SatchelFailure {
  readonly operationId: string;
  constructor(operationId: string, why: string) {
    super({ code: 'conflict', message: { code: 'sync.wrongDecision' } });
    this.message = `outbox: ${why}`;
    this.name = 'WrongDecision';
    this.operationId = operationId;
  }
}

/**
 * A person decides about an operation in attention.
 * - `retry`: it was refused, or never left; try again. Not offered while it may have arrived.
 * - `confirm_delivered`: the person checked, it has arrived: done, with `result`.
 * - `send_again`: the person checked, it has not arrived.
 * - `leave`: it was refused and is not tried any more: done, with `result`. Only for what nothing else needs but its turn.
 * Throws `WrongDecision` for anything else.
 */
export function reopen(
  db: WritableDatabase,
  {
    operationId,
    choice,
    now,
    result = { confirmedByPerson: true },
  }: { operationId: string; choice: AttentionDecision; now: number; result?: Readonly<Record<string, unknown>> },
): ReopenReply {
  return db.transaction(() => {
    const row = db.get<StateRow>('SELECT state, committed_at FROM operations WHERE id = ?', [operationId]);
    if (row?.state !== OperationState.attention)
      throw new WrongDecision(operationId, 'it does not wait for a decision');
    const mayHaveArrived = row.committed_at !== null;
    if (mayHaveArrived === (choice === 'retry' || choice === 'leave')) {
      throw new WrongDecision(operationId, mayHaveArrived ? 'it may have arrived' : 'it has certainly not arrived');
    }
    if (choice === 'confirm_delivered' || choice === 'leave') {
      db.run('UPDATE operations SET state = 4, result = ?, done_at = ?, failures = 0, last_error = NULL WHERE id = ?', [
        JSON.stringify(result),
        now,
        operationId,
      ]);
      unblockDependants(db, operationId);
      return { isDone: true };
    }
    db.run(
      `UPDATE operations SET state = 1, run_at = ?, ${TURN_NOW}, failures = 0,
         committed_at = NULL WHERE id = ?`,
      [now, now, operationId],
    );
    return { isDone: false };
  });
}

/**
 * The only way to another idempotency key: for a new request after a definite refusal or failure, never for a repeat of
 * one that may have arrived. Refused (and nothing changed) while it is in flight, unknown, done or cancelled.
 */
export function replaceKey(
  db: WritableDatabase,
  { operationId, idempotencyKey }: { operationId: string; idempotencyKey: string },
): ReplaceKeyReply {
  return db.transaction(() => {
    const { changes } = db.run(
      `UPDATE operations SET idempotency_key = ?, first_attempt_at = NULL
       WHERE id = ? AND state IN (0, 1, 5) AND committed_at IS NULL`,
      [idempotencyKey, operationId],
    );
    return { isReplaced: changes === 1 };
  });
}

/** Why operations of a submission cannot be cancelled. `being_asked`: all that is in flight is a question about a decision. */
export type CancelReply =
  | { readonly kind: 'cancelled'; readonly count: number }
  | { readonly kind: 'refused'; readonly because: 'in_flight' | 'being_asked' | 'may_have_arrived' };

/**
 * Cancels everything of a submission that has not been done. Refused as a whole while something is in flight or may have
 * arrived: what the provider holds must be known before it is called off. A person's word that it has not arrived is
 * enough to send it again, since its key protects if the person was wrong; what is planned anew has another key.
 */
export function cancelForSubmission(db: WritableDatabase, { submissionId }: { submissionId: string }): CancelReply {
  return db.transaction(() => {
    const open = db.all<OpenRow>(
      `SELECT id, state, lane, committed_at, first_attempt_at FROM operations
       WHERE submission_id = ? AND state NOT IN (4, 6)`,
      [submissionId],
    );
    const inFlight = open.filter((row) => row.state === OperationState.claimed);
    if (inFlight.length > 0) {
      const isQuestion = inFlight.every(({ lane }) => LANES[lane] === 'follow');
      return { kind: 'refused', because: isQuestion ? 'being_asked' : 'in_flight' };
    }
    const mayHaveArrived = ({ id, committed_at, first_attempt_at }: OpenRow): boolean =>
      committed_at !== null ||
      (first_attempt_at !== null && rememberedArrival(db, { submissionId, operationId: id }) === 'may_have_arrived');
    if (open.some(mayHaveArrived)) return { kind: 'refused', because: 'may_have_arrived' };
    const { changes } = db.run(
      'UPDATE operations SET state = 6 WHERE submission_id = ? AND state IN (0, 1, 5) AND committed_at IS NULL',
      [submissionId],
    );
    return { kind: 'cancelled', count: changes };
  });
}

/**
 * Calls off the redactions of a connection that are not in flight, so many at most and the last ones first, so that what is left still
 * has its turn one after the other. None of them is ever in doubt. Answers the submissions of those that were.
 */
export function callOffRedactions(
  db: WritableDatabase,
  { connectionId, limit }: { connectionId: string; limit: number },
): string[] {
  return db.transaction(() => {
    const open = db.all<{ id: string; submissionId: string }>(
      `SELECT id, submission_id AS submissionId FROM operations
       WHERE connection_id = ? AND ${OPEN_REDACTION} AND state <> 2 ORDER BY id DESC LIMIT ?`,
      [connectionId, limit],
    );
    for (const { id } of open) db.run('UPDATE operations SET state = 6, committed_at = NULL WHERE id = ?', [id]);
    return [...new Set(open.map(({ submissionId }) => submissionId))];
  });
}

/**
 * Takes a held submission's operations out of the queue, so that a thousand held customers cost a claim nothing; `unpark`
 * puts them back where they were. What is in flight or unknown goes on.
 */
export function park(db: WritableDatabase, { submissionId }: { submissionId: string }): void {
  db.transaction(() => {
    db.run('UPDATE operations SET state = 0 WHERE submission_id = ? AND state = 1', [submissionId]);
  });
}

export function unpark(db: WritableDatabase, { submissionId }: { submissionId: string }): void {
  db.transaction(() => {
    db.run('UPDATE operations SET state = 1 WHERE submission_id = ? AND state = 0 AND blocked_by = 0', [submissionId]);
  });
}

/** Makes waiting and unknown operations due now: one submission's, one connection's, or all. Answers how many. */
export function makeDue(
  db: WritableDatabase,
  {
    submissionId = null,
    connectionId = null,
    now,
  }: { submissionId?: string | null; connectionId?: string | null; now: number },
): number {
  return db.transaction(() =>
    submissionId === null
      ? db.run(
          `UPDATE operations SET run_at = ?, ${TURN_NOW} WHERE state = 1 AND turn > ?
             AND connection_id = coalesce(?, connection_id)`,
          [now, now, now, connectionId],
        ).changes +
        db.run(
          `UPDATE operations SET run_at = ? WHERE state = 3 AND run_at > ?
             AND connection_id = coalesce(?, connection_id)`,
          [now, now, connectionId],
        ).changes
      : db.run(
          `UPDATE operations SET run_at = ?, ${TURN_NOW} WHERE submission_id = ? AND state IN (1, 3) AND run_at > ?`,
          [now, now, submissionId, now],
        ).changes,
  );
}

/**
 * Makes these questions about decisions due now, before every other: something is known to have changed for them. Answers those
 * that are not waiting, because they are being asked at this moment.
 */
export function bringForward(
  db: WritableDatabase,
  { operationIds, now }: { operationIds: readonly string[]; now: number },
): string[] {
  return db.transaction(() =>
    operationIds.filter((id) => {
      const { changes } = db.run(
        'UPDATE operations SET run_at = min(run_at, ?), turn = 0 WHERE id = ? AND lane = 2 AND state = 1',
        [now, id],
      );
      return changes === 0;
    }),
  );
}

/** Replaces the stored result of a finished operation, after what it said about the submission has been used. */
export function replaceResult(
  db: WritableDatabase,
  { operationId, result }: { operationId: string; result: unknown },
): void {
  db.transaction(() => {
    db.run('UPDATE operations SET result = ? WHERE id = ? AND state = 4', [JSON.stringify(result), operationId]);
  });
}

/**
 * The wall clock was set back by `byMs` while we were running: due times move with it, so that nothing sleeps through the
 * difference, and first attempts too, so that no key looks younger than it is. (A clock set forward only makes things due
 * earlier and keys older, which harms nothing.)
 */
export function moveDueTimesBack(db: WritableDatabase, { byMs, now }: { byMs: number; now: number }): void {
  db.transaction(() => {
    db.run(
      `UPDATE operations SET run_at = run_at - ?, turn = CASE WHEN turn > ? THEN turn - ? ELSE turn END
       WHERE state IN (0, 1, 3) AND run_at > ?`,
      [byMs, now, byMs, now],
    );
    db.run(
      `UPDATE operations SET first_attempt_at = first_attempt_at - ?
       WHERE first_attempt_at IS NOT NULL AND state NOT IN (4, 6)`,
      [byMs],
    );
  });
}
