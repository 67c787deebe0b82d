import { evidence, isRecordGone, type FailedOutcome } from '../http.ts';
import type { Confirmed, LookUpOutcome, OperationToPerform, Outcome, PerformContext } from '../port.ts';
import { requestIdOf } from './answers.ts';
import { openInquiry, reopened } from './attached.ts';
import { callPersona } from './client.ts';
import {
  documentPath,
  documentUnknown,
  findTarget,
  readState,
  readWanted,
  statusEvidence,
  unknownAnswer,
  withRateLimit,
} from './documents.ts';
import type { Target } from './documents.ts';
import { told } from './exchange.ts';
import { inquiryOf } from './inquiry.ts';
import { InquiryResult, PERSONA_INQUIRY, SubmitPayload } from './payloads.ts';
import type { SubmitResult } from './payloads.ts';
import { createSubmitFollow } from './plan.ts';
import { patienceWith, refusal, type Answered } from './refusals.ts';

/** Statuses that prove a submit. Any other word proves nothing, also one that is not known yet. */
const AFTER_SUBMIT: readonly string[] = ['submitted', 'processed', 'errored'];

/** No inquiry expires so early, unless its template says so; then the refusal tells. Spares a call for each document. */
const OPEN_FOR_SURE_MS = 3_600_000;

/** POST /document/generics/{id}/submit, without a body; 200 with status `submitted`. The pages count as delivered now. */
export async function submitDocument(operation: OperationToPerform, context: PerformContext): Promise<Outcome> {
  const target = findTarget(operation);
  if (target === null) return documentUnknown();
  const inquiryId = inquiryIn(operation);
  if (inquiryId !== null && mayHaveExpired(operation, context)) {
    // Whether one that is over takes the document all the same, Persona says itself.
    const opening = await openInquiry(inquiryId, operation, context);
    if (opening.kind === 'failed') return opening.outcome;
  }
  const reply = await callPersona(context, {
    method: 'POST',
    path: `${documentPath(target.isGovernmentId, target.providerDocumentId)}/submit`,
    idempotencyKey: operation.idempotencyKey,
    beforeLastByte: context.beforeLastByte,
  });
  if (reply.kind === 'failed') return reply.outcome;
  const answered = readWanted(reply, target.providerDocumentId);
  if (answered !== null) {
    // A success that shows the document as not submitted proves nothing: the document itself is asked.
    return answered.status === 'initiated'
      ? unknownAnswer(reply)
      : submitted(reply, target, context, 'persona.submitted');
  }
  const refused = refusal(reply, 'submit');
  if (isRecordGone(refused)) return gone(operation, refused);
  // These answers are saved under the key and may mean "already done": the document itself says which.
  if (![400, 409, 422, 500].includes(reply.status)) return refused;
  const found = await readState(target, context);
  if (found.kind === 'failed') return found.outcome.kind === 'retry' ? unknownAnswer(reply) : found.outcome;
  if (AFTER_SUBMIT.includes(found.document.status))
    return submitted(found.answer, target, context, 'persona.submitFound');
  if (found.document.status !== 'initiated') {
    return { kind: 'attention', cause: 'call_it', evidence: statusEvidence(found.answer, found.document.status) };
  }
  const again = inquiryId !== null && isRefusal(reply) ? await reopened(inquiryId, operation, context) : null;
  if (again !== null) return again;
  // Not submitted. A conflict or a failure is over; the key has it saved, so the next attempt needs another one.
  if (refused.kind === 'attention') return refused;
  return {
    kind: 'retry',
    evidence: told(reply, 'persona.submitDidNotHappen'),
    freshKey: true,
    ...patienceWith(reply, 'persona.submitNotTaken'),
    ...withRateLimit(found.answer),
  };
}

/** The inquiry to which an attached document belongs: the last one of the submission. Null: the document goes by itself. */
function inquiryIn(operation: OperationToPerform): string | null {
  const { isAttached } = SubmitPayload.parse(operation.payload);
  return isAttached ? inquiryOf(null, { needed: operation.finished() }) : null;
}

function mayHaveExpired(operation: OperationToPerform, { clock }: PerformContext): boolean {
  const opened = operation.finished().findLast(({ kind }) => kind === PERSONA_INQUIRY);
  const openedAtMs = InquiryResult.safeParse(opened?.result).data?.openedAtMs;
  return openedAtMs === undefined || clock.now() - openedAtMs >= OPEN_FOR_SURE_MS;
}

function isRefusal({ status }: Answered): boolean {
  return status === 409 || status === 422;
}

/** After a lost answer to a submit: the document's own status tells. */
export async function lookUpSubmit(operation: OperationToPerform, context: PerformContext): Promise<LookUpOutcome> {
  const target = findTarget(operation);
  if (target === null) return { kind: 'failed', outcome: documentUnknown() };
  const found = await readState(target, context);
  if (found.kind === 'failed') return { kind: 'failed', outcome: inDoubt(operation, found.outcome) };
  const { answer, document } = found;
  if (AFTER_SUBMIT.includes(document.status)) {
    return { kind: 'happened', outcome: submitted(answer, target, context, 'persona.submitFound') };
  }
  return document.status === 'initiated'
    ? {
        kind: 'did_not_happen',
        evidence: evidence(answer.status, requestIdOf(answer), { code: 'persona.submitDidNotHappen' }),
      }
    : { kind: 'cannot_tell', evidence: statusEvidence(answer, document.status) };
}

/** A person saw in Persona's dashboard that the document was submitted. */
export function confirmedSubmit(operation: OperationToPerform, now: number): Confirmed {
  const target = findTarget(operation);
  return target === null
    ? { result: {}, deliveredPageIds: [] }
    : { result: resultOf(target, now), deliveredPageIds: target.pageIds };
}

/**
 * A document that is gone while a submit of it may have arrived: the word "it is being checked" would be about nothing, and what can be done
 * depends on whether the document can be made once more.
 */
function inDoubt(operation: OperationToPerform, outcome: FailedOutcome): FailedOutcome {
  if (!isRecordGone(outcome)) return outcome;
  const { create, isAttached } = SubmitPayload.parse(operation.payload);
  const code = create === null ? missingFor(isAttached) : 'persona.submittedGone';
  return { ...outcome, evidence: { ...outcome.evidence, message: { code } } };
}

/** What a person is told of a document that is gone and is not made once more by this call. */
function missingFor(isAttached: boolean): string {
  return isAttached ? 'persona.attachedMissing' : 'persona.missingAgain';
}

/**
 * Persona says that it does not have the document that is to be submitted. It was never submitted, so nobody there has
 * worked with it, and creating it again delivers nothing twice. Not when an earlier submit may have arrived (somebody may
 * have deleted the document after it), and not a second time by itself: then a person decides.
 */
function gone(operation: OperationToPerform, refused: FailedOutcome): Outcome {
  const { documentId, requirementId, create, isAttached } = SubmitPayload.parse(operation.payload);
  if (operation.mayHaveArrived) return inDoubt(operation, refused);
  if (create === null) {
    return { ...refused, evidence: { ...refused.evidence, message: { code: missingFor(isAttached) } } };
  }
  return {
    kind: 'replaced',
    by: createSubmitFollow({ documentId, requirementId }, create, { isLast: true }),
    evidence: { ...refused.evidence, message: { code: 'persona.createdAgain' } },
    ...(refused.rateLimit === undefined ? {} : { rateLimit: refused.rateLimit }),
  };
}

function submitted(
  answer: Answered,
  target: Target,
  context: PerformContext,
  code: string,
): Extract<Outcome, { kind: 'done' }> {
  return {
    kind: 'done',
    result: resultOf(target, context.clock.now()),
    evidence: evidence(answer.status, requestIdOf(answer), { code }),
    deliveredPageIds: target.pageIds,
    ...withRateLimit(answer),
  };
}

function resultOf({ providerDocumentId, documentId, requirementId }: Target, submittedAtMs: number): SubmitResult {
  return { providerDocumentId, documentId, requirementId, submittedAtMs };
}
