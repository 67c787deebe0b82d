import type { Message } from '../../../shared/messages/index.ts';
import type { Asked, ConnectionContext, KeptDocument, PlanInput } from '../port.ts';
import { readKept } from './answers.ts';
import { callPersonr } from './client.ts';
import { readEarlier } from './earlier.ts';
import { PERSONR_ENTITY_CREATE } from './payloads.ts';
import { refusal, type Answered } from './refusals.ts';
import { formRequest } from './requests.ts';
import { isSuccess, readApplicant } from './state.ts';
import { isNotThere } from './token.ts';

/** The size of this answer has no documented limit: every image of a customer, as base64, in one JSON. */
const MAX_DOWNLOAD_BYTES = 256 * 1024 * 1024;

/** The second also tells numbers and dates of expiry, which nobody needs here; its documentation's own sample calls the first. */
const PATHS = ['/api-document-download', '/api-document-download-information'] as const;

/** What Personr keeps of a customer's documents once the check is over. Nothing of it is stored. */
export async function keptDocuments(
  earlier: PlanInput['earlier'],
  context: ConnectionContext,
): Promise<Asked<{ documents: KeptDocument[] }>> {
  const { applicantId } = readEarlier(earlier);
  if (applicantId === null) return { kind: 'refused', message: { code: 'personr.applicantUnknown' } };
  let answer: Answered | null = null;
  for (const path of PATHS) {
    const request = formRequest(path, { applicantId }, applicantId);
    const reply = await callPersonr(context, { ...request, maxResponseBytes: MAX_DOWNLOAD_BYTES });
    if (reply.kind === 'failed') return { kind: 'refused', message: reply.outcome.evidence.message };
    answer = reply;
    if (!isNotThere(reply)) break;
  }
  const kept = answer !== null && isSuccess(answer) ? readKept(answer.json) : null;
  if (kept !== null && kept.images.length > 0) return { kind: 'answer', documents: labelled(kept) };
  if (kept !== null) return { kind: 'refused', message: await whyNothing(applicantId, earlier, context) };
  const message = answer === null ? { code: 'personr.wrongAddress' } : refusal(answer, 'read').evidence.message;
  return { kind: 'refused', message: message.code === 'personr.notRun' ? { code: 'personr.keptTooEarly' } : message };
}

/** What an empty answer means: it comes before the end of a check as well. */
async function whyNothing(
  applicantId: string,
  earlier: PlanInput['earlier'],
  context: ConnectionContext,
): Promise<Message> {
  const isEntity = earlier.some(({ kind }) => kind === PERSONR_ENTITY_CREATE);
  const found = await readApplicant(applicantId, applicantId, context, isEntity ? 'entity' : 'applicant');
  if (found.kind === 'failed') return found.outcome.evidence.message;
  return { code: found.status.applicantStatus === 'Reviewed' ? 'personr.keptNothing' : 'personr.keptTooEarly' };
}

/**
 * Two arrays side by side, of which one may name a document once and the other have both of its sides. Only arrays of the same length
 * belong together; otherwise no image gets a name, because a wrong one is worse than none. Sides are never told.
 */
function labelled({ types, images }: { types: readonly string[]; images: readonly string[] }): KeptDocument[] {
  const isParallel = types.length === images.length;
  return images.map((image, index) => ({
    providerType: isParallel ? (types[index] ?? null) : null,
    bytes: Buffer.from(image.replace(/^data:[^,]*,/, ''), 'base64'),
  }));
}
