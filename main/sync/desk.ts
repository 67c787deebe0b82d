import type { ProviderId } from '../../shared/domain/index.ts';
import type { Message } from '../../shared/messages/index.ts';
import type { Clock } from '../../shared/util/clock.ts';
import { SatchelFailure } from '../../shared/util/failure.ts';
import type { ReadableDatabase, WritableDatabase } from '../database/types.ts';
import { appendLedger } from '../ledger/index.ts';
import type { HttpPort } from '../network/index.ts';
import {
  OperationState,
  WrongDecision,
  neededBy,
  operationsOfSubmission,
  reopen,
  replaceKey,
} from '../outbox/index.ts';
import type { AttentionDecision, Operation } from '../outbox/index.ts';
import { CredentialMissing, PageUnreadable, mayBeLeft, personOf } from '../providers/port.ts';
import type {
  AskPerson,
  Confirmed,
  OperationRules,
  OperationToPerform,
  Provider,
  RecordAnswer,
} from '../providers/port.ts';
import { attentionOff } from '../submissions/index.ts';
import type { By } from '../submissions/index.ts';
import { askedOnce } from './asked-once.ts';
import { advance, finishedAs, speakOfFirst } from './progress.ts';
import { markDelivered } from './settle.ts';
import type { ConnectionsPort, ContentPort, Random } from './types.ts';

/** What a person does to a submission on its way; each is one transaction over outbox, ladder and ledger. */
export interface DeskDependencies {
  readonly db: WritableDatabase;
  readonly providers: ReadonlyMap<ProviderId, Provider>;
  readonly connections: ConnectionsPort;
  readonly random: Random;
}

/** What reading a record at the provider needs besides. */
export interface RecordDependencies extends DeskDependencies {
  readonly http: HttpPort;
  readonly content: ContentPort;
  readonly clock: Clock;
}

/**
 * A person decides about the operation named, or, when none is, about everything of a submission that waits for this kind
 * of decision. Throws `WrongDecision` when nothing does, or when the decision needs the provider's own id
 * (`confirmRecord`). Wake the dispatcher afterwards.
 */
export function decideAttention(
  dependencies: DeskDependencies,
  submissionId: string,
  choice: AttentionDecision,
  by: By,
  operationId: string | null = null,
): void {
  const { db, random } = dependencies;
  db.transaction(() => {
    const fitting = inAttention(db, submissionId).filter(
      (operation) =>
        (operation.committedAt === null) === (choice === 'retry' || choice === 'leave') &&
        (choice !== 'leave' || mayBeLeft(rulesOf(dependencies, operation))) &&
        (operationId === null || operation.id === operationId),
    );
    if (fitting.length === 0) throw new WrongDecision(submissionId, 'nothing waits for this decision');
    for (const operation of fitting) {
      const confirmed =
        choice === 'confirm_delivered' ? confirmedByWord(db, askedAbout(dependencies, operation), operation, by) : null;
      reopen(db, {
        operationId: operation.id,
        choice,
        now: by.now,
        ...(confirmed === null ? {} : { result: { ...confirmed.result, confirmedByPerson: true } }),
        ...(choice === 'leave' ? { result: { leftByPerson: true } } : {}),
      });
      // The provider keeps a refusal with the key: what was put right is a new request. `send_again` keeps its key, which
      // still protects if the person was wrong.
      if (choice === 'retry') replaceKey(db, { operationId: operation.id, idempotencyKey: random.uuid() });
      const pageIds = confirmed?.deliveredPageIds ?? [];
      for (const pageId of pageIds) markDelivered(db, submissionId, pageId, by.now);
      noteDecision(db, operation, { choice, requestId: null, pageIds }, by);
    }
    goOn(dependencies, submissionId, GOES_ON[choice], by);
  });
}

/**
 * A person found in the provider's dashboard what a lost answer would have named. It is read there and compared with what
 * was sent; only the same is believed. Throws `SatchelFailure` in words, and changes nothing, when it is not.
 */
export async function confirmRecord(
  dependencies: RecordDependencies,
  submissionId: string,
  operationId: string,
  recordId: string,
  operator: string,
): Promise<void> {
  const { db, clock } = dependencies;
  const operation = inAttention(db, submissionId).find(
    ({ id, committedAt }) => id === operationId && committedAt !== null,
  );
  if (operation === undefined) throw new WrongDecision(operationId, 'nothing waits for this decision');
  const person = askedAbout(dependencies, operation);
  const target = dependencies.connections.forSync(operation.connectionId);
  if (person?.confirmedBy !== 'record' || target === null) {
    throw new WrongDecision(operationId, 'it is not confirmed by a record');
  }
  const answer = await compared(
    person.compare(recordId, toPerform(db, operation), {
      ...target,
      http: dependencies.http,
      clock,
      signal: AbortSignal.timeout(COMPARE_MS),
      subject: () => dependencies.content.subject(submissionId),
      page: (pageId) => dependencies.content.page(pageId),
    }),
  );
  if (answer.kind !== 'same') {
    throw new SatchelFailure({
      code: answer.kind === 'other' ? 'invalid_input' : 'conflict',
      message: askedOnce(answer.message),
      field: 'recordId',
    });
  }
  const by = { now: clock.now(), operator };
  const { outcome } = answer;
  db.transaction(() => {
    // Somebody else may have decided meanwhile: `reopen` refuses then.
    reopen(db, { operationId, choice: 'confirm_delivered', now: by.now, result: outcome.result });
    const pageIds = outcome.deliveredPageIds ?? [];
    for (const pageId of pageIds) markDelivered(db, submissionId, pageId, by.now);
    noteDecision(db, operation, { choice: 'confirm_record', requestId: outcome.evidence.requestId, pageIds }, by);
    goOn(dependencies, submissionId, outcome.evidence.message.code, by);
  });
}

const GOES_ON: Readonly<Record<AttentionDecision, string>> = {
  retry: 'sync.sendingAgain',
  send_again: 'sync.sendingAgain',
  confirm_delivered: 'sync.confirmedByPerson',
  leave: 'sync.leftByPerson',
};

/** How long reading the record may take. */
const COMPARE_MS = 30_000;

async function compared(answer: Promise<RecordAnswer>): Promise<RecordAnswer> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof CredentialMissing) return { kind: 'failed', message: { code: 'sync.credentialMissing' } };
    if (error instanceof PageUnreadable) return { kind: 'failed', message: { code: 'sync.pageUnreadable' } };
    throw error;
  }
}

function rulesOf({ connections, providers }: DeskDependencies, operation: Operation): OperationRules | undefined {
  const connection = connections.forSync(operation.connectionId);
  return connection === null ? undefined : providers.get(connection.provider)?.operations[operation.kind];
}

function askedAbout(dependencies: DeskDependencies, operation: Operation): AskPerson | null {
  return personOf(rulesOf(dependencies, operation));
}

function confirmedByWord(db: ReadableDatabase, person: AskPerson | null, operation: Operation, by: By): Confirmed {
  if (person === null) {
    return { result: {}, deliveredPageIds: operation.pageId === null ? [] : [operation.pageId] };
  }
  if (person.confirmedBy === 'record') {
    throw new WrongDecision(operation.id, 'what comes after it needs the id that the provider gave it');
  }
  return person.confirmed(toPerform(db, operation), by.now);
}

/** The operation as its adapter sees it, outside of an attempt. */
function toPerform(db: ReadableDatabase, operation: Operation): OperationToPerform {
  return {
    id: operation.id,
    submissionId: operation.submissionId,
    kind: operation.kind,
    payload: operation.payload,
    idempotencyKey: operation.idempotencyKey,
    attempt: operation.attempts,
    firstAttemptAt: operation.firstAttemptAt,
    committedAt: operation.committedAt,
    mayHaveArrived: true,
    lastStatus: operation.lastError?.status ?? null,
    needed: finishedAs(neededBy(db, operation.id)),
    finished: () => finishedAs(operationsOfSubmission(db, operation.submissionId)),
    finishedOf: (submissionId) => finishedAs(operationsOfSubmission(db, submissionId)),
  };
}

function noteDecision(
  db: WritableDatabase,
  operation: Operation,
  decided: {
    readonly choice: AttentionDecision | 'confirm_record';
    readonly requestId: string | null;
    readonly pageIds: readonly string[];
  },
  by: By,
): void {
  appendLedger(db, {
    at: by.now,
    operator: by.operator,
    submissionId: operation.submissionId,
    operationId: operation.id,
    kind: 'operation.decided',
    data: {
      message: { code: `ledger.decided.${decided.choice}` },
      requestId: decided.requestId,
      nextAt: null,
      operationKind: operation.kind,
      pageIds: decided.pageIds,
    },
  });
}

function goOn({ db, connections, providers }: DeskDependencies, submissionId: string, code: string, by: By): void {
  const message: Message = { code };
  const row = db.get<{ connection_id: string }>('SELECT connection_id FROM submissions WHERE id = ?', [submissionId]);
  if (inAttention(db, submissionId).length === 0) attentionOff(db, submissionId, { message }, by);
  else speakOfFirst(db, submissionId, by);
  const connection = row === undefined ? null : connections.forSync(row.connection_id);
  const provider = connection === null ? undefined : providers.get(connection.provider);
  if (provider !== undefined) advance(db, { submissionId, provider, latest: undefined, because: { message }, by });
}

function inAttention(db: ReadableDatabase, submissionId: string): Operation[] {
  return operationsOfSubmission(db, submissionId).filter(({ state }) => state === OperationState.attention);
}
