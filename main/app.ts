import { hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { v7 as newId } from 'uuid';
import type {
  BalanceView,
  CopyDecision,
  CopyReason,
  ProviderId,
  SendingRules,
  StatusView,
  TodayView,
} from '../shared/domain/index.ts';
import { PRACTICE_FLOWS } from '../shared/domain/practice-flows.ts';
import type { EventName, Events } from '../shared/ipc/index.ts';
import type { Message } from '../shared/messages/index.ts';
import type { Clock } from '../shared/util/clock.ts';
import { SatchelFailure } from '../shared/util/failure.ts';
import { createActivity } from './activity/index.ts';
import type { Activity } from './activity/index.ts';
import { createCapture } from './capture/index.ts';
import type { Capture } from './capture/index.ts';
import { APPLICATION_ID, migrations, openDatabase } from './database/index.ts';
import type { OpenedDatabase, RefusalReason } from './database/index.ts';
import { createInspection } from './inspection/index.ts';
import { openInstallation } from './installation/index.ts';
import type { Installation, Place } from './installation/index.ts';
import { verifyLedger } from './ledger/index.ts';
import type { LedgerVerdict } from './ledger/index.ts';
import { errorFields } from './logging/index.ts';
import type { Log } from './logging/index.ts';
import type { HttpPort } from './network/index.ts';
import { startPracticeInWorker } from './practice/index.ts';
import type { PracticeInWorker } from './practice/index.ts';
import { doubtEverything } from './outbox/index.ts';
import { PROVIDERS, planOf, questionAbout } from './providers/index.ts';
import type { Provider } from './providers/index.ts';
import { balance, today } from './reports/index.ts';
import {
  APPEARANCE,
  SENDING,
  createConnections,
  ensurePracticeConnections,
  readSetting,
  writeSetting,
} from './settings/index.ts';
import type { Appearance, Connections } from './settings/index.ts';
import { confirmRecord, createDispatcher, decideAttention, watchNetwork } from './sync/index.ts';
import type { Dispatcher, Timers } from './sync/index.ts';
import { VAULT_RESERVE_BYTES, createFieldCipher, createVault, openKeys } from './vault/index.ts';
import type { KeyStore, LockedKeys, UnlockedKeys, Vault } from './vault/index.ts';

/** Compiled worker entries; left out, the .ts files run as they are (command line, tests). */
export interface WorkerFiles {
  readonly vault: URL;
  readonly inspection: URL;
  readonly practice: URL;
  readonly databaseCheck: URL;
}

export interface SatchelOptions {
  /** Folder of this profile; made when it is not there. */
  readonly profile: string;
  readonly keyStore: KeyStore;
  readonly http: HttpPort;
  /** Account name of the operating system. */
  readonly operator: string;
  readonly samples: string;
  readonly workers?: WorkerFiles;
  readonly freeBytes: (directory: string) => number;
  readonly log: Log;
  readonly emit: <Name extends EventName>(name: Name, payload: Events[Name]) => void;
  readonly clock?: Clock;
  readonly timers?: Timers;
  /** What the network looks like now, in any words: sending is tried again when they change. */
  readonly networkLooks?: () => string;
  /** Where this program runs, to tell a profile from a copy of it; left out, copies are not told. */
  readonly place?: Place;
  /** Kept on the disk for the outbox. Default 16 MiB. */
  readonly keptBytes?: number;
}

/** Everything that works on an unlocked vault. */
export interface Services {
  readonly capture: Capture;
  readonly connections: Connections;
  readonly dispatcher: Dispatcher;
  readonly reports: { balance(fromMs: number, toMs: number): BalanceView; today(): TodayView };
  readonly activity: Activity;
  /** What is set about sending; a change takes effect at once. */
  readonly sending: { get(): SendingRules; set(rules: SendingRules): void };
  /** `operationId` null: everything of the submission that waits for this kind of decision. */
  readonly decide: (
    submissionId: string,
    choice: 'retry' | 'confirm_delivered' | 'send_again',
    operationId?: string | null,
  ) => void;
  /** "It is there, under this id": read at the provider and compared. Throws `SatchelFailure` when it is not the same. */
  readonly confirmRecord: (submissionId: string, operationId: string, recordId: string) => Promise<void>;
  readonly testConnection: (
    connectionId: string,
  ) => Promise<{ isOk: boolean; message: Message; requestId: string | null }>;
}

/**
 * One profile, opened. While the key store does not open the vault (`services` null) nothing of the customers' can be
 * read or captured, and nothing is lost: `unlock` takes the recovery key.
 */
export interface Satchel {
  readonly services: Services | null;
  start(): Promise<void>;
  /** Waits for, or safely gives up, what is in flight; then closes everything. At most about five seconds. */
  stop(): Promise<void>;
  status(): StatusView;
  appearance: { get(): Appearance; set(appearance: Appearance): void };
  /** `earlierHead`: the hash at the end of an earlier look, which must still be there. */
  verifyLedger(earlierHead?: string | null): Promise<LedgerVerdict>;
  createRecoveryKey(): Promise<string>;
  unlock(recoveryKey: string): Promise<void>;
  /** A person says what became of the original of this copied profile; sending begins. Throws `SatchelFailure`. */
  decideCopy(choice: CopyDecision): void;
  /** Puts the specimen documents into a new batch of practice customers. Answers the batch. */
  loadSamples(): Promise<string>;
  readonly samplesAreInstalled: boolean;
}

export type OpenSatchel =
  | { readonly kind: 'opened'; readonly satchel: Satchel }
  | { readonly kind: 'refused'; readonly reason: RefusalReason; readonly message: Message };

const REFUSALS: Readonly<Record<RefusalReason, string>> = {
  foreign: 'start.databaseForeign',
  future: 'start.databaseFuture',
  in_use: 'start.inUse',
  read_only: 'start.databaseReadOnly',
  disk_full: 'start.databaseDisk',
  disk: 'start.databaseDisk',
  migration_failed: 'start.databaseDisk',
};

const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };

const COPY_SENTENCES: Readonly<Record<CopyReason, string>> = {
  other_pc: 'installation.otherPc',
  elsewhere: 'installation.elsewhere',
  older: 'installation.older',
};

/** How often the record outside the profile keeps up with the ledger. */
const NOTE_EVERY_MS = 30_000;

const systemTimers: Timers = {
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => {
      clearTimeout(timer);
    };
  },
  soon: (run) => {
    setImmediate(run);
  },
};

const providers: ReadonlyMap<ProviderId, Provider> = new Map(
  Object.values(PROVIDERS).map((provider) => [provider.id, provider]),
);

const FIRST_BACKUP_MS = 10 * 60_000;
const BACKUP_EVERY_MS = 24 * 60 * 60_000;

/** Kept on the disk for the outbox: what has been released is sent also when other programs have filled the disk. */
const KEPT_BYTES = 16 * 1024 * 1024;
/** How often room is looked for while there is none. */
const LOOK_FOR_ROOM_MS = 30_000;

/** How long several changes are gathered into one event for the window. */
const GATHER_MS = 80;

/**
 * The composition root: builds every service once, in order, for the window and for the command line alike. Database
 * before keys (its lock makes this process the only one on the profile), keys before vault, vault before capture.
 */
export async function createSatchel(options: SatchelOptions): Promise<OpenSatchel> {
  try {
    return await openProfile(options);
  } catch (error) {
    const reason = folderRefusal(error);
    if (reason === null) throw error;
    options.log.error('start.refused', { reason, ...errorFields(error) });
    return { kind: 'refused', reason, message: { code: REFUSALS[reason] } };
  }
}

/** What the system says when the profile's folder cannot be made or its key file not written; null: another fault. */
function folderRefusal(error: unknown): RefusalReason | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (['ENOSPC', 'EDQUOT'].includes(code)) return 'disk_full';
  if (['EACCES', 'EPERM', 'EROFS'].includes(code)) return 'read_only';
  return ['EEXIST', 'ENOTDIR', 'ENOENT', 'EIO', 'ENAMETOOLONG'].includes(code) ? 'disk' : null;
}

async function openProfile(options: SatchelOptions): Promise<OpenSatchel> {
  const clock = options.clock ?? systemClock;
  const database = openDatabase({
    file: join(options.profile, 'satchel.sqlite3'),
    applicationId: APPLICATION_ID,
    migrations,
    clock,
    log: options.log,
    ...(options.workers === undefined ? {} : { checkWorkerUrl: options.workers.databaseCheck }),
  });
  if (database.kind === 'refused') {
    options.log.error('start.refused', { reason: database.reason, code: database.code });
    return { kind: 'refused', reason: database.reason, message: { code: REFUSALS[database.reason] } };
  }
  const hasSealedRows =
    database.db.get<{ n: number }>('SELECT 1 AS n FROM submissions UNION ALL SELECT 1 FROM connections LIMIT 1') !==
    undefined;
  let keys: UnlockedKeys | LockedKeys;
  try {
    keys = await openKeys({
      directory: join(options.profile, 'vault'),
      keyStore: options.keyStore,
      clock,
      random: randomBytes,
      mayCreate: !hasSealedRows,
    });
  } catch (error) {
    database.close();
    throw error;
  }
  const installation = openInstallation({
    db: database.db,
    profile: options.profile,
    place: options.place ?? null,
    clock,
    log: options.log,
    isRestored: database.restoredFrom !== null,
  });
  return { kind: 'opened', satchel: new Profile(options, clock, database, keys, installation) };
}

class Profile implements Satchel {
  readonly #options: SatchelOptions;
  readonly #clock: Clock;
  readonly #database: OpenedDatabase;
  readonly #installation: Installation;
  #keys: UnlockedKeys | LockedKeys;
  #noting: NodeJS.Timeout | null = null;
  #parts: Parts | null = null;
  #isStarted = false;
  /** What the thorough check after an unclean end found; until it has ended nothing is known to be wrong. */
  #isIntact = true;
  readonly #emitStatus = (): void => {
    this.#options.emit('status', this.status());
  };

  constructor(
    options: SatchelOptions,
    clock: Clock,
    database: OpenedDatabase,
    keys: UnlockedKeys | LockedKeys,
    installation: Installation,
  ) {
    this.#installation = installation;
    this.#options = options;
    this.#clock = clock;
    this.#database = database;
    this.#keys = keys;
    if (keys.kind === 'unlocked') this.#parts = this.#build(keys);
  }

  get services(): Services | null {
    return this.#parts?.services ?? null;
  }

  get samplesAreInstalled(): boolean {
    return existsSync(join(this.#options.samples, 'manifest.csv'));
  }

  #build(keys: UnlockedKeys): Parts {
    return buildParts(this.#options, this.#clock, this.#database, keys, this.#installation, this.#emitStatus);
  }

  async start(): Promise<void> {
    this.#isStarted = true;
    this.#noting = setInterval(() => {
      this.#installation.note();
    }, NOTE_EVERY_MS);
    this.#noting.unref();
    await this.#parts?.start();
    if (!this.#database.wasUnclean) return;
    // After an unclean end the quick check has passed already; the thorough one runs beside the work.
    void this.#checkIntegrity();
  }

  async #checkIntegrity(): Promise<void> {
    try {
      const { isIntact, problems } = await this.#database.integrityCheck();
      this.#isIntact = isIntact;
      if (isIntact) return;
      this.#options.log.error('database.notIntact', { problems: problems.length });
      this.#emitStatus();
    } catch (error) {
      this.#options.log.error('database.checkFailed', errorFields(error));
    }
  }

  async stop(): Promise<void> {
    if (this.#noting !== null) clearInterval(this.#noting);
    await this.#parts?.stop();
    this.#installation.note(true);
    this.#database.close();
  }

  status(): StatusView {
    const keyStore = {
      kind: this.#options.keyStore.kind,
      isSecure: this.#options.keyStore.isSecure,
      isUnlocked: this.#keys.kind === 'unlocked',
      hasRecoveryKey: this.#keys.hasRecoveryKey,
    };
    const notices = [
      ...noticesOf(this.#database),
      ...this.#diskNotice(),
      ...(this.#isIntact ? [] : [{ code: 'start.databaseNotIntact' }]),
    ];
    const copy = this.#copy();
    if (this.#parts !== null) {
      const status = { ...this.#parts.status(), copy, notices, keyStore };
      return copy === null ? status : { ...status, networkMessage: copy.message };
    }
    return {
      copy,
      isOnlineWanted: true,
      isPaused: true,
      network: 'unknown',
      networkMessage: { code: 'app.keyStoreLocked' },
      waiting: 0,
      sending: 0,
      attention: 0,
      upload: null,
      clearAt: null,
      clockOffByMs: null,
      isPractice: false,
      notices,
      keyStore,
    };
  }

  #diskNotice(): Message[] {
    if (!this.#database.isDiskFull) return [];
    const missing = VAULT_RESERVE_BYTES + KEPT_BYTES - this.#options.freeBytes(this.#options.profile);
    return [{ code: 'start.diskFullNeeds', params: { megabytes: Math.max(1, Math.ceil(missing / 1_000_000)) } }];
  }

  #copy(): StatusView['copy'] {
    const { question } = this.#installation;
    if (question === null) return null;
    const { reason, choices } = question;
    return { reason, message: { code: COPY_SENTENCES[reason] }, choices: [...choices] };
  }

  decideCopy(choice: CopyDecision): void {
    if (this.#installation.question?.choices.includes(choice) !== true) {
      throw new SatchelFailure({ code: 'conflict', message: { code: 'installation.nothingToDecide' } });
    }
    if (this.#installation.isOriginalOpen()) {
      throw new SatchelFailure({ code: 'conflict', message: { code: 'installation.originalOpen' } });
    }
    this.#installation.decide(choice, this.#options.operator);
    if (this.#isStarted) this.#parts?.send();
    this.#emitStatus();
    this.#options.emit('changed', { submissionIds: [], batchIds: [] });
  }

  readonly appearance = {
    get: (): Appearance => readSetting(this.#database.db, APPEARANCE),
    set: (appearance: Appearance): void => {
      writeSetting(this.#database.db, APPEARANCE, appearance);
    },
  };

  verifyLedger(earlierHead: string | null = null): Promise<LedgerVerdict> {
    return verifyLedger(this.#database.db, earlierHead);
  }

  async createRecoveryKey(): Promise<string> {
    if (this.#keys.kind === 'locked') throw locked();
    const key = await this.#keys.createRecoveryKey();
    this.#emitStatus();
    return key;
  }

  async unlock(recoveryKey: string): Promise<void> {
    if (this.#keys.kind === 'unlocked') return;
    const answer = await this.#keys.unlockWithRecoveryKey(recoveryKey);
    if (answer.kind === 'refused') {
      throw new SatchelFailure({
        code: 'key_store',
        message: { code: `recovery.${answer.reason}` },
        field: 'recoveryKey',
      });
    }
    this.#keys = answer;
    this.#parts = this.#build(answer);
    if (this.#isStarted) await this.#parts.start();
    this.#emitStatus();
    this.#options.emit('changed', { submissionIds: [], batchIds: [] });
  }

  async loadSamples(): Promise<string> {
    if (this.#parts === null) throw locked();
    if (!this.samplesAreInstalled) {
      throw new SatchelFailure({ code: 'not_found', message: { code: 'sample.missing' } });
    }
    return this.#parts.loadSamples();
  }
}

function noticesOf({ quarantined, restoredFrom, setAside }: OpenedDatabase): Message[] {
  const notices: Message[] = [];
  if (restoredFrom !== null) notices.push({ code: 'start.databaseRestored' });
  else if (quarantined !== null) notices.push({ code: 'start.databaseSetAside' });
  else if (setAside.length > 0) notices.push({ code: 'start.damagedDatabaseLies' });
  return notices;
}

function locked(): SatchelFailure {
  return new SatchelFailure({ code: 'key_store', message: { code: 'app.keyStoreLocked' } });
}

type PartsStatus = Omit<StatusView, 'keyStore' | 'notices' | 'copy'>;

interface Parts {
  readonly services: Services;
  start(): Promise<void>;
  /** Begins to send, unless the profile may be a copy. */
  send(): void;
  stop(): Promise<void>;
  status(): PartsStatus;
  loadSamples(): Promise<string>;
}

function buildParts(
  options: SatchelOptions,
  clock: Clock,
  database: OpenedDatabase,
  keys: UnlockedKeys,
  installation: Installation,
  emitStatus: () => void,
): Parts {
  const { db } = database;
  const { log, workers } = options;
  const practiceKey = new Uint8Array(hkdfSync('sha256', keys.vaultKey, '', 'satchel/practice-server', 32));
  const vaultDirectory = join(options.profile, 'vault');
  const cipher = createFieldCipher(keys.vaultKey, randomBytes);
  const vault: Vault = createVault({
    directory: vaultDirectory,
    vaultKey: keys.vaultKey,
    clock,
    random: randomBytes,
    freeBytes: () => Promise.resolve(options.freeBytes(options.profile)),
    ...(workers === undefined ? {} : { workerUrl: workers.vault }),
  });
  const inspection = createInspection(workers === undefined ? {} : { workerUrl: workers.inspection });
  const connections = createConnections({ db, cipher, clock, newId });
  const changes = gatherChanges(options.emit, emitStatus);
  const capture = createCapture({
    db,
    vault,
    cipher,
    inspection,
    connections,
    clock,
    newId,
    newIdempotencyKey: randomUUID,
    operator: options.operator,
    plan: (provider, input) => planOf(providerOf(provider), input),
    askPerson: (provider, kind, payload) => questionAbout(providerOf(provider), kind, payload),
    heldFields: (provider, earlier) => providerOf(provider).heldFields?.(earlier) ?? [],
    events: {
      changed: (payload) => {
        changes.add(payload);
      },
      importProgress: (progress) => {
        options.emit('importProgress', progress);
      },
    },
    log,
  });
  const forSync = (connectionId: string) => {
    const connection = connections.list().find(({ id }) => id === connectionId);
    if (connection === undefined) return null;
    return {
      provider: connection.provider,
      connection,
      credential: () => connections.credential(connectionId),
      tokens: connections.tokens(connectionId),
    };
  };
  const random = { number: Math.random, uuid: randomUUID };
  const content = {
    page: (pageId: string) => capture.pageForDelivery(pageId),
    subject: (submissionId: string) => capture.subjectOf(submissionId),
  };
  const desk = { db, providers, connections: { forSync }, random };
  const timers = options.timers ?? systemTimers;
  let sendingRules = readSetting(db, SENDING);
  const sending = {
    get: (): SendingRules => sendingRules,
    set: (rules: SendingRules): void => {
      writeSetting(db, SENDING, rules);
      sendingRules = rules;
      dispatcher.wake();
      emitStatus();
    },
  };
  const dispatcher = createDispatcher({
    db,
    providers,
    http: options.http,
    content,
    connections: { forSync },
    clock,
    timers,
    random,
    log,
    rules: () => sending.get(),
    onChange: ({ submissionIds, connectionIds }) => {
      changes.add({ submissionIds, isAnything: connectionIds.length > 0 });
    },
  });
  const reports = {
    balance: (fromMs: number, toMs: number): BalanceView => balance(db, { fromMs, toMs }),
    today: (): TodayView => today(db, { now: clock.now(), openBatches: capture.openBatches() }),
  };
  const activity = createActivity({
    db,
    referenceOf: (submissionId) => capture.referenceOf(submissionId),
    findSubmissions: (text) => capture.findSubmissions(text),
  });
  const backups = createBackups(database, log);
  let stopWatching: (() => void) | null = null;
  const room = createRoomKeeper(database, options, emitStatus);
  let practice: PracticeInWorker | null = null;

  const services: Services = {
    sending,
    capture,
    connections,
    dispatcher,
    reports,
    activity,
    decide: (submissionId, choice, operationId = null) => {
      const by = { now: clock.now(), operator: options.operator };
      decideAttention(desk, submissionId, choice, by, operationId);
      dispatcher.wake();
    },
    confirmRecord: async (submissionId, operationId, recordId) => {
      await confirmRecord(
        { ...desk, http: options.http, content, clock },
        submissionId,
        operationId,
        recordId,
        options.operator,
      );
      changes.add({ submissionIds: [submissionId], isAnything: false });
      dispatcher.wake();
    },
    testConnection: async (connectionId) => {
      // A test may sign in, and at Personr a new sign-in ends the original's.
      if (installation.question !== null) {
        throw new SatchelFailure({
          code: 'conflict',
          message: { code: COPY_SENTENCES[installation.question.reason] },
        });
      }
      const target = forSync(connectionId);
      if (target === null) {
        throw new SatchelFailure({ code: 'not_found', message: { code: 'connection.notFound' } });
      }
      return providerOf(target.provider).test({
        ...target,
        http: options.http,
        clock,
        signal: AbortSignal.timeout(30_000),
      });
    },
  };

  function status(): PartsStatus {
    const list = connections.list();
    return { ...dispatcher.status(), isPractice: list.every(({ environment }) => environment === 'practice') };
  }

  function send(): void {
    if (installation.question !== null) return;
    dispatcher.start();
    if (options.networkLooks === undefined) return;
    stopWatching = watchNetwork(options.networkLooks, timers, () => {
      dispatcher.networkChanged();
    });
  }

  return {
    services,
    status,
    async start() {
      // The practice server keeps the port of its last run, so that what was released yesterday still finds it.
      try {
        practice = await startPracticeInWorker({
          workerUrl: workers?.practice ?? new URL('./practice/worker.ts', import.meta.url),
          databaseFile: join(options.profile, 'practice.sqlite3'),
          // Whatever the practice server keeps of a customer is sealed like everything else on this PC.
          sealingKey: practiceKey,
          log,
          onCrash: () => {
            log.error('practice.ended');
          },
        });
        ensurePracticeConnections(connections, practice.port, PRACTICE_FLOWS);
      } catch (error) {
        // Without it real connections work as ever; practice ones say that they are not reachable.
        log.error('practice.notStarted', errorFields(error));
      }
      try {
        await capture.recover({ mayRemoveFiles: database.setAside.length === 0 });
      } catch (error) {
        // A folder that the disk does not list, or no room for what was found: the next start sweeps. Sending goes on.
        log.error('capture.notSwept', errorFields(error));
      }
      if (database.restoredFrom !== null) doubtEverything(db, { now: clock.now() });
      send();
      backups.start();
      room.start();
    },
    send,
    async stop() {
      stopWatching?.();
      await backups.stop();
      await room.stop();
      await dispatcher.stop();
      await capture.close();
      await inspection.close();
      changes.close();
      await practice?.close();
      await vault.close();
    },
    async loadSamples() {
      const connectionIds = connections
        .list()
        .filter(({ environment }) => environment === 'practice')
        .map(({ id }) => id);
      const report = await capture.importManifest(options.samples, { connectionIds });
      if (report.batchId === null) {
        throw new SatchelFailure({ code: 'not_found', message: { code: 'sample.missing' } });
      }
      // The specimens themselves are sound, so a refusal is about this PC: a full disk, most likely.
      const [refused] = report.files.refused;
      if (refused !== undefined) throw new SatchelFailure({ code: 'storage', message: refused.message });
      return report.batchId;
    },
  };
}

function providerOf(id: ProviderId): Provider {
  const provider = providers.get(id);
  if (provider === undefined) throw new Error(`app: no adapter for ${id}`);
  return provider;
}

/** A copy of the database soon after the start, when the desk has settled, and then once a day while the app runs. */
function createBackups(database: OpenedDatabase, log: Log) {
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();
  async function backUp(): Promise<void> {
    try {
      await database.backUp();
    } catch (error) {
      log.error('database.backupFailed', errorFields(error));
    }
    plan(BACKUP_EVERY_MS);
  }
  function plan(delayMs: number): void {
    timer = setTimeout(() => {
      running = backUp();
    }, delayMs);
    timer.unref();
  }
  return {
    start(): void {
      plan(FIRST_BACKUP_MS);
    },
    async stop(): Promise<void> {
      if (timer !== null) clearTimeout(timer);
      database.stopCopying();
      await running;
      if (timer !== null) clearTimeout(timer);
    },
  };
}

/** Keeps room for the outbox, and looks for it again after a full disk had taken it. */
function createRoomKeeper(
  database: OpenedDatabase,
  { keptBytes = KEPT_BYTES, freeBytes, profile, log }: SatchelOptions,
  emitStatus: () => void,
) {
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();
  async function look(): Promise<void> {
    const wasFull = database.isDiskFull;
    try {
      await database.keepRoom(keptBytes, freeBytes(profile));
    } catch (error) {
      log.error('database.roomNotKept', errorFields(error));
    }
    if (database.isDiskFull !== wasFull) emitStatus();
  }
  return {
    start(): void {
      running = look();
      timer = setInterval(() => {
        running = look();
      }, LOOK_FOR_ROOM_MS);
      timer.unref();
    },
    async stop(): Promise<void> {
      if (timer !== null) clearInterval(timer);
      await running;
    },
  };
}

/** Turns bursts of changes into one event each; the status bar is told with every one. */
function gatherChanges(emit: SatchelOptions['emit'], emitStatus: () => void) {
  const submissionIds = new Set<string>();
  const batchIds = new Set<string>();
  let isAnything = false;
  let timer: NodeJS.Timeout | null = null;
  function flush(): void {
    timer = null;
    if (isAnything) emit('changed', { submissionIds: [], batchIds: [] });
    else if (submissionIds.size + batchIds.size > 0) {
      emit('changed', { submissionIds: [...submissionIds], batchIds: [...batchIds] });
    }
    emitStatus();
    isAnything = false;
    submissionIds.clear();
    batchIds.clear();
  }
  return {
    add(change: { submissionIds: readonly string[]; batchIds?: readonly string[]; isAnything?: boolean }): void {
      for (const id of change.submissionIds) submissionIds.add(id);
      for (const id of change.batchIds ?? []) batchIds.add(id);
      isAnything ||= change.isAnything ?? false;
      timer ??= setTimeout(flush, GATHER_MS);
    },
    close(): void {
      if (timer !== null) clearTimeout(timer);
    },
  };
}
