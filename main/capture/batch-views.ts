import type { BatchState, BatchView } from '../../shared/domain/index.ts';
import type { ReadableDatabase } from '../database/types.ts';

interface BatchRow {
  readonly id: string;
  readonly number: number;
  readonly state: BatchState;
  readonly operator: string;
  readonly created_at: number;
  readonly released_at: number | null;
  readonly submission_count: number;
  readonly page_count: number;
  readonly ready_count: number;
}

const BATCH_SELECT = `SELECT id, number, state, operator, created_at, released_at,
    (SELECT count(*) FROM submissions WHERE batch_id = batches.id AND voided_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM stacks WHERE submission_id = submissions.id)) AS submission_count,
    (SELECT count(*) FROM submissions JOIN pages ON submission_id = submissions.id
      WHERE batch_id = batches.id AND voided_at IS NULL AND pages.state = 'active') AS page_count,
    (SELECT count(*) FROM submissions WHERE batch_id = batches.id AND submissions.state = 'ready' AND is_held = 0
      AND voided_at IS NULL) AS ready_count
  FROM batches`;

function toBatchView(row: BatchRow): BatchView {
  return {
    id: row.id,
    number: row.number,
    state: row.state,
    operator: row.operator,
    createdAt: row.created_at,
    releasedAt: row.released_at,
    submissionCount: row.submission_count,
    pageCount: row.page_count,
    readyCount: row.ready_count,
  };
}

/** Open batches first, then the newest. */
export function readBatches(db: ReadableDatabase): BatchView[] {
  return db.all<BatchRow>(`${BATCH_SELECT} ORDER BY state = 'open' DESC, number DESC LIMIT 500`).map(toBatchView);
}

/** The newest first. */
export function readOpenBatches(db: ReadableDatabase): BatchView[] {
  return db.all<BatchRow>(`${BATCH_SELECT} WHERE state = 'open' ORDER BY number DESC`).map(toBatchView);
}
