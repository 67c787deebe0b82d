import type { z } from 'zod';
import type { ConnectionContext, OperationToPerform, Outcome, PerformContext, Progress } from '../port.ts';
import type { FailedOutcome } from '../http.ts';
import { verdictOfTransaction } from './checks.ts';
import { withRateLimit } from './documents.ts';
import { readOne, told, wordOf } from './exchange.ts';
import { somethingMissing } from './inquiry.ts';
import { isRedacted, relatedTo, textAttribute, type PersonaObject } from './objects.ts';
import { pollAfterMs } from './operations.ts';
import { PERSONA_TRANSACTION, TransactionFollowPayload, TransactionResult } from './payloads.ts';
import type { Answered } from './refusals.ts';
import { transactionPath } from './transaction.ts';

type Decision = Exclude<Progress, { state: 'in_review' }>;

/**
 * GET /transactions/{id} until its status is a decision. Statuses are the transaction type's own; `created` and `needs review` are
 * what Persona begins with, and every word that the flow does not name means "still in review".
 */
export async function followTransaction(operation: OperationToPerform, context: PerformContext): Promise<Outcome> {
  const payload = TransactionFollowPayload.parse(operation.payload);
  const made = payload.made ?? transactionIn(operation.needed);
  if (made === null) return somethingMissing();
  const { transactionId, createdAtMs } = made;
  const read = await readOne(context, transactionPath(transactionId), 'transaction', transactionId);
  if (read.kind === 'failed') return read.outcome;
  if (read.kind === 'missing') {
    return { kind: 'attention', cause: 'call_it', evidence: told(read.answer, 'persona.transactionMissing') };
  }
  const { answer, found } = read;
  const status = textAttribute(found.object, 'status');
  const decision = await decisionOf(found.object, payload, context);
  if (decision?.kind === 'failed') return decision.outcome;
  if (decision !== null) {
    return {
      kind: 'done',
      result: { transactionId, status },
      evidence: told(answer, decision.progress.message.code),
      progress: decision.progress,
      ...withRateLimit(answer),
    };
  }
  if (isRedacted(found.object)) {
    return { kind: 'attention', cause: 'call_it', evidence: told(answer, 'persona.recordRedacted') };
  }
  return {
    kind: 'again',
    afterMs: pollAfterMs(context.clock.now() - createdAtMs),
    evidence: waiting(status, answer),
    progress: { state: 'in_review' },
    ...withRateLimit(answer),
  };
}

/** The transaction that was made for an operation, by what it needed. Null: none was. */
export function transactionIn(needed: OperationToPerform['needed']): z.infer<typeof TransactionResult> | null {
  const created = needed.findLast(({ kind }) => kind === PERSONA_TRANSACTION);
  return TransactionResult.safeParse(created?.result).data ?? null;
}

type Decided = { readonly kind: 'decided'; readonly progress: Decision };
type Failed = { readonly kind: 'failed'; readonly outcome: FailedOutcome };

/** Null: it is not decided yet. */
async function decisionOf(
  transaction: PersonaObject,
  payload: TransactionFollowPayload,
  context: PerformContext,
): Promise<Decided | Failed | null> {
  const status = textAttribute(transaction, 'status');
  if (status === 'approved') {
    return decided({ state: 'accepted', message: { code: 'persona.transactionApproved' } });
  }
  const isWanted = payload.retakeStatus !== '' && status === payload.retakeStatus;
  if (status !== 'declined' && !isWanted) return null;
  // What somebody has decided in the dashboard is final, whatever a check says beside it. A report may be the reason, and none is read.
  const mayMend = payload.declined === 'checks' && isOfWorkflow(transaction) && !hasReports(transaction);
  const isFinal = !isWanted && !mayMend;
  if (isFinal) return decided(REJECTED);
  const verifications = await readVerifications(transaction, context);
  if (verifications.kind === 'failed') return verifications;
  const verdict = verifications.isCut ? null : verdictOfTransaction(verifications.found, payload.documents);
  if (verdict?.kind === 'retake') return decided(retake(verdict.slots));
  // The organisation's own word for it needs no reason; a reason that is not for the counter is not told either way.
  return decided(isWanted ? retake([]) : REJECTED);
}

const REJECTED: Decision = { state: 'rejected', message: { code: 'persona.inquiryDeclined' } };

function decided(progress: Decision): Decided {
  return { kind: 'decided', progress };
}

function retake(slots: Extract<ReturnType<typeof verdictOfTransaction>, { kind: 'retake' }>['slots']): Decision {
  return {
    state: 'retake',
    message: { code: slots.length === 0 ? 'persona.transactionWantsAgain' : 'persona.transactionFailed' },
    slots: slots.map((slot) => ({ ...slot, sides: [] })),
  };
}

/** A `workflow-run` or a `workflow-step`; a person is a `user`. Who is not shown may be a person. */
function isOfWorkflow(transaction: PersonaObject): boolean {
  return relatedTo(transaction, 'reviewer').some(({ type }) => type.startsWith('workflow'));
}

/** `report/watchlist`, `report/adverse-media` …: what is known of the customer, which no picture mends. */
function hasReports(transaction: PersonaObject): boolean {
  return relatedTo(transaction, 'related-objects').some(({ type }) => type.startsWith('report/'));
}

/** A transaction names at most a hundred objects of its workflows, and a branch's has a few. */
const MOST_VERIFICATIONS = 20;
/** This key may not see verifications, or one is gone: what it says is not known, and may be the reason. */
const HIDDEN: ReadonlySet<number | null> = new Set([403, 404, 410]);

/** GET of each verification among the transaction's related objects. `isCut`: there are others. */
export async function readVerifications(
  transaction: PersonaObject,
  context: ConnectionContext,
): Promise<Failed | { readonly kind: 'found'; readonly found: readonly PersonaObject[]; readonly isCut: boolean }> {
  const found: PersonaObject[] = [];
  const related = relatedTo(transaction, 'related-objects').filter(({ type }) => type.startsWith('verification/'));
  for (const { id } of related.slice(0, MOST_VERIFICATIONS)) {
    const read = await readOne(context, `/verifications/${encodeURIComponent(id)}`, 'verification', id);
    if (read.kind === 'found') found.push(read.found.object);
    if (read.kind === 'failed' && !HIDDEN.has(read.outcome.evidence.status)) return read;
  }
  return { kind: 'found', found, isCut: found.length < related.length };
}

function waiting(status: string, answer: Answered): ReturnType<typeof told> {
  return ['created', 'needs review'].includes(status)
    ? told(answer, 'persona.inReview')
    : told(answer, 'persona.statusUnknown', { status: wordOf(status) });
}
