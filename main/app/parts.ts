import { hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import type {
  AfterTaking,
  BalanceView,
  ProviderId,
  SendingRules,
  StatusView,
  TodayView,
  WatchedFolderRules,
} from '../../shared/domain/index.ts';
import { scanSubjectOf } from '../../shared/domain/index.ts';
import type { Clock } from '../../shared/util/clock.ts';
import { SatchelFailure } from '../../shared/util/failure.ts';
import { createActivity } from '../activity/index.ts';
import { createCapture } from '../capture/index.ts';
import type { OpenedDatabase } from '../database/index.ts';
import { createWatchedFolder } from '../folder/index.ts';
import { createInspection } from '../inspection/index.ts';
import type { Installation } from '../installation/index.ts';
import { errorFields } from '../logging/index.ts';
import { startPracticeInWorker } from '../practice/index.ts';
import type { PracticeInWorker } from '../practice/index.ts';
import { doubtEverything, takeBackRedactions } from '../outbox/index.ts';
import { PROVIDERS, mayBeLeft, planOf, questionAbout, selfServiceOf } from '../providers/index.ts';
import type { Provider } from '../providers/index.ts';
import { balance, today } from '../reports/index.ts';
import {
  CHECKED_DAY,
  FOLDER_TAKING,
  SCANNING,
  SENDING,
  STEADY_DATE,
  WATCHED_FOLDER,
  createConnections,
  ensurePracticeConnections,
  readSetting,
  writeSetting,
} from '../settings/index.ts';
import { createSaneDriver, createScanning, createWiaDriver } from '../scanning/index.ts';
import { createNetworkScanning } from './network-scanning.ts';
import { createSupervision, systemAccount } from '../supervision/index.ts';
import { askedOnce, confirmRecord, createDispatcher, decideAttention, watchNetwork } from '../sync/index.ts';
import { VAULT_RESERVE_BYTES, createFieldCipher, createVault } from '../vault/index.ts';
import type { DiskVault, UnlockedKeys } from '../vault/index.ts';
import { createBackups, createRoomKeeper } from './background.ts';
import { createAsking } from './asking.ts';
import { gatherChanges } from './changes.ts';
import { createChanging } from './changing.ts';
import { COPY_SENTENCES } from './copy.ts';
import { createDayWatch } from './day-watch.ts';
import { createRetention } from './retention.ts';
import { systemTimers } from './system.ts';
import type { SatchelOptions, Services } from './types.ts';

const providers: ReadonlyMap<ProviderId, Provider> = new Map(
  Object.values(PROVIDERS).map((provider) => [provider.id, provider]),
);

/** `notices` are those that the data gives rise to; those of the start come with them. */
type PartsStatus = Omit<StatusView, 'keyStore' | 'copy'>;

/** Everything that needs the keys: it is there once the vault is open. */
export interface Parts {
  readonly services: Services;
  start(): Promise<void>;
  /** Begins to send, unless the profile may be a copy. */
  send(): void;
  stop(): Promise<void>;
  isHung(): boolean;
  status(): PartsStatus;
  loadSamples(): Promise<string>;
}

/** Builds every service once, in order. Nothing runs before `start`. */
export function buildParts(
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
  const vault: DiskVault = createVault({
    directory: vaultDirectory,
    vaultKey: keys.vaultKey,
    clock,
    random: randomBytes,
    freeBytes: () => Promise.resolve(options.freeBytes(options.profile)),
    ...(workers === undefined ? {} : { workerUrl: workers.vault }),
  });
  const inspection =
    options.inspection ?? createInspection(workers === undefined ? {} : { workerUrl: workers.inspection });
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
    planSelfService: (provider, input, wanted, nowMs) => selfServiceOf(providerOf(provider), input, wanted, nowMs),
    linkedOwners: (provider, earlier) => providerOf(provider).linkedOwners?.(earlier) ?? [],
    planRedaction: (connectionId, earlier) => {
      const redacting = connections.redactingProvider(connectionId);
      if (redacting === null) return null;
      const { planRedaction, staysWhenPurged } = providerOf(redacting.provider);
      const done = earlier();
      const { settings } = redacting;
      return { planned: planRedaction?.(done, settings) ?? [], stays: staysWhenPurged?.(done, settings) ?? [] };
    },
    servesFlow: (provider, { kind, payload }, flow) =>
      providerOf(provider).operations[kind]?.servesFlow?.(payload, flow) === true,
    mayBeLeft: (provider, kind) => mayBeLeft(providerOf(provider).operations[kind]),
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
  const network = createNetworkScanning(db, () => {
    scanning.forgetList();
  });
  const scanning = createScanning({
    drivers: options.scanners ?? [
      network.driver,
      process.platform === 'win32' ? createWiaDriver() : createSaneDriver(),
    ],
    directory: join(options.profile, 'scanning'),
    // What the vault would refuse is not scanned first.
    freeBytes: () => options.freeBytes(options.profile) - VAULT_RESERVE_BYTES,
    choice: {
      get: () => readSetting(db, SCANNING),
      set: (choice) => {
        writeSetting(db, SCANNING, choice);
      },
    },
    assertTarget: (target) => {
      capture.assertTarget(target);
    },
    subjectOf: ({ submissionId, slot }) => scanSubjectOf(capture.submission(submissionId), slot),
    takeIn: (page, target, scanId) => capture.importScan(page, target, scanId),
    progress: (scan) => {
      options.emit('scanProgress', { scan });
    },
    clock,
    log,
  });
  const random = { number: Math.random, uuid: randomUUID };
  const content = {
    page: (pageId: string) => capture.pageForDelivery(pageId),
    subject: (submissionId: string) => capture.subjectOf(submissionId),
  };
  const desk = { db, providers, connections, random };
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
    connections,
    clock,
    timers,
    random,
    log,
    rules: () => sending.get(),
    onChange: ({ submissionIds, connectionIds }) => {
      changes.add({ submissionIds, isAnything: connectionIds.length > 0 });
    },
  });
  let folderRules = readSetting(db, WATCHED_FOLDER);
  const setFolder = (rules: WatchedFolderRules): void => {
    writeSetting(db, WATCHED_FOLDER, rules);
    folderRules = rules;
    watched.changed();
  };
  const watched = createWatchedFolder({
    clock,
    timers,
    log,
    rules: () => folderRules,
    importFiles: (paths, target) => capture.importFiles(paths, target, 'folder'),
    pagesOf: (sha256) => capture.pagesFromFolder(sha256),
    taking: {
      get: () => readSetting(db, FOLDER_TAKING),
      set: (taking) => {
        writeSetting(db, FOLDER_TAKING, taking);
      },
    },
    onChange: (view) => {
      options.emit('watchedFolder', view);
    },
  });
  const folder = {
    view: () => watched.view(),
    watch: (path: string): void => {
      setFolder({ ...folderRules, path });
    },
    set: ({ afterTaking, isWatched }: { afterTaking: AfterTaking; isWatched: boolean }): void => {
      setFolder({ path: isWatched ? folderRules.path : null, afterTaking });
    },
    take: (target: { submissionId: string; slot: string | null }) => watched.take(target),
  };
  const reports = {
    balance: (fromMs: number, toMs: number): BalanceView => balance(db, { fromMs, toMs }),
    today: (): TodayView => today(db, { now: clock.now(), openBatches: capture.openBatches() }),
  };
  const activity = createActivity({
    db,
    referenceOf: (submissionId) => capture.referenceOf(submissionId),
    findSubmissions: (text) => capture.findSubmissions(text),
  });
  // The period and its day of grace are an earlier day's then, and somebody may have changed them since.
  if (database.restoredFrom !== null) writeSetting(db, STEADY_DATE, null);
  const retention = createRetention({
    db,
    clock,
    timers,
    log,
    operator: options.operator,
    capture,
    connections,
    onChange: (submissionIds) => {
      changes.add({ submissionIds, isAnything: true });
      emitStatus();
    },
    onPurged: () => {
      dispatcher.wake();
    },
    clockOffByMs: () => dispatcher.clockOffByMs(),
    isCopy: () => installation.question !== null,
  });
  const supervision = createSupervision({
    db,
    cipher,
    clock,
    random: randomBytes,
    operator: options.operator,
    policy: options.policy ?? (() => Promise.resolve({ kind: 'none' })),
    account: () => systemAccount(options.operator),
    checkRecoveryKey: (recoveryKey) => keys.checkRecoveryKey(recoveryKey),
    log,
  });
  const changing = createChanging({
    db,
    clock,
    operator: options.operator,
    connections,
    capture,
    supervision,
    onChange: (connectionId, isReached) => {
      changes.add({ submissionIds: [], isAnything: true });
      if (isReached) dispatcher.resumeConnection(connectionId);
      emitStatus();
    },
  });
  const dayWatch = createDayWatch({
    clock,
    timers,
    log,
    checkedDay: {
      get: () => readSetting(db, CHECKED_DAY),
      set: (day) => {
        writeSetting(db, CHECKED_DAY, day);
      },
    },
    onDay: (isOver, dayBefore) => capture.recheckOpen(isOver, dayBefore),
  });
  const backups = createBackups(database, log);
  let stopWatching: (() => void) | null = null;
  const room = createRoomKeeper(database, options, emitStatus);
  let practice: PracticeInWorker | null = null;

  /** A call may sign in, and at Personr a new sign-in ends the original's. */
  const assertMaySignIn = (): void => {
    if (installation.question === null) return;
    throw new SatchelFailure({ code: 'conflict', message: { code: COPY_SENTENCES[installation.question.reason] } });
  };

  const services: Services = {
    sending,
    capture,
    scanning,
    networkScanners: network.scanners,
    connections,
    changing,
    dispatcher,
    reports,
    activity,
    folder,
    retention,
    supervision,
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
    asking: createAsking({
      dependencies: { ...desk, http: options.http, content, clock },
      capture,
      operator: options.operator,
      assertMaySignIn,
      wake: () => dispatcher.wake(),
    }),
    testConnection: async (connectionId) => {
      assertMaySignIn();
      const target = connections.forSync(connectionId);
      if (target === null) {
        throw new SatchelFailure({ code: 'not_found', message: { code: 'connection.notFound' } });
      }
      const context = { ...target, http: options.http, clock, signal: AbortSignal.timeout(30_000) };
      const { details = [], ...result } = await providerOf(target.provider).test(
        context,
        connections.get(connectionId).flows,
      );
      return { ...result, message: askedOnce(result.message), details: [...details] };
    },
  };

  function status(): PartsStatus {
    const list = connections.list();
    return {
      ...dispatcher.status(),
      isPractice: list.every(({ environment }) => environment === 'practice'),
      notices: retention.isUndecided() ? [{ code: 'start.redactionUndecided' }] : [],
    };
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
          workerUrl: workers?.practice ?? new URL('../practice/worker.ts', import.meta.url),
          databaseFile: join(options.profile, 'practice.sqlite3'),
          // Whatever the practice server keeps of a customer is sealed like everything else on this PC.
          sealingKey: practiceKey,
          log,
          onCrash: () => {
            log.error('practice.ended');
          },
        });
        ensurePracticeConnections(connections, practice.port);
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
      try {
        await scanning.sweep();
      } catch (error) {
        log.error('scanning.notSwept', errorFields(error));
      }
      if (database.restoredFrom !== null) {
        takeBackRedactions(db, { now: clock.now(), operator: options.operator });
        doubtEverything(db, { now: clock.now() });
      }
      send();
      backups.start();
      room.start();
      watched.start();
      retention.start();
      dayWatch.start();
    },
    send,
    isHung: () => watched.isHung() || capture.isHung() || vault.isHung(),
    async stop() {
      stopWatching?.();
      watched.stop();
      // All at once: what is in flight has five seconds from now, not from the end of a copy of the database or of a scan.
      await Promise.all([
        dispatcher.stop(),
        backups.stop(),
        room.stop(),
        scanning.close(),
        retention.stop(),
        dayWatch.stop(),
      ]);
      await network.close();
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
      const report = await capture.importManifest(options.samples, { connectionIds, before: 'twice' });
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
