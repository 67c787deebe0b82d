import type { Subject } from '../../../shared/domain/index.ts';
import { evidence } from '../http.ts';
import type { OperationToPerform, Outcome, PerformContext, RecordAnswer, RecordContext } from '../port.ts';
import { readDetails } from './answers.ts';
import { callPersonr } from './client.ts';
import { SOURCE, createRecord, currentFlowName, fieldMissing } from './create.ts';
import { plain } from './details.ts';
import { CreatePayload } from './payloads.ts';
import { formRequest } from './requests.ts';
import { isSuccess, readApplicant } from './state.ts';

/** POST /api-applicant-create. */
export async function createApplicant(operation: OperationToPerform, context: PerformContext): Promise<Outcome> {
  const subject = context.subject();
  const missing = missingField(subject);
  if (missing !== null) return fieldMissing(missing);
  const { email, phone, givenName, familyName } = subject;
  const fields = {
    email,
    phone,
    ...(givenName === '' ? {} : { nameFirst: givenName }),
    ...(familyName === '' ? {} : { nameLast: familyName }),
  };
  return createRecord(operation, context, {
    request: (named) => formRequest('/api-applicant-create', { ...fields, ...named }, operation.idempotencyKey),
    purpose: 'create',
    called: { nameFirst: givenName, nameLast: familyName },
    createdCode: 'personr.created',
  });
}

function missingField(subject: Subject): 'email' | 'phone' | null {
  if (subject.email === '') return 'email';
  return subject.phone === '' ? 'phone' : null;
}

/**
 * A person found an applicant in Personr's dashboard after the answer to its create was lost. Its own reference tells: every
 * create sends one of its own (`externalUserId`), and the status gives it back. Where it does not, the applicant must be
 * untouched and have the customer's e-mail address and phone number; where that cannot be read either, it is not believed:
 * another customer's record would be worse than a question.
 */
export async function compareApplicant(
  recordId: string,
  operation: OperationToPerform,
  context: RecordContext,
): Promise<RecordAnswer> {
  const found = await readApplicant(recordId, operation.idempotencyKey, context);
  if (found.kind === 'failed') {
    const { kind, evidence: told } = found.outcome;
    return kind === 'attention'
      ? { kind: 'other', message: { code: 'personr.recordMissing' } }
      : { kind: 'failed', message: told.message };
  }
  const { applicantStatus, sourceKey, externalUserIds } = found.status;
  const same: RecordAnswer = {
    kind: 'same',
    outcome: {
      kind: 'done',
      result: { applicantId: recordId },
      evidence: evidence(found.answer.status, null, { code: 'personr.recordSame' }),
    },
  };
  const other: RecordAnswer = { kind: 'other', message: { code: 'personr.recordOther' } };
  if (externalUserIds.includes(operation.idempotencyKey)) return same;
  if (externalUserIds.length > 0 || (sourceKey !== null && sourceKey !== SOURCE)) return other;
  if (applicantStatus !== 'Created') return { kind: 'other', message: { code: 'personr.recordStarted' } };
  const reply = await callPersonr(
    context,
    formRequest('/api-applicant-details', { applicantId: recordId }, operation.idempotencyKey),
  );
  if (reply.kind === 'failed') return { kind: 'failed', message: reply.outcome.evidence.message };
  const details = isSuccess(reply) ? readDetails(reply.json) : null;
  const { email = null, phone = null, flowName = null } = details ?? {};
  if (email === null || phone === null) return { kind: 'other', message: { code: 'personr.recordNotComparable' } };
  const subject = context.subject();
  const payload = CreatePayload.parse(operation.payload);
  const isSameFlow =
    flowName === null || flowName === payload.flowName || flowName === currentFlowName(operation, context);
  const isSame = plain(email) === plain(subject.email) && plain(phone) === plain(subject.phone) && isSameFlow;
  return isSame ? same : other;
}
