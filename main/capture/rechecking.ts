import { isDeepStrictEqual } from 'node:util';
import { preflight } from '../../shared/rules/index.ts';
import { checkInput, recheck } from './check.ts';
import { readSubmission } from './records.ts';
import { inTurns } from './turns.ts';
import type { CaptureOptions } from './types.ts';

/**
 * Looks at every customer at the desk once more, because the date is another one: a document has expired over night, or the date was
 * wrong and is right again. In short turns, one customer each; only what changes is written. The window is told of everybody of whom
 * something else is found now than on the day before, `YYYY-MM-DD`; null: nobody had looked. `isOver`: asked before each of them.
 */
export async function recheckOpen(
  options: CaptureOptions,
  isOver: () => boolean,
  dayBefore: string | null,
): Promise<void> {
  const { db, cipher, clock } = options;
  const then = dayBefore === null ? null : Date.parse(dayBefore);
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
        if (before.isStack) return null;
        const found = then === null ? null : preflight({ ...checkInput(options, transaction, before), now: then });
        const finds = recheck(options, transaction, id);
        const isAnother = readSubmission(transaction, cipher, id).state !== before.state;
        return isAnother || (found !== null && !isDeepStrictEqual(found, finds)) ? before.batchId : null;
      });
      if (batchId !== null) options.events.changed({ submissionIds: [id], batchIds: [batchId] });
      return true;
    },
    () => clock.monotonic(),
  );
}
