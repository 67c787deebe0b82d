import { publicLabels, slotsFor, verdictOf } from '../engine/labels.ts';
import { pollAfterMs } from '../engine/pace.ts';
import { evidence, type FailedOutcome } from '../http.ts';
import type { LookUpOutcome, OperationToPerform, Outcome, PerformContext, Progress } from '../port.ts';
import { isStarted, readFailure, readStatus } from './answers.ts';
import type { StatusAnswer } from './answers.ts';
import { applicantOf, applicantUnknown, pathOf } from './applicant.ts';
import { callSumsub } from './client.ts';
import { FollowPayload, SUMSUB_START, StartPayload, StartResult } from './payloads.ts';
import { refusal, type Answered } from './refusals.ts';

type Done = Extract<Outcome, { kind: 'done' }>;
type Decision = Exclude<Progress, { state: 'in_review' }>;

/** POST …/status/pending, without a body; answers `{"ok": 1}`. */
export async function startCheck(operation: OperationToPerform, context: PerformContext): Promise<Outcome> {
  const payload = StartPayload.parse(operation.payload);
  const applicantId = applicantOf(payload.applicantId, operation);
  if (applicantId === null) return applicantUnknown();
  const reply = await callSumsub(context, {
    method: 'POST',
    path: `${pathOf(applicantId)}/status/pending`,
    beforeLastByte: context.beforeLastByte,
  });
  if (reply.kind === 'failed') return reply.outcome;
  if (reply.kind === 'json' && reply.status < 300 && isStarted(reply.json)) {
    return started(applicantId, context, reply, 'sumsub.started');
  }
  return reply.status === 409
    ? afterConflict(payload, applicantId, context, reply)
    : refusal(reply, 'start', context.clock.now());
}

/**
 * 409 is the answer both for a check that is under way already (Sumsub starts it by itself when it has all it wants) and for one
 * that lacks something: the status tells which.
 */
async function afterConflict(
  payload: StartPayload,
  applicantId: string,
  context: PerformContext,
  conflict: Answered,
): Promise<Outcome> {
  const found = await readState(applicantId, context);
  // The start was refused, so nothing is in doubt: it is simply tried again.
  if (found.kind === 'failed') return refusal(conflict, 'start', context.clock.now());
  if (hasStarted(found.status, payload) === true) {
    return started(applicantId, context, conflict, 'sumsub.startFound');
  }
  const failure = conflict.kind === 'json' ? readFailure(conflict.json) : null;
  if (/not all required|not submitted/.test(failure?.text ?? '')) {
    return {
      kind: 'attention',
      cause: 'call_it',
      evidence: evidence(conflict.status, failure?.correlationId ?? null, { code: 'sumsub.documentsMissing' }),
    };
  }
  return refusal(conflict, 'start', context.clock.now());
}

/** After a lost answer to a start: the applicant's status has moved on, or it has not. */
export async function lookUpStart(operation: OperationToPerform, context: PerformContext): Promise<LookUpOutcome> {
  const payload = StartPayload.parse(operation.payload);
  const applicantId = applicantOf(payload.applicantId, operation);
  if (applicantId === null) return { kind: 'failed', outcome: applicantUnknown() };
  const found = await readState(applicantId, context);
  if (found.kind === 'failed') return { kind: 'failed', outcome: found.outcome };
  const say = (code: string) => evidence(found.answer.status, null, { code });
  const isUnderWay = hasStarted(found.status, payload);
  if (isUnderWay === null) return { kind: 'cannot_tell', evidence: say('sumsub.cannotTellStart') };
  // A start that is only being taken on shows as not started; a second one is answered with 409, and then it shows.
  return isUnderWay
    ? { kind: 'happened', outcome: started(applicantId, context, found.answer, 'sumsub.startFound') }
    : { kind: 'did_not_happen', evidence: say('sumsub.startDidNotHappen') };
}

/** Null: `completed` may be the review of before, and nothing tells the two apart. */
function hasStarted({ reviewStatus, reviewMark }: StatusAnswer, payload: StartPayload): boolean | null {
  if (reviewStatus === 'init') return false;
  if (payload.check === 1 || reviewStatus !== 'completed') return true;
  if (payload.previousReview === null || reviewMark === null) return null;
  return reviewMark !== payload.previousReview;
}

/** GET …/status until `completed`. A word that is not known means "still in review", never success. */
export async function followCheck(operation: OperationToPerform, context: PerformContext): Promise<Outcome> {
  const payload = FollowPayload.parse(operation.payload);
  const applicantId = applicantOf(payload.applicantId, operation);
  if (applicantId === null) return applicantUnknown();
  const found = await readState(applicantId, context);
  if (found.kind === 'failed') return found.outcome;
  const { status, answer } = found;
  const nowMs = context.clock.now();
  const ageMs = nowMs - (startedAtMs(operation) ?? operation.firstAttemptAt ?? nowMs);
  if (status.reviewStatus === 'init' && ageMs >= ASKED_AGAIN_MS) return lookedAt(answer, 'sumsub.documentsMissing');
  if (isDecided(status, payload, ageMs)) return decisionOf(status, payload, answer);
  return {
    kind: 'again',
    afterMs: pollAfterMs(ageMs),
    evidence: evidence(answer.status, null, reviewMessage(status)),
    progress: { state: 'in_review' },
  };
}

function decisionOf(status: StatusAnswer, { documents }: FollowPayload, answer: Answered): Outcome {
  const done = (progress: Decision): Done => ({
    kind: 'done',
    result: { review: status.reviewMark, labels: publicLabels(status.rejectLabels) },
    evidence: evidence(answer.status, null, progress.message),
    progress,
  });
  if (status.reviewAnswer === 'GREEN')
    return done({ state: 'accepted', message: { code: 'sumsub.decision.approved' } });
  const verdict = verdictOf(status.reviewRejectType, status.rejectLabels);
  if (verdict === 'unclear') return lookedAt(answer, 'sumsub.decision.unclear');
  if (verdict === 'final') return done({ state: 'rejected', message: { code: 'sumsub.decision.finalPrivate' } });
  return done({
    state: 'retake',
    message: { code: 'sumsub.decision.retake' },
    slots: slotsFor('sumsub', status.rejectLabels, documents),
  });
}

/** Somebody must look. */
function lookedAt(answer: Answered, code: string): Outcome {
  return { kind: 'attention', cause: 'call_it', evidence: evidence(answer.status, null, { code }) };
}

/** `init` so long after a start: the applicant was reset there, or the level asks for more than the flow has. */
const ASKED_AGAIN_MS = 600_000;

/** Without marks to compare: by then a new check shows as pending, or is through. */
const UNMARKED_REVIEW_MS = 120_000;

/** Decided, and not by the check of before. */
function isDecided(
  { reviewStatus, reviewAnswer, reviewMark }: StatusAnswer,
  { check, previousReview }: FollowPayload,
  ageMs: number,
): boolean {
  if (reviewStatus !== 'completed' || (reviewAnswer !== 'GREEN' && reviewAnswer !== 'RED')) return false;
  if (check === 1) return true;
  if (previousReview === null || reviewMark === null) return ageMs >= UNMARKED_REVIEW_MS;
  return reviewMark !== previousReview;
}

const IN_REVIEW: ReadonlySet<string> = new Set(['init', 'pending', 'queued', 'prechecked', 'completed']);
/** Words for which there is a sentence of its own. */
const WAITING: ReadonlyMap<string, string> = new Map([
  ['onHold', 'sumsub.onHold'],
  ['awaitingUser', 'sumsub.awaitingUser'],
  ['awaitingService', 'sumsub.inReview'],
]);

function reviewMessage({ reviewStatus }: StatusAnswer): { code: string; params?: Record<string, string> } {
  const waiting = WAITING.get(reviewStatus);
  if (waiting !== undefined) return { code: waiting };
  if (IN_REVIEW.has(reviewStatus)) return { code: 'sumsub.inReview' };
  const word = /^[A-Za-z][\w -]{0,39}$/.test(reviewStatus) ? reviewStatus : '?';
  return { code: 'sumsub.statusUnknown', params: { status: word } };
}

type State =
  | { readonly kind: 'found'; readonly status: StatusAnswer; readonly answer: Answered }
  | { readonly kind: 'failed'; readonly outcome: FailedOutcome };

async function readState(applicantId: string, context: PerformContext): Promise<State> {
  const reply = await callSumsub(context, { method: 'GET', path: `${pathOf(applicantId)}/status` });
  if (reply.kind === 'failed') return { kind: 'failed', outcome: reply.outcome };
  const status = reply.kind === 'json' && reply.status < 300 ? readStatus(reply.json) : null;
  return status === null
    ? { kind: 'failed', outcome: refusal(reply, 'read', context.clock.now()) }
    : { kind: 'found', status, answer: reply };
}

/** Null when a person confirmed the start, so that its time is not known. */
function startedAtMs(operation: OperationToPerform): number | null {
  for (const { kind, result } of operation.needed) {
    const parsed = kind === SUMSUB_START ? StartResult.safeParse(result) : null;
    if (parsed?.success === true) return parsed.data.startedAtMs;
  }
  return null;
}

function started(applicantId: string, context: PerformContext, answer: Answered, code: string): Done {
  return {
    kind: 'done',
    result: { applicantId, startedAtMs: context.clock.now() },
    evidence: evidence(answer.status, null, { code }),
  };
}
