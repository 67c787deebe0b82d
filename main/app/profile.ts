import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CopyDecision, StatusView } from '../../shared/domain/index.ts';
import type { Message } from '../../shared/messages/index.ts';
import type { Clock } from '../../shared/util/clock.ts';
import { SatchelFailure } from '../../shared/util/failure.ts';
import { APPLICATION_ID, migrations, openDatabase } from '../database/index.ts';
import type { OpenedDatabase, RefusalReason } from '../database/index.ts';
import { openInstallation } from '../installation/index.ts';
import type { Installation } from '../installation/index.ts';
import { verifyLedger } from '../ledger/index.ts';
import type { LedgerVerdict } from '../ledger/index.ts';
import { errorFields } from '../logging/index.ts';
import { APPEARANCE, STEADY_DATE, readSetting, writeSetting } from '../settings/index.ts';
import type { Appearance } from '../settings/index.ts';
import { VAULT_RESERVE_BYTES, openKeys } from '../vault/index.ts';
import type { LockedKeys, UnlockedKeys } from '../vault/index.ts';
import { KEPT_BYTES } from './background.ts';
import { COPY_SENTENCES } from './copy.ts';
import { buildParts } from './parts.ts';
import type { Parts } from './parts.ts';
import { systemClock } from './system.ts';
import type { OpenSatchel, Satchel, SatchelOptions, Services } from './types.ts';

const REFUSALS: Readonly<Record<RefusalReason, string>> = {
  foreign: 'start.databaseForeign',
  future: 'start.databaseFuture',
  in_use: 'start.inUse',
  read_only: 'start.databaseReadOnly',
  disk_full: 'start.databaseDisk',
  disk: 'start.databaseDisk',
  migration_failed: 'start.databaseDisk',
};

/** How often the record outside the profile keeps up with the ledger. */
const NOTE_EVERY_MS = 30_000;

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

  isHung(): boolean {
    return this.#parts?.isHung() ?? false;
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
      const parts = this.#parts.status();
      const status = { ...parts, copy, notices: [...notices, ...parts.notices], keyStore };
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
    // What the retention period was meanwhile is not known: nothing is purged by an earlier one for a day.
    if (choice === 'older_copy') writeSetting(this.#database.db, STEADY_DATE, null);
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

  async createRecoveryKey(pin: string | null = null): Promise<string> {
    if (this.#keys.kind === 'locked' || this.#parts === null) throw locked();
    const { supervision } = this.#parts.services;
    if (supervision.hasPin()) {
      const { vaultId } = this.#keys;
      (await supervision.grant('recoveryKey', vaultId, pin)).redeem('recoveryKey', vaultId);
    }
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
