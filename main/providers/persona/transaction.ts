import type {
  LookUpOutcome,
  OperationToPerform,
  Outcome,
  PerformContext,
  RecordAnswer,
  RecordContext,
} from '../port.ts';
import { evidence } from '../http.ts';
import { isAbout } from './answers.ts';
import { callPersona } from './client.ts';
import { withRateLimit } from './documents.ts';
import { isSuccess, readAll, readOne, told } from './exchange.ts';
import { openPages, photoProblem, type OpenedPage, type SentFile } from './files.ts';
import { readObject, type PersonaObject } from './objects.ts';
import { TransactionPayload } from './payloads.ts';
import { purposeOf } from './purpose.ts';
import { referenceOf } from './reference.ts';
import { refusal, type Answered } from './refusals.ts';
import { bodyOf } from './requests.ts';

type Done = Extract<Outcome, { kind: 'done' }>;
type Fields = Readonly<Record<string, string | SentFile | SentFile[]>>;

const TRANSACTIONS = '/transactions';

/**
 * POST /transactions: every page of the customer among the fields of one transaction, with the customer's reference; 201.
 * Its tag is our own reference: the list by reference id shows it, so a lost answer is looked up at any age.
 */
export async function createTransaction(operation: OperationToPerform, context: PerformContext): Promise<Outcome> {
  const payload = TransactionPayload.parse(operation.payload);
  if (payload.documents.some(hasSideTwice)) return flowWrong('persona.sideTwice');
  const fields: Record<string, Fields[string]> = {};
  for (const document of payload.documents) {
    const pages = await openPages(document, context);
    if (!Array.isArray(pages)) return pages;
    const problem = photoProblem(document.governmentId, pages);
    if (problem !== null) return problem;
    const own = fieldsOf(document, pages);
    if (Object.keys(own).some((name) => name in fields && fields[name] !== own[name]))
      return flowWrong('persona.fieldTwice');
    Object.assign(fields, own);
  }
  const reply = await callPersona(context, {
    method: 'POST',
    path: TRANSACTIONS,
    body: bodyOf('createTransaction', {
      data: {
        attributes: {
          'transaction-type-id': payload.transactionTypeId,
          'reference-id': referenceOf(context.subject(), operation),
          fields: { ...customerFields(context), ...fields },
          tags: [tagOf(operation), ...payload.tags],
        },
      },
    }),
    idempotencyKey: operation.idempotencyKey,
    beforeLastByte: context.beforeLastByte,
    onProgress: context.onProgress,
  });
  if (reply.kind === 'failed') return reply.outcome;
  const made = isSuccess(reply) ? readObject(reply.json, 'transaction') : null;
  if (made !== null) return done(made.object, operation, context, reply, 'persona.transactionCreated');
  return typeRefused(reply) ?? refusal(reply, purposeOf(operation), true);
}

/** After a lost answer: a transaction with our tag is there, or it is not. */
export async function lookUpTransaction(
  operation: OperationToPerform,
  context: PerformContext,
): Promise<LookUpOutcome> {
  const list = await readAll(context, TRANSACTIONS, { 'reference-id': referenceOf(context.subject(), operation) });
  if (list.kind === 'failed') return { kind: 'failed', outcome: list.outcome };
  const ours = list.found.find((object) => isOurs(object, operation));
  if (ours !== undefined) {
    return { kind: 'happened', outcome: done(ours, operation, context, list.answer, 'persona.transactionFound') };
  }
  // A key can be told to leave tags out, and a list that goes on was not looked through.
  return list.isCut || list.found.some(({ attributes }) => !Array.isArray(attributes['tags']))
    ? { kind: 'cannot_tell', evidence: told(list.answer, 'persona.askTransaction') }
    : { kind: 'did_not_happen', evidence: told(list.answer, 'persona.transactionNotThere') };
}

/** A person found the transaction in the dashboard: it is ours when it has our tag. */
export async function compareTransaction(
  recordId: string,
  operation: OperationToPerform,
  context: RecordContext,
): Promise<RecordAnswer> {
  const read = await readOne(context, transactionPath(recordId), 'transaction', recordId);
  if (read.kind === 'missing') return { kind: 'other', message: { code: 'persona.recordMissing' } };
  if (read.kind === 'failed') return { kind: 'failed', message: read.outcome.evidence.message };
  const { object } = read.found;
  return isOurs(object, operation)
    ? { kind: 'same', outcome: done(object, operation, context, read.answer, 'persona.recordSame') }
    : { kind: 'other', message: { code: 'persona.recordOther' } };
}

export function transactionPath(transactionId: string): string {
  return `${TRANSACTIONS}/${encodeURIComponent(transactionId)}`;
}

/**
 * The fields of one document: `<stem>_front_photo`, `<stem>_back_photo`, `<stem>_class` and the country of an identity
 * document; the field itself, as a list when it has several pages, of any other. A file is `{data, filename}` (assumed to be
 * as in every other call).
 */
function fieldsOf(
  { field, governmentId }: TransactionPayload['documents'][number],
  pages: readonly OpenedPage[],
): Fields {
  const files = pages.map(({ file }) => file);
  const [only] = files;
  if (governmentId === null) return { [field]: files.length === 1 && only !== undefined ? only : files };
  const back = pages.find(({ side }) => side === 'back');
  const front = pages.find(({ side }) => side !== 'back');
  return {
    ...(front === undefined ? {} : { [`${field}_front_photo`]: front.file }),
    ...(back === undefined ? {} : { [`${field}_back_photo`]: back.file }),
    [`${field}_class`]: governmentId.idClass,
    address_country_code: governmentId.country,
  };
}

/** What the integration guide calls the customer's fields; a type that does not know them leaves them empty. */
function customerFields(context: PerformContext): Fields {
  const { givenName, familyName, birthDate } = context.subject();
  const all = { name_first: givenName, name_last: familyName, birthdate: birthDate };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}

function tagOf({ id }: OperationToPerform): string {
  return `satchel-${id}`;
}

function isOurs({ attributes }: PersonaObject, operation: OperationToPerform): boolean {
  const { tags } = attributes;
  return Array.isArray(tags) && tags.includes(tagOf(operation));
}

/** An identity document has one field for its front (or only side) and one for its back. */
function hasSideTwice({ governmentId, sides }: TransactionPayload['documents'][number]): boolean {
  const backs = sides.filter((side) => side === 'back').length;
  return governmentId !== null && (backs > 1 || sides.length - backs > 1);
}

/** Two pages, or two documents, of the flow would fill the same field (or name two countries), and one would be lost. */
function flowWrong(code: 'persona.sideTwice' | 'persona.fieldTwice'): Outcome {
  return { kind: 'attention', cause: 'call_it', evidence: evidence(null, null, { code }) };
}

/** The flow names a transaction type that this organisation does not have. */
function typeRefused(reply: Answered): Outcome | null {
  if (reply.kind !== 'json' || ![400, 404, 422].includes(reply.status)) return null;
  return isAbout(reply.json, /transaction.type/)
    ? { kind: 'attention', cause: 'call_it', evidence: told(reply, 'persona.transactionTypeRefused') }
    : null;
}

function done(
  { id }: PersonaObject,
  operation: OperationToPerform,
  context: Pick<PerformContext, 'clock'>,
  answer: Answered,
  code: string,
): Done {
  const { documents } = TransactionPayload.parse(operation.payload);
  return {
    kind: 'done',
    result: { transactionId: id, createdAtMs: context.clock.now() },
    evidence: told(answer, code),
    deliveredPageIds: documents.flatMap(({ pageIds }) => pageIds),
    ...withRateLimit(answer),
  };
}
