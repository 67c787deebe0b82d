import { z } from 'zod';

/**
 * The one ladder of states a submission climbs. A state never moves except in a transaction that also writes a ledger row.
 *
 * - `draft`: something required is missing, or preflight found something blocking.
 * - `ready`: every required slot is filled and preflight has no blocking finding.
 * - `released`: handed to the outbox; nothing has left this PC yet.
 * - `sending`: at least one operation was attempted.
 * - `sent`: every operation was acknowledged by the provider.
 * - `in_review`: the provider said that it is working on it.
 * - `accepted` / `rejected`: the provider's final decision.
 * - `retake`: the provider wants new images for named slots.
 */
export const SubmissionState = z.enum([
  'draft',
  'ready',
  'released',
  'sending',
  'sent',
  'in_review',
  'accepted',
  'rejected',
  'retake',
]);
export type SubmissionState = z.infer<typeof SubmissionState>;

/** What stands beside the ladder: a person's hold, a need for a person, a person's void. */
export const Beside = z.enum(['held', 'attention', 'voided']);
export type Beside = z.infer<typeof Beside>;

/** Every failure that a person sees has exactly one of these causes, and each cause has one next step. */
export const Cause = z.enum(['rescan', 'correct_data', 'wait', 'sign_in', 'call_it']);
export type Cause = z.infer<typeof Cause>;

export const BatchState = z.enum(['open', 'closed', 'released']);
export type BatchState = z.infer<typeof BatchState>;

/** May the customer leave? Never shown by colour alone. */
export const Light = z.enum(['green', 'amber', 'red']);
export type Light = z.infer<typeof Light>;

/** The customer may still be standing at the desk: the only time at which the light has something to say. */
export function isAtTheDesk({ state, beside }: { state: SubmissionState; beside: readonly Beside[] }): boolean {
  return (state === 'draft' || state === 'ready') && !beside.includes('voided');
}
