import type { WritableDatabase } from '../database/types.ts';
import { record } from './timeline.ts';
import type { CaptureOptions } from './types.ts';

interface Counts {
  readonly number: number;
  readonly isOpen: number;
  readonly kept: number;
  readonly gone: number;
  readonly voided: number;
}

/**
 * A batch is released when something of it went and nothing waits at the desk any more; one of which nothing went, because all was voided,
 * is closed. Inside the caller's transaction. Answers how many submissions still wait, stacks among them.
 */
export function settleBatch(
  options: Pick<CaptureOptions, 'clock' | 'operator'>,
  transaction: WritableDatabase,
  batchId: string,
): number {
  const counts = transaction.get<Counts>(
    `SELECT number, batches.state = 'open' AS isOpen,
       count(*) FILTER (WHERE submissions.state IN ('draft', 'ready') AND voided_at IS NULL) AS kept,
       count(*) FILTER (WHERE submissions.state NOT IN ('draft', 'ready')) AS gone,
       count(*) FILTER (WHERE voided_at IS NOT NULL) AS voided
     FROM batches JOIN submissions ON batch_id = batches.id WHERE batches.id = ? GROUP BY batches.id`,
    [batchId],
  );
  if (counts === undefined || counts.kept > 0) return counts?.kept ?? 0;
  if (counts.gone > 0) {
    transaction.run(
      "UPDATE batches SET state = 'released', released_at = ?, closed_at = coalesce(closed_at, ?) WHERE id = ?",
      [options.clock.now(), options.clock.now(), batchId],
    );
  } else if (counts.voided > 0 && counts.isOpen === 1) closeBatch(options, transaction, batchId, counts);
  return 0;
}

function closeBatch(
  options: Pick<CaptureOptions, 'clock' | 'operator'>,
  transaction: WritableDatabase,
  batchId: string,
  { number }: Counts,
): void {
  transaction.run("UPDATE batches SET state = 'closed', closed_at = ? WHERE id = ?", [options.clock.now(), batchId]);
  record(options, transaction, {
    submissionId: null,
    kind: 'batch.closed',
    message: { code: 'ledger.batchClosed', params: { number } },
    facts: { batchId },
  });
}

/** Batches whose customers were all voided before voiding the last one closed them; once at start. */
export function settleVoidedBatches(options: CaptureOptions): void {
  const left = options.db.all<{ id: string }>(
    `SELECT id FROM batches WHERE state = 'open' AND EXISTS (SELECT 1 FROM submissions WHERE batch_id = batches.id)
       AND NOT EXISTS (SELECT 1 FROM submissions WHERE batch_id = batches.id AND voided_at IS NULL) ORDER BY number`,
  );
  for (const { id } of left) {
    options.db.transaction((transaction) => {
      settleBatch(options, transaction, id);
    });
  }
}
