import { recheck } from './check.ts';
import { readSubmission } from './records.ts';
import { inTurns } from './turns.ts';
import type { CaptureOptions } from './types.ts';

/**
 * Looks at every customer at the desk once more, because the date is another one: a document has expired over night, or the date was
 * wrong and is right again. In short turns, one customer each; only what changes is written. `isOver`: asked before each of them.
 */
export async function recheckOpen(options: CaptureOptions, isOver: () => boolean): Promise<void> {
  const { db, cipher, clock } = options;
  const waiting = db.all<{ id: string }>(
    "SELECT id FROM submissions WHERE state IN ('draft', 'ready', 'retake') AND voided_at IS NULL ORDER BY id",
  );
  await inTurns(
    () => {
      const next = waiting.shift();
      if (next === undefined || isOver()) return false;
      const { id } = next;
      const batchId = db.transaction((transaction) => {
        const before = readSubmission(transaction, cipher, id);
        recheck(options, transaction, id);
        return readSubmission(transaction, cipher, id).state === before.state ? null : before.batchId;
      });
      if (batchId !== null) options.events.changed({ submissionIds: [id], batchIds: [batchId] });
      return true;
    },
    () => clock.monotonic(),
  );
}
