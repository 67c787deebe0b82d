import type { WritableDatabase } from '../database/types.ts';
import type { CaptureOptions } from './types.ts';

/**
 * A batch is released when something of it went and nothing waits at the desk any more; inside the caller's transaction. Answers
 * how many submissions still wait, stacks among them.
 */
export function settleBatch(
  { clock }: Pick<CaptureOptions, 'clock'>,
  transaction: WritableDatabase,
  batchId: string,
): number {
  const row = transaction.get<{ kept: number; others: number }>(
    `SELECT count(*) FILTER (WHERE state IN ('draft', 'ready') AND voided_at IS NULL) AS kept,
       count(*) FILTER (WHERE state NOT IN ('draft', 'ready')) AS others
     FROM submissions WHERE batch_id = ?`,
    [batchId],
  );
  const kept = row?.kept ?? 0;
  if (kept === 0 && (row?.others ?? 0) > 0) {
    transaction.run(
      "UPDATE batches SET state = 'released', released_at = ?, closed_at = coalesce(closed_at, ?) WHERE id = ?",
      [clock.now(), clock.now(), batchId],
    );
  }
  return kept;
}
