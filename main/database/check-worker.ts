import { parentPort, workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';
import { z } from 'zod';

const MAX_PROBLEMS = 20;

/** SQLite's full check of one file that nobody else has open. Its findings name tables and pages, never content. */
function check(file: string): string[] {
  const sqlite = new Sqlite(file, { fileMustExist: true });
  try {
    // Without it the copy's write-ahead mode would leave a file of shared memory behind.
    sqlite.pragma('locking_mode = EXCLUSIVE');
    const found = sqlite.pragma(`integrity_check(${MAX_PROBLEMS})`);
    return z
      .array(z.object({ integrity_check: z.string() }))
      .parse(found)
      .map((row) => row.integrity_check)
      .filter((finding) => finding !== 'ok');
  } catch (error) {
    return [error instanceof Sqlite.SqliteError ? error.code : 'unreadable'];
  } finally {
    sqlite.close();
  }
}

const file: unknown = workerData;
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread has no origin
if (parentPort !== null && typeof file === 'string') parentPort.postMessage(check(file));
