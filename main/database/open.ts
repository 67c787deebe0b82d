import { closeSync, copyFileSync, openSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Clock } from '../../shared/util/clock.ts';
import { isDiskFull } from '../../shared/util/failure.ts';
import { silentLog, type Log } from '../logging/index.ts';
import {
  backupsOf,
  copyIntoPlace,
  filesSetAside,
  keptLogOf,
  makeDirectory,
  removeHalves,
  setAside,
  syncDirectory,
} from './files.ts';
import { copyAndCheck, copyBeforeMigration } from './copies.ts';
import { DiskRoom } from './disk-room.ts';
import { DatabaseHandle } from './handle.ts';
import { readDatabaseHeader, walByteLength, type DatabaseHeader } from './header.ts';
import type { Migration, WritableDatabase } from './types.ts';

export interface OpenDatabaseOptions {
  readonly file: string;
  /** Which program's file this is: `APPLICATION_ID`, or another number for another kind of file. */
  readonly applicationId: number;
  /** Version 1, 2, 3 … without gaps. */
  readonly migrations: readonly Migration[];
  readonly clock: Clock;
  readonly log?: Log;
  /** How long another process may hold the file before it is refused as in use. Default 1,000 ms. */
  readonly busyTimeoutMs?: number;
  /** The compiled worker of the full check; default `check-worker.ts` beside this file. */
  readonly checkWorkerUrl?: URL;
}

export interface OpenedDatabase {
  readonly kind: 'opened';
  readonly db: WritableDatabase;
  /** The last run did not close the file. `quick_check` has passed; run `integrityCheck` in the background. */
  readonly wasUnclean: boolean;
  /** The damaged file was renamed to this name during this start; null when it was sound. */
  readonly quarantined: string | null;
  /** The backup that took the damaged file's place; null with `quarantined` set means that it started empty. */
  readonly restoredFrom: string | null;
  /**
   * Damaged files that still lie beside the database, also from earlier starts. While there is one, rows may be missing
   * that name pages of the vault: do not sweep the vault, and treat what a restored outbox says as possibly older than
   * what the provider has.
   */
  readonly setAside: readonly string[];
  /** Schema version before this start; 0 for a new file. */
  readonly migratedFrom: number;
  /** The backup made before migrating, or null. */
  readonly backup: string | null;
  /**
   * The disk is full: reading works, writing goes on in the room that was kept for it (`keepRoom`), or throws SQLITE_FULL
   * when that is used up. False again after `keepRoom` has found room.
   */
  readonly isDiskFull: boolean;
  /** SQLite's full check, of a copy on a thread of its own; the copy is kept when it is sound. */
  integrityCheck(): Promise<{ isIntact: boolean; problems: readonly string[] }>;
  /**
   * A durable copy beside the database, made in small steps while work goes on, checked whole before it counts. The last
   * three copies are kept. Null: it was not sound, and so neither is the database.
   */
  backUp(): Promise<string | null>;
  /** Gives up a copy or a check that is under way; its promise rejects soon after. */
  stopCopying(): void;
  /**
   * Keeps `bytes` of the disk for this database, where twice as much is free; they are given back when the disk is full.
   * Answers whether they are kept now. Harmless to repeat.
   */
  keepRoom(bytes: number, freeBytes: number): Promise<boolean>;
  /** Writes the log back into the file; a closed file counts as a clean end. Closing twice is harmless. */
  close(): void;
}

/**
 * foreign: another program's file. future: a later version of Satchel wrote it. Neither was changed by a byte.
 * in_use: another process has it open. migration_failed: rolled back, the file is as it was.
 */
export type RefusalReason = 'foreign' | 'future' | 'in_use' | 'read_only' | 'disk_full' | 'disk' | 'migration_failed';

export type OpenResult =
  | OpenedDatabase
  | {
      readonly kind: 'refused';
      readonly reason: RefusalReason;
      /** `future`: the schema version found. */
      readonly foundVersion: number | null;
      /** Code of the system or of SQLite, for a report; never a path. */
      readonly code: string | null;
    };

/** What one try at opening gives; `damaged` has closed the file again. */
type Connection =
  | { readonly kind: 'damaged' }
  | {
      readonly kind: 'connected';
      readonly sqlite: Sqlite.Database;
      readonly handle: DatabaseHandle;
      readonly migratedFrom: number;
      readonly backup: string | null;
      readonly room: DiskRoom;
    };

/**
 * Files open in this process. Reading the header of one of them would drop SQLite's own lock: POSIX releases a process's
 * locks on a file when any of its descriptors is closed (https://www.sqlite.org/howtocorrupt.html, 2.2).
 */
const openFiles = new Set<string>();

/**
 * Opens, and first looks: another program's file and a later version's file are refused before a byte is changed. A
 * damaged file is set aside whole and the newest sound backup takes its place. See docs/adr/0002-database.md.
 */
export function openDatabase(options: OpenDatabaseOptions): OpenResult {
  const file = resolve(options.file);
  const log = options.log ?? silentLog;
  assertConsecutive(options.migrations);
  if (openFiles.has(file)) return refused('in_use');
  try {
    return openFirstSound(file, log, options);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    log.error('database.refused', { reason: refusal.reason, code: refusal.code });
    return refusal;
  }
}

function openFirstSound(file: string, log: Log, options: OpenDatabaseOptions): OpenResult {
  let quarantined: string | null = null;
  let restoredFrom: string | null = null;
  let wasUnclean = false;
  let backups: string[] | null = null;
  for (;;) {
    const header = readDatabaseHeader(file);
    if (header.kind === 'database') {
      if (header.applicationId !== options.applicationId >>> 0) return refused('foreign');
      if (header.userVersion > options.migrations.length) return refused('future', header.userVersion);
    }
    wasUnclean ||= walByteLength(file) > 0;
    const connection = header.kind === 'not_a_database' ? damaged : connect(file, header, log, options);
    if (connection.kind === 'connected') {
      openFiles.add(file);
      return opened(file, log, options, connection, { quarantined, restoredFrom, wasUnclean });
    }
    const aside = setAside(file, options.clock.now());
    quarantined ??= aside;
    backups ??= backupsOf(file);
    restoredFrom = backups.shift() ?? null;
    log.error('database.quarantined', { hasBackup: restoredFrom !== null });
    if (restoredFrom !== null) copyIntoPlace(restoredFrom, file);
  }
}

const damaged: Connection = { kind: 'damaged' };

function connect(file: string, header: DatabaseHeader, log: Log, options: OpenDatabaseOptions): Connection {
  const isNew = header.kind === 'absent' || header.kind === 'empty';
  if (isNew) createEmpty(file, header, options.clock.now());
  else closeSync(openSync(file, 'r+'));
  const sqlite = new Sqlite(file, { timeout: options.busyTimeoutMs ?? 1000 });
  try {
    sqlite.pragma('locking_mode = EXCLUSIVE');
    markAsOurs(sqlite, options.applicationId);
    configure(sqlite);
    if (!isSound(sqlite)) {
      keepLogOf(file);
      sqlite.close();
      return damaged;
    }
    // Its lock is ours now, so no copy of another process is under way.
    removeHalves(file);
    const room = new DiskRoom(file);
    const handle = new DatabaseHandle(sqlite, log, () => room.give());
    const migratedFrom = versionOf(sqlite);
    const backup = migrate({ file, sqlite, handle, room }, migratedFrom, options);
    writeFirst(sqlite, handle, options.migrations.length);
    return { kind: 'connected', sqlite, handle, migratedFrom, backup, room };
  } catch (error) {
    const isDamage = hasSqliteCode(error, /^SQLITE_(CORRUPT|NOTADB)/);
    if (isDamage) keepLogOf(file);
    sqlite.close();
    if (isDamage) return damaged;
    throw error;
  }
}

/**
 * A file without any page gets our application id, in the first journal mode, so that it stands in the file itself before
 * anything can lie in the log only. SQLite is asked, not the header that was read before: whoever died in the middle of this
 * very step left a file with our id in it, and a journal by which SQLite empties it again. Without its id it would be
 * migrated, worked with, and refused as another program's at the start after that.
 */
function markAsOurs(sqlite: Sqlite.Database, applicationId: number): void {
  if (sqlite.pragma('page_count', { simple: true }) !== 0) return;
  sqlite.pragma(`application_id = ${applicationId}`);
}

function createEmpty(file: string, header: DatabaseHeader, epochMs: number): void {
  const directory = dirname(file);
  makeDirectory(directory);
  if (header.kind === 'absent') closeSync(openSync(file, 'wx', 0o600));
  // A log without its database: SQLite would delete it.
  if (walByteLength(file) > 0) {
    setAside(file, epochMs);
    closeSync(openSync(file, 'wx', 0o600));
  }
  syncDirectory(directory);
}

function configure(sqlite: Sqlite.Database): void {
  const mode = sqlite.pragma('journal_mode = WAL', { simple: true });
  if (mode !== 'wal') throw new Error('database: WAL mode was refused');
  const wanted: Record<string, number> = {
    synchronous: 2,
    foreign_keys: 1,
    trusted_schema: 0,
    cell_size_check: 1,
    secure_delete: 1,
    // Sorting must not spill customers' rows into files of the system's temporary folder.
    temp_store: 2,
    ...(process.platform === 'darwin' ? { fullfsync: 1, checkpoint_fullfsync: 1 } : {}),
  };
  for (const [name, value] of Object.entries(wanted)) {
    sqlite.pragma(`${name} = ${value}`);
    if (sqlite.pragma(name, { simple: true }) !== value) throw new Error(`database: pragma ${name} was refused`);
  }
}

/** Affordable at every start (0.2 s for a million rows), and finds damage that a clean end does not exclude. */
function isSound(sqlite: Sqlite.Database): boolean {
  return sqlite.pragma('quick_check(1)', { simple: true }) === 'ok';
}

function versionOf(sqlite: Sqlite.Database): number {
  const version = sqlite.pragma('user_version', { simple: true });
  if (typeof version !== 'number') throw new Error('database: no user_version');
  return version;
}

/** Closing writes the log back into the damaged file. A copy keeps both as they were found, if the disk has room. */
function keepLogOf(file: string): void {
  try {
    copyFileSync(`${file}-wal`, keptLogOf(file));
  } catch {
    // Nothing is lost without it: the log's content is in the file after closing.
    rmSync(keptLogOf(file), { force: true });
  }
}

function migrate(
  { file, sqlite, handle, room }: { file: string; sqlite: Sqlite.Database; handle: DatabaseHandle; room: DiskRoom },
  from: number,
  options: OpenDatabaseOptions,
): string | null {
  const pending = options.migrations.slice(from);
  if (pending.length === 0) return null;
  const origin = { sqlite, file, version: from, epochMs: options.clock.now() };
  const backup = from === 0 ? null : backUpWithRoom(() => copyBeforeMigration(origin), room);
  // Rebuilding a table needs this off (https://www.sqlite.org/lang_altertable.html, 7); checked before each commit instead.
  sqlite.pragma('foreign_keys = OFF');
  try {
    for (const migration of pending) {
      handle.transaction(() => {
        migration.up(handle);
        const violations = sqlite.pragma('foreign_key_check');
        if (!Array.isArray(violations) || violations.length > 0) throw new Error('database: broken references');
        sqlite.pragma(`user_version = ${migration.version}`);
      });
    }
  } catch (error) {
    if (refusalOf(error) !== null || hasSqliteCode(error, /^SQLITE_(CORRUPT|NOTADB)/)) throw error;
    throw new MigrationFailed({ cause: error });
  } finally {
    sqlite.pragma('foreign_keys = ON');
  }
  return backup;
}

class MigrationFailed extends Error {
  constructor(options: ErrorOptions) {
    super('database: a migration failed and was rolled back', options);
    this.name = 'MigrationFailed';
  }
}

function backUpWithRoom(backUp: () => string, room: DiskRoom): string {
  try {
    return backUp();
  } catch (error) {
    if (!isDiskFull(error) || !room.give()) throw error;
    return backUp();
  }
}

/** The first write of this run tells whether the disk is full; everything can still be read then. */
function writeFirst(sqlite: Sqlite.Database, handle: DatabaseHandle, version: number): void {
  try {
    handle.transaction(() => {
      sqlite.pragma(`user_version = ${version}`);
    });
  } catch (error) {
    if (!hasSqliteCode(error, /^SQLITE_FULL$/)) throw error;
  }
}

function opened(
  file: string,
  log: Log,
  options: OpenDatabaseOptions,
  connection: Extract<Connection, { kind: 'connected' }>,
  history: { quarantined: string | null; restoredFrom: string | null; wasUnclean: boolean },
): OpenedDatabase {
  const { sqlite, handle, room } = connection;
  const copying = new AbortController();
  const workerUrl = options.checkWorkerUrl ?? new URL('./check-worker.ts', import.meta.url);
  const origin = () => ({ sqlite, file, version: options.migrations.length, epochMs: options.clock.now() });
  return {
    kind: 'opened',
    db: handle,
    ...history,
    setAside: filesSetAside(file),
    migratedFrom: connection.migratedFrom,
    backup: connection.backup,
    get isDiskFull() {
      return room.isLow;
    },
    keepRoom: (bytes, freeBytes) => room.hold(bytes, freeBytes),
    async integrityCheck() {
      let problems: readonly string[];
      try {
        ({ problems } = await copyAndCheck(origin(), { workerUrl, signal: copying.signal }));
      } catch (error) {
        if (copying.signal.aborted) throw error;
        // No room for a copy: table by table on this thread, which takes its time but needs none.
        log.warn('database.checkedInPlace', { code: codeOf(error) });
        problems = await checkInPlace(sqlite, handle);
      }
      if (problems.length > 0) log.error('database.integrity', { problems: problems.length });
      return { isIntact: problems.length === 0, problems };
    },
    async backUp() {
      const { file: copy, problems } = await copyAndCheck(origin(), { workerUrl, signal: copying.signal });
      if (problems.length > 0) log.error('database.integrity', { problems: problems.length });
      return copy;
    },
    stopCopying() {
      copying.abort();
    },
    close() {
      copying.abort();
      if (sqlite.open) sqlite.close();
      openFiles.delete(file);
    },
  };
}

async function checkInPlace(sqlite: Sqlite.Database, handle: DatabaseHandle): Promise<string[]> {
  const tables = handle.all<{ name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`);
  const problems: string[] = [];
  for (const { name } of tables) {
    await new Promise((resolveTurn) => setImmediate(resolveTurn));
    if (!sqlite.open) break;
    const found = sqlite.pragma(`integrity_check('${name.replaceAll(`'`, `''`)}')`, { simple: true });
    if (found !== 'ok') problems.push(`${name}: ${String(found)}`);
  }
  return problems;
}

function assertConsecutive(migrations: readonly Migration[]): void {
  for (const [index, migration] of migrations.entries()) {
    if (migration.version !== index + 1) throw new Error('database: migrations are not numbered 1, 2, 3 …');
  }
}

function refused(reason: RefusalReason, foundVersion: number | null = null, code: string | null = null) {
  return { kind: 'refused', reason, foundVersion, code } as const;
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

function hasSqliteCode(error: unknown, pattern: RegExp): boolean {
  return error instanceof Sqlite.SqliteError && pattern.test(error.code);
}

/** Faults of the place, told apart by the codes of SQLite (https://www.sqlite.org/rescode.html) and of the system. */
function refusalOf(error: unknown): Extract<OpenResult, { kind: 'refused' }> | null {
  const code = codeOf(error);
  if (error instanceof MigrationFailed) return refused('migration_failed', null, codeOf(error.cause));
  if (code === null) return null;
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return refused('in_use', null, code);
  if (/^(SQLITE_FULL|ENOSPC|EDQUOT|SQLITE_IOERR_SHMSIZE)$/.test(code)) return refused('disk_full', null, code);
  if (/^(SQLITE_(READONLY|CANTOPEN|IOERR_LOCK|PERM)|EROFS$|EACCES$|EPERM$)/.test(code)) {
    return refused('read_only', null, code);
  }
  if (/^(SQLITE_IOERR|EIO$|ENOTDIR$|ENOENT$|EISDIR$|ENODEV$|ENXIO$)/.test(code)) return refused('disk', null, code);
  return null;
}
