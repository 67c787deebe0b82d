import { slotKey, slotParts } from '../../shared/domain/index.ts';
import type { Message } from '../../shared/messages/index.ts';
import { SatchelFailure } from '../../shared/util/failure.ts';
import type { ReadableDatabase } from '../database/types.ts';
import { OperationState, cancelForSubmission, enqueue, operationsOfSubmission } from '../outbox/index.ts';
import { SelfService } from '../providers/port.ts';
import type { PlannedOperation, RetakeSlot } from '../providers/port.ts';
import { decide, toReleased } from '../submissions/index.ts';
import { conflict, notCalledOff } from './conflict.ts';
import { newOperations, planInput } from './planning.ts';
import { readDocuments, readFilledSlots, readSubmission } from './records.ts';
import type { SubmissionRecord } from './records.ts';
import { onTheLadder } from './releasing.ts';
import type { CaptureOptions } from './types.ts';

/** What the provider wants again, in the form that providers plan with. */
function wantedOf(retakeSlots: SubmissionRecord['retakeSlots']): RetakeSlot[] {
  return Object.entries(retakeSlots).flatMap(([slot, { code, params }]) => {
    const place = slotParts(slot);
    if (place === null) return [];
    const message = params === undefined ? { code } : { code, params: { ...params } };
    return [{ requirementId: place.requirementId, sides: [place.side], message }];
  });
}

export type SelfServiceAtDesk = ReturnType<typeof createSelfService>;

/**
 * A retake that the customer does by themselves, at a link of the provider's: the desk waits for the outcome. Only offered in a retake,
 * for using the link is an attempt at the provider as every check is.
 */
export function createSelfService(options: CaptureOptions) {
  const { db, cipher, clock, operator } = options;

  /** The calls that follow it. Throws `conflict` when the customer cannot finish by themselves now. */
  function planned(
    source: ReadableDatabase,
    submissionId: string,
  ): { submission: SubmissionRecord; calls: readonly PlannedOperation[] } {
    const submission = readSubmission(source, cipher, submissionId);
    if (awaitedSlots(source, submissionId) !== null) throw conflict('capture.linkIsOut');
    const isRetake = submission.state === 'retake' && !submission.isHeld && !submission.isVoided;
    if (!isRetake) throw conflict('capture.linkOnlyForRetake');
    // A page that was captured for this retake would wait for ever.
    if (readFilledSlots(source, submissionId).some(({ isDelivered }) => !isDelivered)) {
      throw conflict('capture.linkAndPages');
    }
    const wanted = wantedOf(submission.retakeSlots);
    const calls = options.planSelfService(
      submission.provider,
      planInput(options, source, submission),
      wanted,
      clock.now(),
    );
    if (calls.length === 0) throw conflict('capture.linkNotOffered');
    return { submission, calls };
  }

  /** Throws `conflict` when the customer cannot finish by themselves now. Changes nothing. */
  function assertSelfService(submissionId: string): void {
    planned(db, submissionId);
  }

  /** The customer has the link: from now on it is waited for what they do. The link itself is nowhere in here. */
  function handOver(submissionId: string): void {
    const batchId = db.transaction((transaction) => {
      const { submission, calls } = planned(transaction, submissionId);
      toReleased(transaction, submissionId, { now: clock.now(), operator }, { code: 'ledger.handedOver' });
      enqueue(transaction, { operations: newOperations(options, submission, calls, null), now: clock.now() });
      return submission.batchId;
    });
    options.events.changed({ submissionIds: [submissionId], batchIds: [batchId] });
  }

  /** The customer is back at the desk: nothing is waited for any more, and the retake is done here. A link in their hands still works. */
  function backFromCustomer(submissionId: string): void {
    const { batchId, flow } = readSubmission(db, cipher, submissionId);
    onTheLadder(() => {
      db.transaction((transaction) => {
        const wanted = awaitedSlots(transaction, submissionId);
        if (wanted === null) throw conflict('capture.noLinkAwaited');
        const cancelled = cancelForSubmission(transaction, { submissionId });
        if (cancelled.kind === 'refused') throw notCalledOff(cancelled.because, 'takeBack');
        const documents = readDocuments(transaction, submissionId, flow);
        const slots: Record<string, Message> = {};
        for (const { requirementId, sides, message } of wanted) {
          const type = documents.find((document) => document.requirementId === requirementId)?.documentType;
          if (type !== undefined) for (const side of sides) slots[slotKey(requirementId, type, side)] = message;
        }
        const by = { now: clock.now(), operator };
        decide(
          transaction,
          submissionId,
          { state: 'retake', slots },
          { message: { code: 'ledger.backFromCustomer' } },
          by,
        );
      });
    });
    options.events.changed({ submissionIds: [submissionId], batchIds: [batchId] });
  }

  /** For the desk: whether a link may be given, or is waited for. */
  function selfServiceOf(submissionId: string): 'offered' | 'awaited' | null {
    if (awaitedSlots(db, submissionId) !== null) return 'awaited';
    try {
      planned(db, submissionId);
      return 'offered';
    } catch (error) {
      if (error instanceof SatchelFailure) return null;
      throw error;
    }
  }

  return { assertSelfService, handOver, backFromCustomer, selfServiceOf };
}

/** What is asked for again when the customer does not finish; null: no customer is waited for. */
function awaitedSlots(db: ReadableDatabase, submissionId: string): RetakeSlot[] | null {
  const open = operationsOfSubmission(db, submissionId).filter(
    ({ state }) => state !== OperationState.done && state !== OperationState.cancelled,
  );
  for (const { payload } of open) {
    const parsed = SelfService.safeParse(payload).data?.selfService;
    if (parsed !== undefined) return parsed.slots;
  }
  return null;
}
