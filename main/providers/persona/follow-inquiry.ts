import type { Message } from '../../../shared/messages/index.ts';
import type { OperationToPerform, Outcome, PerformContext, Progress } from '../port.ts';
import { verdictOf, wantedAgain } from './checks.ts';
import { withRateLimit } from './documents.ts';
import { readOne, told, wordOf } from './exchange.ts';
import { inquiryOf, inquiryPath, somethingMissing } from './inquiry.ts';
import { isRedacted, textAttribute, type PersonaAnswer } from './objects.ts';
import { pollAfterMs } from './operations.ts';
import { InquiryFollowPayload, PERSONA_SUBMIT, SubmitResult, type Watched } from './payloads.ts';
import type { Answered } from './refusals.ts';

type Final = Exclude<Progress, { state: 'in_review' }>;

/** An expired inquiry is resumed by the document that comes for it. */
const TAKES_DOCUMENTS: ReadonlySet<string> = new Set(['created', 'pending', 'expired']);

/** An inquiry with everything in it may still be decided in the dashboard for so long after it has expired. */
const DECIDED_WITHIN_MS = 24 * 3_600_000;
/** When an inquiry expires, as Persona documents it, where it does not say when that was. */
const EXPIRES_AFTER_MS = 24 * 3_600_000;

/**
 * GET /inquiries/{id} with its documents and verifications: one call for the whole customer. A status that is not known
 * means "still in review", never success.
 */
export async function followInquiry(operation: OperationToPerform, context: PerformContext): Promise<Outcome> {
  const payload = InquiryFollowPayload.parse(operation.payload);
  const inquiryId = inquiryOf(payload.inquiryId, operation);
  if (inquiryId === null) return somethingMissing();
  const submits = submitsIn(operation);
  const read = await readOne(
    context,
    `${inquiryPath(inquiryId)}?include=documents,verifications`,
    'inquiry',
    inquiryId,
  );
  if (read.kind === 'failed') return read.outcome;
  if (read.kind === 'missing') {
    return { kind: 'attention', cause: 'call_it', evidence: told(read.answer, 'persona.inquiryMissing') };
  }
  const { answer, found } = read;
  const documents = [
    ...payload.earlier,
    ...submits.map((submit) => ({ ...submit, isGovernmentId: payload.governmentIds.includes(submit.documentId) })),
  ];
  const status = textAttribute(found.object, 'status');
  const decision = decisionOf(status, payload.acceptedWhen, found, documents);
  if (decision !== null) {
    return {
      kind: 'done',
      result: { inquiryId, status, isOver: decision.isOver },
      evidence: told(answer, decision.progress.message.code),
      progress: decision.progress,
      ...withRateLimit(answer),
    };
  }
  if (isRedacted(found.object)) {
    return { kind: 'attention', cause: 'call_it', evidence: told(answer, 'persona.recordRedacted') };
  }
  const nowMs = context.clock.now();
  const submittedMs = Math.max(0, ...submits.map(({ submittedAtMs }) => submittedAtMs));
  const sinceMs = submittedMs === 0 ? (operation.firstAttemptAt ?? nowMs) : submittedMs;
  if (status === 'expired') {
    const expiredMs = Date.parse(textAttribute(found.object, 'expired-at')) || sinceMs + EXPIRES_AFTER_MS;
    if (nowMs - expiredMs >= DECIDED_WITHIN_MS) {
      return { kind: 'attention', cause: 'call_it', evidence: told(answer, 'persona.inquiryUndecided') };
    }
  }
  return {
    kind: 'again',
    afterMs: pollAfterMs(nowMs - sinceMs),
    evidence: waiting(status, answer),
    progress: { state: 'in_review' },
    ...withRateLimit(answer),
  };
}

/** The submits that a follow call needed. */
export function submitsIn({ needed }: Pick<OperationToPerform, 'needed'>): SubmitResult[] {
  return needed.flatMap(({ kind, result }) =>
    kind === PERSONA_SUBMIT ? (SubmitResult.safeParse(result).data ?? []) : [],
  );
}

/** `isOver`: the inquiry takes nothing any more, so that new pages need a new one. Null: not decided yet. */
function decisionOf(
  status: string,
  acceptedWhen: 'approved' | 'completed' | 'processed',
  { included }: PersonaAnswer,
  documents: readonly Watched[],
): { readonly progress: Final; readonly isOver: boolean } | null {
  if (status === 'approved') return accepted('persona.inquiryApproved');
  if (status === 'declined') return rejected();
  if (status === 'completed' && acceptedWhen !== 'approved') return accepted('persona.inquiryCompleted');
  if (status === 'failed') {
    const verdict = verdictOf(included, documents);
    if (verdict.kind === 'private') return rejected();
    // Without a reason every slot opens: whoever knows more from the dashboard voids it instead.
    const progress =
      verdict.kind === 'unclear'
        ? retake({ code: 'persona.inquiryUnclear' }, [])
        : retake({ code: 'persona.inquiryFailed' }, verdict.slots);
    return { progress, isOver: true };
  }
  const stateOf = new Map(included.map((object) => [object.id, textAttribute(object, 'status')]));
  const states = documents.map((document) => ({ document, state: stateOf.get(document.providerDocumentId) ?? '' }));
  const errored = states.filter(({ state }) => state === 'errored');
  const wanted = TAKES_DOCUMENTS.has(status) ? wantedAgain(included, documents) : [];
  if (errored.length > 0 || wanted.length > 0) {
    const message = { code: errored.length > 0 ? 'persona.errored' : 'persona.inquiryWantsAgain' };
    const isNamed = new Set(wanted.map(({ requirementId }) => requirementId));
    const slots = [
      ...wanted,
      ...errored.flatMap(({ document: { requirementId } }) =>
        isNamed.has(requirementId) ? [] : { requirementId, message: { code: 'persona.errored' } },
      ),
    ];
    // One that is closed takes nothing any more.
    return { progress: retake(message, slots), isOver: !TAKES_DOCUMENTS.has(status) };
  }
  const isProcessed = states.length > 0 && states.every(({ state }) => state === 'processed');
  return acceptedWhen === 'processed' && isProcessed ? accepted('persona.processed') : null;
}

function accepted(code: string): { readonly progress: Final; readonly isOver: boolean } {
  return { progress: { state: 'accepted', message: { code } }, isOver: true };
}

/** Why is the organisation's or Persona's own matter: nothing of it reaches the counter. */
function rejected(): { readonly progress: Final; readonly isOver: boolean } {
  return { progress: { state: 'rejected', message: { code: 'persona.inquiryDeclined' } }, isOver: true };
}

function retake(message: Message, slots: readonly { requirementId: string; message: Message }[]): Final {
  return { state: 'retake', message, slots: slots.map((slot) => ({ ...slot, sides: [] })) };
}

/** What the desk is told meanwhile. */
function waiting(status: string, answer: Answered): ReturnType<typeof told> {
  if (['created', 'pending', 'completed'].includes(status)) return told(answer, 'persona.inReview');
  if (status === 'needs_review') return told(answer, 'persona.inquiryNeedsReview');
  if (status === 'expired') return told(answer, 'persona.inquiryExpired');
  return told(answer, 'persona.statusUnknown', { status: wordOf(status) });
}
