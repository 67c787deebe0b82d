import type { Message } from '../../../shared/messages/index.ts';
import { small } from '../planned.ts';
import type {
  ConnectionContext,
  OperationToPerform,
  Outcome,
  PerformContext,
  PlanInput,
  PlannedOperation,
} from '../port.ts';
import { PersonaSettings } from '../../../shared/domain/index.ts';
import { evidence, type FailedOutcome } from '../http.ts';
import { readErrors } from './answers.ts';
import { callPersona } from './client.ts';
import { withRateLimit } from './documents.ts';
import { isSuccess, readOne, told } from './exchange.ts';
import { inquiryPath } from './inquiry.ts';
import { documentIdsIn } from './made.ts';
import { isRedacted, readObject } from './objects.ts';
import {
  AccountResult,
  InquiryResult,
  PERSONA_ACCOUNT,
  PERSONA_ACCOUNT_REDACT,
  PERSONA_ATTACH,
  PERSONA_INQUIRY,
  PERSONA_INQUIRY_REDACT,
  PERSONA_TRANSACTION,
  PERSONA_TRANSACTION_REDACT,
  RedactPayload,
  TransactionResult,
} from './payloads.ts';
import { refusal, type Answered } from './refusals.ts';
import { transactionPath } from './transaction.ts';

/**
 * One call for each inquiry and each transaction that was made for the customer, and then one for the account where it may go, as far as
 * that is known here. Persona has the documents and checks of an inquiry follow it. Documents by themselves: `staysWhenPurged`.
 */
export function planRedaction(earlier: PlanInput['earlier'], settings: unknown): readonly PlannedOperation[] {
  const records = earlier.flatMap(({ kind, result }) => {
    const inquiryId = kind === PERSONA_INQUIRY ? InquiryResult.safeParse(result).data?.inquiryId : undefined;
    if (inquiryId !== undefined) return { kind: PERSONA_INQUIRY_REDACT, recordId: inquiryId };
    const made = kind === PERSONA_TRANSACTION ? TransactionResult.safeParse(result).data?.transactionId : undefined;
    return made === undefined ? [] : { kind: PERSONA_TRANSACTION_REDACT, recordId: made };
  });
  const accounts = accountsIn(earlier)
    .filter(({ isOwn }) => mayAccountsGo(settings) && isOwn !== false)
    .map(({ accountId }) => ({ kind: PERSONA_ACCOUNT_REDACT, recordId: accountId }));
  // A create that a person confirmed may name a record that another one has named as well.
  const distinct = new Map([...records, ...accounts].map((record) => [`${record.kind} ${record.recordId}`, record]));
  return [...distinct.values()].map(({ kind, recordId }) => small(`redact-${recordId}`, kind, { recordId }, []));
}

/**
 * The account, where nothing is asked about it: it is not this customer's visit's alone, or the settings keep it. And documents by themselves,
 * also those of an account: the public specification has no call that redacts one, and does not name them among what follows an account. So
 * they are named, for whoever asks Persona.
 */
export function staysWhenPurged(earlier: PlanInput['earlier'], settings: unknown): readonly Message[] {
  const mayGo = mayAccountsGo(settings);
  const isOneKept = accountsIn(earlier).some(({ isOwn }) => !mayGo || isOwn === false);
  // One that got other pages before its submit was named by both of its creates.
  const ids = [...new Set(documentIdsIn(earlier.filter(({ kind }) => kind !== PERSONA_ATTACH)))];
  return [
    ...(isOneKept ? [{ code: mayGo ? 'persona.accountShared' : 'persona.accountKept' }] : []),
    ...(ids.length === 0 ? [] : [{ code: 'persona.documentsStay', params: { ids: ids.join(', ') } }]),
  ];
}

function mayAccountsGo(settings: unknown): boolean {
  return PersonaSettings.safeParse(settings).data?.accountsWhenPurged === 'own';
}

function accountsIn(earlier: PlanInput['earlier']): AccountResult[] {
  return earlier.flatMap(({ kind, result }) =>
    kind === PERSONA_ACCOUNT ? (AccountResult.safeParse(result).data ?? []) : [],
  );
}

/**
 * DELETE /inquiries/{id} or /transactions/{id}: Persona removes what the record says of a person, for good (200; what belongs to it
 * follows by itself). A second time it answers 409. Nothing is asked when the connection does not want it any more.
 */
export async function redactRecord(operation: OperationToPerform, context: PerformContext): Promise<Outcome> {
  const { recordId } = RedactPayload.parse(operation.payload);
  if (context.connection.redactsWhenPurged !== true) return unasked('persona.redactionOff');
  return operation.kind === PERSONA_INQUIRY_REDACT
    ? removeRecord(inquiryPath(recordId), 'inquiry', recordId, context)
    : removeRecord(transactionPath(recordId), 'transaction', recordId, context);
}

/** DELETE of one record, which counts when the answer shows it, or when it proves to be redacted already. */
export async function removeRecord(
  path: string,
  type: string,
  recordId: string,
  context: ConnectionContext,
): Promise<Outcome> {
  const reply = await callPersona(context, { method: 'DELETE', path });
  if (reply.kind === 'failed') return filtered(reply.outcome);
  // An answer that is not about this record proves nothing; a second call tells.
  if (isSuccess(reply)) {
    const isShown = readObject(reply.json, type, recordId) !== null;
    return isShown
      ? done(reply, 'persona.redacted')
      : { kind: 'retry', evidence: told(reply, 'persona.answerUnreadable') };
  }
  if (reply.status === 409) return redactedBefore(path, type, recordId, reply, context);
  return refusedRedaction(refusal(reply, 'read'));
}

/** Nothing is called, or nothing more: the record stays as it is. */
export function unasked(code: string): Outcome {
  return { kind: 'done', result: {}, evidence: evidence(null, null, { code }) };
}

/** A conflict means that it was redacted before, if its words or the record itself say so. */
async function redactedBefore(
  path: string,
  type: string,
  recordId: string,
  conflict: Answered,
  context: ConnectionContext,
): Promise<Outcome> {
  const words = conflict.kind === 'json' ? (readErrors(conflict.json)?.text ?? '') : '';
  if (/already (been )?redacted/.test(words)) return done(conflict, 'persona.redactedBefore');
  const read = await readOne(context, path, type, recordId);
  if (read.kind === 'failed') return read.outcome;
  return read.kind === 'found' && isRedacted(read.found.object)
    ? done(read.answer, 'persona.redactedBefore')
    : attention(conflict, 'persona.redactionRefused');
}

/** Something on the way that lets no DELETE through lets everything else through. */
function filtered(outcome: FailedOutcome): Outcome {
  const { status, isNetworkWide } = outcome.evidence;
  const isOfThisCall =
    outcome.kind === 'pause' && outcome.cause === 'call_it' && status !== null && isNetworkWide !== true;
  return isOfThisCall ? { kind: 'attention', cause: 'call_it', evidence: outcome.evidence } : outcome;
}

/**
 * What speaks of this call alone is a matter for a person, and holds up nothing that must be sent: a key may send documents and not
 * redact. What speaks of the connection as a whole pauses it as after any other call.
 */
export function refusedRedaction(outcome: FailedOutcome): Outcome {
  const { status, message } = outcome.evidence;
  const isOfThisCall =
    outcome.kind === 'attention' ||
    (outcome.kind === 'pause' && status !== 401 && !OF_THE_CONNECTION.has(message.code));
  if (!isOfThisCall) return outcome;
  const isMissing = outcome.kind === 'attention' && status === 404;
  const code = isMissing ? 'persona.redactionMissing' : 'persona.redactionRefused';
  return { ...outcome, kind: 'attention', cause: 'call_it', evidence: { ...outcome.evidence, message: { code } } };
}

const OF_THE_CONNECTION: ReadonlySet<string> = new Set([
  'persona.ipNotPermitted',
  'persona.environmentInactive',
  'persona.quotaUsed',
  'persona.versionRefused',
]);

function attention(reply: Answered, code: string): Outcome {
  return { kind: 'attention', cause: 'call_it', evidence: told(reply, code), ...withRateLimit(reply) };
}

function done(reply: Answered, code: string): Outcome {
  return { kind: 'done', result: {}, evidence: told(reply, code), ...withRateLimit(reply) };
}
