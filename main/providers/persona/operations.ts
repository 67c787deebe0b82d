import type { Message } from '../../../shared/messages/index.ts';
import { Base64Content, jsonBody } from '../../network/index.ts';
import type { StreamedJson } from '../../network/index.ts';
import { evidence, neutralFileName, unreadablePage } from '../http.ts';
import { PageUnreadable } from '../port.ts';
import type { OperationToPerform, Outcome, PerformContext, Progress } from '../port.ts';
import { requestIdOf } from './answers.ts';
import { callPersona } from './client.ts';
import {
  DOCUMENTS,
  documentUnknown,
  findTarget,
  readState,
  readWanted,
  statusEvidence,
  withRateLimit,
} from './documents.ts';
import { CreatePayload, FollowPayload, PERSONA_SUBMIT, SubmitResult } from './payloads.ts';
import { refusal } from './refusals.ts';
import type { Purpose } from './refusals.ts';

/** POST /document/generics with every page of one document; 201 with status `initiated`. */
export async function createDocument(operation: OperationToPerform, context: PerformContext): Promise<Outcome> {
  const payload = CreatePayload.parse(operation.payload);
  const files = await openFiles(payload, context);
  if (!Array.isArray(files)) return files;
  const reply = await callPersona(context, {
    method: 'POST',
    path: DOCUMENTS,
    body: jsonBody({ data: { attributes: { kind: payload.kind, files } } }),
    idempotencyKey: operation.idempotencyKey,
    beforeLastByte: context.beforeLastByte,
    onProgress: context.onProgress,
  });
  if (reply.kind === 'failed') return reply.outcome;
  const document = readWanted(reply, null);
  if (document === null) return refusal(reply, purposeOf(operation));
  return {
    kind: 'done',
    result: { providerDocumentId: document.id },
    evidence: evidence(reply.status, requestIdOf(reply), {
      code: operation.mayHaveArrived ? 'persona.createdOnce' : 'persona.created',
    }),
    ...withRateLimit(reply),
  };
}

function purposeOf({ mayHaveArrived, lastStatus }: OperationToPerform): Purpose {
  if (!mayHaveArrived) return 'create';
  return lastStatus === 500 ? 'create_failed' : 'create_again';
}

/** GET of the document until it is `processed` or `errored`. A status that is not known means "still in review". */
export async function followDocument(operation: OperationToPerform, context: PerformContext): Promise<Outcome> {
  const payload = FollowPayload.parse(operation.payload);
  const submit = payload.submitted ?? submittedOf(operation, payload.documentId);
  // A person may have confirmed the submit: then only the create knows Persona's id.
  const target = submit ?? findTarget(operation);
  if (target === null) return documentUnknown();
  const found = await readState(target, context);
  if (found.kind === 'failed') return found.outcome;
  const { answer, document } = found;
  const nowMs = context.clock.now();
  const done = (progress: Progress & { message: Message }): Outcome => ({
    kind: 'done',
    result: { documentId: payload.documentId, status: document.status, processedAt: document.processedAt },
    evidence: evidence(answer.status, requestIdOf(answer), progress.message),
    progress,
    ...withRateLimit(answer),
  });
  if (document.status === 'processed') return done({ state: 'accepted', message: { code: 'persona.processed' } });
  if (document.status === 'errored') {
    const message = { code: 'persona.errored' };
    return done({
      state: 'retake',
      message,
      slots: [{ requirementId: payload.requirementId, sides: [], message }],
    });
  }
  return {
    kind: 'again',
    afterMs: pollAfterMs(nowMs - (submit?.submittedAtMs ?? operation.firstAttemptAt ?? nowMs)),
    evidence: statusEvidence(answer, document.status),
    progress: { state: 'in_review' },
    ...withRateLimit(answer),
  };
}

/** Persona usually needs seconds, sometimes days; asking costs one of the 300 calls per minute that everybody shares. */
export function pollAfterMs(ageMs: number): number {
  if (ageMs < 10_000) return 2_000;
  if (ageMs < 60_000) return 5_000;
  if (ageMs < 300_000) return 15_000;
  if (ageMs < 3_600_000) return 60_000;
  if (ageMs < 86_400_000) return 300_000;
  return 900_000;
}

function submittedOf(operation: OperationToPerform, documentId: string): SubmitResult | null {
  for (const { kind, result } of operation.needed) {
    const parsed = kind === PERSONA_SUBMIT ? SubmitResult.safeParse(result) : null;
    if (parsed?.success === true && parsed.data.documentId === documentId) return parsed.data;
  }
  return null;
}

async function openFiles(payload: CreatePayload, context: PerformContext): Promise<StreamedJson[] | Outcome> {
  const files: StreamedJson[] = [];
  for (const [index, pageId] of payload.pageIds.entries()) {
    try {
      const page = await context.page(pageId);
      const filename = fileNameOf(payload, index, page.mediaType);
      if (filename === null) {
        return { kind: 'attention', cause: 'rescan', evidence: evidence(null, null, { code: 'provider.mediaType' }) };
      }
      files.push({ data: new Base64Content(page.body), filename });
    } catch (error) {
      if (error instanceof PageUnreadable) return unreadablePage();
      throw error;
    }
  }
  return files;
}

/** Null: a type that Persona does not take. */
export function fileNameOf({ sides }: CreatePayload, index: number, mediaType: string): string | null {
  const side = sides[index] ?? 'single';
  return neutralFileName(side === 'single' ? `page-${index + 1}` : side, mediaType);
}
