import type { WritableDatabase } from '../database/types.ts';
import { backoffMs } from './backoff.ts';
import { enqueue } from './enqueue.ts';
import type { NewOperation, OperationError } from './types.ts';

/**
 * Writes that end or move a claim. Each one matches the lease token and the claimed state, and says with `false` (or null)
 * that it changed nothing: the lease was taken away, and whoever holds it now decides.
 */
interface Held {
  readonly operationId: string;
  readonly leaseToken: string;
}

const MINE = 'WHERE id = ? AND lease_token = ? AND state = 2';

/**
 * The point of no return: when this returns true, it is on the disk that the provider may have the whole request. False:
 * the claim is not ours any more, and nothing more may be sent.
 */
export function markCommitted(db: WritableDatabase, { operationId, leaseToken, now }: Held & { now: number }): boolean {
  return db.transaction(
    () => db.run(`UPDATE operations SET committed_at = ? ${MINE}`, [now, operationId, leaseToken]).changes === 1,
  );
}

/** Acknowledged by the provider. Operations that waited for this one become runnable in the same transaction. */
export function settleDone(
  db: WritableDatabase,
  { operationId, leaseToken, result, now }: Held & { result: unknown; now: number },
): boolean {
  return db.transaction(() => {
    const { changes } = db.run(
      `UPDATE operations SET state = 4, result = ?, done_at = ?, failures = 0, last_error = NULL, lease_token = NULL,
         lease_expires_at = NULL ${MINE}`,
      [JSON.stringify(result), now, operationId, leaseToken],
    );
    if (changes === 1) unblockDependants(db, operationId);
    return changes === 1;
  });
}

/** One need less for everything that waited for `operationId`. What is in doubt (`doubtEverything`) is resolved first. */
export function unblockDependants(db: WritableDatabase, operationId: string): void {
  // Most operations are waited for by none, and looking costs a seventh of an update that finds none.
  const first = db.get('SELECT 1 FROM operation_needs WHERE needs_id = ? LIMIT 1', [operationId]);
  if (first === undefined) return;
  db.run(
    `UPDATE operations SET blocked_by = blocked_by - 1,
       state = CASE WHEN blocked_by > 1 THEN state WHEN committed_at IS NULL THEN 1 ELSE 3 END
     WHERE state = 0 AND id IN (SELECT operation_id FROM operation_needs WHERE needs_id = ?)`,
    [operationId],
  );
}

/** What waited only for its turn behind `operationId` goes no earlier than this. */
export function delayDependants(
  db: WritableDatabase,
  { operationId, runAt }: { operationId: string; runAt: number },
): void {
  db.run(
    `UPDATE operations SET run_at = max(run_at, ?), turn = max(turn, ?)
     WHERE state = 1 AND lane = 3 AND id IN (SELECT operation_id FROM operation_needs WHERE needs_id = ?)`,
    [runAt, runAt, operationId],
  );
}

/** Nothing wrong, not decided yet: ask again at `runAt`. Not a failure. */
export function again(db: WritableDatabase, { operationId, leaseToken, runAt }: Held & { runAt: number }): boolean {
  return db.transaction(
    () =>
      db.run(
        `UPDATE operations SET state = 1, run_at = ?, turn = ?, failures = 0, last_error = NULL, committed_at = NULL,
           lease_token = NULL, lease_expires_at = NULL ${MINE}`,
        [runAt, runAt, operationId, leaseToken],
      ).changes === 1,
  );
}

/**
 * A temporary failure: the next attempt comes after the backoff of `backoff.ts`, at most `longestBackoffMs` and at least
 * `minimumDelayMs` from now.
 * `isUnknown`: an earlier attempt may have arrived and this failure does not tell, so the operation stays unknown.
 */
export function retryLater(
  db: WritableDatabase,
  args: Held & {
    readonly now: number;
    /** In [0, 1). */
    readonly random: number;
    readonly error: OperationError;
    readonly minimumDelayMs?: number;
    readonly longestBackoffMs?: number;
    readonly isUnknown?: boolean;
  },
): { runAt: number; failures: number } | null {
  return db.transaction(() => {
    const row = db.get<{ failures: number }>(`SELECT failures FROM operations ${MINE}`, [
      args.operationId,
      args.leaseToken,
    ]);
    if (row === undefined) return null;
    const failures = row.failures + 1;
    const backoff = Math.min(backoffMs(failures, args.random), args.longestBackoffMs ?? Number.POSITIVE_INFINITY);
    const runAt = args.now + Math.max(backoff, args.minimumDelayMs ?? 0);
    db.run(
      `UPDATE operations SET state = ?, run_at = ?, turn = ?, failures = ?, last_error = ?,
         committed_at = CASE ? WHEN 1 THEN committed_at ELSE NULL END, lease_token = NULL, lease_expires_at = NULL ${MINE}`,
      [
        args.isUnknown === true ? 3 : 1,
        runAt,
        runAt,
        failures,
        JSON.stringify(args.error),
        args.isUnknown === true ? 1 : 0,
        args.operationId,
        args.leaseToken,
      ],
    );
    return { runAt, failures };
  });
}

/**
 * Gives a claim back without spending an attempt: the connection waits, not this operation. `runAt` null keeps its place
 * in the queue. `isUnknown` as in `retryLater`; then no attempt had been counted by the claim.
 */
export function releaseClaim(
  db: WritableDatabase,
  {
    operationId,
    leaseToken,
    runAt,
    isUnknown,
    isAttemptCounted,
  }: Held & {
    runAt: number | null;
    isUnknown: boolean;
    /** False for a claim of `claimUnknown` that was never turned into an attempt. */
    isAttemptCounted: boolean;
  },
): boolean {
  return db.transaction(() => {
    const spent = isAttemptCounted ? 1 : 0;
    const mine = [operationId, leaseToken];
    return (
      (isUnknown
        ? db.run(
            `UPDATE operations SET state = 3, run_at = coalesce(?, run_at), attempts = attempts - ?, lease_token = NULL,
               lease_expires_at = NULL ${MINE}`,
            [runAt, spent, ...mine],
          )
        : db.run(
            `UPDATE operations SET state = 1, run_at = coalesce(?, run_at), turn = coalesce(?, turn),
               attempts = attempts - ?, committed_at = NULL,
               first_attempt_at = CASE WHEN attempts = 1 THEN NULL ELSE first_attempt_at END, lease_token = NULL,
               lease_expires_at = NULL ${MINE}`,
            [runAt, runAt, spent, ...mine],
          )
      ).changes === 1
    );
  });
}

/** The answer was lost: it may have happened. Nothing is repeated before it is resolved; that begins at `runAt`. */
export function markUnknown(
  db: WritableDatabase,
  { operationId, leaseToken, runAt, error, now }: Held & { runAt: number; error: OperationError; now: number },
): boolean {
  return db.transaction(
    () =>
      db.run(
        `UPDATE operations SET state = 3, run_at = ?, last_error = ?, committed_at = coalesce(committed_at, ?),
           lease_token = NULL, lease_expires_at = NULL ${MINE}`,
        [runAt, JSON.stringify(error), now, operationId, leaseToken],
      ).changes === 1,
  );
}

/**
 * Turns the claim of an unknown operation into an attempt with the same key and the same bytes. Its point of no return
 * stays set: until an answer comes, it is as unknown as before.
 */
export function repeatUnknown(db: WritableDatabase, { operationId, leaseToken }: Held): boolean {
  return db.transaction(
    () => db.run(`UPDATE operations SET attempts = attempts + 1 ${MINE}`, [operationId, leaseToken]).changes === 1,
  );
}

/** A look-up showed that it did not happen: the operation takes its old place among the waiting ones. */
export function resolveUnknown(
  db: WritableDatabase,
  { operationId, leaseToken, now }: Held & { now: number },
): boolean {
  return db.transaction(
    () =>
      db.run(
        `UPDATE operations SET state = 1, run_at = ?, turn = CASE WHEN lane >= 2 THEN ? ELSE turn_rank END,
           committed_at = NULL, lease_token = NULL, lease_expires_at = NULL ${MINE}`,
        [now, now, operationId, leaseToken],
      ).changes === 1,
  );
}

/** It cannot go on without a person. `isUnknown`: it may have arrived, and the person decides on that first. */
export function toAttention(
  db: WritableDatabase,
  { operationId, leaseToken, error, isUnknown, now }: Held & { error: OperationError; isUnknown: boolean; now: number },
): boolean {
  return db.transaction(
    () =>
      db.run(
        `UPDATE operations SET state = 5, last_error = ?,
           committed_at = CASE ? WHEN 1 THEN coalesce(committed_at, ?) ELSE NULL END, lease_token = NULL,
           lease_expires_at = NULL ${MINE}`,
        [JSON.stringify(error), isUnknown ? 1 : 0, now, operationId, leaseToken],
      ).changes === 1,
  );
}

/**
 * Calls off a claim and everything that waits for it, and stores others in their place. Only for a claim that certainly
 * has not arrived.
 */
export function replaceClaim(
  db: WritableDatabase,
  { operationId, leaseToken, operations, now }: Held & { operations: readonly NewOperation[]; now: number },
): boolean {
  return db.transaction(() => {
    const { changes } = db.run(
      `UPDATE operations SET state = 6, committed_at = NULL, lease_token = NULL, lease_expires_at = NULL ${MINE}`,
      [operationId, leaseToken],
    );
    if (changes !== 1) return false;
    db.run(
      `UPDATE operations SET state = 6 WHERE state = 0 AND id IN (
         WITH RECURSIVE waiting (id) AS (
           SELECT operation_id FROM operation_needs WHERE needs_id = ?
           UNION SELECT operation_id FROM operation_needs JOIN waiting ON needs_id = waiting.id)
         SELECT id FROM waiting)`,
      [operationId],
    );
    enqueue(db, { operations, now });
    return true;
  });
}
