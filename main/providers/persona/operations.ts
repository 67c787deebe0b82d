import type { Message } from '../../../shared/messages/index.ts';
import { Base64Content, jsonBody } from '../../network/index.ts';
import type { StreamedJson } from '../../network/index.ts';
import { evidence, neutralFileName, unreadablePage } from '../http.ts';
import { PageUnreadable } from '../port.ts';
import type { LookUpOutcome, OperationToPerform, Outcome, PerformContext, Progress, RateLimit } from '../port.ts';
import { rateLimitOf, readDocument, requestIdOf } from './answers.ts';
import type { PersonaDocument } from './answers.ts';
import { callPersona } from './client.ts';
import {
  CreatePayload,
  CreateResult,
  FollowPayload,
  PERSONA_CREATE,
  PERSONA_SUBMIT,
  SubmitPayload,
  SubmitResult,
} from './payloads.ts';
import { refusal, type Answered } from './refusals.ts';

const DOCUMENTS = '/document/generics';
/** Statuses that prove a submit. Any other word proves nothing, also one that is not known yet. */
const AFTER_SUBMIT: readonly string[] = ['submitted', 'processed', 'errored'];

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
  if (document === null) return refusal(reply, 'create', operation.attempt);
  return {
    kind: 'done',
    result: { providerDocumentId: document.id },
    evidence: evidence(reply.status, requestIdOf(reply), { code: 'persona.created' }),
    ...withRateLimit(reply),
  };
}

/** POST /document/generics/{id}/submit, without a body; 200 with status `submitted`. The pages count as delivered now. */
export async function submitDocument(operation: OperationToPerform, context: PerformContext): Promise<Outcome> {
  const target = findTarget(operation);
  if (target === null) return documentUnknown();
  const reply = await callPersona(context, {
    method: 'POST',
    path: `${DOCUMENTS}/${encodeURIComponent(target.providerDocumentId)}/submit`,
    idempotencyKey: operation.idempotencyKey,
    beforeLastByte: context.beforeLastByte,
  });
  if (reply.kind === 'failed') return reply.outcome;
  const answered = readWanted(reply, target.providerDocumentId);
  if (answered !== null) {
    // A success that shows the document as not submitted proves nothing: the document itself is asked.
    return answered.status === 'initiated'
      ? unknownAnswer(reply)
      : submitted(reply, target, context, 'persona.submitted');
  }
  const refused = refusal(reply, 'submit', operation.attempt);
  // These answers are saved under the key and may mean "already done": the document itself says which.
  if (![400, 409, 422, 500].includes(reply.status)) return refused;
  const found = await readState(target, context);
  if (found.kind === 'failed') return found.outcome.kind === 'retry' ? unknownAnswer(reply) : found.outcome;
  if (AFTER_SUBMIT.includes(found.document.status))
    return submitted(found.answer, target, context, 'persona.submitFound');
  if (found.document.status !== 'initiated') {
    return { kind: 'attention', cause: 'call_it', evidence: statusEvidence(found.answer, found.document.status) };
  }
  // Not submitted. A conflict or a failure is over; the key has it saved, so the next attempt needs another one.
  if (refused.kind === 'attention' && (reply.status === 400 || reply.status === 422)) return refused;
  return {
    kind: 'retry',
    evidence: evidence(reply.status, requestIdOf(reply), { code: 'persona.submitDidNotHappen' }),
    freshKey: true,
    ...withRateLimit(found.answer),
  };
}

/** After a lost answer to a submit: the document's own status tells. */
export async function lookUpSubmit(operation: OperationToPerform, context: PerformContext): Promise<LookUpOutcome> {
  const target = findTarget(operation);
  if (target === null) return { kind: 'failed', outcome: documentUnknown() };
  const found = await readState(target, context);
  if (found.kind === 'failed') return { kind: 'failed', outcome: found.outcome };
  const { answer, document } = found;
  if (AFTER_SUBMIT.includes(document.status)) {
    return { kind: 'happened', outcome: submitted(answer, target, context, 'persona.submitFound') };
  }
  return document.status === 'initiated'
    ? {
        kind: 'did_not_happen',
        evidence: evidence(answer.status, requestIdOf(answer), { code: 'persona.submitDidNotHappen' }),
      }
    : { kind: 'cannot_tell', evidence: statusEvidence(answer, document.status) };
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

interface Target {
  readonly providerDocumentId: string;
  readonly documentId: string;
  readonly requirementId: string;
  readonly pageIds: readonly string[];
}

function findTarget(operation: OperationToPerform): Target | null {
  const { documentId, requirementId, created } = SubmitPayload.parse(operation.payload);
  if (created !== null) return { ...created, documentId, requirementId };
  for (const needed of operation.needed) {
    if (needed.kind !== PERSONA_CREATE) continue;
    const payload = CreatePayload.safeParse(needed.payload);
    const result = CreateResult.safeParse(needed.result);
    if (payload.success && result.success && payload.data.documentId === documentId) {
      return { ...result.data, documentId, requirementId, pageIds: payload.data.pageIds };
    }
  }
  return null;
}

function submittedOf(operation: OperationToPerform, documentId: string): SubmitResult | null {
  for (const { kind, result } of operation.needed) {
    const parsed = kind === PERSONA_SUBMIT ? SubmitResult.safeParse(result) : null;
    if (parsed?.success === true && parsed.data.documentId === documentId) return parsed.data;
  }
  return null;
}

type State =
  | { readonly kind: 'found'; readonly document: PersonaDocument; readonly answer: Answered }
  | { readonly kind: 'failed'; readonly outcome: ReturnType<typeof refusal> };

async function readState(target: { providerDocumentId: string }, context: PerformContext): Promise<State> {
  const { providerDocumentId } = target;
  const reply = await callPersona(context, {
    method: 'GET',
    path: `${DOCUMENTS}/${encodeURIComponent(providerDocumentId)}`,
  });
  if (reply.kind === 'failed') return { kind: 'failed', outcome: reply.outcome };
  const document = readWanted(reply, providerDocumentId);
  return document === null
    ? { kind: 'failed', outcome: refusal(reply, 'read', 1) }
    : { kind: 'found', document, answer: reply };
}

function readWanted(reply: Answered, expectedId: string | null): PersonaDocument | null {
  return reply.kind === 'json' && reply.status >= 200 && reply.status < 300
    ? readDocument(reply.json, expectedId)
    : null;
}

function submitted(
  answer: Answered,
  target: Target,
  context: PerformContext,
  code: string,
): Extract<Outcome, { kind: 'done' }> {
  const result: SubmitResult = {
    providerDocumentId: target.providerDocumentId,
    documentId: target.documentId,
    requirementId: target.requirementId,
    submittedAtMs: context.clock.now(),
  };
  return {
    kind: 'done',
    result,
    evidence: evidence(answer.status, requestIdOf(answer), { code }),
    deliveredPageIds: target.pageIds,
    ...withRateLimit(answer),
  };
}

async function openFiles(payload: CreatePayload, context: PerformContext): Promise<StreamedJson[] | Outcome> {
  const files: StreamedJson[] = [];
  for (const [index, pageId] of payload.pageIds.entries()) {
    const side = payload.sides[index] ?? 'single';
    try {
      const page = await context.page(pageId);
      const filename = neutralFileName(side === 'single' ? `page-${index + 1}` : side, page.mediaType);
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

/** A status is shown as Persona writes it; anything that is not a plain word is not. */
function statusEvidence(answer: Answered, status: string): ReturnType<typeof evidence> {
  const isKnown = ['initiated', 'submitted'].includes(status);
  const word = /^[a-z][a-z0-9_-]{0,39}$/i.test(status) ? status : '?';
  return evidence(
    answer.status,
    requestIdOf(answer),
    isKnown ? { code: 'persona.inReview' } : { code: 'persona.statusUnknown', params: { status: word } },
  );
}

/** An earlier operation left no id of Persona's, so there is nothing to submit or to follow. */
function documentUnknown(): Extract<Outcome, { kind: 'attention' }> {
  return { kind: 'attention', cause: 'call_it', evidence: evidence(null, null, { code: 'persona.documentUnknown' }) };
}

function unknownAnswer(answer: Answered): Outcome {
  return {
    kind: 'unknown',
    evidence: evidence(answer.status, requestIdOf(answer), { code: 'persona.unavailable' }),
  };
}

function withRateLimit(answer: Answered): { rateLimit?: RateLimit } {
  const rateLimit = rateLimitOf(answer);
  return rateLimit === null ? {} : { rateLimit };
}
