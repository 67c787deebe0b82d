import type { SubjectField } from '../../../shared/domain/index.ts';
import type { Asked, PlanInput, RecordAtProvider, RecordContext } from '../port.ts';
import { readDetails } from './answers.ts';
import { callPersonr } from './client.ts';
import { readEarlier } from './earlier.ts';
import { refusal } from './refusals.ts';
import { formRequest } from './requests.ts';
import { isSuccess } from './state.ts';

/** POST /api-applicant-details: how an applicant stands at Personr, and in what it differs from the customer here. */
export async function recordAtPersonr(
  earlier: PlanInput['earlier'],
  context: RecordContext,
): Promise<Asked<RecordAtProvider>> {
  const { applicantId } = readEarlier(earlier);
  if (applicantId === null) return { kind: 'refused', message: { code: 'personr.applicantUnknown' } };
  const reply = await callPersonr(context, formRequest('/api-applicant-details', { applicantId }, applicantId));
  if (reply.kind === 'failed') return { kind: 'refused', message: reply.outcome.evidence.message };
  const details = isSuccess(reply) ? readDetails(reply.json) : null;
  if (details === null) return { kind: 'refused', message: refusal(reply, 'read').evidence.message };
  const subject = context.subject();
  const there: readonly (readonly [SubjectField, string | null])[] = [
    ['email', details.email],
    ['phone', details.phone],
    ['givenName', details.nameFirst],
    ['familyName', details.nameLast],
  ];
  const differing = there.filter(([field, value]) => value !== null && plain(value) !== plain(subject[field]));
  return {
    kind: 'answer',
    recordId: applicantId,
    status: details.status,
    flow: details.flowName,
    differing: differing.map(([field]) => field),
  };
}

/** A dashboard may show a number with spaces and dashes, and an address in other letters. */
export function plain(text: string): string {
  return text.replaceAll(/[\s()/-]/g, '').toLowerCase();
}
