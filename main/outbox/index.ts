/**
 * The only truth about what has been and must be sent. Plain functions over the `operations` table; no network, no
 * provider. A claim is one durable commit, every later write must match its lease token, and nothing is ever dropped.
 */
export * from './types.ts';
export { answeredInARow, rememberedArrival } from './remembered.ts';
export { BACKOFF_LADDER_MS, LONGEST_BACKOFF_MS, backoffMs } from './backoff.ts';
export { BadNeed, enqueue } from './enqueue.ts';
export { claimNext, claimUnknown, takeTurns } from './claim.ts';
export type { ClaimOptions } from './claim.ts';
export {
  again,
  delayDependants,
  markCommitted,
  markUnknown,
  releaseClaim,
  replaceClaim,
  repeatUnknown,
  resolveUnknown,
  retryLater,
  settleDone as complete,
  toAttention,
} from './settle.ts';
export {
  WrongDecision,
  bringForward,
  callOffRedactions,
  cancelForSubmission,
  makeDue,
  moveDueTimesBack,
  park,
  reopen,
  replaceKey,
  replaceResult,
  unpark,
} from './desk.ts';
export type { CancelReply } from './desk.ts';
export { abandonClaim, doubtEverything, recover, takeBackRedactions } from './recover.ts';
export type { Recovered } from './recover.ts';
export {
  ASKED_FIRST,
  askedFirst,
  counts,
  countRedactions,
  nextRedactions,
  lastRedaction,
  neededBy,
  nextDueAt,
  nextEventAt,
  openQuestions,
  operationOf,
  operationsOfSubmission,
} from './read.ts';
export type { NextRedaction, OperationCounts } from './read.ts';
