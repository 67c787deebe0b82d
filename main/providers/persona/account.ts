import type { Subject } from '../../../shared/domain/index.ts';
import { alpha2Of } from '../../../shared/rules/index.ts';
import type {
  ConnectionContext,
  LookUpOutcome,
  OperationToPerform,
  Outcome,
  PerformContext,
  RecordAnswer,
  RecordContext,
} from '../port.ts';
import { readErrors } from './answers.ts';
import { callPersona } from './client.ts';
import { withRateLimit } from './documents.ts';
import { isSuccess, readAll, readOne, told } from './exchange.ts';
import { fieldOf, readObject, textAttribute, type PersonaObject } from './objects.ts';
import { AccountPayload } from './payloads.ts';
import { purposeOf } from './purpose.ts';
import { markOf, ownReference, personMarkOf, referenceOf } from './reference.ts';
import { refusal, type Answered } from './refusals.ts';
import { bodyOf } from './requests.ts';

type Done = Extract<Outcome, { kind: 'done' }>;

const ACCOUNTS = '/accounts';

export function accountPath(accountId: string): string {
  return `${ACCOUNTS}/${encodeURIComponent(accountId)}`;
}

/**
 * The customer's account: the one with our reference, or a new one. Found first, because a customer who comes back has one
 * already; an account whose name and date of birth are another's is never used, since the pages would reach the wrong record.
 */
export async function createAccount(operation: OperationToPerform, context: PerformContext): Promise<Outcome> {
  const subject = context.subject();
  const reference = referenceOf(subject, operation);
  const found = await findAccount(context, reference);
  if (found.kind === 'failed') return found.outcome;
  if (found.account !== null) return taken(found.account, subject, operation, found.answer);
  const { accountTypeId } = AccountPayload.parse(operation.payload);
  const reply = await callPersona(context, {
    method: 'POST',
    path: ACCOUNTS,
    body: bodyOf('createAccount', {
      data: {
        attributes: {
          'reference-id': reference,
          ...(accountTypeId === null ? {} : { 'account-type-id': accountTypeId }),
          ...personalAttributes(subject),
        },
      },
    }),
    idempotencyKey: operation.idempotencyKey,
    beforeLastByte: context.beforeLastByte,
  });
  if (reply.kind === 'failed') return reply.outcome;
  const made = isSuccess(reply) ? readObject(reply.json, 'account') : null;
  if (made !== null) {
    return withMark(done(made.object.id, reference, operation, reply, 'persona.accountCreated'), subject, operation);
  }
  const refused = refusal(reply, purposeOf(operation));
  if (reply.status !== 409) return refused;
  const isTaken = reply.kind === 'json' && /unique|taken/.test(readErrors(reply.json)?.text ?? '');
  // "Record not unique": somebody made it in the meantime, or a lost attempt of ours did.
  const again = await findAccount(context, reference);
  if (again.kind === 'failed') return refused;
  // Taken, and not shown: by a key that may not see it, or because of a comma, which parts references in the filter.
  if (again.account === null) return isTaken ? correct(reply, 'persona.accountTaken') : refused;
  return taken(again.account, subject, operation, again.answer);
}

/** After a lost answer: the account with our reference is there, or it is not. */
export async function lookUpAccount(operation: OperationToPerform, context: PerformContext): Promise<LookUpOutcome> {
  const subject = context.subject();
  const found = await findAccount(context, referenceOf(subject, operation));
  if (found.kind === 'failed') return { kind: 'failed', outcome: found.outcome };
  if (found.account === null) {
    return { kind: 'did_not_happen', evidence: told(found.answer, 'persona.accountNotThere') };
  }
  const outcome = taken(found.account, subject, operation, found.answer);
  return outcome.kind === 'done' ? { kind: 'happened', outcome } : { kind: 'failed', outcome };
}

/** A person found the account in the dashboard: it is ours when it has our reference. */
export async function compareAccount(
  recordId: string,
  operation: OperationToPerform,
  context: RecordContext,
): Promise<RecordAnswer> {
  const read = await readOne(context, accountPath(recordId), 'account', recordId);
  if (read.kind === 'missing') return { kind: 'other', message: { code: 'persona.recordMissing' } };
  if (read.kind === 'failed') return { kind: 'failed', message: read.outcome.evidence.message };
  const { object } = read.found;
  const subject = context.subject();
  const reference = referenceOf(subject, operation);
  const likeness = compare(object, subject);
  return textAttribute(object, 'reference-id') === reference && likeness !== 'other'
    ? {
        kind: 'same',
        outcome: withMark(
          done(object.id, reference, operation, read.answer, 'persona.recordSame'),
          subject,
          operation,
          likeness,
        ),
      }
    : { kind: 'other', message: { code: 'persona.recordOther' } };
}

type Found =
  | { readonly kind: 'looked'; readonly account: PersonaObject | null; readonly answer: Answered }
  | { readonly kind: 'failed'; readonly outcome: ReturnType<typeof refusal> };

async function findAccount(context: ConnectionContext, reference: string): Promise<Found> {
  // A comma separates references in the filter, so one inside a reference cannot be asked for.
  const list = await readAll(context, ACCOUNTS, { 'reference-id': reference });
  if (list.kind === 'failed') return { kind: 'failed', outcome: list.outcome };
  const account = list.found.find((object) => textAttribute(object, 'reference-id') === reference) ?? null;
  return { kind: 'looked', account, answer: list.answer };
}

function taken(
  account: PersonaObject,
  subject: Subject,
  operation: OperationToPerform,
  answer: Answered,
): Done | Refused {
  const likeness = compare(account, subject);
  if (likeness === 'other') return correct(answer, 'persona.accountOther');
  const code = likeness === 'same' ? 'persona.accountFound' : 'persona.accountFoundUnseen';
  const outcome = done(account.id, referenceOf(subject, operation), operation, answer, code);
  return withMark(outcome, subject, operation, likeness);
}

/** Only the account of somebody who is known to be the customer is corrected later. */
function withMark(
  outcome: Done,
  subject: Subject,
  operation: OperationToPerform,
  likeness: 'same' | 'other' | 'unseen' = 'same',
): Done {
  if (likeness !== 'same') return outcome;
  const personMark = personMarkOf(personalAttributes(subject), operation);
  return { ...outcome, result: { ...outcome.result, personMark } };
}

type Refused = Extract<Outcome, { kind: 'attention' }>;

function correct(answer: Answered, code: string): Refused {
  return { kind: 'attention', cause: 'correct_data', evidence: told(answer, code) };
}

function done(
  accountId: string,
  reference: string,
  operation: OperationToPerform,
  answer: Answered,
  code: string,
): Done {
  const isOwn = reference === ownReference(operation);
  const result = { accountId, referenceMark: markOf(reference, operation), isOwn };
  return { kind: 'done', result, evidence: told(answer, code), ...withRateLimit(answer) };
}

/**
 * Another person has another date of birth, or two other names. One other name is a marriage or a second spelling where the
 * date of birth is the same, and otherwise somebody of the family. `unseen`: the account shows neither names nor date of birth, so
 * that only the reference says whose it is.
 */
function compare(account: PersonaObject, subject: Subject): 'same' | 'other' | 'unseen' {
  return accountLikeness(account, subject, () => false);
}

/** As `compare`, where what the account shows also counts as equal when `isKnown` says so. */
export function accountLikeness(
  account: PersonaObject,
  subject: Subject,
  isKnown: (name: string, shown: string) => boolean,
): 'same' | 'other' | 'unseen' {
  const pairs = {
    birthdate: subject.birthDate,
    'name-first': subject.givenName,
    'name-last': subject.familyName,
  };
  const told = Object.entries(pairs).flatMap(([name, ours]) => {
    const theirs = fieldOf(account, name);
    const isEqual = plain(theirs) === plain(ours) || isKnown(name, theirs);
    return plain(theirs) === '' || plain(ours) === '' ? [] : [{ name, isEqual }];
  });
  if (told.length === 0) return 'unseen';
  const birth = told.find(({ name }) => name === 'birthdate');
  const otherNames = told.filter(({ name, isEqual }) => name !== 'birthdate' && !isEqual);
  if (birth?.isEqual === false || otherNames.length === 2) return 'other';
  return otherNames.length === 1 && birth === undefined ? 'other' : 'same';
}

/** Without accents, case, spaces and punctuation. */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/[^\p{Letter}\p{Number}]/gu, '')
    .toLowerCase();
}

/** What an account is told of the customer, by attribute; what is empty is left out. */
export function personalAttributes(subject: Subject): Record<string, string> {
  const all = {
    'name-first': subject.givenName,
    'name-last': subject.familyName,
    birthdate: subject.birthDate,
    'country-code': alpha2Of(subject.country) ?? '',
    'email-address': subject.email,
    'phone-number': subject.phone,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}
