import type { Cause, SubmissionState } from './states.ts';

/**
 * Every move that a submission may make, and no other. Beside the ladder (held, attention, voided) moves nothing.
 *
 * - `ready → draft`: something required was taken out again. `released → ready`, `sending → ready`: a person takes it back
 *   to correct data or a page; what the provider has already is not sent again.
 * - `sending → retake | rejected`: the provider refused a page or the customer before everything had been sent.
 * - `retake → ready`: the missing pages are there; `ready → retake`: one of them was taken out again.
 * - `retake → released`: released from where it lies, in one step.
 * - A decision may come without `in_review` ever having been seen. `accepted` and `rejected` are final.
 */
export const ALLOWED_MOVES: Readonly<Record<SubmissionState, readonly SubmissionState[]>> = {
  draft: ['ready'],
  ready: ['draft', 'released', 'retake'],
  released: ['sending', 'ready'],
  sending: ['sent', 'ready', 'retake', 'rejected'],
  sent: ['in_review', 'accepted', 'rejected', 'retake'],
  in_review: ['accepted', 'rejected', 'retake'],
  accepted: [],
  rejected: [],
  retake: ['ready', 'released'],
};

export function isMoveAllowed(from: SubmissionState, to: SubmissionState): boolean {
  return ALLOWED_MOVES[from].includes(to);
}

/** Pages and fields may change before the release, and again when the provider wants new images. */
export function isChangeAllowed(state: SubmissionState): boolean {
  return state === 'draft' || state === 'ready' || state === 'retake';
}

/**
 * A submission may be voided until the provider has everything. Afterwards there is only the provider's decision, unless it has
 * come to `call_it`: of a record that was deleted at the provider no decision ever comes, and a person must be able to end it.
 */
export function isVoidAllowed(state: SubmissionState, cause: Cause | null): boolean {
  return isHoldAllowed(state) || ((state === 'sent' || state === 'in_review') && cause === 'call_it');
}

/** Until everything is sent, a released submission can come back to the desk to be corrected. */
export function isTakeBackAllowed(state: SubmissionState): boolean {
  return state === 'released' || state === 'sending';
}

/** Holding stops sending, so it means something only while there is still something to send. */
export function isHoldAllowed(state: SubmissionState): boolean {
  return state === 'draft' || state === 'ready' || state === 'released' || state === 'sending' || state === 'retake';
}
