import { pollAfterMs } from '../engine/pace.ts';
import { evidence } from '../http.ts';
import type { FinishedOperation, OperationToPerform, Outcome, PerformContext } from '../port.ts';
import { readOwners } from './answers.ts';
import { callPersonr } from './client.ts';
import { CreateResult, OwnerPayload, PERSONR_CREATE } from './payloads.ts';
import { refusal } from './refusals.ts';
import { formRequest } from './requests.ts';
import { applicantOf, applicantUnknown, isSuccess } from './state.ts';

/**
 * POST /api-add-ubo: an owner of the company, who is a customer of its own here and has an applicant of its own there. Waits for that
 * one to be created; until then nothing is sent, and it is looked at again as seldom as a review.
 */
export async function addOwner(operation: OperationToPerform, context: PerformContext): Promise<Outcome> {
  const payload = OwnerPayload.parse(operation.payload);
  const applicantId = applicantOf(payload.applicantId, operation);
  if (applicantId === null) return applicantUnknown();
  const uboApplicantId = applicantIn(operation.finishedOf(payload.ownerSubmissionId));
  if (uboApplicantId === null) {
    const nowMs = context.clock.now();
    const afterMs = pollAfterMs(nowMs - (operation.firstAttemptAt ?? nowMs));
    return { kind: 'again', afterMs, evidence: evidence(null, null, { code: 'personr.ownerAwaited' }) };
  }
  const { position } = payload;
  const reply = await callPersonr(context, {
    ...formRequest('/api-add-ubo', { applicantId, uboApplicantId, position }, operation.idempotencyKey),
    beforeLastByte: context.beforeLastByte,
    onProgress: context.onProgress,
  });
  if (reply.kind === 'failed') return reply.outcome;
  const answer = isSuccess(reply) ? readOwners(reply.json) : null;
  if (answer === null) return refusal(reply, 'owner');
  const say = (code: string) => evidence(reply.status, null, { code });
  if (answer.applicantId !== applicantId) {
    return { kind: 'attention', cause: 'call_it', evidence: say('personr.otherApplicant') };
  }
  // Being listed counts, whatever else it says: an owner who is linked already may come with an error.
  if (answer.ownerIds.includes(uboApplicantId)) {
    return { kind: 'done', result: { applicantId }, evidence: say('personr.ownerAdded') };
  }
  return answer.hasErrors
    ? { kind: 'attention', cause: 'call_it', evidence: say('personr.ownerRefused') }
    : { kind: 'unknown', evidence: say('personr.answerUnreadable') };
}

function applicantIn(operations: readonly FinishedOperation[]): string | null {
  for (const { kind, result } of operations) {
    const created = kind === PERSONR_CREATE ? CreateResult.safeParse(result).data : undefined;
    if (created !== undefined) return created.applicantId;
  }
  return null;
}
