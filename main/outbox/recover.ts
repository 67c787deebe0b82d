import type { WritableDatabase } from '../database/types.ts';
import { appendLedger } from '../ledger/index.ts';
import { LONGEST_BACKOFF_MS } from './backoff.ts';
import { CLAIMED, OPEN_REDACTION } from './rows.ts';

/** An operation that was in flight when the process ended. */
export interface Recovered {
  readonly operationId: string;
  readonly submissionId: string;
  readonly isUnknown: boolean;
}

/**
 * At start: every lease is stale, whatever its time says. What had not passed its point of no return waits again in its old
 * place; what had is unknown and due to be resolved. A due time further away than any backoff means that the clock was set
 * back meanwhile; it is brought near.
 */
export function recover(db: WritableDatabase, { now }: { now: number }): readonly Recovered[] {
  return db.transaction(() => {
    const stale = db.all<{ id: string; submission_id: string; committed_at: number | null }>(
      `SELECT id, submission_id, committed_at FROM ${CLAIMED} ORDER BY turn, id`,
    );
    for (const row of stale) {
      db.run(
        `UPDATE operations SET state = ?, run_at = min(run_at, ?), turn = min(turn, ?), lease_token = NULL, lease_expires_at = NULL
         WHERE id = ?`,
        [row.committed_at === null ? 1 : 3, now, now, row.id],
      );
    }
    const latest = now + LONGEST_BACKOFF_MS;
    db.run('UPDATE operations SET run_at = ?, turn = ? WHERE state = 1 AND turn > ?', [latest, latest, latest]);
    db.run('UPDATE operations SET run_at = ? WHERE state = 3 AND run_at > ?', [latest, latest]);
    return stale.map((row) => ({
      operationId: row.id,
      submissionId: row.submission_id,
      isUnknown: row.committed_at !== null,
    }));
  });
}

/**
 * Gives up one claim of this process whose call did not end in time (a call that hangs, or at the end of the program).
 * As `recover`, for one operation. Null: the claim was not ours any more.
 */
export function abandonClaim(
  db: WritableDatabase,
  { operationId, leaseToken, now }: { operationId: string; leaseToken: string; now: number },
): { isUnknown: boolean } | null {
  return db.transaction(() => {
    const row = db.runReturning<{ state: number }>(
      `UPDATE operations SET state = CASE WHEN committed_at IS NULL THEN 1 ELSE 3 END, run_at = min(run_at, ?),
         turn = min(turn, ?), lease_token = NULL, lease_expires_at = NULL
       WHERE id = ? AND lease_token = ? AND state = 2 RETURNING state`,
      [now, now, operationId, leaseToken],
    );
    return row === undefined ? null : { isUnknown: row.state === 3 };
  });
}

/**
 * After an older copy took the place of a damaged database: whatever is not done in it may have been sent since the copy
 * was made, so it is unknown, and resolved before it is repeated. Answers how many operations.
 */
export function doubtEverything(db: WritableDatabase, { now }: { now: number }): number {
  return db.transaction(
    () =>
      db.run(
        `UPDATE operations SET committed_at = coalesce(committed_at, ?),
           first_attempt_at = coalesce(first_attempt_at, created_at), lease_token = NULL, lease_expires_at = NULL,
           state = CASE WHEN state = 0 AND blocked_by > 0 THEN 0 ELSE 3 END
         WHERE state IN (0, 1, 2)`,
        [now],
      ).changes,
  );
}

/**
 * After an older copy took the place of the database: what was to be removed at providers by it may have been taken back since, and
 * cannot be brought back, so nothing is; it may have been turned on since as well. So nothing is purged either until somebody turns it
 * on again or leaves it off. Before `doubtEverything`. The ledger tells it, of each
 * customer too.
 */
export function takeBackRedactions(db: WritableDatabase, { now, operator }: { now: number; operator: string }): void {
  db.transaction(() => {
    const submissionIds = db
      .all<{ id: string }>(`SELECT DISTINCT submission_id AS id FROM operations WHERE ${OPEN_REDACTION} ORDER BY id`)
      .map(({ id }) => id);
    db.run(
      `UPDATE operations SET state = 6, committed_at = NULL, lease_token = NULL, lease_expires_at = NULL
       WHERE ${OPEN_REDACTION}`,
    );
    // After a purge nothing else needs a person.
    db.run('UPDATE submissions SET is_attention = 0, cause = NULL WHERE is_attention = 1 AND purged_at IS NOT NULL');
    const { changes } = db.run(
      'UPDATE connections SET redacts_when_purged = 0, redaction_undecided = 1 WHERE redacts_when_purged = 1',
    );
    db.run("UPDATE connections SET redaction_undecided = 1 WHERE removed_at IS NULL AND environment <> 'practice'");
    const note = (submissionId: string | null, kind: string, code: string): void =>
      void appendLedger(db, { at: now, operator, submissionId, operationId: null, kind, data: { message: { code } } });
    for (const submissionId of submissionIds) note(submissionId, 'redaction.calledOff', 'ledger.redactionCalledOff');
    if (changes > 0) note(null, 'retention.redactionSet', 'ledger.redactionForgotten');
  });
}
