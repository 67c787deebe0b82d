import { evidence } from '../http.ts';
import type { ConnectionContext, OperationToPerform, Outcome, RateLimit } from '../port.ts';
import { rateLimitOf, readDocument, requestIdOf } from './answers.ts';
import type { PersonaDocument } from './answers.ts';
import { callPersona } from './client.ts';
import { CreatePayload, CreateResult, DOCUMENT_CREATES, SubmitPayload } from './payloads.ts';
import { refusal, type Answered } from './refusals.ts';

/** What every call about a document needs: its address, its id, its present state. */

const GENERICS = '/document/generics';
const GOVERNMENT_IDS = '/document/government-ids';

/** Typed paths are singular (`/document/…`); `documentId` null: where they are created. */
export function documentPath(isGovernmentId: boolean, documentId: string | null = null): string {
  const path = isGovernmentId ? GOVERNMENT_IDS : GENERICS;
  return documentId === null ? path : `${path}/${encodeURIComponent(documentId)}`;
}

/** Where a document of any class is read. */
export function anyDocumentPath(documentId: string): string {
  return `/documents/${encodeURIComponent(documentId)}`;
}

export interface Target {
  readonly isGovernmentId: boolean;
  readonly providerDocumentId: string;
  readonly documentId: string;
  readonly requirementId: string;
  readonly pageIds: readonly string[];
}

export function findTarget(operation: Pick<OperationToPerform, 'payload' | 'needed'>): Target | null {
  const { documentId, requirementId, created, isGovernmentId } = SubmitPayload.parse(operation.payload);
  if (created !== null) return { ...created, documentId, requirementId, isGovernmentId };
  for (const needed of operation.needed) {
    if (!DOCUMENT_CREATES.has(needed.kind)) continue;
    const payload = CreatePayload.safeParse(needed.payload);
    const result = CreateResult.safeParse(needed.result);
    if (payload.success && result.success && payload.data.documentId === documentId) {
      return { ...result.data, documentId, requirementId, isGovernmentId, pageIds: payload.data.pageIds };
    }
  }
  return null;
}

export function isOfGovernmentId({ attachment }: Pick<CreatePayload, 'attachment'>): boolean {
  return attachment !== null && attachment.governmentId !== null;
}

export type State =
  | { readonly kind: 'found'; readonly document: PersonaDocument; readonly answer: Answered }
  | { readonly kind: 'failed'; readonly outcome: ReturnType<typeof refusal> };

export async function readState(
  { providerDocumentId, isGovernmentId }: Pick<Target, 'providerDocumentId' | 'isGovernmentId'>,
  context: ConnectionContext,
): Promise<State> {
  const reply = await callPersona(context, { method: 'GET', path: documentPath(isGovernmentId, providerDocumentId) });
  if (reply.kind === 'failed') return { kind: 'failed', outcome: reply.outcome };
  const document = readWanted(reply, providerDocumentId);
  return document === null
    ? { kind: 'failed', outcome: refusal(reply, 'read') }
    : { kind: 'found', document, answer: reply };
}

export function readWanted(reply: Answered, expectedId: string | null): PersonaDocument | null {
  return reply.kind === 'json' && reply.status >= 200 && reply.status < 300
    ? readDocument(reply.json, expectedId)
    : null;
}

/** A status is shown as Persona writes it; anything that is not a plain word is not. */
export function statusEvidence(answer: Answered, status: string): ReturnType<typeof evidence> {
  const isKnown = ['initiated', 'submitted'].includes(status);
  const word = /^[a-z][a-z0-9_-]{0,39}$/i.test(status) ? status : '?';
  return evidence(
    answer.status,
    requestIdOf(answer),
    isKnown ? { code: 'persona.inReview' } : { code: 'persona.statusUnknown', params: { status: word } },
  );
}

/** An earlier operation left no id of Persona's, so there is nothing to submit or to follow. */
export function documentUnknown(): Extract<Outcome, { kind: 'attention' }> {
  return { kind: 'attention', cause: 'call_it', evidence: evidence(null, null, { code: 'persona.documentUnknown' }) };
}

export function unknownAnswer(answer: Answered): Outcome {
  return {
    kind: 'unknown',
    evidence: evidence(answer.status, requestIdOf(answer), { code: 'persona.unavailable' }),
  };
}

export function withRateLimit(answer: Answered): { rateLimit?: RateLimit } {
  const rateLimit = rateLimitOf(answer);
  return rateLimit === null ? {} : { rateLimit };
}
