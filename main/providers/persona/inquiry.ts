import type { z } from 'zod';
import type { FailedOutcome } from '../http.ts';
import { evidence } from '../http.ts';
import type {
  ConnectionContext,
  LookUpOutcome,
  OperationToPerform,
  Outcome,
  PerformContext,
  RecordAnswer,
  RecordContext,
} from '../port.ts';
import { isAbout } from './answers.ts';
import { callPersona } from './client.ts';
import { withRateLimit } from './documents.ts';
import { isSuccess, readAll, readOne, told } from './exchange.ts';
import { readObject, textAttribute } from './objects.ts';
import { InquiryPayload, InquiryResult, PERSONA_INQUIRY } from './payloads.ts';
import { purposeOf } from './purpose.ts';
import { accountOf, isReferenceChanged } from './reference.ts';
import { refusal, type Answered } from './refusals.ts';
import { bodyOf } from './requests.ts';

type Done = Extract<Outcome, { kind: 'done' }>;

const INQUIRIES = '/inquiries';

export function inquiryPath(inquiryId: string): string {
  return `${INQUIRIES}/${encodeURIComponent(inquiryId)}`;
}

/**
 * POST /inquiries with the flow's template and the customer's account; 201. The note is our own reference: Persona finds
 * inquiries by it (`filter[note]`), so a lost answer is looked up at any age.
 */
export async function createInquiry(operation: OperationToPerform, context: PerformContext): Promise<Outcome> {
  const { templateId, accountId: earlier, tags } = InquiryPayload.parse(operation.payload);
  const accountId = accountOf(earlier, operation);
  if (accountId === null) return somethingMissing();
  if (isReferenceChanged(operation, context)) return referenceChanged();
  const reply = await callPersona(context, {
    method: 'POST',
    path: INQUIRIES,
    body: bodyOf('createInquiry', {
      data: {
        attributes: {
          [templateAttribute(templateId)]: templateId,
          'account-id': accountId,
          note: noteOf(operation),
          ...(tags.length === 0 ? {} : { tags }),
        },
      },
    }),
    idempotencyKey: operation.idempotencyKey,
    beforeLastByte: context.beforeLastByte,
  });
  if (reply.kind === 'failed') return reply.outcome;
  const made = isSuccess(reply) ? readObject(reply.json, 'inquiry') : null;
  if (made !== null) {
    return done({ inquiryId: made.object.id, openedAtMs: context.clock.now() }, reply, 'persona.inquiryCreated');
  }
  return templateRefused(reply) ?? accountRefused(reply) ?? refusal(reply, purposeOf(operation));
}

/** After a lost answer: an inquiry with our note is there, or it is not. */
export async function lookUpInquiry(operation: OperationToPerform, context: PerformContext): Promise<LookUpOutcome> {
  const note = noteOf(operation);
  const list = await readAll(context, INQUIRIES, { note });
  if (list.kind === 'failed') return { kind: 'failed', outcome: list.outcome };
  const ours = list.found.filter((object) => textAttribute(object, 'note') === note);
  const [first] = ours;
  // A key can be told to leave notes out: then nothing is ours, and nothing is not.
  const isUnsure = list.isCut || list.found.some(({ attributes }) => !('note' in attributes));
  if (first === undefined && !isUnsure) {
    return { kind: 'did_not_happen', evidence: told(list.answer, 'persona.inquiryNotThere') };
  }
  return first !== undefined && ours.length === 1
    ? { kind: 'happened', outcome: done({ inquiryId: first.id }, list.answer, 'persona.inquiryFound') }
    : { kind: 'cannot_tell', evidence: told(list.answer, 'persona.askInquiry') };
}

/** A person found the inquiry in the dashboard: it is ours when it has our note. */
export async function compareInquiry(
  recordId: string,
  operation: OperationToPerform,
  context: RecordContext,
): Promise<RecordAnswer> {
  const read = await readOne(context, inquiryPath(recordId), 'inquiry', recordId);
  if (read.kind === 'missing') return { kind: 'other', message: { code: 'persona.recordMissing' } };
  if (read.kind === 'failed') return { kind: 'failed', message: read.outcome.evidence.message };
  const { object } = read.found;
  return textAttribute(object, 'note') === noteOf(operation)
    ? { kind: 'same', outcome: done({ inquiryId: object.id }, read.answer, 'persona.recordSame') }
    : { kind: 'other', message: { code: 'persona.recordOther' } };
}

/**
 * An inquiry that has expired takes nothing; POST …/resume makes it pending again. Repeating it harms nothing (one that is
 * not expired stays as it is), so it needs no record of its own. Null: it is open now; otherwise why it is not.
 */
export async function resumeInquiry(
  inquiryId: string,
  idempotencyKey: string,
  context: ConnectionContext,
): Promise<FailedOutcome | null> {
  const reply = await callPersona(context, {
    method: 'POST',
    path: `${inquiryPath(inquiryId)}/resume`,
    idempotencyKey: `${idempotencyKey}-resume-${context.clock.now()}`,
  });
  if (reply.kind === 'failed') return reply.outcome;
  return isSuccess(reply) || reply.status === 409 ? null : refusal(reply, 'read');
}

/** The inquiry that an operation belongs to: an earlier release's, or the one that was created for it. */
export function inquiryOf(known: string | null, { needed }: Pick<OperationToPerform, 'needed'>): string | null {
  if (known !== null) return known;
  const created = needed.findLast(({ kind }) => kind === PERSONA_INQUIRY);
  return InquiryResult.safeParse(created?.result).data?.inquiryId ?? null;
}

/** The customer's reference was corrected after its account had been used: nothing more goes to that account. */
export function referenceChanged(): Extract<Outcome, { kind: 'attention' }> {
  return {
    kind: 'attention',
    cause: 'correct_data',
    evidence: evidence(null, null, { code: 'persona.referenceChanged' }),
  };
}

/** An earlier operation left no id of Persona's, so there is nothing to go on with. */
export function somethingMissing(): Extract<Outcome, { kind: 'attention' }> {
  return { kind: 'attention', cause: 'call_it', evidence: evidence(null, null, { code: 'persona.documentUnknown' }) };
}

/** Our own id of the operation: the same for every attempt, and nobody's data. */
function noteOf({ id }: OperationToPerform): string {
  return `Satchel ${id}`;
}

/** Each form of a template has an attribute of its own; exactly one may be sent. */
export function templateAttribute(templateId: string): string {
  if (templateId.startsWith('itmplv_')) return 'inquiry-template-version-id';
  return templateId.startsWith('itmpl_') ? 'inquiry-template-id' : 'template-id';
}

/** The template of the flow is not one of this organisation's (or of this environment's): IT corrects the flow. */
export function templateRefused(reply: Answered): Extract<Outcome, { kind: 'attention' }> | null {
  if (reply.kind !== 'json' || ![400, 404, 422].includes(reply.status)) return null;
  return isAbout(reply.json, /template/)
    ? { kind: 'attention', cause: 'call_it', evidence: told(reply, 'persona.templateRefused') }
    : null;
}

/** The account that something was made for is not there any more. It holds up nobody else. */
export function accountRefused(reply: Answered): Extract<Outcome, { kind: 'attention' }> | null {
  if (reply.kind !== 'json' || ![404, 422].includes(reply.status)) return null;
  return isAbout(reply.json, /\baccount\b(?!.type)/)
    ? { kind: 'attention', cause: 'call_it', evidence: told(reply, 'persona.accountMissing') }
    : null;
}

function done(result: z.infer<typeof InquiryResult>, answer: Answered, code: string): Done {
  return { kind: 'done', result, evidence: told(answer, code), ...withRateLimit(answer) };
}
