import type { Cause } from '../../shared/domain/index.ts';
import type { Message } from '../../shared/messages/index.ts';

/**
 * States of an operation as stored. `unknown`: an attempt may have reached the provider and its answer was lost.
 */
export const OperationState = {
  blocked: 0,
  pending: 1,
  claimed: 2,
  unknown: 3,
  done: 4,
  attention: 5,
  cancelled: 6,
} as const;
export type OperationState = (typeof OperationState)[keyof typeof OperationState];

export interface NewOperation {
  readonly id: string;
  readonly submissionId: string;
  readonly connectionId: string;
  readonly pageId: string | null;
  readonly kind: string;
  readonly payload: unknown;
  readonly idempotencyKey: string;
  /** Ids of operations, of this call or earlier ones, that must be done first. */
  readonly needs: readonly string[];
  readonly byteLength: number;
  readonly runAt: number;
  /** It only asks how things stand: nothing of what must be sent waits for it. */
  readonly isFollow?: boolean;
  /** It has time: whatever is to be sent or asked goes before it. */
  readonly hasTime?: boolean;
  /** When something that it delivers is no longer good, if that is known. */
  readonly expiresAt?: number | null;
}

export interface Operation {
  readonly id: string;
  readonly submissionId: string;
  readonly connectionId: string;
  readonly pageId: string | null;
  readonly kind: string;
  readonly payload: unknown;
  readonly state: OperationState;
  readonly idempotencyKey: string;
  readonly runAt: number;
  readonly byteLength: number;
  readonly size: SizeClass;
  readonly attempts: number;
  readonly failures: number;
  readonly committedAt: number | null;
  readonly firstAttemptAt: number | null;
  readonly lastError: OperationError | null;
  readonly result: unknown;
  readonly createdAt: number;
  readonly doneAt: number | null;
}

/** A claimed operation; every later write must carry its `leaseToken`, or it changes nothing. */
export interface Claim extends Operation {
  readonly leaseToken: string;
  /** True when an earlier attempt may have reached the provider: resolve that before repeating. */
  readonly isUnknown: boolean;
}

export interface OperationError {
  readonly message: Message;
  readonly status: number | null;
  readonly requestId: string | null;
  /** Of what needs a person: whose next step it is. Absent in what was written before, and of what goes on by itself. */
  readonly cause?: Cause;
}

/**
 * Small calls, uploads and questions about decisions have lanes of their own, so that none starves another; and what has time has one
 * that waits for all of them.
 */
export type SizeClass = 'small' | 'upload' | 'follow' | 'later';

/** As stored in `operations.lane`. */
export const LANES: readonly SizeClass[] = ['small', 'upload', 'follow', 'later'];

/** Above this an operation counts as an upload. */
export const UPLOAD_BYTES = 32_768;

const DAY_MS = 24 * 3_600_000;

/** What has no date of its own should be sent within this time; so it is never behind what expires later for ever. */
export const USUAL_DEADLINE_MS = 30 * DAY_MS;

/** Ranks lie before every real time, so that one index holds what may go (by rank) and what waits (by its due time). */
const RANK_SHIFT_MS = 2 ** 43;

/**
 * Earliest deadline first. Of two without a date the older goes first; a date goes before whatever may still wait longer
 * than until then.
 */
export function rankOf(releasedAt: number, expiresAt: number | null): number {
  return Math.min(expiresAt ?? Number.POSITIVE_INFINITY, releasedAt + USUAL_DEADLINE_MS) - RANK_SHIFT_MS;
}

/** What a person may decide about an operation in attention. */
export type AttentionDecision = 'retry' | 'confirm_delivered' | 'send_again' | 'leave';

export interface ReopenReply {
  /** True: nothing is sent any more, it counts as acknowledged. */
  readonly isDone: boolean;
}

export interface ReplaceKeyReply {
  readonly isReplaced: boolean;
}
