import type { Confirmed, LookUpOutcome, OperationToPerform, Outcome, PerformContext } from '../port.ts';
import { evidence, isRecordGone } from '../http.ts';
import { accountLikeness, accountPath, personalAttributes } from './account.ts';
import { callPersona } from './client.ts';
import { withRateLimit } from './documents.ts';
import { isSuccess, readOne, told } from './exchange.ts';
import { referenceChanged } from './inquiry.ts';
import { fieldOf, isRedacted, readObject, textAttribute, type PersonaObject } from './objects.ts';
import { AccountUpdatePayload, type PersonMark } from './payloads.ts';
import { isReferenceChanged, lastAccount, personMarkOf, referenceOf } from './reference.ts';
import { refusal, type Answered } from './refusals.ts';
import { bodyOf } from './requests.ts';

type Found =
  | { readonly kind: 'found'; readonly account: PersonaObject; readonly answer: Answered }
  | { readonly kind: 'ends'; readonly outcome: Exclude<Outcome, { kind: 'done' | 'again' | 'replaced' }> };

/**
 * PATCH /accounts/{id} with what the desk has corrected since the account was made or confirmed; nothing is called when that is
 * nothing. The account is read first: it must still be this person's, and what is in it already, or was changed by somebody else
 * and not by the desk, is left alone. The request says what the fields are and not how they change, so sending it twice is the same
 * as once.
 */
export async function updateAccount(operation: OperationToPerform, context: PerformContext): Promise<Outcome> {
  const { accountId } = AccountUpdatePayload.parse(operation.payload);
  if (isReferenceChanged(operation, context)) return referenceChanged();
  const ours = personalAttributes(context.subject());
  const before = lastAccount(operation.finished())?.personMark ?? null;
  const now = personMarkOf(ours, operation);
  if (before === null || before.all === now.all) return unchanged(accountId, now);
  const found = await findAccount(accountId, before, operation, context);
  if (found.kind === 'ends') return found.outcome;
  const changes = changesFor(found.account, ours, before, now);
  if (Object.keys(changes).length === 0) return done(accountId, now, found.answer, 'persona.accountUpToDate');
  const reply = await callPersona(context, {
    method: 'PATCH',
    path: accountPath(accountId),
    body: bodyOf('updateAccount', { data: { attributes: changes } }),
    beforeLastByte: context.beforeLastByte,
  });
  if (reply.kind === 'failed') return reply.outcome;
  const isUpdated = isSuccess(reply) && readObject(reply.json, 'account', accountId) !== null;
  if (isUpdated) return done(accountId, now, reply, 'persona.accountUpdated');
  const refused = refusal(reply, 'read');
  return isRecordGone(refused) ? gone(reply) : refused;
}

/** After a lost answer: what was to be sent is in the account, or it goes once more, which changes nothing that it has. */
export async function lookUpAccountUpdate(
  operation: OperationToPerform,
  context: PerformContext,
): Promise<LookUpOutcome> {
  const { accountId } = AccountUpdatePayload.parse(operation.payload);
  const ours = personalAttributes(context.subject());
  const before = lastAccount(operation.finished())?.personMark ?? null;
  const now = personMarkOf(ours, operation);
  if (before === null) return { kind: 'happened', outcome: unchanged(accountId, now) };
  const found = await findAccount(accountId, before, operation, context);
  if (found.kind === 'ends') return { kind: 'failed', outcome: found.outcome };
  const { answer } = found;
  return Object.keys(changesFor(found.account, ours, before, now)).length === 0
    ? { kind: 'happened', outcome: done(accountId, now, answer, 'persona.accountUpToDate') }
    : { kind: 'did_not_happen', evidence: told(answer, 'persona.accountNotUpdated') };
}

/** A person saw the corrected fields in the account. Without a mark nothing more is corrected there by itself. */
export function confirmedAccountUpdate(operation: OperationToPerform): Confirmed {
  return { result: AccountUpdatePayload.parse(operation.payload), deliveredPageIds: [] };
}

/** The account, if it is there and still this person's. */
async function findAccount(
  accountId: string,
  before: PersonMark,
  operation: OperationToPerform,
  context: PerformContext,
): Promise<Found> {
  const read = await readOne(context, accountPath(accountId), 'account', accountId);
  if (read.kind === 'failed') return { kind: 'ends', outcome: read.outcome };
  if (read.kind === 'missing') {
    return { kind: 'ends', outcome: gone(read.answer) };
  }
  const { object } = read.found;
  // What was removed for good is not written there again.
  if (isRedacted(object)) return { kind: 'ends', outcome: ended(read.answer, 'call_it', 'persona.accountRedacted') };
  const subject = context.subject();
  const reference = textAttribute(object, 'reference-id');
  const isOther =
    (reference !== '' && reference !== referenceOf(subject, operation)) ||
    // What it shows may be what the desk has now, or what it had before.
    accountLikeness(object, subject, (name, shown) => isMarked(before, name, shown, operation)) === 'other';
  return isOther
    ? { kind: 'ends', outcome: ended(read.answer, 'correct_data', 'persona.accountOther') }
    : { kind: 'found', account: object, answer: read.answer };
}

/** Ours where the desk has changed it and the account has something else. A field that was emptied stays as it is at Persona. */
function changesFor(
  account: PersonaObject,
  ours: Readonly<Record<string, string>>,
  before: PersonMark,
  now: PersonMark,
): Record<string, string> {
  const differing = Object.entries(ours).filter(([name, value]) => fieldOf(account, name) !== value);
  const corrected = differing.filter(([name]) => before.each[name] !== now.each[name]);
  // Two values may have one mark: then it is not known which field was corrected, only that one was.
  const names = Object.keys({ ...before.each, ...now.each });
  const isKnown = names.some((name) => before.each[name] !== now.each[name]);
  return Object.fromEntries(isKnown ? corrected : differing);
}

function isMarked(before: PersonMark, name: string, shown: string, operation: OperationToPerform): boolean {
  return before.each[name] === personMarkOf({ [name]: shown }, operation).each[name];
}

function gone(answer: Answered): Extract<Outcome, { kind: 'attention' }> {
  return { ...ended(answer, 'call_it', 'persona.accountMissing'), isRecordGone: true };
}

function ended(
  answer: Answered,
  cause: 'call_it' | 'correct_data',
  code: string,
): Extract<Outcome, { kind: 'attention' }> {
  return { kind: 'attention', cause, evidence: told(answer, code), ...withRateLimit(answer) };
}

function unchanged(accountId: string, personMark: PersonMark): Extract<Outcome, { kind: 'done' }> {
  return {
    kind: 'done',
    result: { accountId, personMark },
    evidence: evidence(null, null, { code: 'persona.accountUnchanged' }),
  };
}

function done(
  accountId: string,
  personMark: PersonMark,
  answer: Answered,
  code: string,
): Extract<Outcome, { kind: 'done' }> {
  return { kind: 'done', result: { accountId, personMark }, evidence: told(answer, code), ...withRateLimit(answer) };
}
