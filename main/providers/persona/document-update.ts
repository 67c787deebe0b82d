import type { Confirmed, LookUpOutcome, OperationToPerform, Outcome, PerformContext } from '../port.ts';
import { evidence } from '../http.ts';
import { callPersona } from './client.ts';
import { documentPath, withRateLimit } from './documents.ts';
import { isSuccess, readOne, told } from './exchange.ts';
import { openPages } from './files.ts';
import { referenceChanged } from './inquiry.ts';
import { readObject, textAttribute, type PersonaObject } from './objects.ts';
import { PERSONA_UPDATE, UpdatePayload, UpdateResult } from './payloads.ts';
import { likeness } from './record.ts';
import { isReferenceChanged } from './reference.ts';
import { isStale, refusal, type Answered } from './refusals.ts';
import { bodyOf } from './requests.ts';

type Done = Extract<Outcome, { kind: 'done' }>;

/**
 * PATCH /document/generics/{id}, 200: a document that an earlier release created and never submitted gets the pages of this one, so that no
 * copy of the earlier ones stays behind. Persona allows it while the document is `initiated`. Whether `files` replaces or joins what is there
 * is not documented, so the document is used only when it shows exactly these files; otherwise the create that follows makes another one, and
 * this one is never submitted. Whether PATCH honours an idempotency key is not documented either: none is sent, and a repeat is judged by
 * the same comparison.
 */
export async function updateDocument(operation: OperationToPerform, context: PerformContext): Promise<Outcome> {
  const payload = UpdatePayload.parse(operation.payload);
  const { providerDocumentId, kind, attachment, owner } = payload;
  if ((attachment !== null || owner !== null) && isReferenceChanged(operation, context)) return referenceChanged();
  const pages = await openPages(payload, context);
  if (!Array.isArray(pages)) return pages;
  const reply = await callPersona(context, {
    method: 'PATCH',
    path: documentPath(false, providerDocumentId),
    body: bodyOf('updateGeneric', { data: { attributes: { kind, files: pages.map(({ file }) => file) } } }),
    beforeLastByte: context.beforeLastByte,
    onProgress: context.onProgress,
  });
  if (reply.kind === 'failed') return reply.outcome;
  const shown = isSuccess(reply) ? readObject(reply.json, 'document', providerDocumentId) : null;
  if (shown === null) return refused(reply, operation);
  return (await isExactly(shown.object, payload, context))
    ? settled(reply, providerDocumentId, 'persona.documentUpdated')
    : settled(reply, null, 'persona.documentNotExact');
}

/** After a lost answer: the document shows exactly these files, or they go once more. */
export async function lookUpDocumentUpdate(
  operation: OperationToPerform,
  context: PerformContext,
): Promise<LookUpOutcome> {
  const payload = UpdatePayload.parse(operation.payload);
  const { providerDocumentId } = payload;
  const read = await readOne(context, documentPath(false, providerDocumentId), 'document', providerDocumentId);
  if (read.kind === 'failed') return { kind: 'failed', outcome: read.outcome };
  return read.kind === 'found' && (await isExactly(read.found.object, payload, context))
    ? { kind: 'happened', outcome: settled(read.answer, providerDocumentId, 'persona.documentUpdateFound') }
    : { kind: 'did_not_happen', evidence: told(read.answer, 'persona.documentNotUpdated') };
}

/** A person saw these pages, and no others, in the document in Persona's dashboard. */
export function confirmedDocumentUpdate(operation: OperationToPerform): Confirmed {
  const { providerDocumentId } = UpdatePayload.parse(operation.payload);
  return { result: { providerDocumentId }, deliveredPageIds: [] };
}

/** The document that this create need not make: an earlier one has its pages now. Null: there was none, or Persona did not take them. */
export function updatedInstead({ needed }: Pick<OperationToPerform, 'needed'>, documentId: string): Done | null {
  for (const { kind, payload, result } of needed) {
    if (kind !== PERSONA_UPDATE || UpdatePayload.safeParse(payload).data?.documentId !== documentId) continue;
    const providerDocumentId = UpdateResult.safeParse(result).data?.providerDocumentId ?? null;
    if (providerDocumentId === null) continue;
    const proof = evidence(null, null, { code: 'persona.updatedInstead' });
    return { kind: 'done', result: { providerDocumentId }, evidence: proof };
  }
  return null;
}

/** Somebody may have submitted it in the dashboard, and a key may leave files out: then nothing is proved. */
async function isExactly(object: PersonaObject, payload: UpdatePayload, context: PerformContext): Promise<boolean> {
  return textAttribute(object, 'status') === 'initiated' && (await likeness(object, payload, context)) === 'same';
}

/** What speaks of the pages or of the connection is told as after a create; every other refusal leaves the document as it is. */
function refused(reply: Answered, operation: OperationToPerform): Outcome {
  const outcome = refusal(reply, 'submit', true);
  if (reply.status === 409) {
    // Once: the create that follows needs no more patience than that.
    return isStale(reply) && operation.lastStatus !== 409
      ? { kind: 'retry', evidence: told(reply, 'persona.conflict'), ...withRateLimit(reply) }
      : settled(reply, null, 'persona.documentNotTaken');
  }
  const isOfDocument =
    (outcome.kind === 'attention' && outcome.cause !== 'rescan') ||
    (outcome.kind === 'pause' && WITHDRAWN.has(outcome.evidence.message.code));
  return isOfDocument ? settled(reply, null, 'persona.documentNotTaken') : outcome;
}

/** Changing documents may be withdrawn before creating them is; what becomes of that, the create finds out. */
const WITHDRAWN: ReadonlySet<string> = new Set(['persona.withdrawn', 'persona.wrongAddress', 'persona.writeForbidden']);

/** `providerDocumentId` null: the create that follows makes another document. */
function settled(answer: Answered, providerDocumentId: string | null, code: string): Done {
  return { kind: 'done', result: { providerDocumentId }, evidence: told(answer, code), ...withRateLimit(answer) };
}
