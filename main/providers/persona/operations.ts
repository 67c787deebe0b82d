import type { Message } from '../../../shared/messages/index.ts';
import type { HttpBody } from '../../network/index.ts';
import { evidence } from '../http.ts';
import type { OperationToPerform, Outcome, PerformContext, Progress } from '../port.ts';
import { requestIdOf } from './answers.ts';
import { reopened } from './attached.ts';
import { callPersona } from './client.ts';
import {
  documentPath,
  documentUnknown,
  findTarget,
  isOfGovernmentId,
  readState,
  readWanted,
  statusEvidence,
  withRateLimit,
} from './documents.ts';
import { updatedInstead } from './document-update.ts';
import { told } from './exchange.ts';
import { openPages, photoProblem, type OpenedPage } from './files.ts';
import { accountRefused, inquiryOf, referenceChanged, somethingMissing } from './inquiry.ts';
import { CreatePayload, FollowPayload, PERSONA_SUBMIT, SubmitResult } from './payloads.ts';
import { purposeOf } from './purpose.ts';
import { accountOf, isReferenceChanged } from './reference.ts';
import { refusal } from './refusals.ts';
import { bodyOf } from './requests.ts';

/**
 * POST /document/generics, or /document/government-ids with the country (alpha-2) and a photo per side; 201 with status
 * `initiated`. Every page of one document in one request, with the inquiry or the account that it belongs to. Nothing is sent where the update
 * of an earlier document has taken the pages.
 */
export async function createDocument(operation: OperationToPerform, context: PerformContext): Promise<Outcome> {
  const payload = CreatePayload.parse(operation.payload);
  const { attachment, owner } = payload;
  const inquiryId = attachment === null ? null : inquiryOf(attachment.inquiryId, operation);
  if (attachment !== null && inquiryId === null) return somethingMissing();
  const accountId = owner === null ? null : accountOf(owner.accountId, operation);
  if (owner !== null && accountId === null) return somethingMissing();
  const updated = updatedInstead(operation, payload.documentId);
  if (updated !== null) return updated;
  const isOfCustomer = attachment !== null || owner !== null;
  if (isOfCustomer && isReferenceChanged(operation, context)) return referenceChanged();
  const pages = await openPages(payload, context);
  if (!Array.isArray(pages)) return pages;
  const problem = attachment === null ? null : photoProblem(attachment.governmentId, pages);
  if (problem !== null) return problem;
  const reply = await callPersona(context, {
    method: 'POST',
    path: documentPath(isOfGovernmentId(payload)),
    body: bodyOfDocument(payload, { inquiryId, accountId }, pages),
    idempotencyKey: operation.idempotencyKey,
    beforeLastByte: context.beforeLastByte,
    onProgress: context.onProgress,
  });
  if (reply.kind === 'failed') return reply.outcome;
  const document = readWanted(reply, null);
  if (document === null) {
    const isClosed = inquiryId !== null && [404, 409, 422].includes(reply.status);
    return (
      (isClosed ? await reopened(inquiryId, operation, context) : null) ??
      (accountId === null ? null : accountRefused(reply)) ??
      refusal(reply, purposeOf(operation), true)
    );
  }
  return {
    kind: 'done',
    result: { providerDocumentId: document.id },
    evidence: told(reply, operation.mayHaveArrived ? 'persona.createdOnce' : 'persona.created'),
    ...withRateLimit(reply),
  };
}

function bodyOfDocument(
  { kind, attachment }: CreatePayload,
  { inquiryId, accountId }: { readonly inquiryId: string | null; readonly accountId: string | null },
  pages: readonly OpenedPage[],
): HttpBody {
  const governmentId = attachment?.governmentId ?? null;
  if (governmentId === null) {
    const belongs = {
      ...(inquiryId === null ? {} : { 'inquiry-id': inquiryId }),
      ...(accountId === null ? {} : { 'account-id': accountId }),
    };
    const files = pages.map(({ file }) => file);
    return bodyOf('createGeneric', { data: { attributes: { kind, ...belongs, files } } });
  }
  // A government id without an inquiry was turned away before.
  if (inquiryId === null) throw new TypeError('a government id belongs to an inquiry');
  const { country, idClass } = governmentId;
  const front = pages.filter(({ side }) => side !== 'back').map(({ file }) => file);
  const back = pages.filter(({ side }) => side === 'back').map(({ file }) => file);
  const attributes = {
    'inquiry-id': inquiryId,
    'country-code': country,
    ...(idClass === null ? {} : { 'selected-id-class': idClass }),
    ...(front.length === 0 ? {} : { 'front-photo': { data: front } }),
    ...(back.length === 0 ? {} : { 'back-photo': { data: back } }),
  };
  return bodyOf('createGovernmentId', { data: { attributes } });
}

/** GET of the document until it is `processed` or `errored`. A status that is not known means "still in review". */
export async function followDocument(operation: OperationToPerform, context: PerformContext): Promise<Outcome> {
  const payload = FollowPayload.parse(operation.payload);
  const submit = payload.submitted ?? submittedOf(operation, payload.documentId);
  // A person may have confirmed the submit: then only the create knows Persona's id.
  const target = submit === null ? findTarget(operation) : { ...submit, isGovernmentId: payload.isGovernmentId };
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

export function submittedOf({ needed }: Pick<OperationToPerform, 'needed'>, documentId: string): SubmitResult | null {
  for (const { kind, result } of needed) {
    const parsed = kind === PERSONA_SUBMIT ? SubmitResult.safeParse(result) : null;
    if (parsed?.success === true && parsed.data.documentId === documentId) return parsed.data;
  }
  return null;
}
