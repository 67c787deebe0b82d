/**
 * The ladder: the only place that changes a submission's state and what stands beside it. Every change and its ledger row
 * are one transaction (the caller's, when there is one). Used by capture and sync.
 */
export {
  IllegalMove,
  attentionFor,
  attentionOff,
  attentionOn,
  backToReady,
  decide,
  explain,
  hold,
  standing,
  toInReview,
  toIncomplete,
  toReady,
  toReleased,
  toSending,
  toSent,
  voidSubmission,
} from './ladder.ts';
export type { Because, By, Decision, Standing } from './ladder.ts';
