import { evidence } from '../http.ts';
import type { ConnectionContext, OperationToPerform, Outcome } from '../port.ts';
import { readEntityStatus, readFailure, readStatus } from './answers.ts';
import type { StatusAnswer } from './answers.ts';
import { callPersonr } from './client.ts';
import { CreateResult, PERSONR_CREATE, PERSONR_ENTITY_CREATE } from './payloads.ts';
import { refusal, type Answered } from './refusals.ts';
import { formRequest } from './requests.ts';

/** What every call about an applicant needs: its id, its present state, whether an answer is a success. */

export type Done = Extract<Outcome, { kind: 'done' }>;

/** The payload's (an earlier release made the applicant) or that of the create operation this one needed. */
export function applicantOf(fromPayload: string | null, operation: OperationToPerform): string | null {
  if (fromPayload !== null) return fromPayload;
  for (const { kind, result } of operation.needed) {
    const parsed = isCreate(kind) ? CreateResult.safeParse(result) : null;
    if (parsed?.success === true) return parsed.data.applicantId;
  }
  return null;
}

export function isCreate(kind: string): boolean {
  return kind === PERSONR_CREATE || kind === PERSONR_ENTITY_CREATE;
}

/** Persons and companies have the same kind of id, but a status call of their own. */
export type RecordKind = 'applicant' | 'entity';

type ApplicantState =
  | { readonly kind: 'found'; readonly status: StatusAnswer; readonly answer: Answered }
  | { readonly kind: 'failed'; readonly outcome: ReturnType<typeof refusal> };

/** POST /api-applicant-status, or /api-entity-status. A read, although it is a POST. */
export async function readApplicant(
  applicantId: string,
  seed: string,
  context: ConnectionContext,
  of: RecordKind = 'applicant',
): Promise<ApplicantState> {
  const path = of === 'entity' ? '/api-entity-status' : '/api-applicant-status';
  const reply = await callPersonr(context, formRequest(path, { applicantId }, seed));
  if (reply.kind === 'failed') return { kind: 'failed', outcome: reply.outcome };
  const read = of === 'entity' ? readEntityStatus : readStatus;
  const status = isSuccess(reply) ? read(reply.json) : null;
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
