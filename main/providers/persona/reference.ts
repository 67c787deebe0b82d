import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { Subject } from '../../../shared/domain/index.ts';
import type { OperationToPerform, PerformContext } from '../port.ts';
import { AccountResult, PERSONA_ACCOUNT, PERSONA_ACCOUNT_UPDATE, type PersonMark } from './payloads.ts';

type OfSubmission = Pick<OperationToPerform, 'submissionId'>;

/** By which Persona finds the customer's account: the branch's own number, or without one an account of this submission alone. */
export function referenceOf({ reference }: Subject, { submissionId }: OfSubmission): string {
  return reference === '' ? ownReference({ submissionId }) : reference;
}

/** The reference of an account that is of this submission alone: nobody else can have it. */
export function ownReference({ submissionId }: OfSubmission): string {
  return `satchel-${submissionId}`;
}

/** Of a text, for this submission alone: nothing of another one can be told by it. */
function hashOf(text: string, { submissionId }: OfSubmission): string {
  return createHash('sha256').update(`${submissionId} ${text}`).digest('hex');
}

/**
 * Sixteen bits of the reference, to notice that it was changed (one change in 65,536 goes unnoticed). Too few to find the
 * reference by trying, since the result of an operation is not sealed.
 */
export function markOf(reference: string, submission: OfSubmission): string {
  return hashOf(reference, submission).slice(0, 4);
}

/**
 * Sixteen bits of the fields together, to notice that one was changed, and four of each, to tell which: one in sixteen persons
 * has the same, so none of them tells a name or a date of birth.
 */
export function personMarkOf(attributes: Readonly<Record<string, string>>, submission: OfSubmission): PersonMark {
  const entries = Object.entries(attributes);
  return {
    all: hashOf(JSON.stringify(entries), submission).slice(0, 4),
    each: Object.fromEntries(
      entries.map(([name, value]) => [name, hashOf(`${name} ${value}`, submission).slice(0, 1)]),
    ),
  };
}

/** What was last known of the customer's account: when it was made or found, or corrected. Null: none was. */
export function lastAccount(
  finished: readonly { readonly kind: string; readonly result: unknown }[],
): z.infer<typeof AccountResult> | null {
  const last = finished.findLast(({ kind }) => kind === PERSONA_ACCOUNT || kind === PERSONA_ACCOUNT_UPDATE);
  return AccountResult.safeParse(last?.result).data ?? null;
}

/** The customer's account at Persona: an earlier release's, or the one that was made for this operation. Null: there is none. */
export function accountOf(
  known: string | null,
  { needed, finished }: Pick<OperationToPerform, 'needed' | 'finished'>,
): string | null {
  return known ?? lastAccount(needed)?.accountId ?? lastAccount(finished())?.accountId ?? null;
}

/** An earlier release used the account of another reference: nothing more may go there. */
export function isReferenceChanged(
  operation: OperationToPerform,
  { subject }: Pick<PerformContext, 'subject'>,
): boolean {
  const made = operation.finished().findLast(({ kind }) => kind === PERSONA_ACCOUNT);
  const mark = AccountResult.safeParse(made?.result).data?.referenceMark;
  return mark !== undefined && mark !== markOf(referenceOf(subject(), operation), operation);
}
