import { z } from 'zod';
import { DocumentType, Flow, Side, slotKey } from '../../shared/domain/index.ts';
import type { Message } from '../../shared/messages/index.ts';
import type { WritableDatabase } from '../database/types.ts';
import {
  OperationState,
  askedFirst,
  cancelForSubmission,
  operationsOfSubmission,
  replaceResult,
} from '../outbox/index.ts';
import type { Operation } from '../outbox/index.ts';
import { isFollow } from '../providers/port.ts';
import type { FinishedOperation, Progress, Provider } from '../providers/port.ts';
import { attentionFor, attentionOff, decide, standing, toInReview, toSent } from '../submissions/index.ts';
import type { Because, By } from '../submissions/index.ts';

const StoredMessage = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
});

/** A decision about one document (or the whole submission), kept in the result of the operation that brought it. */
const FinalProgress = z.discriminatedUnion('state', [
  z.object({ state: z.literal('accepted'), message: StoredMessage }),
  z.object({ state: z.literal('rejected'), message: StoredMessage }),
  z.object({
    state: z.literal('retake'),
    message: StoredMessage,
    slots: z.array(z.object({ requirementId: z.string(), sides: z.array(Side), message: StoredMessage })),
  }),
]);
type FinalProgress = z.infer<typeof FinalProgress>;

/** Where the decision lies inside an operation's result. Providers' schemas never see it: see `withoutProgress`. */
const KEY = '$progress';

/** The result as stored: the provider's, with its final decision beside it. */
export function withProgress(
  result: Readonly<Record<string, unknown>>,
  progress: Progress | undefined,
): Readonly<Record<string, unknown>> {
  return progress === undefined || progress.state === 'in_review' ? result : { ...result, [KEY]: progress };
}

/** The result as the provider adapter gave it. */
export function withoutProgress(result: unknown): unknown {
  if (typeof result !== 'object' || result === null || !(KEY in result)) return result;
  const { [KEY]: _progress, ...rest } = result;
  return rest;
}

/** The finished ones among these operations, as a provider adapter sees them. */
export function finishedAs(operations: readonly Operation[]): FinishedOperation[] {
  return operations
    .filter(({ state }) => state === OperationState.done)
    .map(({ kind, payload, result }) => ({ kind, payload, result: withoutProgress(result) }));
}

function progressOf(operation: Operation): FinalProgress | null {
  if (operation.state !== OperationState.done) return null;
  if (typeof operation.result !== 'object' || operation.result === null || !(KEY in operation.result)) return null;
  const parsed = FinalProgress.safeParse(operation.result[KEY]);
  return parsed.success ? parsed.data : null;
}

/**
 * Moves a submission on after one of its operations was acknowledged, in the same transaction: to `sent` when everything
 * was, to `in_review` when the provider says so, to its decision when every status call has brought one. A document that
 * was refused while others are still waiting calls those off first. Answers whether the submission became `sent`.
 */
export function advance(
  db: WritableDatabase,
  args: {
    submissionId: string;
    provider: Pick<Provider, 'operations'>;
    latest: Progress | undefined;
    because: Because;
    by: By;
  },
): { isSent: boolean } {
  const { submissionId, provider, because, by } = args;
  const before = standing(db, submissionId);
  if (before === null || before.isVoided || before.isPurged) return { isSent: false };
  const operations = operationsOfSubmission(db, submissionId).filter(({ state }) => state !== OperationState.cancelled);
  if (before.isAttention && operations.every(({ state }) => state !== OperationState.attention)) {
    attentionOff(db, submissionId, { message: { code: 'sync.attentionOver' } }, by);
  }
  const calls = operations.filter((operation) => !isFollow(provider, operation.kind));
  const follows = operations.filter((operation) => isFollow(provider, operation.kind));
  let { state } = before;
  let isSent = false;
  if (state === 'sending' && calls.every((call) => call.state === OperationState.done)) {
    const refused = calls.some((call) => isRefusal(progressOf(call)));
    if (!refused) {
      toSent(db, submissionId, by, { isByWord: calls.some(isByWord) });
      state = 'sent';
      isSent = true;
    }
  }
  if (state === 'sent' && args.latest?.state === 'in_review') {
    toInReview(db, submissionId, because, by);
    state = 'in_review';
  }
  if (state === 'sending' && calls.some((call) => isRefusal(progressOf(call)))) {
    // What waits is called off; what may have arrived is resolved first, and brings us here again.
    if (cancelForSubmission(db, { submissionId }).kind === 'cancelled') settleDecision(db, args, operations);
  } else if (
    (state === 'sent' || state === 'in_review') &&
    follows.every((follow) => follow.state === OperationState.done)
  ) {
    settleDecision(db, args, operations);
  }
  return { isSent };
}

/** Of several calls that need a person the row speaks of one: its sentence, and so its cause. */
export function speakOfFirst(db: WritableDatabase, submissionId: string, by: By): void {
  const first = askedFirst(db, submissionId);
  const cause = first?.lastError?.cause;
  if (cause !== undefined) attentionFor(db, submissionId, cause, by);
}

/** A person says that it has arrived; the provider has not confirmed it. */
function isByWord({ result }: Operation): boolean {
  return typeof result === 'object' && result !== null && 'confirmedByPerson' in result;
}

function isRefusal(progress: FinalProgress | null): boolean {
  return progress !== null && progress.state !== 'accepted';
}

/** A rejection wins over retakes, retakes (merged) over acceptance; without any decision nothing moves. */
function settleDecision(
  db: WritableDatabase,
  { submissionId, because, by }: { submissionId: string; because: Because; by: By },
  operations: readonly Operation[],
): void {
  const found = operations.flatMap((operation) => {
    const progress = progressOf(operation);
    return progress === null ? [] : [{ operation, progress }];
  });
  const rejected = found.find(({ progress }) => progress.state === 'rejected');
  if (rejected !== undefined) {
    decide(db, submissionId, { state: 'rejected' }, { ...because, message: rejected.progress.message }, by);
    return;
  }
  const retakes = found.flatMap(({ operation, progress }) =>
    progress.state === 'retake' ? [{ operation, progress }] : [],
  );
  const [firstRetake] = retakes;
  if (firstRetake !== undefined) {
    const slots = retakeSlots(
      db,
      submissionId,
      retakes.flatMap(({ progress }) => progress.slots),
      firstRetake.progress.message,
    );
    decide(db, submissionId, { state: 'retake', slots }, { ...because, message: firstRetake.progress.message }, by);
    // Used up: in the next round only the new documents speak.
    for (const { operation } of retakes) {
      replaceResult(db, { operationId: operation.id, result: withoutProgress(operation.result) });
    }
    return;
  }
  const accepted = found.at(-1);
  if (accepted !== undefined) {
    decide(db, submissionId, { state: 'accepted' }, { ...because, message: accepted.progress.message }, by);
  }
}

/**
 * Which slots to open. A side the document does not have, or no side at all, means all of its sides; a requirement that
 * the flow does not know is left out; when nothing is left, every slot of the submission.
 */
function retakeSlots(
  db: WritableDatabase,
  submissionId: string,
  wanted: readonly { requirementId: string; sides: readonly Side[]; message: Message }[],
  message: Message,
): Record<string, Message> {
  const row = db.get<{ flow: string }>('SELECT flow FROM submissions WHERE id = ?', [submissionId]);
  const flow = Flow.parse(JSON.parse(row?.flow ?? 'null'));
  const chosen = new Map(
    db
      .all<{ requirement_id: string; document_type: string }>(
        'SELECT requirement_id, document_type FROM documents WHERE submission_id = ?',
        [submissionId],
      )
      .map((document) => [document.requirement_id, DocumentType.parse(document.document_type)]),
  );
  const slots: Record<string, Message> = {};
  const open = (requirementId: string, sides: readonly Side[], why: Message): void => {
    const requirement = flow.requirements.find(({ id }) => id === requirementId);
    const type = chosen.get(requirementId);
    const accepted = requirement?.accepts.find(({ documentType }) => documentType === type) ?? requirement?.accepts[0];
    if (accepted === undefined) return;
    const known = sides.filter((side) => accepted.sides.includes(side));
    for (const side of known.length === 0 ? accepted.sides : known) {
      slots[slotKey(requirementId, accepted.documentType, side)] = why;
    }
  };
  for (const slot of wanted) open(slot.requirementId, slot.sides, slot.message);
  if (Object.keys(slots).length === 0) {
    for (const requirementId of chosen.keys()) open(requirementId, [], message);
  }
  return slots;
}
