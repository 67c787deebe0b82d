import { publicLabels, slotsFor, verdictOf } from '../engine/labels.ts';
import { pollAfterMs } from '../engine/pace.ts';
import { evidence } from '../http.ts';
import type { LookUpOutcome, OperationToPerform, Outcome, PerformContext } from '../port.ts';
import { isStarted } from './answers.ts';
import type { StatusAnswer } from './answers.ts';
import { callPersonr } from './client.ts';
import {
  FollowPayload,
  MAX_CHECKS,
  PERSONR_ENTITY_FOLLOW,
  PERSONR_ENTITY_START,
  PERSONR_START,
  StartPayload,
  StartResult,
} from './payloads.ts';
import { refusal, type Answered } from './refusals.ts';
import { formRequest } from './requests.ts';
import { applicantOf, applicantUnknown, isSuccess, readApplicant, type Done, type RecordKind } from './state.ts';

/** How long a review with an unchanged date is taken for the one before. A review usually takes about two minutes. */
const STALE_REVIEW_MS = 3_600_000;

/** POST /api-request-applicant-check, the same for persons and companies; answers `{"response":"success"}`. */
export async function startCheck(operation: OperationToPerform, context: PerformContext): Promise<Outcome> {
  const payload = StartPayload.parse(operation.payload);
  const applicantId = applicantOf(payload.applicantId, operation);
  if (applicantId === null) return applicantUnknown();
  const reply = await callPersonr(context, {
    ...formRequest('/api-request-applicant-check', { applicantId }, operation.idempotencyKey),
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
  const found = await readApplicant(applicantId, operation.idempotencyKey, context, recordKindOf(operation));
  if (found.kind === 'failed') return { kind: 'failed', outcome: found.outcome };
  const { applicantStatus, reviewedAtMs } = found.status;
  const say = (code: string) => evidence(found.answer.status, null, { code });
  const happened: LookUpOutcome = {
    kind: 'happened',
    outcome: started(applicantId, context, found.answer, 'personr.startFound'),
  };
  const ageMs = context.clock.now() - (operation.committedAt ?? 0);
  const notSeen: LookUpOutcome =
    ageMs >= 0 && ageMs < UNSEEN_START_MS
      ? {
          kind: 'failed',
          outcome: { kind: 'retry', evidence: say('personr.startNotSeen'), afterMs: UNSEEN_START_MS - ageMs },
        }
      : { kind: 'did_not_happen', evidence: say('personr.startDidNotHappen') };
  if (applicantStatus === 'Created') return notSeen;
  if (payload.check === 1 || applicantStatus !== 'Reviewed') return happened;
  // "Reviewed" also stands there from the check before; only a newer date proves another one.
  if (payload.previousReviewMs === null || reviewedAtMs === null) {
    return { kind: 'cannot_tell', evidence: say('personr.cannotTellStart') };
  }
  return reviewedAtMs > payload.previousReviewMs ? happened : notSeen;
}

function recordKindOf({ kind }: OperationToPerform): RecordKind {
  return kind === PERSONR_ENTITY_START || kind === PERSONR_ENTITY_FOLLOW ? 'entity' : 'applicant';
}

/** A check that is being taken on may show as "Created", or as the review before it; starting it twice spends two of five. */
const UNSEEN_START_MS = 120_000;

/** POST /api-applicant-status until `Reviewed`. A word that is not known means "still in review", never success. */
export async function followCheck(operation: OperationToPerform, context: PerformContext): Promise<Outcome> {
  const payload = FollowPayload.parse(operation.payload);
  const applicantId = applicantOf(payload.applicantId, operation);
  if (applicantId === null) return applicantUnknown();
  const found = await readApplicant(applicantId, operation.idempotencyKey, context, recordKindOf(operation));
  if (found.kind === 'failed') return found.outcome;
  const { status, answer } = found;
  const nowMs = context.clock.now();
  const ageMs = nowMs - (startedAtMs(operation) ?? operation.firstAttemptAt ?? nowMs);
  const awaited = awaitedAtLink(payload, status, { nowMs, ageMs, httpStatus: answer.status });
  if (awaited !== null) return awaited;
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
    slots: slotsFor('personr', status.rejectLabels, payload.documents),
  });
}

/**
 * A customer who finishes by themselves: null once a check of theirs shows, which is another state than the one before, or a newer
 * review. Until then they are waited for; in the end the retake is asked for at the desk again, and no attempt was used.
 */
function awaitedAtLink(
  { selfService, previousReviewMs }: FollowPayload,
  { applicantStatus, reviewedAtMs }: StatusAnswer,
  { nowMs, ageMs, httpStatus }: { readonly nowMs: number; readonly ageMs: number; readonly httpStatus: number },
): Outcome | null {
  if (selfService === undefined) return null;
  const isBefore = applicantStatus === 'Reviewed' && (reviewedAtMs ?? 0) <= (previousReviewMs ?? 0);
  if (!isBefore && applicantStatus !== 'Created') return null;
  if (nowMs < selfService.untilMs) {
    const told = evidence(httpStatus, null, { code: 'personr.linkAwaited' });
    return { kind: 'again', afterMs: pollAfterMs(ageMs), evidence: told };
  }
  const message = { code: 'personr.linkUnused' };
  return {
    kind: 'done',
    result: { reviewedAtMs: previousReviewMs, isUnused: true },
    evidence: evidence(httpStatus, null, message),
    progress: { state: 'retake', message, slots: selfService.slots },
  };
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
  // The engine's word for it, and how Personr may write it.
  if (/^on ?hold$/i.test(applicantStatus)) return { code: 'personr.onHold' };
  const word = /^[A-Za-z][\w -]{0,39}$/.test(applicantStatus) ? applicantStatus : '?';
  return { code: 'personr.statusUnknown', params: { status: word } };
}

/** Null when a person confirmed the start, so that its time is not known. */
function startedAtMs(operation: OperationToPerform): number | null {
  for (const { kind, result } of operation.needed) {
    const isStart = kind === PERSONR_START || kind === PERSONR_ENTITY_START;
    const parsed = isStart ? StartResult.safeParse(result) : null;
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
