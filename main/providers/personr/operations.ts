import type { Subject } from '../../../shared/domain/index.ts';
import { Base64Content, jsonBody } from '../../network/index.ts';
import { evidence, neutralFileName, unreadablePage } from '../http.ts';
import { PageUnreadable } from '../port.ts';
import type { LookUpOutcome, OperationToPerform, Outcome, PerformContext } from '../port.ts';
import { isStarted, readApplicantId, readFailure, readStatus, readUpload } from './answers.ts';
import type { StatusAnswer, UploadAnswer } from './answers.ts';
import { callPersonr, form } from './client.ts';
import { publicLabels, slotsFor, verdictOf } from './labels.ts';
import {
  CreatePayload,
  CreateResult,
  FollowPayload,
  MAX_CHECKS,
  PERSONR_CREATE,
  PERSONR_START,
  PERSONR_UPLOAD,
  StartPayload,
  StartResult,
  UploadPayload,
  UploadedType,
} from './payloads.ts';
import { refusal, type Answered } from './refusals.ts';

type Done = Extract<Outcome, { kind: 'done' }>;

/** How long a review with an unchanged date is taken for the one before. A review usually takes about two minutes. */
const STALE_REVIEW_MS = 3_600_000;
const SOURCE = 'satchel';

/** POST /api-applicant-create. `externalUserId` holds our own reference: nothing else could find the applicant again. */
export async function createApplicant(operation: OperationToPerform, context: PerformContext): Promise<Outcome> {
  const { flowName } = CreatePayload.parse(operation.payload);
  const subject = context.subject();
  const missing = missingField(subject);
  if (missing !== null) {
    return {
      kind: 'attention',
      cause: 'correct_data',
      evidence: evidence(null, null, { code: 'personr.fieldMissing', params: { field: missing } }),
    };
  }
  const reply = await callPersonr(context, {
    path: '/api-applicant-create',
    ...form(
      [
        ['email', subject.email],
        ['phone', subject.phone],
        ['flowName', flowName],
        ...whenFilled('nameFirst', subject.givenName),
        ...whenFilled('nameLast', subject.familyName),
        ['sourceKey', SOURCE],
        ['externalUserId', JSON.stringify([operation.idempotencyKey])],
      ],
      operation.idempotencyKey,
    ),
    beforeLastByte: context.beforeLastByte,
    onProgress: context.onProgress,
  });
  if (reply.kind === 'failed') return reply.outcome;
  const applicantId = isSuccess(reply) ? readApplicantId(reply.json) : null;
  if (applicantId === null) return refusal(reply, 'create');
  return {
    kind: 'done',
    result: { applicantId },
    evidence: evidence(reply.status, null, { code: 'personr.created' }),
  };
}

/** POST /api-document-upload: JSON with a nested object, as every sample has it (the header table says otherwise). */
export async function uploadPage(operation: OperationToPerform, context: PerformContext): Promise<Outcome> {
  const payload = UploadPayload.parse(operation.payload);
  const applicantId = applicantOf(payload.applicantId, operation);
  if (applicantId === null) return applicantUnknown();
  const country = payload.country === '' ? context.subject().country : payload.country;
  if (!/^[A-Z]{3}$/.test(country)) {
    return {
      kind: 'attention',
      cause: 'correct_data',
      evidence: evidence(null, null, { code: 'personr.fieldMissing', params: { field: 'country' } }),
    };
  }
  const file = await openFile(payload, context);
  if ('kind' in file) return file;
  const reply = await callPersonr(context, {
    path: '/api-document-upload',
    contentType: 'application/json',
    body: jsonBody({
      applicantId,
      docType: payload.docType,
      ...(payload.docSubType === null ? {} : { docSubType: payload.docSubType }),
      docCountryISO: country,
      docFile: { filename: file.filename, contents: file.contents },
    }),
    beforeLastByte: context.beforeLastByte,
    onProgress: context.onProgress,
  });
  if (reply.kind === 'failed') return reply.outcome;
  const answer = isSuccess(reply) ? readUpload(reply.json) : null;
  if (answer !== null && answer.applicantId !== applicantId) {
    return {
      kind: 'attention',
      cause: 'call_it',
      evidence: evidence(reply.status, null, { code: 'personr.otherApplicant' }),
    };
  }
  // On a repeat "I have these very bytes" is the acknowledgement that was lost; on a first attempt it is another page.
  if (operation.attempt > 1 && saysDuplicate(reply, answer)) {
    return uploaded(payload, applicantId, evidence(reply.status, null, { code: 'personr.uploadFound' }));
  }
  if (answer === null) return refusal(reply, 'upload');
  if (answer.errors.length > 0) {
    return {
      kind: 'attention',
      cause: 'rescan',
      evidence: evidence(reply.status, null, { code: imageCode(answer.errors) }),
    };
  }
  const hasWarnings = answer.warnings.length > 0;
  return uploaded(
    payload,
    applicantId,
    evidence(
      reply.status,
      null,
      hasWarnings
        ? { code: 'personr.uploadedWithWarnings', params: { tags: answer.warnings.filter(isShown).join(', ') } }
        : { code: 'personr.uploaded' },
    ),
  );
}

function saysDuplicate(reply: Answered, answer: UploadAnswer | null): boolean {
  if (answer !== null) return answer.errors.length > 0 && answer.errors.every((tag) => /duplicate/i.test(tag));
  const failure = reply.kind === 'json' ? readFailure(reply.status, reply.json) : null;
  return failure !== null && failure.status < 500 && failure.text.includes('duplicate');
}

/** The words of the first reason that has some. A tag without words of its own is never shown: it may be a private one. */
function imageCode(tags: readonly string[]): string {
  if (tags.some((tag) => /duplicate/i.test(tag))) return 'personr.duplicateImage';
  return `personr.image.${tags.find(isShown) ?? 'other'}`;
}

function isShown(tag: string): boolean {
  return IMAGE_TAGS.has(tag);
}

/** Reasons for which an image is refused at once, and that have words of their own. */
const IMAGE_TAGS: ReadonlySet<string> = new Set([
  'forbiddenDocument',
  'differentDocTypeOrCountry',
  'missingImportantInfo',
  'dataNotReadable',
  'expiredDoc',
  'documentWayTooMuchOutside',
  'noIdDocFacePhoto',
  'selfieFaceBadQuality',
  'screenRecapture',
  'screenshot',
  'sameSides',
  'shouldBeMrzDocument',
  'shouldBeDoubleSided',
]);

/**
 * After a lost answer to an upload: counts the document type in the status' `documents`. Uploads of one type follow one
 * another, so it is known how many there were before. Whether the list names a type once per image is not documented;
 * where that decides, the answer is "cannot tell".
 */
export async function lookUpUpload(operation: OperationToPerform, context: PerformContext): Promise<LookUpOutcome> {
  const payload = UploadPayload.parse(operation.payload);
  const applicantId = applicantOf(payload.applicantId, operation);
  if (applicantId === null) return { kind: 'failed', outcome: applicantUnknown() };
  const found = await readApplicant(applicantId, operation.idempotencyKey, context);
  if (found.kind === 'failed') return { kind: 'failed', outcome: found.outcome };
  const { documents } = found.status;
  const say = (code: string) => evidence(found.answer.status, null, { code });
  if (documents === null) return { kind: 'cannot_tell', evidence: say('personr.cannotTellUpload') };
  const listed = documents.filter((docType) => docType === payload.docType).length;
  const before = payload.acknowledgedBefore + acknowledgedIn(operation, payload.docType);
  if (listed > before) {
    return { kind: 'happened', outcome: uploaded(payload, applicantId, say('personr.uploadFound')) };
  }
  const namesEveryImage = new Set(documents).size < documents.length;
  const isListComplete = listed === before && (before === 0 || namesEveryImage);
  return isListComplete
    ? { kind: 'did_not_happen', evidence: say('personr.uploadDidNotHappen') }
    : { kind: 'cannot_tell', evidence: say('personr.cannotTellUpload') };
}

/** POST /api-request-applicant-check; answers `{"response":"success"}`. */
export async function startCheck(operation: OperationToPerform, context: PerformContext): Promise<Outcome> {
  const payload = StartPayload.parse(operation.payload);
  const applicantId = applicantOf(payload.applicantId, operation);
  if (applicantId === null) return applicantUnknown();
  const reply = await callPersonr(context, {
    path: '/api-request-applicant-check',
    ...form([['applicantId', applicantId]], operation.idempotencyKey),
    beforeLastByte: context.beforeLastByte,
    onProgress: context.onProgress,
  });
  if (reply.kind === 'failed') return reply.outcome;
  if (!isSuccess(reply) || !isStarted(reply.json)) return refusal(reply, 'start');
  return started(applicantId, context, reply, 'personr.started');
}

/** After a lost answer to a start: the applicant's status has moved on, or it has not. */
export async function lookUpStart(operation: OperationToPerform, context: PerformContext): Promise<LookUpOutcome> {
  const payload = StartPayload.parse(operation.payload);
  const applicantId = applicantOf(payload.applicantId, operation);
  if (applicantId === null) return { kind: 'failed', outcome: applicantUnknown() };
  const found = await readApplicant(applicantId, operation.idempotencyKey, context);
  if (found.kind === 'failed') return { kind: 'failed', outcome: found.outcome };
  const { applicantStatus, reviewedAtMs } = found.status;
  const say = (code: string) => evidence(found.answer.status, null, { code });
  const happened: LookUpOutcome = {
    kind: 'happened',
    outcome: started(applicantId, context, found.answer, 'personr.startFound'),
  };
  if (applicantStatus === 'Created') return { kind: 'did_not_happen', evidence: say('personr.startDidNotHappen') };
  if (payload.check === 1 || applicantStatus !== 'Reviewed') return happened;
  // "Reviewed" also stands there from the check before; only a newer date proves another one.
  if (payload.previousReviewMs === null || reviewedAtMs === null) {
    return { kind: 'cannot_tell', evidence: say('personr.cannotTellStart') };
  }
  return reviewedAtMs > payload.previousReviewMs
    ? happened
    : { kind: 'did_not_happen', evidence: say('personr.startDidNotHappen') };
}

/** POST /api-applicant-status until `Reviewed`. A word that is not known means "still in review", never success. */
export async function followCheck(operation: OperationToPerform, context: PerformContext): Promise<Outcome> {
  const payload = FollowPayload.parse(operation.payload);
  const applicantId = applicantOf(payload.applicantId, operation);
  if (applicantId === null) return applicantUnknown();
  const found = await readApplicant(applicantId, operation.idempotencyKey, context);
  if (found.kind === 'failed') return found.outcome;
  const { status, answer } = found;
  const nowMs = context.clock.now();
  const ageMs = nowMs - (startedAtMs(operation) ?? operation.firstAttemptAt ?? nowMs);
  const decision = decisionOf(status, payload.previousReviewMs, payload.check, ageMs);
  if (decision === null) {
    return {
      kind: 'again',
      afterMs: pollAfterMs(ageMs),
      evidence: evidence(answer.status, null, reviewMessage(status)),
      progress: { state: 'in_review' },
    };
  }
  const done = (progress: NonNullable<Done['progress']>): Done => ({
    kind: 'done',
    result: { reviewedAtMs: status.reviewedAtMs, labels: publicLabels(status.rejectLabels) },
    evidence: evidence(answer.status, null, 'message' in progress ? progress.message : { code: 'personr.inReview' }),
    progress,
  });
  if (decision === 'approved') return done({ state: 'accepted', message: { code: 'personr.decision.approved' } });
  const verdict = verdictOf(status.reviewRejectType, status.rejectLabels);
  if (verdict === 'unclear') {
    return {
      kind: 'attention',
      cause: 'call_it',
      evidence: evidence(answer.status, null, { code: 'personr.decision.unclear' }),
    };
  }
  if (verdict === 'final') return done({ state: 'rejected', message: { code: 'personr.decision.finalPrivate' } });
  if (payload.check >= MAX_CHECKS) {
    return done({
      state: 'rejected',
      message: { code: 'personr.decision.attemptsUsed', params: { count: MAX_CHECKS } },
    });
  }
  return done({
    state: 'retake',
    message: { code: 'personr.decision.retake', params: { left: MAX_CHECKS - payload.check } },
    slots: slotsFor(status.rejectLabels, payload.documents),
  });
}

/** Typical processing is about two minutes; a manual review takes hours. */
export function pollAfterMs(ageMs: number): number {
  if (ageMs < 30_000) return 5_000;
  if (ageMs < 300_000) return 15_000;
  if (ageMs < 3_600_000) return 60_000;
  if (ageMs < 86_400_000) return 300_000;
  return 900_000;
}

/** Null: not decided yet, or the decision that is shown is the one of the check before. */
function decisionOf(
  status: StatusAnswer,
  previousReviewMs: number | null,
  check: number,
  ageMs: number,
): 'approved' | 'rejected' | null {
  if (status.applicantStatus !== 'Reviewed' || status.reviewAnswer === null) return null;
  if (check > 1 && ageMs < STALE_REVIEW_MS) {
    const isNewer = previousReviewMs !== null && status.reviewedAtMs !== null && status.reviewedAtMs > previousReviewMs;
    const isUndated = previousReviewMs === null || status.reviewedAtMs === null;
    if (!isNewer && !(isUndated && ageMs >= UNDATED_REVIEW_MS)) return null;
  }
  if (status.reviewAnswer === 'Approved') return 'approved';
  return status.reviewAnswer === 'Rejected' ? 'rejected' : null;
}

/** Without dates to compare: by then a new check shows as Pre-Checked or Pending, or is through. */
const UNDATED_REVIEW_MS = 120_000;

function reviewMessage(status: StatusAnswer): { code: string; params?: Record<string, string> } {
  const { applicantStatus } = status;
  if (['Created', 'Pre-Checked', 'Pending', 'Reviewed'].includes(applicantStatus)) return { code: 'personr.inReview' };
  const word = /^[A-Za-z][\w -]{0,39}$/.test(applicantStatus) ? applicantStatus : '?';
  return { code: 'personr.statusUnknown', params: { status: word } };
}

function whenFilled(name: string, value: string): (readonly [string, string])[] {
  return value === '' ? [] : [[name, value]];
}

function missingField(subject: Subject): 'email' | 'phone' | null {
  if (subject.email === '') return 'email';
  return subject.phone === '' ? 'phone' : null;
}

/** The payload's (an earlier release made the applicant) or that of the create operation this one needed. */
function applicantOf(fromPayload: string | null, operation: OperationToPerform): string | null {
  if (fromPayload !== null) return fromPayload;
  for (const { kind, result } of operation.needed) {
    const parsed = kind === PERSONR_CREATE ? CreateResult.safeParse(result) : null;
    if (parsed?.success === true) return parsed.data.applicantId;
  }
  return null;
}

function acknowledgedIn(operation: OperationToPerform, docType: string): number {
  return operation.needed.filter(({ kind, payload }) => {
    const parsed = kind === PERSONR_UPLOAD ? UploadedType.safeParse(payload) : null;
    return parsed?.success === true && parsed.data.docType === docType;
  }).length;
}

/** Null when a person confirmed the start, so that its time is not known. */
function startedAtMs(operation: OperationToPerform): number | null {
  for (const { kind, result } of operation.needed) {
    const parsed = kind === PERSONR_START ? StartResult.safeParse(result) : null;
    if (parsed?.success === true) return parsed.data.startedAtMs;
  }
  return null;
}

type ApplicantState =
  | { readonly kind: 'found'; readonly status: StatusAnswer; readonly answer: Answered }
  | { readonly kind: 'failed'; readonly outcome: ReturnType<typeof refusal> };

/** POST /api-applicant-status. A read, although it is a POST. */
async function readApplicant(applicantId: string, seed: string, context: PerformContext): Promise<ApplicantState> {
  const reply = await callPersonr(context, {
    path: '/api-applicant-status',
    ...form([['applicantId', applicantId]], seed),
  });
  if (reply.kind === 'failed') return { kind: 'failed', outcome: reply.outcome };
  const status = isSuccess(reply) ? readStatus(reply.json) : null;
  return status === null
    ? { kind: 'failed', outcome: refusal(reply, 'read') }
    : { kind: 'found', status, answer: reply };
}

function isSuccess(reply: Answered): reply is Answered & { kind: 'json' } {
  return reply.kind === 'json' && reply.status < 300 && readFailure(reply.status, reply.json) === null;
}

function uploaded(payload: UploadPayload, applicantId: string, proof: Done['evidence']): Done {
  return {
    kind: 'done',
    result: { applicantId, docType: payload.docType },
    evidence: proof,
    deliveredPageIds: [payload.pageId],
  };
}

function started(applicantId: string, context: PerformContext, answer: Answered, code: string): Done {
  return {
    kind: 'done',
    result: { applicantId, startedAtMs: context.clock.now() },
    evidence: evidence(answer.status, null, { code }),
  };
}

async function openFile(
  payload: UploadPayload,
  context: PerformContext,
): Promise<{ filename: string; contents: Base64Content } | Outcome> {
  const stem = payload.docSubType === null ? 'selfie' : payload.docSubType === 'BACK_SIDE' ? 'back' : 'front';
  try {
    const page = await context.page(payload.pageId);
    const filename = neutralFileName(stem, page.mediaType);
    if (filename === null) {
      return { kind: 'attention', cause: 'rescan', evidence: evidence(null, null, { code: 'provider.mediaType' }) };
    }
    return { filename, contents: new Base64Content(page.body) };
  } catch (error) {
    if (error instanceof PageUnreadable) return unreadablePage();
    throw error;
  }
}

/** An earlier operation left no applicant id, so there is nobody to upload for. */
function applicantUnknown(): Extract<Outcome, { kind: 'attention' }> {
  return { kind: 'attention', cause: 'call_it', evidence: evidence(null, null, { code: 'personr.applicantUnknown' }) };
}
