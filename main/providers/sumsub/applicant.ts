import type { Subject } from '../../../shared/domain/index.ts';
import { evidence, type FailedOutcome } from '../http.ts';
import type {
  LookUpOutcome,
  OperationToPerform,
  Outcome,
  PerformContext,
  RecordAnswer,
  RecordContext,
} from '../port.ts';
import { readApplicant, readFailure } from './answers.ts';
import { callSumsub } from './client.ts';
import { CreatePayload, CreateResult, SUMSUB_CREATE } from './payloads.ts';
import { refusal, type Answered } from './refusals.ts';
import { applicantBody } from './requests.ts';

type Done = Extract<Outcome, { kind: 'done' }>;

/**
 * POST /resources/applicants. `externalUserId` is the operation's own key: Sumsub holds one applicant of it and answers 409 to a
 * second, so a create can be looked up, and repeated, at any age.
 *
 * `fixedInfo` is compared with what the documents say; only what the branch typed or read of the customer goes there. The country
 * of the customer is left out: here it is the document's, there the one of residence.
 */
export async function createApplicant(operation: OperationToPerform, context: PerformContext): Promise<Outcome> {
  const { levelName } = CreatePayload.parse(operation.payload);
  const reply = await callSumsub(context, {
    method: 'POST',
    path: `/resources/applicants?levelName=${encodeURIComponent(levelName)}`,
    ...applicantBody({ externalUserId: operation.idempotencyKey, ...contact(context.subject()) }),
    beforeLastByte: context.beforeLastByte,
    onProgress: context.onProgress,
  });
  if (reply.kind === 'failed') return reply.outcome;
  if (saysTaken(reply)) return afterConflict(operation, context, reply);
  const applicant = reply.kind === 'json' && reply.status < 300 ? readApplicant(reply.json) : null;
  if (applicant === null) return refusal(reply, 'create', context.clock.now());
  if (applicant.externalUserId !== null && applicant.externalUserId !== operation.idempotencyKey) {
    return attention(reply, 'sumsub.otherApplicant');
  }
  return created(applicant.applicantId, reply, 'sumsub.created');
}

/** 409, "Applicant with external user id '…' already exists: …". */
function saysTaken(reply: Answered): boolean {
  const failure = reply.kind === 'json' && reply.status === 409 ? readFailure(reply.json) : null;
  return failure !== null && /already exist/.test(failure.text);
}

function contact(subject: Subject) {
  const name = {
    ...(subject.givenName === '' ? {} : { firstName: subject.givenName }),
    ...(subject.familyName === '' ? {} : { lastName: subject.familyName }),
    ...(subject.birthDate === '' ? {} : { dob: subject.birthDate }),
  };
  return {
    ...(subject.email === '' ? {} : { email: subject.email }),
    ...(subject.phone === '' ? {} : { phone: subject.phone }),
    ...(Object.keys(name).length === 0 ? {} : { fixedInfo: name }),
  };
}

/** The key is random, so whoever holds it is the applicant of an earlier attempt whose answer was lost. */
async function afterConflict(
  operation: OperationToPerform,
  context: PerformContext,
  conflict: Answered,
): Promise<Outcome> {
  const found = await findApplicant(operation.idempotencyKey, context);
  if (found.kind === 'found') return created(found.applicantId, conflict, 'sumsub.createFound');
  // Whether it is there is asked again, by the look-up.
  if (found.kind === 'failed') return { kind: 'unknown', evidence: found.outcome.evidence };
  // Another app token, or somebody who deleted it, has it: creating it goes on failing.
  return attention(conflict, 'sumsub.referenceTaken');
}

/** After a lost answer to a create. */
export async function lookUpCreate(operation: OperationToPerform, context: PerformContext): Promise<LookUpOutcome> {
  const found = await findApplicant(operation.idempotencyKey, context);
  if (found.kind === 'failed') return { kind: 'failed', outcome: found.outcome };
  return found.kind === 'found'
    ? { kind: 'happened', outcome: created(found.applicantId, found.answer, 'sumsub.createFound') }
    : { kind: 'did_not_happen', evidence: evidence(404, null, { code: 'sumsub.createDidNotHappen' }) };
}

/** A person names an applicant: it is believed when our own reference finds exactly that one. */
export async function compareApplicant(
  recordId: string,
  operation: OperationToPerform,
  context: RecordContext,
): Promise<RecordAnswer> {
  const found = await findApplicant(operation.idempotencyKey, context);
  if (found.kind === 'failed') return { kind: 'failed', message: found.outcome.evidence.message };
  return found.kind === 'found' && found.applicantId === recordId
    ? { kind: 'same', outcome: created(recordId, found.answer, 'sumsub.createFound') }
    : { kind: 'other', message: { code: 'sumsub.recordOther' } };
}

type Found =
  | { readonly kind: 'found'; readonly applicantId: string; readonly answer: Answered }
  | { readonly kind: 'none' }
  | { readonly kind: 'failed'; readonly outcome: FailedOutcome };

/** GET /resources/applicants/-;externalUserId=…/one. `none` only when Sumsub itself says so. */
async function findApplicant(reference: string, context: RecordContext): Promise<Found> {
  const path = `/resources/applicants/-;externalUserId=${encodeURIComponent(reference)}/one`;
  const reply = await callSumsub(context, { method: 'GET', path });
  if (reply.kind === 'failed') return { kind: 'failed', outcome: reply.outcome };
  if (reply.kind === 'json' && reply.status === 404 && readFailure(reply.json) !== null) return { kind: 'none' };
  const applicant = reply.kind === 'json' && reply.status < 300 ? readApplicant(reply.json) : null;
  if (applicant === null || (applicant.externalUserId ?? reference) !== reference) {
    return { kind: 'failed', outcome: refusal(reply, 'read', context.clock.now()) };
  }
  return { kind: 'found', applicantId: applicant.applicantId, answer: reply };
}

function created(applicantId: string, answer: Answered, code: string): Done {
  return { kind: 'done', result: { applicantId }, evidence: evidence(answer.status, null, { code }) };
}

function attention(answer: Answered, code: string): Outcome {
  return { kind: 'attention', cause: 'call_it', evidence: evidence(answer.status, null, { code }) };
}

/** The payload's (an earlier release made the applicant) or that of the create operation this one needed. */
export function applicantOf(fromPayload: string | null, operation: OperationToPerform): string | null {
  if (fromPayload !== null) return fromPayload;
  for (const { kind, result } of operation.needed) {
    const parsed = kind === SUMSUB_CREATE ? CreateResult.safeParse(result) : null;
    if (parsed?.success === true) return parsed.data.applicantId;
  }
  return null;
}

/** An earlier operation left no applicant id, so there is nobody to upload for. */
export function applicantUnknown(): Extract<Outcome, { kind: 'attention' }> {
  return { kind: 'attention', cause: 'call_it', evidence: evidence(null, null, { code: 'sumsub.applicantUnknown' }) };
}

/** Path of one applicant's calls; ids are Sumsub's and opaque. */
export function pathOf(applicantId: string): string {
  return `/resources/applicants/${encodeURIComponent(applicantId)}`;
}
