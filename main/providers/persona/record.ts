import { z } from 'zod';
import type { OperationToPerform, PerformContext, RecordAnswer, RecordContext } from '../port.ts';
import { ReceivedNumber } from '../received.ts';
import { documentPath, isOfGovernmentId } from './documents.ts';
import { readOne, told } from './exchange.ts';
import { fileNameOf } from './files.ts';
import { anyCase, textAttribute, type PersonaObject } from './objects.ts';
import { CreatePayload } from './payloads.ts';

const ShownFile = anyCase.pipe(z.object({ filename: z.string(), 'byte-size': ReceivedNumber }));

/**
 * Whether a document of Persona's is the one that a create would make: our kind and exactly our files, by name and size in
 * bytes. The names are neutral; what tells two customers' documents apart is the size of each file. `hidden`: a key can be
 * told to leave attributes out; then nothing can be compared, and nothing is believed.
 */
export async function likeness(
  object: PersonaObject,
  payload: CreatePayload,
  context: Pick<PerformContext, 'page'>,
): Promise<'same' | 'other' | 'hidden'> {
  const isGovernmentId = isOfGovernmentId(payload);
  if ((object.type === 'document/government-id') !== isGovernmentId) return 'other';
  const { attributes } = object;
  const photos = [attributes['front-photo'], attributes['back-photo']].filter((photo) => photo !== null);
  const shown = z.array(ShownFile).safeParse(isGovernmentId ? photos : attributes['files']);
  if (!shown.success) return 'hidden';
  if (!isGovernmentId && textAttribute(object, 'kind') !== payload.kind) return 'other';
  const sent = await Promise.all(
    payload.pageIds.map(async (pageId, index) => {
      const { mediaType, body } = await context.page(pageId);
      return `${fileNameOf(payload, index, mediaType) ?? ''} ${body.byteLength}`;
    }),
  );
  const there = shown.data.map((file) => `${file.filename} ${file['byte-size']}`);
  return there.join('\n') === sent.join('\n') ? 'same' : 'other';
}

/**
 * A person found a document in Persona's dashboard after the answer to its create was lost. It is the one when it was not
 * submitted yet and is like what was sent.
 */
export async function compareDocument(
  recordId: string,
  operation: OperationToPerform,
  context: RecordContext,
): Promise<RecordAnswer> {
  const payload = CreatePayload.parse(operation.payload);
  const path = documentPath(isOfGovernmentId(payload), recordId);
  const read = await readOne(context, path, 'document', recordId);
  if (read.kind === 'missing') return { kind: 'other', message: { code: 'persona.recordMissing' } };
  if (read.kind === 'failed') {
    const { kind, evidence } = read.outcome;
    return kind === 'attention'
      ? { kind: 'other', message: { code: 'persona.recordMissing' } }
      : { kind: 'failed', message: evidence.message };
  }
  const { object } = read.found;
  if (textAttribute(object, 'status') !== 'initiated') {
    return { kind: 'other', message: { code: 'persona.recordSubmitted' } };
  }
  const like = await likeness(object, payload, context);
  if (like === 'hidden') return { kind: 'other', message: { code: 'persona.recordNotComparable' } };
  if (like === 'other') return { kind: 'other', message: { code: 'persona.recordOther' } };
  return {
    kind: 'same',
    outcome: {
      kind: 'done',
      result: { providerDocumentId: object.id },
      evidence: told(read.answer, 'persona.recordSame'),
    },
  };
}
