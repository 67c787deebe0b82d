import type { Reply } from '../http.ts';
import { small } from '../planned.ts';
import type { Asked, ConnectionContext, PlanInput, PlannedOperation, RetakeSlot } from '../port.ts';
import { readLink } from './answers.ts';
import { callPersonr } from './client.ts';
import { readEarlier } from './earlier.ts';
import { MAX_CHECKS, PERSONR_FOLLOW } from './payloads.ts';
import { followed, inPersonrsWords } from './plan.ts';
import { missesParameter, refusal } from './refusals.ts';
import { formRequest, type LinkFields } from './requests.ts';
import { isSuccess } from './state.ts';

/**
 * How long a customer is waited for. Whether a link ends by itself is not documented; after this the retake is asked for at the desk
 * again, and a link that is used later still is an attempt.
 */
const LINK_WAIT_MS = 7 * 86_400_000;

/**
 * The customer takes the new pictures by themselves, at a link. Using it submits without a start call and is one of five attempts, so
 * there is only something to follow. Empty where that cannot end well: without an applicant or an attempt left, or without the date of
 * the review before, by which the next one is told. A company's status has no date.
 */
export function planSelfService(input: PlanInput, wanted: readonly RetakeSlot[], nowMs: number): PlannedOperation[] {
  const { applicantId, checks, isDecided, reviewedAtMs } = readEarlier(input.earlier);
  if (applicantId === null || !isDecided || reviewedAtMs === null || checks >= MAX_CHECKS) return [];
  return [
    small(
      'follow',
      PERSONR_FOLLOW,
      {
        applicantId,
        check: checks + 1,
        previousReviewMs: reviewedAtMs,
        documents: followed(input.documents.map(inPersonrsWords)),
        selfService: { untilMs: nowMs + LINK_WAIT_MS, slots: wanted },
      },
      [],
    ),
  ];
}

/**
 * POST /api-verificationlink-create. The table of its documentation calls the field `applicantId`, its sample and Personr's connector
 * `applicant`: that one is sent, and the other when Personr misses it. Making a link changes nothing; a second one is another address
 * for the same customer.
 */
export async function verificationLink(
  earlier: PlanInput['earlier'],
  context: ConnectionContext,
): Promise<Asked<{ url: string }>> {
  const { applicantId } = readEarlier(earlier);
  if (applicantId === null) return { kind: 'refused', message: { code: 'personr.applicantUnknown' } };
  const ask = (fields: LinkFields): Promise<Reply> =>
    callPersonr(context, formRequest('/api-verificationlink-create', fields, applicantId));
  const first = await ask({ applicant: applicantId });
  const reply = first.kind !== 'failed' && missesParameter(first) ? await ask({ applicantId }) : first;
  if (reply.kind === 'failed') return { kind: 'refused', message: reply.outcome.evidence.message };
  const url = isSuccess(reply) ? readLink(reply.json) : null;
  if (url === null) return { kind: 'refused', message: refusal(reply, 'read').evidence.message };
  // A customer is sent nowhere that is less protected than the provider itself.
  return new URL(url).protocol === new URL(context.connection.baseUrl).protocol
    ? { kind: 'answer', url }
    : { kind: 'refused', message: { code: 'personr.linkRefused' } };
}
