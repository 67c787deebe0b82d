import { closeSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type Sqlite from 'better-sqlite3';
import { backupName, pruneBackups, syncDirectory, syncFile } from './files.ts';

/** Pages copied in one turn of the event loop: a megabyte. */
const PAGES_PER_TURN = 256;

export interface CheckedCopy {
  /** The copy's file; null when it was not sound and therefore not kept. */
  readonly file: string | null;
  /** What SQLite's full check found in the copy, and so in the database. */
  readonly problems: readonly string[];
}

interface Origin {
  readonly sqlite: Sqlite.Database;
  readonly file: string;
  readonly version: number;
  readonly epochMs: number;
}

/** Before a migration: a compact copy in one statement, while nothing else runs yet. Answers its file. */
export function copyBeforeMigration(origin: Origin): string {
  const { target, half } = begin(origin);
  origin.sqlite.prepare('VACUUM INTO ?').run(half);
  publish(half, target, origin.file);
  return target;
}

/**
 * A durable copy beside the database, made in small steps while work goes on, and checked whole on a thread of its own: the
 * check of a large database takes seconds, and the database itself can be opened by this process only once. A copy that is
 * not sound would push a sound one out, so it goes. Rejects when the disk does not take the copy, or when `signal` says that
 * there is no more time; nothing stays of it then.
 */
export async function copyAndCheck(
  origin: Origin,
  { workerUrl, signal }: { workerUrl: URL; signal: AbortSignal },
): Promise<CheckedCopy> {
  const { target, half } = begin(origin);
  try {
    await origin.sqlite.backup(half, {
      progress: () => {
        signal.throwIfAborted();
        return PAGES_PER_TURN;
      },
    });
    const problems = await checkOnThread(half, workerUrl, signal);
    if (problems.length > 0) {
      rmSync(half, { force: true });
      return { file: null, problems };
    }
    publish(half, target, origin.file);
    return { file: target, problems };
  } catch (error) {
    rmSync(half, { force: true });
    throw error;
  }
}

function begin({ file, version, epochMs }: Origin): { target: string; half: string } {
  const target = backupName(file, version, epochMs);
  const half = `${target}.half`;
  rmSync(half, { force: true });
  closeSync(openSync(half, 'wx', 0o600));
  return { target, half };
}

function publish(half: string, target: string, file: string): void {
  syncFile(half);
  renameSync(half, target);
  syncDirectory(dirname(file));
  pruneBackups(file);
}

function checkOnThread(file: string, workerUrl: URL, signal: AbortSignal): Promise<string[]> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerUrl, { workerData: file, name: 'database-check' });
    signal.addEventListener('abort', () => void worker.terminate(), { once: true });
    worker.once('message', (problems: string[]) => {
      resolve(problems);
    });
    worker.once('error', reject);
    worker.once('exit', () => {
      reject(new Error('database: the check ended without an answer'));
    });
  });
}
