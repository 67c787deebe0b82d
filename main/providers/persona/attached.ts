import type { z } from 'zod';
import type { FailedOutcome } from '../http.ts';
import type { Evidence, LookUpOutcome, OperationToPerform, Outcome, PerformContext } from '../port.ts';
import { accountPath } from './account.ts';
import { anyDocumentPath, withRateLimit } from './documents.ts';
import { readOne, told } from './exchange.ts';
import { inquiryOf, inquiryPath, resumeInquiry, somethingMissing } from './inquiry.ts';
import { isListed, isRedacted, relatedTo, textAttribute, type PersonaAnswer, type PersonaObject } from './objects.ts';
import { documentIdsIn } from './made.ts';
import { CreatePayload } from './payloads.ts';
import { likeness } from './record.ts';
import { accountOf } from './reference.ts';
import type { Answered } from './refusals.ts';

/**
 * What an inquiry or an account knows of the documents that belong to it: the look-up that documents of nobody lack. Of an inquiry that is
 * documented, of an account it is not.
 */

/** After a lost answer: one of the inquiry's documents that we do not know yet has our kind and exactly our files, or none has. */
export async function lookUpAttached(operation: OperationToPerform, context: PerformContext): Promise<LookUpOutcome> {
  const payload = CreatePayload.parse(operation.payload);
  const inquiryId = inquiryOf(payload.attachment?.inquiryId ?? null, operation);
  if (inquiryId === null) return { kind: 'failed', outcome: somethingMissing() };
  const read = await readOne(context, `${inquiryPath(inquiryId)}?include=documents`, 'inquiry', inquiryId);
  if (read.kind === 'failed') return { kind: 'failed', outcome: read.outcome };
  return read.kind === 'missing'
    ? { kind: 'cannot_tell', evidence: told(read.answer, 'persona.inquiryMissing') }
    : findAmong(read.answer, read.found, { payload, known: knownIn(operation) }, context);
}

/** The same of the customer's account. One that does not show its documents tells nothing. */
export async function lookUpOfAccount(operation: OperationToPerform, context: PerformContext): Promise<LookUpOutcome> {
  const payload = CreatePayload.parse(operation.payload);
  const accountId = accountOf(payload.owner?.accountId ?? null, operation);
  if (accountId === null) return { kind: 'failed', outcome: somethingMissing() };
  const read = await readOne(context, accountPath(accountId), 'account', accountId);
  if (read.kind === 'failed') return { kind: 'failed', outcome: read.outcome };
  if (read.kind === 'missing') return { kind: 'cannot_tell', evidence: told(read.answer, 'persona.accountGone') };
  return isListed(read.found.object, 'documents')
    ? findAmong(read.answer, read.found, { payload, known: knownIn(operation) }, context)
    : { kind: 'cannot_tell', evidence: told(read.answer, 'persona.accountHidesDocuments') };
}

/** The most that a page of Persona's lists may hold. */
const MOST_LISTED = 100;

const knownIn = ({ finished }: OperationToPerform): ReadonlySet<string> => new Set(documentIdsIn(finished()));

async function findAmong(
  answer: Answered,
  { object: holder, included: shown }: PersonaAnswer,
  { payload, known }: { readonly payload: z.infer<typeof CreatePayload>; readonly known: ReadonlySet<string> },
  context: PerformContext,
): Promise<LookUpOutcome> {
  const listed = relatedTo(holder, 'documents');
  // An account is for years: as many as a list of Persona's may hold are perhaps not all.
  let isHidden = payload.owner !== null && listed.length >= MOST_LISTED;
  for (const { id } of listed) {
    if (known.has(id)) continue;
    const included = shown.find((object) => object.id === id);
    const object = included ?? (await readDocumentObject(id, context));
    if (object === null) return { kind: 'cannot_tell', evidence: told(answer, 'persona.recordNotComparable') };
    // Ours was never submitted, so one that was is of another visit of the same customer.
    if (payload.owner !== null && textAttribute(object, 'status') !== 'initiated') continue;
    const like = await likeness(object, payload, context);
    if (like === 'same') {
      return {
        kind: 'happened',
        outcome: {
          kind: 'done',
          result: { providerDocumentId: id },
          evidence: told(answer, 'persona.attachedFound'),
          ...withRateLimit(answer),
        },
      };
    }
    isHidden ||= like === 'hidden';
  }
  return isHidden
    ? { kind: 'cannot_tell', evidence: told(answer, 'persona.recordNotComparable') }
    : { kind: 'did_not_happen', evidence: told(answer, 'persona.attachedNotThere') };
}

/** Whether an inquiry takes documents now. */
export type Opening =
  | { readonly kind: 'open' }
  /** It had expired, and is open again. */
  | { readonly kind: 'resumed'; readonly answer: Answered }
  /** It takes none any more; `evidence` says why. */
  | { readonly kind: 'closed'; readonly evidence: Evidence; readonly isRecordGone?: true }
  | { readonly kind: 'failed'; readonly outcome: FailedOutcome };

/** Reads the inquiry; one that has only expired is opened again. */
export async function openInquiry(
  inquiryId: string,
  operation: Pick<OperationToPerform, 'idempotencyKey'>,
  context: PerformContext,
): Promise<Opening> {
  const read = await readOne(context, inquiryPath(inquiryId), 'inquiry', inquiryId);
  if (read.kind === 'failed') return read;
  if (read.kind === 'missing') {
    return { kind: 'closed', evidence: told(read.answer, 'persona.inquiryMissing'), isRecordGone: true };
  }
  const { answer, found } = read;
  if (isRedacted(found.object)) return { kind: 'closed', evidence: told(answer, 'persona.recordRedacted') };
  const status = textAttribute(found.object, 'status');
  if (status === 'created' || status === 'pending') return { kind: 'open' };
  if (status !== 'expired') return { kind: 'closed', evidence: told(answer, 'persona.inquiryClosed') };
  const failed = await resumeInquiry(inquiryId, operation.idempotencyKey, context);
  if (failed !== null) return { kind: 'failed', outcome: failed };
  // One that stays expired whatever is answered would be opened again without end.
  const after = await readOne(context, inquiryPath(inquiryId), 'inquiry', inquiryId);
  if (after.kind === 'failed') return after;
  return after.kind === 'found' && textAttribute(after.found.object, 'status') !== 'expired'
    ? { kind: 'resumed', answer: after.answer }
    : { kind: 'closed', evidence: told(after.answer, 'persona.inquiryNotResumed') };
}

/**
 * Persona takes no document for this inquiry. One that has only expired is opened again, and the call goes once more with
 * a fresh key (the refusal is saved under the old one). Null: the inquiry is open, so something else is wrong.
 */
export async function reopened(
  inquiryId: string,
  operation: OperationToPerform,
  context: PerformContext,
): Promise<Outcome | null> {
  const opening = await openInquiry(inquiryId, operation, context);
  if (opening.kind === 'open') return null;
  if (opening.kind === 'failed') return opening.outcome;
  return opening.kind === 'closed'
    ? { ...opening, kind: 'attention', cause: 'call_it' }
    : { kind: 'retry', evidence: told(opening.answer, 'persona.inquiryResumed'), afterMs: 0, freshKey: true };
}

async function readDocumentObject(id: string, context: PerformContext): Promise<PersonaObject | null> {
  const read = await readOne(context, anyDocumentPath(id), 'document', id);
  return read.kind === 'found' ? read.found.object : null;
}
