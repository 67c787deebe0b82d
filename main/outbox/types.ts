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
}

/** Small calls and uploads have slots of their own, so that neither starves the other. */
export type SizeClass = 'small' | 'upload';

/** Above this an operation counts as an upload. The index `operations_runnable` is built on the same number. */
export const UPLOAD_BYTES = 32_768;

/** What a person may decide about an operation in attention. */
export type AttentionDecision = 'retry' | 'confirm_delivered' | 'send_again';

export interface ReopenReply {
  /** True: nothing is sent any more, it counts as acknowledged. */
  readonly isDone: boolean;
}

export interface ReplaceKeyReply {
  readonly isReplaced: boolean;
}
