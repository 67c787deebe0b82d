import type { Cause, SubjectField } from '../../../shared/domain/index.ts';
import type { Message } from '../../../shared/messages/index.ts';
import { patience } from '../engine/patience.ts';
import { askedWait, evidence, retryAfterMs, type FailedOutcome, type Reply } from '../http.ts';
import type { Patience } from '../port.ts';
import { attributesNamed, rateLimitOf, readErrors, requestIdOf } from './answers.ts';

const DEFAULT_RATE_WAIT_MS = 60_000;
const QUOTA_WAIT_MS = 900_000;

export type Answered = Exclude<Reply, { kind: 'failed' }>;

/**
 * What the call was for: the same status means different things. `create_again`: an earlier one may have arrived;
 * `create_failed`: and the last one was answered with 500.
 */
export type Purpose = 'create' | 'create_again' | 'create_failed' | 'submit' | 'read';

/**
 * What an answer that is not the wanted one means. Written after the table of errors in docs/providers.md.
 * @param carriesPages the call held pages, which may be made smaller
 */
export function refusal(answer: Answered, purpose: Purpose, carriesPages = false): FailedOutcome {
  const sorted = sortOut(answer, purpose, carriesPages);
  // Everything but 401 and 429 is decided behind the idempotency layer, and saved there with the key.
  const isSaved = sorted.kind === 'pause' && purpose !== 'read' && answer.status !== 401 && isPersonas(answer);
  const outcome: FailedOutcome = isSaved ? { ...sorted, freshKey: true } : sorted;
  const rateLimit = rateLimitOf(answer);
  return rateLimit === null ? outcome : { ...outcome, rateLimit };
}

function sortOut(answer: Answered, purpose: Purpose, carriesPages: boolean): FailedOutcome {
  const { status } = answer;
  const isCreate = purpose !== 'submit' && purpose !== 'read';
  const { text, fields } = (answer.kind === 'json' ? readErrors(answer.json) : null) ?? { text: '', fields: [] };
  const say = (code: string, params?: Message['params']) =>
    evidence(status, requestIdOf(answer), params === undefined ? { code } : { code, params });
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
  const again = (code: string): FailedOutcome => ({ kind: 'retry', evidence: say(code) });
  /** The request left whole and no answer of Persona's came: it may have been carried out. */
  const lost = (code: string): FailedOutcome =>
    purpose === 'read' || !answer.isSent ? again(code) : { kind: 'unknown', evidence: say(code) };

  if (status < 300) return lost('persona.answerUnreadable');

  if ((status === 400 || status === 409 || status === 422) && text.includes('idempoten')) {
    return /progress|processing|concurrent|in use|in flight|already being/.test(text)
      ? lost('persona.keyInProgress')
      : attention('call_it', 'persona.keyMisuse');
  }

  switch (status) {
    case 400:
    case 422: {
      if (fields.includes('files') || /\bfiles?\b/.test(text)) {
        const most = /\bat most (\d+)\b(?! bytes)/.exec(text)?.[1];
        if (most !== undefined) return attention('rescan', 'persona.tooManyFiles', { files: Number(most) });
        const maximum = /under (\d+) bytes/.exec(text)?.[1];
        return maximum === undefined
          ? attention('rescan', 'persona.fileRefused')
          : attention('rescan', 'persona.fileTooLarge', { bytes: Number(maximum) });
      }
      if (fields.includes('kind') || /\bkind\b/.test(text)) return attention('call_it', 'persona.kindRefused');
      if (text.includes('version')) return pause('call_it', 'persona.versionRefused');
      const named = attributesNamed({ text, fields });
      // Follows from the kind of document in the flow; nobody at the desk can say another.
      if (named.some((name) => /(^|-)class$/.test(name))) return attention('call_it', 'persona.kindRefused');
      const field = named.map((name) => FIELDS.get(name)).find((known) => known !== undefined);
      if (field !== undefined) return attention('correct_data', 'persona.fieldRefused', { field });
      const [providerField] = named;
      return attention('correct_data', 'persona.invalid', providerField === undefined ? undefined : { providerField });
    }
    case 401:
      return pause('sign_in', 'persona.unauthorized');
    case 403:
      if (/\bip\b/.test(text)) return pause('call_it', 'persona.ipNotPermitted');
      if (text.includes('inactive')) return pause('call_it', 'persona.environmentInactive');
      if (text.includes('quota')) return pause('wait', 'persona.quotaUsed', QUOTA_WAIT_MS);
      if (isWithdrawal(text)) return pause('call_it', 'persona.withdrawn');
      if (/permission|scope/.test(text)) return pause('sign_in', 'persona.keyPermission');
      return pause('call_it', purpose === 'read' ? 'persona.forbidden' : 'persona.writeForbidden');
    case 404:
      // Only an error in Persona's own shape speaks of the record; anything else speaks of the address.
      if (!isCreate && text.includes('not found') && !isWithdrawal(text)) {
        return { kind: 'attention', cause: 'call_it', evidence: say('persona.documentMissing'), isRecordGone: true };
      }
      return pause(
        'call_it',
        answer.kind === 'json' && purpose !== 'read' ? 'persona.withdrawn' : 'persona.wrongAddress',
      );
    case 405:
    case 410:
    case 501:
      return pause('call_it', purpose === 'read' ? 'persona.wrongAddress' : 'persona.withdrawn');
    case 408:
      return lost('persona.timeout');
    case 409:
      // "Inquiry does not require verification/…": its template has no place for such a document, which no repeat mends.
      if (purpose !== 'read' && text.includes('does not require')) return attention('call_it', 'persona.notRequired');
      // When nothing of this key can be under way, Persona saved a failure under it. On a repeat it may be the attempt whose
      // answer was lost, still being worked on.
      return {
        ...(purpose === 'create'
          ? { kind: 'retry', evidence: say('persona.conflict'), freshKey: true }
          : lost('persona.conflict')),
        ...patienceWith(answer, 'persona.conflictAgain'),
      };
    case 413:
      return carriesPages
        ? attention('rescan', 'persona.requestTooLarge')
        : attention('call_it', 'persona.refused', { status });
    case 429: {
      const limit = rateLimitOf(answer);
      return {
        kind: 'rate_limited',
        evidence: say(text.includes('quota') ? 'persona.quotaUsed' : 'persona.rateLimited'),
        // Persona has no Retry-After (trap 10); something on the way may, and shows no limit.
        afterMs: limit === null ? retryAfterMs(answer, DEFAULT_RATE_WAIT_MS) : askedWait(limit.resetMs),
        ...(limit === null ? {} : { rateLimit: limit }),
      };
    }
    default:
      if (status === 500 && isCreate && answer.isSent)
        return failedCreate(purpose === 'create_failed' && isPersonas(answer), say);
      return status >= 500 ? lost('persona.unavailable') : attention('call_it', 'persona.refused', { status });
  }
}

/** Persona's names of what was sent, in kebab case, and Satchel's. */
const FIELDS: ReadonlyMap<string, SubjectField> = new Map<string, SubjectField>([
  ['name-first', 'givenName'],
  ['name-last', 'familyName'],
  ['birthdate', 'birthDate'],
  ['country-code', 'country'],
  ['selected-country-code', 'country'],
  ['address-country-code', 'country'],
  ['email-address', 'email'],
  ['phone-number', 'phone'],
  ['reference-id', 'reference'],
]);

/**
 * How long a conflict is believed to pass. One with a change that somebody made a moment ago, which Persona says to try again (docs: errors),
 * does, however often it was met.
 */
export function patienceWith(answer: Answered, code: string): { readonly patience?: Patience } {
  return answer.status !== 409 || isStale(answer) ? {} : { patience: patience(code) };
}

/** Somebody changed the record a moment ago. */
export function isStale(answer: Answered): boolean {
  const errors = answer.kind === 'json' ? readErrors(answer.json) : null;
  return errors !== null && /\bstale\b|\btry again\b/.test(errors.text);
}

/** The write endpoints of documents are deprecated since 2026-04-13; nobody has said what they will answer one day. */
function isWithdrawal(text: string): boolean {
  return /not enabled|deprecat|withdrawn|no longer|removed|sunset|discontinued|retired/.test(text);
}

/**
 * Persona saves a 500 with its body under the key and gives it again for 24 hours, so that this key can never succeed. But
 * something on the way answers 500 too, and then the document may have been created. The same bytes with the same key tell:
 * the document comes back, or Persona's own 500 comes again, which proves that it has saved it. Only then a new key is made. One
 * 500 after an answer that was lost, or a 500 of something on the way, proves nothing: the document may be there.
 * What the failed call may have left at Persona cannot be looked up; it was never submitted, so nobody works with it.
 */
function failedCreate(isSaved: boolean, say: (code: string) => FailedOutcome['evidence']): FailedOutcome {
  return isSaved
    ? { kind: 'retry', evidence: say('persona.failedThere'), freshKey: true }
    : { kind: 'unknown', evidence: say('persona.failureDoubted') };
}

/** Persona itself answered, not something on the way to it. */
function isPersonas(answer: Answered): boolean {
  return requestIdOf(answer) !== null || (answer.kind === 'json' && readErrors(answer.json) !== null);
}
