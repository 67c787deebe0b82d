import type { WritableDatabase } from '../database/types.ts';
import { cancelForSubmission, enqueue, park, unpark } from '../outbox/index.ts';
import { IllegalMove, backToReady, hold, toReleased, voidSubmission } from '../submissions/index.ts';
import { datedDocuments, recheck } from './check.ts';
import { conflict, notCalledOff } from './conflict.ts';
import { expiryOf } from './expiry.ts';
import { followFlow } from './following.ts';
import { newOperations, planInput } from './planning.ts';
import { notFound, readActivePages, readSubmission, sealContext } from './records.ts';
import { settleBatch } from './settle-batch.ts';
import { assertAtRest, isInMotion } from './stack-moves.ts';
import { record } from './timeline.ts';
import type { CaptureOptions } from './types.ts';

/** The ladder's own refusal in words for the desk. */
export function onTheLadder(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (error instanceof IllegalMove) throw conflict('capture.notPossibleNow');
    throw error;
  }
}

export type Releasing = ReturnType<typeof createReleasing>;

/** Release, hold and void: where capture ends and the outbox begins. */
export function createReleasing(options: CaptureOptions) {
  const { db, cipher, clock, operator } = options;

  /** Nobody is planned under a flow that was changed, and a rule may depend on the day: both are looked at once more. */
  function lookAgain(transaction: WritableDatabase, submissionId: string): void {
    if (!followFlow(options, transaction, submissionId)) recheck(options, transaction, submissionId);
  }

  /**
   * State, operations and ledger of one submission, inside the caller's transaction. Answers false, and changes nothing,
   * when it cannot go.
   */
  function releaseOne(transaction: WritableDatabase, submissionId: string): boolean {
    if (isInMotion(transaction, submissionId)) return false;
    lookAgain(transaction, submissionId);
    const submission = readSubmission(transaction, cipher, submissionId);
    if (submission.state !== 'ready' || submission.isHeld || submission.isVoided) return false;
    const planned = options.plan(submission.provider, planInput(options, transaction, submission));
    if (planned.length === 0) return false;
    toReleased(transaction, submissionId, { now: clock.now(), operator });
    const expiresAt = expiryOf(
      submission.flow.requirements,
      datedDocuments(options, transaction, submission),
      readActivePages(transaction, submissionId),
      submission.subject.documentExpiryDate,
    );
    enqueue(transaction, { operations: newOperations(options, submission, planned, expiresAt), now: clock.now() });
    return true;
  }

  /**
   * Releases every submission of the batch that is ready and not held, in one transaction. The others stay in the batch,
   * which stays open until they have gone as well.
   */
  function releaseBatch(batchId: string): { released: number; kept: number } {
    const done = db.transaction((transaction) => {
      const batch = transaction.get<{ number: number }>('SELECT number FROM batches WHERE id = ?', [batchId]);
      if (batch === undefined) throw notFound();
      const candidates = transaction.all<{ id: string }>(
        "SELECT id FROM submissions WHERE batch_id = ? AND state = 'ready' AND is_held = 0 AND voided_at IS NULL ORDER BY id",
        [batchId],
      );
      const released = candidates.filter(({ id }) => releaseOne(transaction, id)).map(({ id }) => id);
      const kept = settleBatch(options, transaction, batchId);
      if (released.length > 0) {
        record(options, transaction, {
          submissionId: null,
          kind: 'batch.released',
          message: {
            code: 'ledger.batchReleased',
            params: { number: batch.number, released: released.length, kept },
          },
          facts: { batchId },
        });
      }
      return { released, kept };
    });
    options.events.changed({ submissionIds: done.released, batchIds: [batchId] });
    return { released: done.released.length, kept: done.kept };
  }

  /** Releases one submission without its batch: a late one, or one with its retaken pages. */
  function releaseSubmission(submissionId: string): void {
    const { batchId } = readSubmission(db, cipher, submissionId);
    const changed = (): void => options.events.changed({ submissionIds: [submissionId], batchIds: [batchId] });
    // By itself: with the release that is refused for it, the light would go back to what it said before.
    db.transaction((transaction) => {
      lookAgain(transaction, submissionId);
    });
    changed();
    db.transaction((transaction) => {
      const submission = readSubmission(transaction, cipher, submissionId);
      if (submission.isHeld) throw conflict('capture.isHeld');
      assertAtRest(transaction, submissionId);
      if (!releaseOne(transaction, submissionId)) throw conflict('capture.notReady');
      settleBatch(options, transaction, batchId);
    });
    changed();
  }

  /** Holds a submission back, or lets it go on; what waits in the outbox is taken out of the queue and put back. */
  function holdSubmission(submissionId: string, isHeld: boolean): void {
    readSubmission(db, cipher, submissionId);
    onTheLadder(() => {
      db.transaction((transaction) => {
        hold(transaction, submissionId, isHeld, { now: clock.now(), operator });
        if (isHeld) park(transaction, { submissionId });
        else unpark(transaction, { submissionId });
      });
    });
    options.events.changed({ submissionIds: [submissionId], batchIds: [] });
  }

  /**
   * Takes a submission back from the queue to be corrected; it is ready again and is released again by itself. What the
   * provider has acknowledged stays there and is not sent again. Refused while a call may be arriving or may have arrived.
   */
  function takeBack(submissionId: string): void {
    const { batchId } = readSubmission(db, cipher, submissionId);
    onTheLadder(() => {
      db.transaction((transaction) => {
        const cancelled = cancelForSubmission(transaction, { submissionId });
        if (cancelled.kind === 'refused') throw notCalledOff(cancelled.because, 'takeBack');
        backToReady(transaction, submissionId, { now: clock.now(), operator });
        // It may have been changed since the release.
        lookAgain(transaction, submissionId);
        reopenReleased(transaction, batchId);
      });
    });
    options.events.changed({ submissionIds: [submissionId], batchIds: [batchId] });
  }

  /** Something of a released batch waits at the desk again. */
  function reopenReleased(transaction: WritableDatabase, batchId: string): void {
    const batch = transaction.get<{ number: number }>(
      "SELECT number FROM batches WHERE id = ? AND state = 'released'",
      [batchId],
    );
    if (batch === undefined) return;
    transaction.run("UPDATE batches SET state = 'open', closed_at = NULL, released_at = NULL WHERE id = ?", [batchId]);
    record(options, transaction, {
      submissionId: null,
      kind: 'batch.reopened',
      message: { code: 'ledger.batchReopened', params: { number: batch.number } },
      facts: { batchId },
    });
  }

  /** Voids a submission and cancels what has not been sent. Refused while a call of it is under way. */
  function voidWithReason(submissionId: string, reason: string): void {
    const { batchId } = readSubmission(db, cipher, submissionId);
    onTheLadder(() => {
      db.transaction((transaction) => {
        assertAtRest(transaction, submissionId);
        const cancelled = cancelForSubmission(transaction, { submissionId });
        if (cancelled.kind === 'refused') throw notCalledOff(cancelled.because, 'void');
        voidSubmission(transaction, submissionId, cipher.seal(reason, sealContext.voidReason(submissionId)), {
          now: clock.now(),
          operator,
        });
        settleBatch(options, transaction, batchId);
      });
    });
    options.events.changed({ submissionIds: [submissionId], batchIds: [batchId] });
  }

  return { releaseBatch, releaseSubmission, holdSubmission, takeBack, voidSubmission: voidWithReason };
}
