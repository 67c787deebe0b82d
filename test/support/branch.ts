/**
 * One branch's way from a page to a provider, put together from the real rooms (database, vault, capture, outbox,
 * dispatcher, adapters) as `main/app/parts.ts` does it, but on virtual time and seeded chance, and with its network passed in.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createCapture } from '../../main/capture/index.ts';
import type { Capture } from '../../main/capture/index.ts';
import { APPLICATION_ID, migrations, openDatabase } from '../../main/database/index.ts';
import type { WritableDatabase } from '../../main/database/index.ts';
import type { InspectionPort } from '../../main/inspection/index.ts';
import type { Log } from '../../main/logging/index.ts';
import type { HttpPort } from '../../main/network/index.ts';
import { PROVIDERS, planOf, questionAbout } from '../../main/providers/index.ts';
import type { Provider } from '../../main/providers/index.ts';
import { createConnections } from '../../main/settings/index.ts';
import type { Connections } from '../../main/settings/index.ts';
import { createDispatcher, decideAttention } from '../../main/sync/index.ts';
import type { ContentPort, Dispatcher, Timers } from '../../main/sync/index.ts';
import { createFieldCipher, createFileKeyStore, createVault, openKeys } from '../../main/vault/index.ts';
import type { Vault } from '../../main/vault/index.ts';
import { DEFAULT_SENDING_RULES } from '../../shared/domain/index.ts';
import type { ProviderId } from '../../shared/domain/index.ts';
import type { AttentionDecision } from '../../main/outbox/index.ts';
import type { Clock } from '../../shared/util/clock.ts';
import type { seededRandom } from './virtual-clock.ts';

export const OPERATOR = 'counter-1';

export interface BranchOptions {
  /** The profile: what survives a kill. */
  readonly folder: string;
  readonly clock: Clock & Timers;
  readonly random: ReturnType<typeof seededRandom>;
  readonly http: HttpPort;
  readonly inspection: InspectionPort;
  readonly log: Log;
  /** Puts a mistake in the place of the real thing, to see that it is found. */
  readonly wrapProvider?: (provider: Provider) => Provider;
  readonly wrapDatabase?: (db: WritableDatabase) => WritableDatabase;
  readonly wrapContent?: (content: ContentPort) => ContentPort;
}

export interface Branch {
  readonly db: WritableDatabase;
  readonly capture: Capture;
  readonly connections: Connections;
  readonly dispatcher: Dispatcher;
  readonly vault: Vault;
  /** A person's answer to what waits in Attention. */
  decide(submissionId: string, choice: AttentionDecision): void;
  /** Recovers and begins to send, as at the start of the app. */
  start(): Promise<void>;
  /** The app is closed by a person. */
  stop(): Promise<void>;
  /** What is in memory is gone; nothing is finished, nothing told. Its threads are ended so that the test can end. */
  kill(): Promise<void>;
}

export async function openBranch(options: BranchOptions): Promise<Branch> {
  const { folder, clock, random, log } = options;
  mkdirSync(folder, { recursive: true });
  const opened = openDatabase({
    file: join(folder, 'satchel.sqlite3'),
    applicationId: APPLICATION_ID,
    migrations,
    clock,
    log,
  });
  if (opened.kind !== 'opened') throw new Error(`the database was refused: ${opened.reason}`);
  const db = options.wrapDatabase?.(opened.db) ?? opened.db;
  const directory = join(folder, 'vault');
  const keys = await openKeys({
    directory,
    keyStore: createFileKeyStore({ file: join(folder, 'key'), random: randomBytes }),
    clock,
    random: randomBytes,
  });
  if (keys.kind !== 'unlocked') throw new Error(`the vault is locked: ${keys.reason}`);
  const vault = createVault({
    directory,
    vaultKey: keys.vaultKey,
    clock,
    random: randomBytes,
    freeBytes: () => Promise.resolve(Number.MAX_SAFE_INTEGER),
    workers: 1,
  });
  const cipher = createFieldCipher(keys.vaultKey, randomBytes);
  // Sorts by its time of making, as a UUID v7 does.
  const newId = (): string => `${clock.now().toString(16).padStart(12, '0')}-${random.uuid()}`;
  const connections = createConnections({ db, cipher, clock, newId });
  const providers: ReadonlyMap<ProviderId, Provider> = new Map(
    Object.values(PROVIDERS).map((provider) => [provider.id, options.wrapProvider?.(provider) ?? provider]),
  );
  const providerOf = (id: ProviderId): Provider => {
    const provider = providers.get(id);
    if (provider === undefined) throw new Error(`no adapter for ${id}`);
    return provider;
  };
  const capture = createCapture({
    db,
    vault,
    cipher,
    inspection: options.inspection,
    connections,
    clock,
    newId,
    newIdempotencyKey: () => random.uuid(),
    operator: OPERATOR,
    plan: (provider, input) => planOf(providerOf(provider), input),
    askPerson: (provider, kind, payload) => questionAbout(providerOf(provider), kind, payload),
    heldFields: (provider, earlier) => providerOf(provider).heldFields?.(earlier) ?? [],
    planSelfService: () => [],
    linkedOwners: (provider, earlier) => providerOf(provider).linkedOwners?.(earlier) ?? [],
    planRedaction: () => null,
    servesFlow: (provider, { kind, payload }, flow) =>
      providerOf(provider).operations[kind]?.servesFlow?.(payload, flow) === true,
    mayBeLeft: () => false,
    events: { changed: () => {}, importProgress: () => {} },
    log,
  });
  const content: ContentPort = {
    page: (pageId) => capture.pageForDelivery(pageId),
    subject: (submissionId) => capture.subjectOf(submissionId),
  };
  const dispatcher = createDispatcher({
    db,
    providers,
    http: options.http,
    content: options.wrapContent?.(content) ?? content,
    connections,
    clock,
    timers: clock,
    random,
    rules: () => DEFAULT_SENDING_RULES,
    log,
    onChange: () => {},
  });
  async function endThreads(): Promise<void> {
    await capture.close().catch(() => undefined);
    await vault.close();
  }
  return {
    db,
    capture,
    connections,
    dispatcher,
    vault,
    decide(submissionId, choice) {
      decideAttention({ db, providers, connections, random }, submissionId, choice, {
        now: clock.now(),
        operator: OPERATOR,
      });
      dispatcher.wake();
    },
    async start() {
      await capture.recover({ mayRemoveFiles: true });
      await capture.whenInspected();
      dispatcher.start();
    },
    async stop() {
      await dispatcher.stop();
      await endThreads();
      opened.close();
    },
    async kill() {
      opened.close();
      await endThreads();
    },
  };
}
