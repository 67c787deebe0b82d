import type { Cause, SubjectField } from '../../../shared/domain/index.ts';
import type { Message } from '../../../shared/messages/index.ts';
import { patience } from '../engine/patience.ts';
import { evidence, retryAfterMs, type FailedOutcome, type Reply } from '../http.ts';
import { readFailure } from './answers.ts';

/** Nothing about limits is documented; a Retry-After, should one come, is believed. */
const RATE_WAIT_MS = 60_000;
/** The engine behind Personr asks for 10 s when a change meets another one. */
const CONFLICT_WAIT_MS = 10_000;

export type Answered = Exclude<Reply, { kind: 'failed' }>;

/** What the call was for. */
export type Purpose = 'create' | 'entity' | 'upload' | 'owner' | 'start' | 'read' | 'token' | 'workspace';

/** They change nothing that counts when they are repeated, so their lost answers are simply asked for again. */
const REPEATABLE: ReadonlySet<Purpose> = new Set<Purpose>(['read', 'token', 'workspace']);

/**
 * What an answer that is not the wanted one means. Written after the table of errors in docs/providers.md.
 * @param named what the connection's settings call it that Personr does not know: the flow, the workspace
 */
export function refusal(answer: Answered, purpose: Purpose, named: NonNullable<Message['params']> = {}): FailedOutcome {
  const failure = answer.kind === 'json' ? readFailure(answer.status, answer.json) : null;
  const status = failure?.status ?? answer.status;
  const text = failure?.text ?? '';
  const say = (code: string, params?: Message['params']) =>
    evidence(status, null, params === undefined ? { code } : { code, params });
  const attention = (cause: Cause, code: string, params?: Message['params']): FailedOutcome => ({
    kind: 'attention',
    cause,
    evidence: say(code, params),
  });
  const pause = (cause: Cause, code: string, params?: Message['params']): FailedOutcome => ({
    kind: 'pause',
    cause,
    evidence: say(code, params),
    afterMs: null,
  });
  const gone: FailedOutcome = {
    kind: 'attention',
    cause: 'call_it',
    evidence: say('personr.applicantMissing'),
    isRecordGone: true,
  };
  /** The request left whole and no answer of Personr's came: it may have been carried out. */
  const lost = (code: string): FailedOutcome =>
    REPEATABLE.has(purpose) || !answer.isSent
      ? { kind: 'retry', evidence: say(code) }
      : { kind: 'unknown', evidence: say(code) };

  if (status < 300) return lost('personr.answerUnreadable');
  if (purpose === 'token' && (status === 400 || status === 401 || status === 403)) {
    // Every kind of body was tried by then: it has changed how it is called, and no other password helps.
    return isParameterMissing(text)
      ? pause('call_it', 'personr.parameterMissing')
      : pause('sign_in', 'personr.signInRefused');
  }
  if (purpose === 'workspace' && (status === 400 || status === 422)) {
    return pause('call_it', 'personr.workspaceUnknown', named);
  }

  if ((purpose === 'create' || purpose === 'entity') && [400, 409, 422].includes(status)) {
    if (isOfFlow(text)) return attention('call_it', 'personr.flowUnknown', named);
    if (isThere(text)) return attention('call_it', 'personr.alreadyThere');
  }
  if (purpose === 'upload' && wantsOtherEncoding(answer)) return pause('call_it', 'personr.uploadEncoding');

  switch (status) {
    case 400:
    case 422:
      return isApplicantMissing(text) ? gone : badRequest(text, purpose, attention, { status, named });
    case 401:
      return pause('sign_in', 'personr.signInRefused');
    case 403:
      return pause('call_it', 'personr.forbidden');
    case 404:
      return isApplicantMissing(text) ? gone : pause('call_it', 'personr.wrongAddress');
    case 405:
    case 410:
    case 501:
      return pause('call_it', 'personr.wrongAddress');
    case 408:
      return lost('personr.timeout');
    case 409:
      if (purpose === 'upload' && text.includes('duplicate')) return attention('rescan', 'personr.duplicateImage');
      if (text.includes('final')) return attention('call_it', 'personr.applicantEnded');
      return {
        kind: 'retry',
        evidence: say('personr.conflict'),
        afterMs: CONFLICT_WAIT_MS,
        patience: patience('personr.conflictAgain'),
      };
    case 413:
      // Only an upload carries a page that could be made smaller.
      return purpose === 'upload'
        ? attention('rescan', 'personr.fileTooLarge')
        : attention('call_it', 'personr.refused', { status });
    case 429:
      return {
        kind: 'rate_limited',
        evidence: say('personr.rateLimited'),
        afterMs: retryAfterMs(answer, RATE_WAIT_MS),
      };
    default:
      return status >= 500 ? lost('personr.unavailable') : attention('call_it', 'personr.refused', { status });
  }
}

/**
 * What goes with every page. Whoever misses it although it was sent wants it in another encoding: the documentation has JSON in every
 * sample, and a form in a table. No page, customer or flow can mend that, so every upload would end the same.
 */
const SENT_WITH_PAGE = /parameter (applicantid|doctype|doccountryiso|docfile|filename)/;

/** Says that the record is there before it was made, not that none is. */
function isThere(text: string): boolean {
  return /\b(already|duplicate)\b/.test(text) || (/\bexists\b/.test(text) && !/\b(no|none)\b.*\bexists\b/.test(text));
}

/** Speaks of the flow and of nobody in it. */
function isOfFlow(text: string): boolean {
  return namesFlow(text) && !/applicant|entity|customer|company/.test(text);
}

function namesFlow(text: string): boolean {
  return /flowname|(?<!work)flow/.test(text);
}

/** Only the text tells what a 400 means; it is matched, never shown, because it may quote what was sent. */
function badRequest(
  text: string,
  purpose: Purpose,
  attention: (cause: Cause, code: string, params?: Message['params']) => FailedOutcome,
  { status, named }: { readonly status: number; readonly named: NonNullable<Message['params']> },
): FailedOutcome {
  const field = FIELDS.find(([name]) => text.includes(name))?.[1];
  // Only a create names a flow.
  if ('flow' in named && namesFlow(text)) return attention('call_it', 'personr.flowUnknown', named);
  // Said in the platform's words for any condition that is not met, so it comes before those.
  if (/attempt/.test(text)) return attention('call_it', 'personr.attemptsUsed');
  if (text.includes('not_run')) {
    return attention('call_it', purpose === 'entity' ? 'personr.entityNotRun' : 'personr.notRun');
  }
  if (/doctype|docsubtype|docsets/.test(text)) return attention('call_it', 'personr.docTypeRefused');
  if (field !== undefined) return attention('correct_data', 'personr.fieldRefused', { field });
  // "Missing parameter" although it was sent: the address wants another encoding, which no new page can mend.
  if (isParameterMissing(text)) return attention('call_it', 'personr.parameterMissing');
  if (purpose === 'upload' && /file|image|photo|contents|corrupt|format|size|duplicate|encrypted|empty/.test(text)) {
    if (text.includes('duplicate')) return attention('rescan', 'personr.duplicateImage');
    return attention('rescan', /too.?(big|large)/.test(text) ? 'personr.fileTooLarge' : 'personr.fileRefused');
  }
  return purpose === 'create' || purpose === 'entity'
    ? attention('correct_data', 'personr.invalid')
    : attention('call_it', 'personr.refused', { status });
}

/** Personr's names of what was sent, in lower case, and Satchel's. */
const FIELDS: readonly (readonly [string, SubjectField])[] = [
  ['email', 'email'],
  ['phone', 'phone'],
  ['namefirst', 'givenName'],
  ['namelast', 'familyName'],
  ['companyname', 'companyName'],
  ['registrationnumber', 'registrationNumber'],
  ['country', 'country'],
];

/**
 * Personr misses a parameter that went with the page, or takes no body of this kind: the workflow did not run, so nothing was stored, and
 * the page may go in another encoding.
 */
export function wantsOtherEncoding(answer: Answered): boolean {
  const failure = answer.kind === 'json' ? readFailure(answer.status, answer.json) : null;
  if (failure === null) return false;
  return (
    failure.status === 415 ||
    (failure.status === 400 && isParameterMissing(failure.text) && SENT_WITH_PAGE.test(failure.text))
  );
}

/** It says that a parameter is missing, and nothing was done. */
export function missesParameter(answer: Answered): boolean {
  const failure = answer.kind === 'json' ? readFailure(answer.status, answer.json) : null;
  return failure !== null && failure.status === 400 && isParameterMissing(failure.text);
}

function isParameterMissing(text: string): boolean {
  return /missing.(data|parameter)/.test(text);
}

/** Not "workflow not found: api-applicant-status", which speaks of the address. */
function isApplicantMissing(text: string): boolean {
  return /(applicant|entity).*(not exist|not found)/.test(text);
}
