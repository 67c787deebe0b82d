import type { Cause, SubjectField } from '../../../shared/domain/index.ts';
import type { Message } from '../../../shared/messages/index.ts';
import { clockDifference } from '../../network/index.ts';
import { patience } from '../engine/patience.ts';
import { evidence, retryAfterMs, type FailedOutcome, type Reply } from '../http.ts';
import type { Patience } from '../port.ts';
import { readFailure, type SumsubFailure } from './answers.ts';

/** Documented are 50 writes and 300 reads in 5 seconds. */
const RATE_WAIT_MS = 5_000;
/** What Sumsub asks for (`Retry-After`) when a change meets another one. */
const CONFLICT_WAIT_MS = 10_000;
/** While an applicant is being checked nothing can be added; that takes minutes. */
const BEING_CHECKED_WAIT_MS = 60_000;
/** And where a person of the organisation's looks, hours; by then somebody should know. */
const STILL_CHECKED = patience('sumsub.beingCheckedAgain', 8);
const CLOCK_WAIT_MS = 300_000;
/** From this much on a request that came "too late" is the clock's fault and not the line's. */
const CLOCK_DOUBT_MS = 30_000;

export type Answered = Exclude<Reply, { kind: 'failed' }>;

/** What the call was for. A `read` changes nothing, so its lost answer is simply repeated. */
export type Purpose = 'create' | 'upload' | 'start' | 'read';

/** Sumsub's own numbers about an upload: what each means here. The tables of docs/providers.md say the same. */
const UPLOAD_ERRORS: ReadonlyMap<number, readonly [Cause, string]> = new Map([
  [1000, ['rescan', 'sumsub.duplicateImage']],
  [1001, ['call_it', 'sumsub.tooManyDocuments']],
  [1002, ['rescan', 'sumsub.fileTooLarge']],
  [1003, ['rescan', 'sumsub.fileEmpty']],
  [1004, ['rescan', 'sumsub.fileCorrupted']],
  [1005, ['rescan', 'sumsub.fileFormat']],
  [1007, ['rescan', 'sumsub.fileSizeRefused']],
  [1009, ['call_it', 'sumsub.applicantEnded']],
  [1010, ['call_it', 'sumsub.docTypeNotWanted']],
  [1011, ['rescan', 'sumsub.fileEncrypted']],
]);
const BEING_CHECKED = 1006;
const MARKED_AS_DELETED = 1008;
const REQUEST_EXPIRED = 4004;

/** What an answer that is not the wanted one means. `nowMs`: to tell this PC's clock from Sumsub's. */
export function refusal(answer: Answered, purpose: Purpose, nowMs: number): FailedOutcome {
  const failure = answer.kind === 'json' ? readFailure(answer.json) : null;
  const { status } = answer;
  const say = (code: string, params?: Message['params']) =>
    evidence(status, failure?.correlationId ?? null, params === undefined ? { code } : { code, params });
  const attention = (cause: Cause, code: string, params?: Message['params']): FailedOutcome => ({
    kind: 'attention',
    cause,
    evidence: say(code, params),
  });
  const pause = (cause: Cause, code: string, afterMs: number | null = null): FailedOutcome => ({
    kind: 'pause',
    cause,
    evidence: say(code),
    afterMs,
  });
  const busy = (code: string, afterMs: number, until: Patience): FailedOutcome => ({
    kind: 'retry',
    evidence: say(code),
    afterMs,
    patience: until,
  });
  const gone: FailedOutcome = {
    kind: 'attention',
    cause: 'call_it',
    evidence: say('sumsub.applicantMissing'),
    isRecordGone: true,
  };
  /** The request left whole and no answer of Sumsub's came: it may have been carried out. */
  const lost = (code: string): FailedOutcome =>
    purpose === 'read' || !answer.isSent
      ? { kind: 'retry', evidence: say(code) }
      : { kind: 'unknown', evidence: say(code) };

  if (status < 300) return lost('sumsub.answerUnreadable');
  const known = UPLOAD_ERRORS.get(failure?.errorCode ?? 0);
  if (known !== undefined && status < 500) return attention(...known);
  if (failure?.errorCode === MARKED_AS_DELETED && status < 500) return gone;
  switch (status) {
    case 400:
    case 422:
      return badRequest(failure, purpose, attention, status);
    case 401:
      if (failure?.errorCode !== REQUEST_EXPIRED) return pause('sign_in', 'sumsub.signInRefused');
      return isClockOff(answer, nowMs)
        ? pause('call_it', 'sumsub.clockWrong', CLOCK_WAIT_MS)
        : busy('sumsub.requestExpired', CONFLICT_WAIT_MS, patience('sumsub.requestExpiredAgain'));
    case 403:
      return pause('call_it', 'sumsub.forbidden');
    case 404:
      if (failure !== null && isAboutLevel(failure)) return attention('call_it', 'sumsub.levelUnknown');
      // A create names no applicant that could be missing.
      return failure === null || purpose === 'create' ? pause('call_it', 'sumsub.wrongAddress') : gone;
    case 405:
    case 410:
    case 501:
      return pause('call_it', 'sumsub.wrongAddress');
    case 408:
      return lost('sumsub.timeout');
    case 409:
      return failure?.errorCode === BEING_CHECKED
        ? busy('sumsub.beingChecked', retryAfterMs(answer, BEING_CHECKED_WAIT_MS), STILL_CHECKED)
        : busy('sumsub.conflict', retryAfterMs(answer, CONFLICT_WAIT_MS), patience('sumsub.conflictAgain'));
    case 413:
      // Only an upload carries a page that could be made smaller.
      return purpose === 'upload'
        ? attention('rescan', 'sumsub.fileTooLarge')
        : attention('call_it', 'sumsub.refused', { status });
    case 429:
      return {
        kind: 'rate_limited',
        evidence: say('sumsub.rateLimited'),
        afterMs: retryAfterMs(answer, RATE_WAIT_MS),
      };
    default:
      return status >= 500 ? lost('sumsub.unavailable') : attention('call_it', 'sumsub.refused', { status });
  }
}

/** Only the text tells what a 400 without a number means; it is matched, never shown, because it may quote what was sent. */
function badRequest(
  failure: SumsubFailure | null,
  purpose: Purpose,
  attention: (cause: Cause, code: string, params?: Message['params']) => FailedOutcome,
  status: number,
): FailedOutcome {
  const text = failure?.text ?? '';
  if (failure !== null && isAboutLevel(failure)) return attention('call_it', 'sumsub.levelUnknown');
  if (/iddoctype|document type|iddocsubtype/.test(text)) return attention('call_it', 'sumsub.docTypeRefused');
  const field = FIELDS.find(([name]) => text.includes(name))?.[1];
  if (field !== undefined) return attention('correct_data', 'sumsub.fieldRefused', { field });
  if (purpose === 'upload' && /file|image|photo|content|corrupt|format|size/.test(text)) {
    return attention('rescan', 'sumsub.fileRefused');
  }
  return purpose === 'create'
    ? attention('correct_data', 'sumsub.invalid')
    : attention('call_it', 'sumsub.refused', { status });
}

/** Sumsub's names of what was sent, in lower case, and Satchel's. */
const FIELDS: readonly (readonly [string, SubjectField])[] = [
  ['email', 'email'],
  ['phone', 'phone'],
  ['firstname', 'givenName'],
  ['lastname', 'familyName'],
  ['dob', 'birthDate'],
  ['country', 'country'],
];

function isAboutLevel({ text }: SumsubFailure): boolean {
  return /\blevel/.test(text);
}

/** By the answer's `Date`, which may be any moment in which it was waited for; an answer without one leaves the clock alone. */
function isClockOff({ headers, beganMs }: Answered, nowMs: number): boolean {
  return Math.abs(clockDifference(headers['date'], beganMs, nowMs) ?? 0) > CLOCK_DOUBT_MS;
}

/** "I have these very bytes already": error 1000. */
export function saysSameBytes(answer: Answered): boolean {
  return answer.kind === 'json' && answer.status < 500 && readFailure(answer.json)?.errorCode === 1000;
}
