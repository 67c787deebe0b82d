import type { ReadableDatabase, SqlValue } from '../database/types.ts';
import { OperationState } from '../outbox/index.ts';
import { IN_MOTION } from './stack-moves.ts';

const DAY_MS = 24 * 3_600_000;

/** Submissions looked at in one step. */
const ROWS_PER_STEP = 50;

/** When a submission was over: its decision, or its void. Word for word as in the index `submissions_over`. */
const OVER_AT = 'CASE WHEN voided_at IS NULL THEN decided_at ELSE max(voided_at, coalesce(decided_at, 0)) END';

/** The row of the ledger that says the same; null: there is none, so it is not due. */
const OVER_ROW = `(SELECT max(sequence) FROM ledger WHERE ledger.submission_id = submissions.id
  AND kind IN ('submission.accepted', 'submission.rejected', 'submission.voided'))`;

/** So many rows before that one are looked at for a younger time. */
const ROWS_BEFORE = 200;

/**
 * The whole choice of what may be purged, in one place. Whatever is not said here to be over stays: nothing of it is left to
 * send, to find out or to decide, no person holds it, and no page of it is just being moved. The ledger has to agree, and must
 * have nothing younger before the end: what ended while the date of this PC stood too early is not old.
 */
const DUE = `FROM submissions
  WHERE purged_at IS NULL AND (voided_at IS NOT NULL OR state IN ('accepted', 'rejected'))
    AND ${OVER_AT} <= :before AND is_held = 0 AND is_attention = 0
    AND NOT EXISTS (SELECT 1 FROM operations WHERE operations.submission_id = submissions.id
      AND operations.state NOT IN (${OperationState.done}, ${OperationState.cancelled}))
    AND NOT ${IN_MOTION}
    AND EXISTS (SELECT 1 FROM pages WHERE pages.submission_id = submissions.id)
    AND ${OVER_ROW} IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM ledger WHERE sequence BETWEEN ${OVER_ROW} - ${ROWS_BEFORE} AND ${OVER_ROW} AND at > :before)
    AND NOT EXISTS (SELECT 1 FROM ledger WHERE ledger.submission_id = submissions.id AND sequence <= ${OVER_ROW}
      AND at > :before)`;

/** A submission whose pages are past the period. */
export interface DueSubmission {
  readonly id: string;
  readonly overAt: number;
  /** Pages whose bytes are there, those that were taken out or replaced among them. */
  readonly pageCount: number;
}

/** What was over at this time (epoch ms) or earlier is past the period. */
export function overBefore(now: number, keepDays: number): number {
  return now - keepDays * DAY_MS;
}

function select(db: ReadableDatabase, condition: string, parameters: Readonly<Record<string, SqlValue>>) {
  return db.all<DueSubmission>(
    `SELECT id, ${OVER_AT} AS overAt,
       (SELECT count(*) FROM pages WHERE pages.submission_id = submissions.id) AS pageCount
     ${DUE} ${condition}`,
    parameters,
  );
}

/** The next ones after `last`, in the order in which they were over; null for the first. */
export function dueAfter(db: ReadableDatabase, before: number, last: DueSubmission | null): DueSubmission[] {
  return select(db, `AND (${OVER_AT}, id) > (:overAt, :id) ORDER BY ${OVER_AT}, id LIMIT ${ROWS_PER_STEP}`, {
    before,
    overAt: last?.overAt ?? Number.MIN_SAFE_INTEGER,
    id: last?.id ?? '',
  });
}

/** Whether this one is due now; null when it is not, or not any more. */
export function dueNow(db: ReadableDatabase, before: number, submissionId: string): DueSubmission | null {
  return select(db, 'AND id = :id', { before, id: submissionId })[0] ?? null;
}
