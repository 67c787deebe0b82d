import type { OperationView, ProviderId, SubmissionDetail } from '../../shared/domain/index.ts';
import { OperationState } from '../outbox/index.ts';
import type { Operation } from '../outbox/index.ts';
import { recordIdsOf } from '../providers/index.ts';
import type { CaptureOptions } from './types.ts';

const OPERATION_STATE_NAMES: Readonly<Record<OperationState, OperationView['state']>> = {
  [OperationState.blocked]: 'blocked',
  [OperationState.pending]: 'pending',
  [OperationState.claimed]: 'claimed',
  [OperationState.unknown]: 'unknown',
  [OperationState.done]: 'done',
  [OperationState.attention]: 'attention',
  [OperationState.cancelled]: 'cancelled',
};

/** One call, as the window shows it. */
export function toOperationView(operation: Operation): OperationView {
  const isWaiting = operation.state === OperationState.pending || operation.state === OperationState.unknown;
  return {
    id: operation.id,
    kind: operation.kind,
    state: OPERATION_STATE_NAMES[operation.state],
    pageId: operation.pageId,
    attempts: operation.attempts,
    nextAt: isWaiting ? operation.runAt : null,
    lastError: operation.lastError?.message ?? null,
    errorStatus: operation.lastError?.status ?? null,
    recordIds: recordIdsOf(operation),
  };
}

type Attention = NonNullable<SubmissionDetail['attention']>;

/**
 * What a person may decide about a submission in attention: see `AttentionChoice`. When several calls are in doubt the
 * choices are about the first; once that is decided, about the next.
 */
export function decisionFor(
  operations: readonly Operation[],
  provider: ProviderId,
  { askPerson: ask, mayBeLeft }: Pick<CaptureOptions, 'askPerson' | 'mayBeLeft'>,
): Pick<Attention, 'choices' | 'doubt'> {
  const waiting = operations.filter((operation) => operation.state === OperationState.attention);
  const doubtful = waiting.find((operation) => operation.committedAt !== null);
  if (doubtful === undefined) {
    const mayLeave = waiting.some(({ kind }) => mayBeLeft(provider, kind));
    return {
      choices: [...(waiting.length > 0 ? (['retry'] as const) : []), ...(mayLeave ? (['leave'] as const) : [])],
      doubt: null,
    };
  }
  const asked = ask(provider, doubtful.kind, doubtful.payload);
  return {
    choices: [asked?.confirmedBy === 'record' ? 'confirm_record' : 'confirm_delivered', 'send_again'],
    doubt: {
      operationId: doubtful.id,
      about: asked?.about ?? 'page',
      message: asked?.question ?? doubtful.lastError?.message ?? { code: 'sync.personDecides' },
    },
  };
}
