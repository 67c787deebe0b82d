import { z } from 'zod';
import { evidence } from '../http.ts';
import type { OperationToPerform, RecordAnswer, RecordContext } from '../port.ts';
import { readDocument, requestIdOf, toKebabCase } from './answers.ts';
import { callPersona } from './client.ts';
import { DOCUMENTS } from './documents.ts';
import { fileNameOf } from './operations.ts';
import { CreatePayload } from './payloads.ts';
import { refusal } from './refusals.ts';

const Files = z.object({
  data: z.object({
    attributes: z
      .record(z.string(), z.unknown())
      .transform((attributes) =>
        Object.fromEntries(Object.entries(attributes).map(([name, value]) => [toKebabCase(name), value])),
      )
      .pipe(
        z.object({
          kind: z.string(),
          files: z.array(z.record(z.string(), z.unknown())),
        }),
      ),
  }),
});

/**
 * A person found a document in Persona's dashboard after the answer to its create was lost. It is the one when it was not
 * submitted yet and has our kind and exactly our files, by name and size in bytes. The names are neutral; what tells two
 * customers' documents apart is the size of each file.
 */
export async function compareDocument(
  recordId: string,
  operation: OperationToPerform,
  context: RecordContext,
): Promise<RecordAnswer> {
  const payload = CreatePayload.parse(operation.payload);
  const reply = await callPersona(context, { method: 'GET', path: `${DOCUMENTS}/${encodeURIComponent(recordId)}` });
  if (reply.kind === 'failed') return { kind: 'failed', message: reply.outcome.evidence.message };
  const found = reply.kind === 'json' && reply.status < 300 ? readDocument(reply.json, recordId) : null;
  if (found === null) {
    const { kind, evidence: told } = refusal(reply, 'read');
    return kind === 'attention'
      ? { kind: 'other', message: { code: 'persona.recordMissing' } }
      : { kind: 'failed', message: told.message };
  }
  if (found.status !== 'initiated') return { kind: 'other', message: { code: 'persona.recordSubmitted' } };
  const shown = Files.safeParse(reply.kind === 'json' ? reply.json : null);
  // A key can be told to leave attributes out: then nothing can be compared, and nothing is believed.
  if (!shown.success) return { kind: 'other', message: { code: 'persona.recordNotComparable' } };
  const { kind, files } = shown.data.data.attributes;
  const sent = await Promise.all(
    payload.pageIds.map(async (pageId, index) => {
      const { mediaType, body } = await context.page(pageId);
      return `${fileNameOf(payload, index, mediaType) ?? ''} ${body.byteLength}`;
    }),
  );
  const there = files.map((file) => {
    const named = Object.fromEntries(Object.entries(file).map(([name, value]) => [toKebabCase(name), value]));
    return `${String(named['filename'])} ${String(named['byte-size'])}`;
  });
  if (kind !== payload.kind || there.join('\n') !== sent.join('\n')) {
    return { kind: 'other', message: { code: 'persona.recordOther' } };
  }
  return {
    kind: 'same',
    outcome: {
      kind: 'done',
      result: { providerDocumentId: found.id },
      evidence: evidence(reply.status, requestIdOf(reply), { code: 'persona.recordSame' }),
    },
  };
}
