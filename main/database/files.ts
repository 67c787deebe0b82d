import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Everything here is about whole files beside the database: setting aside, backups, and making names durable. */

const COMPANIONS = ['-wal', '-shm', '-journal'] as const;
const BACKUPS_KEPT = 3;

/** UTC to the millisecond, fit for a file name and sorted by time: 20261122T030550123Z. */
export function fileStamp(epochMs: number): string {
  return new Date(epochMs).toISOString().replace(/[-:.]/g, '');
}

/**
 * With missing parents. Node's own `recursive` calls a read-only disk ENOENT, so it is done step by step. A folder that is there
 * already may have been made a moment ago by what runs this program, so its name is made durable as well, as far as it can be: the
 * folder above it may be one that this account cannot read, or of a file system that cannot do it.
 */
export function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'EEXIST') {
      trySyncDirectory(dirname(directory));
      return;
    }
    if (code !== 'ENOENT' || dirname(directory) === directory) throw error;
    makeDirectory(dirname(directory));
    mkdirSync(directory, { mode: 0o700 });
  }
  syncDirectory(dirname(directory));
}

function trySyncDirectory(directory: string): void {
  try {
    syncDirectory(directory);
  } catch {
    // Deliberately swallowed: see above.
  }
}

/** Makes created, renamed or removed names of a directory durable. Windows has no such call and needs none. */
export function syncDirectory(directory: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(directory, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

export function syncFile(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Where a copy of the log waits while the damaged database is closed (closing writes the log back and removes it). */
export function keptLogOf(file: string): string {
  return `${file}-wal.kept`;
}

/** Renames a damaged database and its companions to `<name>.damaged-<UTC>…`; nothing is deleted. Returns the new name. */
export function setAside(file: string, epochMs: number): string {
  const target = freeName(`${file}.damaged-${fileStamp(epochMs)}`);
  // The companions go first: a crash in between must not leave an old log beside a new database.
  for (const companion of COMPANIONS) {
    if (existsSync(`${file}${companion}`)) renameSync(`${file}${companion}`, `${target}${companion}`);
  }
  if (existsSync(keptLogOf(file))) {
    if (existsSync(`${target}-wal`)) rmSync(keptLogOf(file));
    else renameSync(keptLogOf(file), `${target}-wal`);
  }
  renameSync(file, target);
  syncDirectory(dirname(file));
  return target;
}

/** Damaged databases that were set aside earlier and are still there, oldest first. */
export function filesSetAside(file: string): string[] {
  return siblings(file, /\.damaged-\d{8}T\d{9}Z(-\d+)?$/);
}

export function backupName(file: string, version: number, epochMs: number): string {
  return freeName(`${file}.backup-${fileStamp(epochMs)}-v${version}`);
}

/** Backups of this database, newest first. */
export function backupsOf(file: string): string[] {
  return siblings(file, /\.backup-\d{8}T\d{9}Z-v\d+(-\d+)?$/).toReversed();
}

/** What a death in the middle of a copy left behind. Only for whoever holds the database's lock: a copy may be under way. */
export function removeHalves(file: string): void {
  for (const half of siblings(
    file,
    /(\.restoring|\.reserve\.half|\.backup-\d{8}T\d{9}Z-v\d+(-\d+)?\.half(-journal|-wal|-shm)?)$/,
  )) {
    rmSync(half, { force: true });
  }
}

export function pruneBackups(file: string): void {
  for (const old of backupsOf(file).slice(BACKUPS_KEPT)) rmSync(old, { force: true });
}

/** Puts a copy of `backup` in the place of `file`, durably. The backup itself stays. */
export function copyIntoPlace(backup: string, file: string): void {
  const half = `${file}.restoring`;
  copyFileSync(backup, half);
  syncFile(half);
  renameSync(half, file);
  syncDirectory(dirname(file));
}

function siblings(file: string, ending: RegExp): string[] {
  const directory = dirname(file);
  const name = basename(file);
  return readdirSync(directory)
    .filter((entry) => entry.startsWith(name) && ending.test(entry.slice(name.length)))
    .sort()
    .map((entry) => join(directory, entry));
}

function freeName(wanted: string): string {
  let name = wanted;
  for (let count = 2; existsSync(name); count += 1) name = `${wanted}-${count}`;
  return name;
}
