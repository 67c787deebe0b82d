import { PersonaSettings } from '../../../shared/domain/index.ts';
import type { OperationToPerform, Outcome, PerformContext } from '../port.ts';
import { accountPath } from './account.ts';
import { withRateLimit } from './documents.ts';
import { readAll, readOne, told } from './exchange.ts';
import { inquiryIdsIn } from './made.ts';
import { isRedacted, textAttribute } from './objects.ts';
import { RedactPayload } from './payloads.ts';
import { ownReference } from './reference.ts';
import { refusedRedaction, removeRecord, unasked } from './redact.ts';
import type { Answered } from './refusals.ts';

/**
 * DELETE /accounts/{id}, which takes every inquiry, verification and report of the account with it and cannot be undone. So the account
 * is looked at first: it goes when its reference is one of this submission alone, and in no case while an inquiry of somebody else hangs
 * at it. One of the organisation's own reference stays: other visits use it, also ones that leave no inquiry. What stays is said.
 */
export async function redactAccount(operation: OperationToPerform, context: PerformContext): Promise<Outcome> {
  const { recordId } = RedactPayload.parse(operation.payload);
  if (context.connection.redactsWhenPurged !== true) return unasked('persona.redactionOff');
  const { accountsWhenPurged } = PersonaSettings.parse(context.connection.settings);
  if (accountsWhenPurged === 'kept') return unasked('persona.accountKept');
  const path = accountPath(recordId);
  const read = await readOne(context, path, 'account', recordId);
  if (read.kind === 'failed') return refusedRedaction(read.outcome);
  if (read.kind === 'missing') return stays(read.answer, 'persona.accountGone');
  const { object } = read.found;
  if (isRedacted(object)) return stays(read.answer, 'persona.redactedBefore');
  const isOwn = textAttribute(object, 'reference-id') === ownReference(operation);
  if (!isOwn) return stays(read.answer, 'persona.accountShared');
  const inquiries = await readAll(context, '/inquiries', { 'account-id': recordId });
  if (inquiries.kind === 'failed') return refusedRedaction(inquiries.outcome);
  const ours = new Set(inquiryIdsIn(operation.finished()));
  const isShared = inquiries.isCut || inquiries.found.some((inquiry) => !ours.has(inquiry.id) && !isRedacted(inquiry));
  if (isShared) return stays(inquiries.answer, 'persona.accountInUse');
  return removeRecord(path, 'account', recordId, context);
}

function stays(answer: Answered, code: string): Outcome {
  return { kind: 'done', result: {}, evidence: told(answer, code), ...withRateLimit(answer) };
}
