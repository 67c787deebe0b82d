import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { APPLICATION_ID, migrations, openDatabase } from '../../main/database/index.ts';
import type { WritableDatabase } from '../../main/database/index.ts';
import { readLedger } from '../../main/ledger/index.ts';
import { silentLog } from '../../main/logging/index.ts';
import type { Log, LogFields } from '../../main/logging/index.ts';
import { OperationState, enqueue, operationsOfSubmission } from '../../main/outbox/index.ts';
import type { NewOperation, Operation } from '../../main/outbox/index.ts';
import type {
  AskPerson,
  LookUpOutcome,
  OperationRules,
  OperationToPerform,
  Outcome,
  PerformContext,
  Provider,
  ProviderChanges,
} from '../../main/providers/port.ts';
import { toReleased } from '../../main/submissions/index.ts';
import { createDispatcher } from '../../main/sync/index.ts';
import type { ConnectionsPort, Dispatcher, SyncChange } from '../../main/sync/index.ts';
import { DEFAULT_SENDING_RULES, EMPTY_SUBJECT } from '../../shared/domain/index.ts';
import type { SendingRules } from '../../shared/domain/index.ts';
import { makeFolder, removeFolder } from './folders.ts';
import { VirtualClock, seededRandom } from './virtual-clock.ts';

/** A flow with one two-sided document and a bill, enough for every way a retake can go. */
export const FLOW = {
  id: 'standard',
  name: 'Standard',
  requiredFields: [],
  requirements: [
    {
      id: 'identity',
      label: 'Identity',
      isOptional: false,
      accepts: [
        { documentType: 'id_card', sides: ['front', 'back'], providerType: 'id' },
        { documentType: 'passport', sides: ['single'], providerType: 'pp' },
      ],
    },
    {
      id: 'address',
      label: 'Address',
      isOptional: false,
      accepts: [{ documentType: 'utility_bill', sides: ['single'], providerType: 'bill' }],
    },
  ],
};

/** A database on the disk, with everything that a release needs around it, and a way to end and begin again. */
export class Store {
  readonly clock: VirtualClock;
  readonly directory: string;
  #opened: { db: WritableDatabase; close(): void };
  #count = 0;

  constructor(clock = new VirtualClock()) {
    this.clock = clock;
    this.directory = makeFolder('outbox');
    this.#opened = this.#open();
    this.db.transaction((db) => {
      db.run(`INSERT INTO batches (id, number, state, operator, created_at) VALUES ('batch', 1, 'released', 'kim', 0)`);
    });
  }

  get db(): WritableDatabase {
    return this.#opened.db;
  }

  /** As after a crash, but for what the disk would have lost. */
  reopen(): void {
    this.close();
    this.open();
  }

  /** Lets another process have the file. Closing twice is harmless. */
  close(): void {
    this.#opened.close();
  }

  open(): void {
    this.#opened = this.#open();
  }

  remove(fileName: string): void {
    rmSync(join(this.directory, fileName), { force: true });
  }

  dispose(): void {
    this.#opened.close();
    removeFolder(this.directory);
  }

  #open(): { db: WritableDatabase; close(): void } {
    const opened = openDatabase({
      file: join(this.directory, 'satchel.sqlite3'),
      applicationId: APPLICATION_ID,
      migrations,
      clock: this.clock,
    });
    if (opened.kind !== 'opened') throw new Error(`the database was refused: ${opened.reason}`);
    return opened;
  }

  connection(id = 'connection'): string {
    this.db.transaction((db) => {
      db.run(
        `INSERT OR IGNORE INTO connections (id, provider, name, environment, base_url, settings, flows, created_at)
         VALUES (?, 'persona', ?, 'practice', 'http://127.0.0.1', '{}', '[]', 0)`,
        [id, id],
      );
    });
    return id;
  }

  /** A submission in state `state` with its two documents. */
  submission(options: { id?: string; connectionId?: string; state?: string } = {}): string {
    const id = options.id ?? this.nextId('submission');
    const connectionId = this.connection(options.connectionId);
    this.db.transaction((db) => {
      db.run(
        `INSERT INTO submissions (id, batch_id, connection_id, flow, state, explanation, subject_sealed, operator, created_at,
           updated_at) VALUES (?, 'batch', ?, ?, ?, '{"code":"submission.ready"}', x'00', 'kim', 0, 0)`,
        [id, connectionId, JSON.stringify(FLOW), options.state ?? 'ready'],
      );
      for (const [requirement, type] of [
        ['identity', 'id_card'],
        ['address', 'utility_bill'],
      ]) {
        db.run('INSERT INTO documents (id, submission_id, requirement_id, document_type) VALUES (?, ?, ?, ?)', [
          `${id}-${requirement ?? ''}`,
          id,
          requirement ?? '',
          type ?? '',
        ]);
      }
    });
    return id;
  }

  page(submissionId: string, slot: string): string {
    const id = this.nextId('page');
    this.db.transaction((db) => {
      db.run(`INSERT INTO blobs (id, kind, byte_length, sha256, created_at) VALUES (?, 'original', 1, ?, 0)`, [
        `${id}-blob`,
        id,
      ]);
      db.run(
        `INSERT INTO pages (id, submission_id, blob_id, slot, state, media_type, file_name_sealed, source, captured_at)
         VALUES (?, ?, ?, ?, 'active', 'image/jpeg', x'00', 'drop', 0)`,
        [id, submissionId, `${id}-blob`, slot],
      );
    });
    return id;
  }

  nextId(what: string): string {
    this.#count += 1;
    return `${what}-${String(this.#count).padStart(6, '0')}`;
  }

  /** An operation that is due now, unless told otherwise. */
  newOperation(submissionId: string, with_: Partial<NewOperation> = {}): NewOperation {
    const id = with_.id ?? this.nextId('operation');
    return {
      id,
      submissionId,
      connectionId: 'connection',
      pageId: null,
      kind: 'small',
      payload: {},
      idempotencyKey: `key-of-${id}`,
      needs: [],
      byteLength: 0,
      runAt: this.clock.now(),
      ...with_,
    };
  }

  enqueue(...operations: NewOperation[]): void {
    enqueue(this.db, { operations, now: this.clock.now() });
  }

  operations(submissionId: string): Operation[] {
    return operationsOfSubmission(this.db, submissionId);
  }

  operation(id: string): Operation {
    const row = this.db.get<{ submission_id: string }>('SELECT submission_id FROM operations WHERE id = ?', [id]);
    const found = row === undefined ? undefined : this.operations(row.submission_id).find((one) => one.id === id);
    if (found === undefined) throw new Error(`no operation ${id}`);
    return found;
  }

  state(operationId: string): keyof typeof OperationState {
    const { state } = this.operation(operationId);
    for (const name of ['blocked', 'pending', 'claimed', 'unknown', 'done', 'attention', 'cancelled'] as const) {
      if (OperationState[name] === state) return name;
    }
    throw new Error('not a state');
  }

  submissionRow(id: string): {
    state: string;
    is_held: number;
    is_attention: number;
    cause: string | null;
    explanation: string;
    retake_slots: string | null;
    round: number;
  } {
    const row = this.db.get<ReturnType<Store['submissionRow']>>(
      'SELECT state, is_held, is_attention, cause, explanation, retake_slots, round FROM submissions WHERE id = ?',
      [id],
    );
    if (row === undefined) throw new Error(`no submission ${id}`);
    return row;
  }

  /** Kinds of a submission's ledger rows, oldest first. */
  timeline(submissionId: string): string[] {
    return readLedger(this.db, { submissionId, limit: 10_000 }).map(({ kind }) => kind);
  }
}

export type Script = (operation: OperationToPerform, context: PerformContext) => Promise<Outcome> | Outcome;

/** Sentences are not what these tests are about. */
export function evidence(code = 'test.answer', status: number | null = 200, requestId: string | null = 'req-1') {
  return { status, requestId, message: { code } };
}

export function done(result: Readonly<Record<string, unknown>> = {}): Outcome {
  return { kind: 'done', result, evidence: evidence() };
}

/** The answer of a request that was wholly sent and never answered. */
export function lost(context: PerformContext): Outcome {
  context.beforeLastByte();
  return { kind: 'unknown', evidence: evidence('test.lost', null, null) };
}

/** A provider that does what a test's script says. It is the seam: everything on this side of it is real. */
export class ScriptedProvider implements Provider {
  readonly id = 'persona' as const;
  readonly operations: Record<string, OperationRules>;
  /** As of a provider without it, unless a test sets one. */
  changes?: ProviderChanges;
  readonly performed: { id: string; key: string; at: number; attempt: number }[] = [];
  readonly lookedUp: string[] = [];
  script: Script = () => done();
  lookUpScript: (operation: OperationToPerform) => LookUpOutcome = () => ({
    kind: 'cannot_tell',
    evidence: evidence('test.cannotTell'),
  });
  /** Most calls in flight at once, in all and by submission. */
  inFlight = 0;
  mostInFlight = 0;
  mostOfASubmission = 0;
  readonly #bySubmission = new Map<string, number>();
  readonly #clock: VirtualClock;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
    const payload = z.looseObject({});
    const person: AskPerson = {
      about: 'page',
      question: () => ({ code: 'test.ask' }),
      confirmedBy: 'word',
      confirmed: () => ({ result: {}, deliveredPageIds: [] }),
    };
    this.operations = {
      small: { payload, repeat: 'look_up', size: 'small', person },
      upload: {
        payload,
        repeat: 'idempotency_key',
        keyLifetimeMs: 24 * 3_600_000,
        afterwards: 'look_up',
        size: 'upload',
        person,
      },
      byPerson: { payload, repeat: 'person', size: 'upload', person },
      follow: { payload, repeat: 'read_only', size: 'small' },
      strict: { payload: z.object({ must: z.string() }), repeat: 'look_up', size: 'small', person },
    };
  }

  plan(): [] {
    return [];
  }

  async perform(operation: OperationToPerform, context: PerformContext): Promise<Outcome> {
    const { id, submissionId, idempotencyKey: key, attempt } = operation;
    this.performed.push({ id, key, at: this.#clock.now(), attempt });
    this.inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
    const own = (this.#bySubmission.get(submissionId) ?? 0) + 1;
    this.#bySubmission.set(submissionId, own);
    this.mostOfASubmission = Math.max(this.mostOfASubmission, own);
    try {
      return await this.script(operation, context);
    } finally {
      this.inFlight -= 1;
      this.#bySubmission.set(submissionId, (this.#bySubmission.get(submissionId) ?? 1) - 1);
    }
  }

  async lookUp(operation: OperationToPerform): Promise<LookUpOutcome> {
    this.lookedUp.push(operation.id);
    return Promise.resolve(this.lookUpScript(operation));
  }

  test(): Promise<{ isOk: boolean; message: { code: string }; requestId: null }> {
    return Promise.resolve({ isOk: true, message: { code: 'test.answer' }, requestId: null });
  }

  attemptsOf(operationId: string): number {
    return this.performed.filter(({ id }) => id === operationId).length;
  }
}

/** A store with a dispatcher over a scripted provider, on virtual time. */
export class World extends Store {
  readonly provider: ScriptedProvider;
  readonly changes: SyncChange[] = [];
  readonly logged: { event: string; fields: LogFields }[] = [];
  /** Takes the database away from the dispatcher, as a full disk does. */
  isDiskFull = false;
  /** What SQLite says then. */
  diskError = 'SQLITE_FULL';
  /** The disk is full at the end of each transaction and takes it when it is tried once more, as the reserve file allows. */
  isRoomMade = false;
  /** Transactions so far, without those inside of others. */
  transactions = 0;
  #depth = 0;
  rules: SendingRules = DEFAULT_SENDING_RULES;
  dispatcher: Dispatcher;
  readonly random: ReturnType<typeof seededRandom>;
  readonly connections: { forSync: ConnectionsPort['forSync'] };

  /** `clock`: of several worlds that live at the same time. */
  constructor(seed = 1, clock = new VirtualClock()) {
    super(clock);
    this.connection();
    this.random = seededRandom(seed);
    this.provider = new ScriptedProvider(this.clock);
    this.connections = {
      forSync: (id) =>
        id === 'removed'
          ? null
          : {
              provider: 'persona',
              connection: { id, environment: 'practice', baseUrl: 'http://127.0.0.1', settings: {}, flows: [] },
              credential: () => ({}),
              tokens: { read: () => null, renew: (_refused, mint) => mint() },
            },
    };
    this.dispatcher = this.#make();
  }

  #make(): Dispatcher {
    const log: Log = {
      ...silentLog,
      error: (event, fields = {}) => {
        this.logged.push({ event, fields });
      },
    };
    const db: WritableDatabase = {
      get: (sql, parameters) => this.db.get(sql, parameters),
      all: (sql, parameters) => this.db.all(sql, parameters),
      iterate: (sql, parameters) => this.db.iterate(sql, parameters),
      run: (sql, parameters) => this.db.run(sql, parameters),
      runReturning: (sql, parameters) => this.db.runReturning(sql, parameters),
      transaction: (work) => {
        const full = Object.assign(new Error('the disk'), { code: this.diskError });
        if (this.isDiskFull) throw full;
        if (this.#depth > 0) return this.db.transaction(work);
        this.transactions += 1;
        this.#depth = 1;
        try {
          if (this.isRoomMade) this.#rolledBack(work, full);
          return this.db.transaction(work);
        } finally {
          this.#depth = 0;
        }
      },
    };
    return createDispatcher({
      db,
      providers: new Map([['persona', this.provider]]),
      http: { send: () => Promise.reject(new Error('not in these tests')) },
      content: {
        page: () => Promise.reject(new Error('not in these tests')),
        subject: () => EMPTY_SUBJECT,
      },
      connections: this.connections,
      clock: this.clock,
      timers: this.clock,
      random: this.random,
      log,
      rules: () => this.rules,
      onChange: (change) => {
        this.changes.push(change);
      },
    });
  }

  #rolledBack(work: (db: WritableDatabase) => unknown, full: Error): void {
    try {
      this.db.transaction((db) => {
        work(db);
        throw full;
      });
    } catch (error) {
      if (error !== full) throw error;
    }
  }

  /** The process dies: what is in memory is gone, what it still does changes nothing. Then the program starts again. */
  crashAndStart(): void {
    this.reopen();
    this.dispatcher = this.#make();
    this.dispatcher.start();
  }

  /** Releases a submission with these operations, as capture does: one transaction. */
  release(submissionId: string, ...operations: NewOperation[]): void {
    const now = this.clock.now();
    this.db.transaction((db) => {
      toReleased(db, submissionId, { now, operator: 'kim' });
      enqueue(db, { operations, now });
    });
    this.dispatcher.wake();
  }
}
