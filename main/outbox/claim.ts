import type { WritableDatabase } from '../database/types.ts';
import { OPERATION_COLUMNS, toOperation } from './rows.ts';
import type { OperationRow } from './rows.ts';
import { OperationState } from './types.ts';
import type { Claim, SizeClass } from './types.ts';

/**
 * What a claim may take. `leaseToken` is new and never used before: every later write must carry it.
 */
export interface ClaimOptions {
  readonly now: number;
  readonly leaseToken: string;
  /** Connections that must not be used now (paused). */
  readonly excludedConnectionIds?: readonly string[];
  /** Submissions that have a call in flight: one at a time each. */
  readonly busySubmissionIds?: readonly string[];
  /** Only what is due since this time already; without it, what is due now. */
  readonly dueBefore?: number;
  /** Only this lane; without it, what is to be sent, small or large. */
  readonly size?: SizeClass;
}

/** How long a lease is shown to last. All leases are stale at start; inside one run the dispatcher's own watch decides. */
const LEASE_MS = 15 * 60_000;

const SIZES: Readonly<Record<SizeClass | 'any', string>> = {
  small: '(SELECT 0 AS lane)',
  upload: '(SELECT 1 AS lane)',
  follow: '(SELECT 2 AS lane)',
  later: '(SELECT 3 AS lane)',
  any: '(SELECT 0 AS lane UNION ALL SELECT 1)',
};

const statements = new Map<string, string>();

function marks(count: number): string {
  return Array.from({ length: count }, () => '?').join(', ');
}

/**
 * For each open connection and lane, one seek in `operations_runnable`; then the first of these few. The text
 * depends only on how many values are excluded, so that the statement cache holds a handful of them.
 */
function searchStatement(size: SizeClass | 'any', excludedConnections: number, busySubmissions: number): string {
  const name = `${size} ${excludedConnections} ${busySubmissions}`;
  const known = statements.get(name);
  if (known !== undefined) return known;
  const text = `
    SELECT ${OPERATION_COLUMNS} FROM operations
    WHERE id IN (
      SELECT (
        SELECT runnable.id FROM operations AS runnable
        WHERE runnable.state = 1 AND runnable.connection_id = connections.id
          AND runnable.lane = lanes.lane AND runnable.turn <= ?
          AND runnable.submission_id NOT IN (${marks(busySubmissions)})
          AND NOT EXISTS (
            SELECT 1 FROM submissions
            WHERE submissions.id = runnable.submission_id
              AND (is_held = 1 OR (voided_at IS NOT NULL AND purged_at IS NULL)))
        ORDER BY runnable.turn, runnable.id LIMIT 1
      )
      FROM connections CROSS JOIN ${SIZES[size]} AS lanes
      WHERE connections.id NOT IN (${marks(excludedConnections)})
    )
    ORDER BY turn, id LIMIT 1`;
  statements.set(name, text);
  return text;
}

/**
 * Takes the operation that is due and whose turn it is (see `rankOf`), durably, or null. Counts the attempt, and forgets the point of no
 * return of the attempt before (which is resolved: otherwise the operation would be unknown, not pending).
 * Held and voided submissions are passed over, but for what a purge has planned: before it there is nothing left of them to do.
 */
export function claimNext(db: WritableDatabase, options: ClaimOptions): Claim | null {
  const { now, leaseToken, excludedConnectionIds: connections = [], busySubmissionIds: submissions = [] } = options;
  const { dueBefore = now } = options;
  // The transaction is immediate, so nothing comes between the search and the update. One UPDATE … RETURNING does the
  // same and takes a tenth longer: RETURNING collects its rows in a table of its own first.
  return db.transaction(() => {
    const row = db.get<OperationRow>(searchStatement(options.size ?? 'any', connections.length, submissions.length), [
      dueBefore,
      ...submissions,
      ...connections,
    ]);
    if (row === undefined) return null;
    const firstAttemptAt = row.first_attempt_at ?? now;
    db.run(
      `UPDATE operations SET state = 2, lease_token = ?, lease_expires_at = ?, attempts = attempts + 1,
         first_attempt_at = ?, committed_at = NULL WHERE id = ?`,
      [leaseToken, now + LEASE_MS, firstAttemptAt, row.id],
    );
    return {
      ...toOperation(row),
      state: OperationState.claimed,
      attempts: row.attempts + 1,
      firstAttemptAt,
      committedAt: null,
      leaseToken,
      isUnknown: false,
    };
  });
}

/**
 * Takes an unknown operation whose grace is over, so that it can be resolved. Its point of no return stays: after a crash
 * it is unknown again. No attempt is counted; see `repeatUnknown` and `resolveUnknown`.
 */
export function claimUnknown(db: WritableDatabase, options: Omit<ClaimOptions, 'size'>): Claim | null {
  const { now, leaseToken, excludedConnectionIds = [], busySubmissionIds = [] } = options;
  return db.transaction(() => {
    const row = db.runReturning<OperationRow>(
      `UPDATE operations SET state = 2, lease_token = ?, lease_expires_at = ?
       WHERE id = (
         SELECT id FROM operations AS lost
         WHERE state = 3 AND run_at <= ?
           AND connection_id NOT IN (SELECT value FROM json_each(?))
           AND submission_id NOT IN (SELECT value FROM json_each(?))
           AND NOT EXISTS (
             SELECT 1 FROM submissions
             WHERE submissions.id = lost.submission_id
               AND (is_held = 1 OR (voided_at IS NOT NULL AND purged_at IS NULL)))
         ORDER BY run_at, id LIMIT 1)
       RETURNING ${OPERATION_COLUMNS}`,
      [leaseToken, now + LEASE_MS, now, JSON.stringify(excludedConnectionIds), JSON.stringify(busySubmissionIds)],
    );
    return row === undefined ? null : { ...toOperation(row), leaseToken, isUnknown: true };
  });
}

/**
 * What waited and is due now takes its old place by rank. Without this it would stand behind everything that never had to
 * wait. Looks once per connection and lane.
 */
export function takeTurns(db: WritableDatabase, { now }: { now: number }): void {
  const due = db.all<{ id: string }>(
    `SELECT operations.id FROM connections CROSS JOIN (SELECT 0 AS lane UNION ALL SELECT 1) AS lanes
     CROSS JOIN operations ON connection_id = connections.id AND operations.lane = lanes.lane AND state = 1
       AND turn > 0 AND turn <= ?`,
    [now],
  );
  if (due.length === 0) return;
  db.transaction(() => {
    for (const { id } of due) db.run('UPDATE operations SET turn = turn_rank WHERE id = ? AND state = 1', [id]);
  });
}
