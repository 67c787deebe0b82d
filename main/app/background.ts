import type { OpenedDatabase } from '../database/index.ts';
import { errorFields } from '../logging/index.ts';
import type { Log } from '../logging/index.ts';
import type { SatchelOptions } from './types.ts';

const FIRST_BACKUP_MS = 10 * 60_000;
const BACKUP_EVERY_MS = 24 * 60 * 60_000;

/** Kept on the disk for the outbox: what has been released is sent also when other programs have filled the disk. */
export const KEPT_BYTES = 16 * 1024 * 1024;
/** How often room is looked for while there is none. */
const LOOK_FOR_ROOM_MS = 30_000;

/** A copy of the database soon after the start, when the desk has settled, and then once a day while the app runs. */
export function createBackups(database: OpenedDatabase, log: Log) {
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
export function createRoomKeeper(
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
