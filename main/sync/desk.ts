import type { AttentionChoice, ProviderId } from '../../shared/domain/index.ts';
import type { ReadableDatabase, WritableDatabase } from '../database/types.ts';
import { appendLedger } from '../ledger/index.ts';
import { OperationState, WrongDecision, operationsOfSubmission, reopen, replaceKey } from '../outbox/index.ts';
import type { Operation } from '../outbox/index.ts';
import type { Provider } from '../providers/port.ts';
import { attentionOff } from '../submissions/index.ts';
import type { By } from '../submissions/index.ts';
import { advance } from './progress.ts';
import { markDelivered } from './settle.ts';
import type { ConnectionsPort, Random } from './types.ts';

/** What a person does to a submission on its way; each is one transaction over outbox, ladder and ledger. */
export interface DeskDependencies {
  readonly db: WritableDatabase;
  readonly providers: ReadonlyMap<ProviderId, Provider>;
  readonly connections: ConnectionsPort;
  readonly random: Random;
}

/**
 * A person decides about everything of a submission that waits for this kind of decision. Throws `WrongDecision` when
 * nothing does. Wake the dispatcher afterwards.
 */
export function decideAttention(
  { db, providers, connections, random }: DeskDependencies,
  submissionId: string,
  choice: AttentionChoice,
  by: By,
): void {
  db.transaction(() => {
    const fitting = inAttention(db, submissionId).filter(
      ({ committedAt }) => (committedAt === null) === (choice === 'retry'),
    );
    if (fitting.length === 0) throw new WrongDecision(submissionId, 'nothing waits for this decision');
    for (const operation of fitting) {
      reopen(db, { operationId: operation.id, choice, now: by.now });
      // The provider keeps a refusal with the key: what was put right is a new request. `send_again` keeps its key, which
      // still protects if the person was wrong.
      if (choice === 'retry') replaceKey(db, { operationId: operation.id, idempotencyKey: random.uuid() });
      if (choice === 'confirm_delivered' && operation.pageId !== null) {
        markDelivered(db, submissionId, operation.pageId, by.now);
      }
      appendLedger(db, {
        at: by.now,
        operator: by.operator,
        submissionId,
        operationId: operation.id,
        kind: `operation.decided`,
        data: {
          message: { code: `ledger.decided.${choice}` },
          requestId: null,
          nextAt: null,
          operationKind: operation.kind,
        },
      });
    }
    const message = { code: choice === 'confirm_delivered' ? 'sync.confirmedByPerson' : 'sync.sendingAgain' };
    if (inAttention(db, submissionId).length === 0) attentionOff(db, submissionId, { message }, by);
    const connectionId = fitting[0]?.connectionId;
    const connection = connectionId === undefined ? null : connections.forSync(connectionId);
    const provider = connection === null ? undefined : providers.get(connection.provider);
    if (provider !== undefined) advance(db, { submissionId, provider, latest: undefined, because: { message }, by });
  });
}

function inAttention(db: ReadableDatabase, submissionId: string): Operation[] {
  return operationsOfSubmission(db, submissionId).filter(({ state }) => state === OperationState.attention);
}
