import type { Cause, Seen } from '../../shared/domain/index.ts';
import type { WritableDatabase } from '../database/types.ts';
import { SYSTEM_OPERATOR, appendLedger } from '../ledger/index.ts';
import type { Claim, OperationError } from '../outbox/index.ts';
import type { Evidence, LookUpOutcome, OperationRules, Outcome, Provider } from '../providers/port.ts';
import type { Because, By } from '../submissions/index.ts';
import type { Random } from './types.ts';

/** How long after a lost answer it is looked into: the provider may still be working on the request. */
export const GRACE_MS = 10_000;

/** What came of working on a claim. */
export type Verdict =
  | { readonly kind: 'performed'; readonly outcome: Outcome }
  | { readonly kind: 'looked_up'; readonly found: LookUpOutcome }
  /** Nothing can tell whether it arrived: a person decides. */
  | { readonly kind: 'undecidable'; readonly evidence: Evidence }
  /** A fault of this program or of the stored data; never success, never repeated by itself. */
  | { readonly kind: 'broken'; readonly cause: Cause; readonly evidence: Evidence };

/** A claim with what came of it and what was known when it was worked on: all that writing it down needs. */
export interface Settling {
  readonly claim: Claim;
  readonly provider: Pick<Provider, 'operations'>;
  readonly rules: OperationRules | undefined;
  readonly verdict: Verdict;
  /** The point of no return was passed in this attempt. */
  readonly isCommitted: boolean;
  /** The claim was turned into an attempt (false: only a look-up). */
  readonly isAttemptCounted: boolean;
  /** It was let through to test whether a pause is over. */
  readonly isProbe: boolean;
  /** The provider as a whole is in trouble: the connection waits, whatever becomes of this operation. */
  readonly isTroubleCommon: boolean;
  /** What the last request showed, for a report. */
  readonly seen: Seen | null;
  /** When this desk's share of the provider's limit allows the next call. */
  readonly pacedUntil: number;
  /** What is not decided is asked about again after this long at the earliest, because a change of it would be told before. */
  readonly readAnywayMs: number;
  /** The program is ending: what did not arrive goes back without a failure. */
  readonly isStopping: boolean;
  readonly now: number;
  readonly random: Random;
}

/** What writing it down changed. */
export interface Settled {
  /** False: the lease was lost; nothing was changed. */
  readonly isMine: boolean;
  readonly isSent: boolean;
  /** The connection's pause was set or ended. */
  readonly isPauseChanged: boolean;
}

/** The lease was lost: nothing was changed. */
export const NOT_MINE: Settled = { isMine: false, isSent: false, isPauseChanged: false };

/** One row of the timeline: what was tried, what came of it, the request's id, and when it goes on. */
export function note(
  db: WritableDatabase,
  { claim, now, isAttemptCounted }: Settling,
  kind: string,
  evidence: Evidence,
  nextAt: number | null,
  facts: { readonly pageIds?: readonly string[]; readonly isFreshKey?: true; readonly isRecordGone?: true } = {},
): void {
  appendLedger(db, {
    at: now,
    operator: SYSTEM_OPERATOR,
    submissionId: claim.submissionId,
    operationId: claim.id,
    kind,
    data: {
      ...facts,
      message: evidence.message,
      requestId: evidence.requestId,
      nextAt,
      status: evidence.status,
      attempt: claim.isUnknown && isAttemptCounted ? claim.attempts + 1 : claim.attempts,
      operationKind: claim.kind,
    },
  });
}

/** A status that is asked every few seconds gets a row only when the answer differs from the last one in the timeline. */
export function isNewAnswer(db: WritableDatabase, claim: Claim, evidence: Evidence): boolean {
  const row = db.get<{ message: string | null }>(
    `SELECT json_extract(data, '$.message') AS message FROM ledger
     WHERE submission_id = ? AND operation_id = ? AND kind LIKE 'operation.%' ORDER BY sequence DESC LIMIT 1`,
    [claim.submissionId, claim.id],
  );
  return row?.message !== JSON.stringify(evidence.message);
}

/** Nobody at the desk did it. */
export function bySystem(now: number): By {
  return { now, operator: SYSTEM_OPERATOR };
}

/** Why a submission changes, for its timeline. */
export function because(claim: Claim, evidence: Evidence, nextAt: number | null): Because {
  return { message: evidence.message, operationId: claim.id, requestId: evidence.requestId, nextAt };
}

/** What an operation remembers of an answer. */
export function toError({ message, status, requestId }: Evidence): OperationError {
  return { message, status, requestId };
}
