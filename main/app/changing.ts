import { isDeepStrictEqual } from 'node:util';
import {
  PROVIDER_DESCRIPTORS,
  connectionChanges,
  isForEntity,
  isUnsupervised,
  nameParams,
} from '../../shared/domain/index.ts';
import type { ConnectionEdit, ProviderDescriptor, SupervisorWay } from '../../shared/domain/index.ts';
import type { Failure } from '../../shared/ipc/index.ts';
import type { Message } from '../../shared/messages/index.ts';
import type { Clock } from '../../shared/util/clock.ts';
import { SatchelFailure } from '../../shared/util/failure.ts';
import type { Capture } from '../capture/index.ts';
import type { WritableDatabase } from '../database/index.ts';
import { appendLedger } from '../ledger/index.ts';
import { assertNotPractice } from '../settings/index.ts';
import type { Connection, Connections } from '../settings/index.ts';
import type { Supervision } from '../supervision/index.ts';

export interface ChangingOptions {
  readonly db: WritableDatabase;
  readonly clock: Clock;
  /** Account name of the operating system. */
  readonly operator: string;
  readonly connections: Connections;
  readonly capture: Pick<Capture, 'countUnder' | 'isFlowIdUsed' | 'followFlows'>;
  readonly supervision: Pick<Supervision, 'view' | 'grant'>;
  /** The connection is another one now. `isReached`: also how its provider is reached. */
  readonly onChange: (connectionId: string, isReached: boolean) => void;
}

/** What saving would do. */
export interface PlannedChange {
  /** A sentence for each; empty: nothing is different. */
  readonly changes: Message[];
  /** Customers and stacks at the desk that follow a flow which becomes another one. */
  readonly atDesk: number;
}

/** Changing a connection that is in use: docs/adr/0053-changed-flows.md. */
export interface Changing {
  /** Only looks. Throws `SatchelFailure` for what may not be changed, naming the input. */
  plan(connectionId: string, edit: ConnectionEdit): PlannedChange;
  /**
   * Durable when it resolves, with its rows in the ledger; customers at the desk follow afterwards, until `followed` resolves. `pin`: the
   * supervisor's, null where none is asked for. Throws `SatchelFailure`, and then nothing was changed.
   */
  save(
    connectionId: string,
    edit: ConnectionEdit,
    pin: string | null,
  ): Promise<PlannedChange & { readonly followed: Promise<void> }>;
}

function refuse(code: Failure['code'], field: string, message: Message): SatchelFailure {
  return new SatchelFailure({ code, message, field });
}

/** The provider's own addresses all lead to one account; any other one would only receive its credential. */
function assertAddress({ provider, baseUrl }: Connection, edit: ConnectionEdit): void {
  const { baseUrls }: ProviderDescriptor = PROVIDER_DESCRIPTORS[provider];
  const own: readonly (string | undefined)[] = baseUrls;
  if (edit.baseUrl === baseUrl || (own.includes(baseUrl) && own.includes(edit.baseUrl))) return;
  throw refuse('not_allowed', 'baseUrl', { code: 'connection.addressIsFixed' });
}

/** Looks at a change, asks for the supervisor's word, writes it with its rows in the ledger, and lets customers at the desk follow. */
export function createChanging(options: ChangingOptions): Changing {
  const { db, clock, operator, connections, capture, supervision } = options;

  function plan(connectionId: string, edit: ConnectionEdit): PlannedChange {
    const before = connections.get(connectionId);
    if (before.isRemoved) throw refuse('not_found', 'connectionId', { code: 'connection.notFound' });
    assertNotPractice(before);
    if (before.provider !== edit.provider) {
      throw refuse('invalid_input', 'provider', { code: 'connection.otherProvider' });
    }
    assertAddress(before, edit);
    assertNewIds(before, edit);
    return { changes: connectionChanges(before, edit), atDesk: assertFlows(before, edit) };
  }

  /** Who has a copy of a flow that was removed is no customer of another one that gets its id. */
  function assertNewIds(before: Connection, edit: ConnectionEdit): void {
    for (const [index, { id, name, nameKey }] of edit.flows.entries()) {
      if (before.flows.some((flow) => flow.id === id) || !capture.isFlowIdUsed(before.id, id)) continue;
      const params = { ...nameParams('flow', name, nameKey), id };
      throw refuse('conflict', `flows.${index}.id`, { code: 'connection.flowIdUsed', params });
    }
  }

  /** Of flows that are not what they were. Answers how many at the desk follow them. */
  function assertFlows(before: Connection, edit: ConnectionEdit): number {
    let following = 0;
    for (const flow of before.flows) {
      const index = edit.flows.findIndex(({ id }) => id === flow.id);
      const next = edit.flows[index];
      const params = nameParams('flow', flow.name, flow.nameKey);
      if (next === undefined) {
        const { atDesk, released } = capture.countUnder(before.id, flow);
        const count = atDesk + released;
        if (count > 0)
          throw refuse('conflict', 'flows', { code: 'connection.flowInUse', params: { ...params, count } });
      } else if (isForEntity(next) !== isForEntity(flow)) {
        throw refuse('invalid_input', `flows.${index}.subjectKind`, { code: 'connection.flowKindFixed', params });
      } else if (!isDeepStrictEqual(next, flow)) following += capture.countUnder(before.id, next).atDesk;
    }
    return following;
  }

  /** Once there is a supervisor on this PC: whoever may weaken a check could do without any override. */
  async function allow(connectionId: string, pin: string | null): Promise<SupervisorWay | null> {
    if (isUnsupervised(await supervision.view())) return null;
    const grant = await supervision.grant('connection', connectionId, pin);
    grant.redeem('connection', connectionId);
    return grant.way;
  }

  function note(connectionId: string, way: SupervisorWay | null, message: Message): void {
    appendLedger(db, {
      at: clock.now(),
      operator,
      submissionId: null,
      operationId: null,
      kind: 'connection.changed',
      data: { message, connectionId, supervisor: way },
    });
  }

  return {
    plan,
    async save(connectionId, edit, pin) {
      // Looked at first, so that nobody enters a PIN for what is refused all the same.
      if (plan(connectionId, edit).changes.length === 0) return { changes: [], atDesk: 0, followed: Promise.resolve() };
      const way = await allow(connectionId, pin);
      const { planned, before } = db.transaction(() => {
        const was = connections.get(connectionId);
        const now = plan(connectionId, edit);
        connections.change(connectionId, edit);
        note(connectionId, way, {
          code: 'ledger.connectionChanged',
          params: { connection: was.name, count: now.changes.length },
        });
        for (const message of now.changes) note(connectionId, way, message);
        return { planned: now, before: was };
      });
      options.onChange(
        connectionId,
        before.baseUrl !== edit.baseUrl || !isDeepStrictEqual(before.settings, edit.settings),
      );
      return { ...planned, followed: capture.followFlows() };
    },
  };
}
