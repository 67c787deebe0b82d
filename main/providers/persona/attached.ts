import type { LookUpOutcome, OperationToPerform, Outcome, PerformContext } from '../port.ts';
import { withRateLimit } from './documents.ts';
import { readOne, told } from './exchange.ts';
import { inquiryOf, inquiryPath, resumeInquiry, somethingMissing } from './inquiry.ts';
import { relatedTo, textAttribute, type PersonaObject } from './objects.ts';
import { CreatePayload, CreateResult, PERSONA_ATTACH } from './payloads.ts';
import { likeness } from './record.ts';

/** What an inquiry knows of the documents that were attached to it: the look-up that generic documents by themselves lack. */

/** After a lost answer: one of the inquiry's documents that we do not know yet has our kind and exactly our files, or none has. */
export async function lookUpAttached(operation: OperationToPerform, context: PerformContext): Promise<LookUpOutcome> {
  const payload = CreatePayload.parse(operation.payload);
  const inquiryId = inquiryOf(payload.attachment?.inquiryId ?? null, operation);
  if (inquiryId === null) return { kind: 'failed', outcome: somethingMissing() };
  const read = await readOne(context, `${inquiryPath(inquiryId)}?include=documents`, 'inquiry', inquiryId);
  if (read.kind === 'failed') return { kind: 'failed', outcome: read.outcome };
  if (read.kind === 'missing') return { kind: 'cannot_tell', evidence: told(read.answer, 'persona.inquiryMissing') };
  const known = new Set(knownDocuments(operation));
  let isHidden = false;
  for (const { id } of relatedTo(read.found.object, 'documents')) {
    if (known.has(id)) continue;
    const included = read.found.included.find((object) => object.id === id);
    const object = included ?? (await readDocumentObject(id, context));
    if (object === null) return { kind: 'cannot_tell', evidence: told(read.answer, 'persona.recordNotComparable') };
    const like = await likeness(object, payload, context);
    if (like === 'same') {
      return {
        kind: 'happened',
        outcome: {
          kind: 'done',
          result: { providerDocumentId: id },
          evidence: told(read.answer, 'persona.attachedFound'),
          ...withRateLimit(read.answer),
        },
      };
    }
    isHidden ||= like === 'hidden';
  }
  return isHidden
    ? { kind: 'cannot_tell', evidence: told(read.answer, 'persona.recordNotComparable') }
    : { kind: 'did_not_happen', evidence: told(read.answer, 'persona.attachedNotThere') };
}

/**
 * Persona takes no document for this inquiry. One that has only expired is opened again, and the document goes once more with
 * a fresh key (the refusal is saved under the old one). Null: the inquiry is open, so something else is wrong.
 */
export async function reopened(
  inquiryId: string,
  operation: OperationToPerform,
  context: PerformContext,
): Promise<Outcome | null> {
  const read = await readOne(context, inquiryPath(inquiryId), 'inquiry', inquiryId);
  if (read.kind === 'failed') return read.outcome;
  if (read.kind === 'missing') {
    return { kind: 'attention', cause: 'call_it', evidence: told(read.answer, 'persona.inquiryMissing') };
  }
  const status = textAttribute(read.found.object, 'status');
  if (status === 'created' || status === 'pending') return null;
  if (status !== 'expired') {
    return { kind: 'attention', cause: 'call_it', evidence: told(read.answer, 'persona.inquiryClosed') };
  }
  const failed = await resumeInquiry(inquiryId, operation.idempotencyKey, context);
  return failed ?? { kind: 'retry', evidence: told(read.answer, 'persona.inquiryResumed'), afterMs: 0, freshKey: true };
}

function knownDocuments(operation: OperationToPerform): string[] {
  return operation
    .finished()
    .flatMap(({ kind, result }) =>
      kind === PERSONA_ATTACH ? (CreateResult.safeParse(result).data?.providerDocumentId ?? []) : [],
    );
}

async function readDocumentObject(id: string, context: PerformContext): Promise<PersonaObject | null> {
  const read = await readOne(context, `/documents/${encodeURIComponent(id)}`, 'document', id);
  return read.kind === 'found' ? read.found.object : null;
}
