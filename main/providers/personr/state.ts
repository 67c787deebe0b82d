import { evidence } from '../http.ts';
import type { ConnectionContext, OperationToPerform, Outcome } from '../port.ts';
import { readFailure, readStatus } from './answers.ts';
import type { StatusAnswer } from './answers.ts';
import { callPersonr, form } from './client.ts';
import { CreateResult, PERSONR_CREATE } from './payloads.ts';
import { refusal, type Answered } from './refusals.ts';

/** What every call about an applicant needs: its id, its present state, whether an answer is a success. */

export type Done = Extract<Outcome, { kind: 'done' }>;

/** The payload's (an earlier release made the applicant) or that of the create operation this one needed. */
export function applicantOf(fromPayload: string | null, operation: OperationToPerform): string | null {
  if (fromPayload !== null) return fromPayload;
  for (const { kind, result } of operation.needed) {
    const parsed = kind === PERSONR_CREATE ? CreateResult.safeParse(result) : null;
    if (parsed?.success === true) return parsed.data.applicantId;
  }
  return null;
}

type ApplicantState =
  | { readonly kind: 'found'; readonly status: StatusAnswer; readonly answer: Answered }
  | { readonly kind: 'failed'; readonly outcome: ReturnType<typeof refusal> };

/** POST /api-applicant-status. A read, although it is a POST. */
export async function readApplicant(
  applicantId: string,
  seed: string,
  context: ConnectionContext,
): Promise<ApplicantState> {
  const reply = await callPersonr(context, {
    path: '/api-applicant-status',
    ...form([['applicantId', applicantId]], seed),
  });
  if (reply.kind === 'failed') return { kind: 'failed', outcome: reply.outcome };
  const status = isSuccess(reply) ? readStatus(reply.json) : null;
  return status === null
    ? { kind: 'failed', outcome: refusal(reply, 'read') }
    : { kind: 'found', status, answer: reply };
}

export function isSuccess(reply: Answered): reply is Answered & { kind: 'json' } {
  return reply.kind === 'json' && reply.status < 300 && readFailure(reply.status, reply.json) === null;
}

/** An earlier operation left no applicant id, so there is nobody to upload for. */
export function applicantUnknown(): Extract<Outcome, { kind: 'attention' }> {
  return { kind: 'attention', cause: 'call_it', evidence: evidence(null, null, { code: 'personr.applicantUnknown' }) };
}
