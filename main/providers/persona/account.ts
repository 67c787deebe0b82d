import type { Subject } from '../../../shared/domain/index.ts';
import { alpha2Of } from '../../../shared/rules/index.ts';
import { jsonBody } from '../../network/index.ts';
import type {
  ConnectionContext,
  LookUpOutcome,
  OperationToPerform,
  Outcome,
  PerformContext,
  RecordAnswer,
  RecordContext,
} from '../port.ts';
import { callPersona } from './client.ts';
import { withRateLimit } from './documents.ts';
import { isSuccess, readAll, readOne, told } from './exchange.ts';
import { fieldOf, readObject, textAttribute, type PersonaObject } from './objects.ts';
import { AccountPayload } from './payloads.ts';
import { purposeOf } from './purpose.ts';
import { refusal, type Answered } from './refusals.ts';

type Done = Extract<Outcome, { kind: 'done' }>;

/**
 * The customer's account: the one with our reference, or a new one. Found first, because a customer who comes back has one
 * already; an account whose name and date of birth are another's is never used, since the pages would reach the wrong record.
 */
export async function createAccount(operation: OperationToPerform, context: PerformContext): Promise<Outcome> {
  const subject = context.subject();
  const reference = referenceOf(subject, operation);
  const found = await findAccount(context, reference);
  if (found.kind === 'failed') return found.outcome;
  if (found.account !== null) return taken(found.account, subject, found.answer, 'persona.accountFound');
  const { accountTypeId } = AccountPayload.parse(operation.payload);
  const reply = await callPersona(context, {
    method: 'POST',
    path: '/accounts',
    body: jsonBody({
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
  if (made !== null) return done(made.object.id, reply, 'persona.accountCreated');
  const refused = refusal(reply, purposeOf(operation));
  if (reply.status !== 409) return refused;
  // "Record not unique": somebody made it in the meantime, or a lost attempt of ours did.
  const again = await findAccount(context, reference);
  if (again.kind === 'failed' || again.account === null) return refused;
  return taken(again.account, subject, again.answer, 'persona.accountFound');
}

/** After a lost answer: the account with our reference is there, or it is not. */
export async function lookUpAccount(operation: OperationToPerform, context: PerformContext): Promise<LookUpOutcome> {
  const subject = context.subject();
  const found = await findAccount(context, referenceOf(subject, operation));
  if (found.kind === 'failed') return { kind: 'failed', outcome: found.outcome };
  if (found.account === null)
    return { kind: 'did_not_happen', evidence: told(found.answer, 'persona.accountNotThere') };
  const outcome = taken(found.account, subject, found.answer, 'persona.accountFound');
  return outcome.kind === 'done' ? { kind: 'happened', outcome } : { kind: 'failed', outcome };
}

/** A person found the account in the dashboard: it is ours when it has our reference. */
export async function compareAccount(
  recordId: string,
  operation: OperationToPerform,
  context: RecordContext,
): Promise<RecordAnswer> {
  const read = await readOne(context, `/accounts/${encodeURIComponent(recordId)}`, 'account', recordId);
  if (read.kind === 'missing') return { kind: 'other', message: { code: 'persona.recordMissing' } };
  if (read.kind === 'failed') return { kind: 'failed', message: read.outcome.evidence.message };
  const { object } = read.found;
  const subject = context.subject();
  return textAttribute(object, 'reference-id') === referenceOf(subject, operation) && !isAnother(object, subject)
    ? { kind: 'same', outcome: done(object.id, read.answer, 'persona.recordSame') }
    : { kind: 'other', message: { code: 'persona.recordOther' } };
}

/** The branch's own number for the customer; without one, an account of this submission alone. */
function referenceOf({ reference }: Subject, { submissionId }: OperationToPerform): string {
  return reference === '' ? `satchel-${submissionId}` : reference;
}

type Found =
  | { readonly kind: 'looked'; readonly account: PersonaObject | null; readonly answer: Answered }
  | { readonly kind: 'failed'; readonly outcome: ReturnType<typeof refusal> };

async function findAccount(context: ConnectionContext, reference: string): Promise<Found> {
  // A comma separates references in the filter, so one inside a reference cannot be asked for.
  const list = await readAll(context, '/accounts', { 'reference-id': reference });
  if (list.kind === 'failed') return { kind: 'failed', outcome: list.outcome };
  const account = list.found.find((object) => textAttribute(object, 'reference-id') === reference) ?? null;
  return { kind: 'looked', account, answer: list.answer };
}

function taken(account: PersonaObject, subject: Subject, answer: Answered, code: string): Done | Refused {
  return isAnother(account, subject)
    ? { kind: 'attention', cause: 'correct_data', evidence: told(answer, 'persona.accountOther') }
    : done(account.id, answer, code);
}
type Refused = Extract<Outcome, { kind: 'attention' }>;

function done(accountId: string, answer: Answered, code: string): Done {
  return { kind: 'done', result: { accountId }, evidence: told(answer, code), ...withRateLimit(answer) };
}

/**
 * Another date of birth, or two other names. One other name is a marriage, a second spelling or a key that leaves names out;
 * what is not shown tells nothing.
 */
function isAnother(account: PersonaObject, subject: Subject): boolean {
  const differs = (name: string, ours: string): boolean => {
    const theirs = plain(fieldOf(account, name));
    return theirs !== '' && plain(ours) !== '' && theirs !== plain(ours);
  };
  return (
    differs('birthdate', subject.birthDate) ||
    (differs('name-first', subject.givenName) && differs('name-last', subject.familyName))
  );
}

/** Without accents, case, spaces and punctuation. */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/[^\p{Letter}\p{Number}]/gu, '')
    .toLowerCase();
}

function personalAttributes(subject: Subject): Record<string, string> {
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
