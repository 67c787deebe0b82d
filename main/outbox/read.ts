import type { ReadableDatabase } from '../database/types.ts';
import { CLAIMED, OPEN_REDACTION, OPERATION_COLUMNS, toOperation } from './rows.ts';
import type { OperationRow } from './rows.ts';
import { OperationState } from './types.ts';
import type { Operation } from './types.ts';

/** How many operations are in the states that people and the dispatcher ask for; each is one walk over a small index. */
export interface OperationCounts {
  readonly pending: number;
  readonly claimed: number;
  readonly unknown: number;
  readonly attention: number;
}

export function counts(db: ReadableDatabase): OperationCounts {
  const row = db.get<{ pending: number; claimed: number; unknown: number; attention: number }>(
    `SELECT (SELECT count(*) FROM operations WHERE state = 1) AS pending,
       (SELECT count(*) FROM ${CLAIMED}) AS claimed,
       (SELECT count(*) FROM operations WHERE state = 3) AS unknown,
       (SELECT count(*) FROM operations WHERE state = 5) AS attention`,
  );
  return row ?? { pending: 0, claimed: 0, unknown: 0, attention: 0 };
}

/**
 * Of several calls that wait for a person, the one that is asked about first: what may have arrived before what was refused, the oldest before
 * the others. For an ORDER BY over operations.
 */
export const ASKED_FIRST = 'committed_at IS NULL, id';

/** The call that a submission's row speaks of when it needs a person; null: none waits for one. */
export function askedFirst(db: ReadableDatabase, submissionId: string): Operation | null {
  const row = db.get<OperationRow>(
    `SELECT ${OPERATION_COLUMNS} FROM operations WHERE submission_id = ? AND state = ${OperationState.attention}
     ORDER BY ${ASKED_FIRST} LIMIT 1`,
    [submissionId],
  );
  return row === undefined ? null : toOperation(row);
}

/** All operations of a submission, oldest first. */
export function operationsOfSubmission(db: ReadableDatabase, submissionId: string): Operation[] {
  return db
    .all<OperationRow>(`SELECT ${OPERATION_COLUMNS} FROM operations WHERE submission_id = ? ORDER BY id`, [
      submissionId,
    ])
    .map(toOperation);
}

/** How much is still to be removed at a connection's provider. */
export function countRedactions(db: ReadableDatabase, connectionId: string): number {
  const row = db.get<{ n: number }>(
    `SELECT count(*) AS n FROM operations WHERE connection_id = ? AND ${OPEN_REDACTION}`,
    [connectionId],
  );
  return row?.n ?? 0;
}

/** A call that removes something at a provider and has its turn: of each connection at most one, since they go one after the other. */
export interface NextRedaction {
  readonly operationId: string;
  readonly submissionId: string;
  readonly connectionId: string;
  /** It is being made at this moment. */
  readonly isUnderWay: boolean;
  /** How often it was made before; what a limit or a pause of the connection gave back does not count. */
  readonly attempts: number;
  /** When it goes at the earliest, UTC epoch milliseconds. */
  readonly runAt: number;
}

/** Which have their turn by themselves, whenever that is; none where a person is asked about the one before. */
export function nextRedactions(db: ReadableDatabase): NextRedaction[] {
  return db
    .all<Omit<NextRedaction, 'isUnderWay'> & { readonly state: number }>(
      `SELECT id AS operationId, submission_id AS submissionId, connection_id AS connectionId, state, attempts, run_at AS runAt
       FROM operations WHERE ${OPEN_REDACTION} AND state IN (1, 2, 3) ORDER BY id`,
    )
    .map(({ state, ...next }) => ({ ...next, isUnderWay: state === OperationState.claimed }));
}

/** The call of that kind that goes after all others; null: there is none. One seek, whatever waits. */
export function lastRedaction(db: ReadableDatabase, connectionId: string): string | null {
  const row = db.get<{ id: string }>(
    `SELECT id FROM operations WHERE connection_id = ? AND ${OPEN_REDACTION} ORDER BY id DESC LIMIT 1`,
    [connectionId],
  );
  return row?.id ?? null;
}

export function operationOf(db: ReadableDatabase, operationId: string): Operation | null {
  const row = db.get<OperationRow>(`SELECT ${OPERATION_COLUMNS} FROM operations WHERE id = ?`, [operationId]);
  return row === undefined ? null : toOperation(row);
}

/**
 * A connection's questions about decisions that were asked at least once and are still open, the newest first. `since`: when it
 * was asked for the first time, UTC epoch milliseconds.
 */
export function openQuestions(
  db: ReadableDatabase,
  { connectionId, limit }: { connectionId: string; limit: number },
): { readonly id: string; readonly since: number }[] {
  return db.all<{ id: string; since: number }>(
    `SELECT id, coalesce(first_attempt_at, created_at) AS since FROM operations
     WHERE connection_id = ? AND lane = 2 AND (state = 1 OR state = 2) AND attempts > 0 ORDER BY id DESC LIMIT ?`,
    [connectionId, limit],
  );
}

/** What an operation needed, directly or through others, in the order of finishing. */
export function neededBy(db: ReadableDatabase, operationId: string): Operation[] {
  return db
    .all<OperationRow>(
      `WITH RECURSIVE needed (id) AS (
         SELECT needs_id FROM operation_needs WHERE operation_id = ?
         UNION SELECT operation_needs.needs_id FROM operation_needs JOIN needed ON operation_id = needed.id)
       SELECT ${OPERATION_COLUMNS} FROM operations WHERE id IN (SELECT id FROM needed) AND state = 4
       ORDER BY done_at, id`,
      [operationId],
    )
    .map(toOperation);
}

/** When something happens next by itself for a submission that is not over, or null. */
export function nextEventAt(db: ReadableDatabase, submissionId: string): number | null {
  const row = db.get<{ at: number | null }>(
    'SELECT min(run_at) AS at FROM operations WHERE submission_id = ? AND state IN (1, 3) AND lane < 3',
    [submissionId],
  );
  return row?.at ?? null;
}

/**
 * The earliest time after `after` at which a waiting or unknown operation becomes due, leaving out the given connections.
 * One seek per connection and lane.
 */
export function nextDueAt(
  db: ReadableDatabase,
  { after, excludedConnectionIds }: { after: number; excludedConnectionIds: readonly string[] },
): number | null {
  const excluded = JSON.stringify(excludedConnectionIds);
  const row = db.get<{ at: number | null }>(
    `SELECT min(at) AS at FROM (
       SELECT (
         SELECT turn FROM operations
         WHERE state = 1 AND connection_id = connections.id AND operations.lane = lanes.lane AND turn > ?
         ORDER BY turn LIMIT 1) AS at
       FROM connections CROSS JOIN (SELECT 0 AS lane UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3) AS lanes
       WHERE connections.id NOT IN (SELECT value FROM json_each(?))
       UNION ALL
       SELECT min(run_at) FROM operations
       WHERE state = 3 AND run_at > ? AND connection_id NOT IN (SELECT value FROM json_each(?)))`,
    [after, excluded, after, excluded],
  );
  return row?.at ?? null;
}
