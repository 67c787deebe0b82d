import { evidence } from '../http.ts';
import type { OperationToPerform, Outcome, PerformContext, RecordAnswer, RecordContext } from '../port.ts';
import { readEntityStatus } from './answers.ts';
import { callPersonr } from './client.ts';
import { SOURCE, createRecord, fieldMissing } from './create.ts';
import { refusal } from './refusals.ts';
import { formRequest } from './requests.ts';
import { isSuccess } from './state.ts';

const NEEDED = ['companyName', 'registrationNumber', 'country'] as const;

/**
 * POST /api-entity-create. Left out are `uboFlow`, `createApplicant` and `applicantFlow`: they let Personr ask the owners itself, and
 * here every owner is a customer of its own, with a flow of its own.
 */
export async function createEntity(operation: OperationToPerform, context: PerformContext): Promise<Outcome> {
  const { companyName, registrationNumber, country } = context.subject();
  const company = { companyName, registrationNumber, country };
  const missing = NEEDED.find((field) => company[field] === '');
  if (missing !== undefined) return fieldMissing(missing);
  return createRecord(operation, context, {
    request: (named) => formRequest('/api-entity-create', { ...company, ...named }, operation.idempotencyKey),
    purpose: 'entity',
    called: { companyName, registrationNumber },
    createdCode: 'personr.entityCreated',
  });
}

const other = (code: string): RecordAnswer => ({ kind: 'other', message: { code } });

/**
 * A person found a company in Personr's dashboard after the answer to its create was lost. Our own reference tells; where the status
 * shows none, it must be untouched and have the same name and number in the register.
 */
export async function compareEntity(
  recordId: string,
  operation: OperationToPerform,
  context: RecordContext,
): Promise<RecordAnswer> {
  const reply = await callPersonr(
    context,
    formRequest('/api-entity-status', { applicantId: recordId }, operation.idempotencyKey),
  );
  if (reply.kind === 'failed') return { kind: 'failed', message: reply.outcome.evidence.message };
  const status = isSuccess(reply) ? readEntityStatus(reply.json) : null;
  if (status === null) {
    const { kind, evidence: told } = refusal(reply, 'read');
    return kind === 'attention'
      ? { kind: 'other', message: { code: 'personr.recordMissing' } }
      : { kind: 'failed', message: told.message };
  }
  const same: RecordAnswer = {
    kind: 'same',
    outcome: {
      kind: 'done',
      result: { applicantId: recordId },
      evidence: evidence(reply.status, null, { code: 'personr.recordSame' }),
    },
  };
  const { externalUserIds, sourceKey, applicantStatus, entityName, registrationNumber } = status;
  if (externalUserIds.includes(operation.idempotencyKey)) return same;
  if (externalUserIds.length > 0 || (sourceKey !== null && sourceKey !== SOURCE)) return other('personr.recordOther');
  if (applicantStatus !== 'Created') return other('personr.recordStarted');
  if (entityName === null || registrationNumber === null) return other('personr.recordNotComparable');
  const subject = context.subject();
  return entityName === subject.companyName && registrationNumber === subject.registrationNumber
    ? same
    : other('personr.recordOther');
}
