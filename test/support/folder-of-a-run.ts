import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { makeFolder, removeFolder } from './folders.ts';

/** Names the folder of a run, for those who make it and take it away. */
export const RUN_FOLDER = 'SATCHEL_TEST_RUN';

const PREFIX = 'satchel-run-';
const MEMORY = '/dev/shm';
/** More than all that lies there at one time. A container often has 64 MB. */
const ENOUGH_MEMORY_BYTES = 4 * 2 ** 30;

/**
 * Where this run's tests of parts make their folders; nothing is made yet. In memory where there is room and a program that a test writes may run:
 * waiting for a disk is a tenth of their processor time.
 */
export function folderOfRun(): string {
  return join(hasRoom(MEMORY) && runsPrograms(MEMORY) ? MEMORY : tmpdir(), `${PREFIX}${process.pid}`);
}

/** Makes it, and takes away those of runs that were killed: nobody else would, and in memory they cost until the next start of the PC. */
export function beginRunFolder(folder: string): void {
  const parent = dirname(folder);
  for (const name of readdirSync(parent)) {
    const pid = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length)) : Number.NaN;
    if (Number.isInteger(pid) && !isRunning(pid)) removeIfOurs(join(parent, name));
  }
  mkdirSync(folder, { recursive: true });
}

/** Whether a program that lies there may run; a container's memory is often mounted so that none may. */
export function runsPrograms(parent: string): boolean {
  let folder: string | null = null;
  try {
    folder = makeFolder('runs', parent);
    const program = join(folder, 'program');
    writeFileSync(program, '#!/bin/sh\nexit 0\n', { mode: 0o700 });
    execFileSync(program);
    return true;
  } catch {
    return false;
  } finally {
    if (folder !== null) removeFolder(folder);
  }
}

function removeIfOurs(folder: string): void {
  try {
    removeFolder(folder);
  } catch {
    // Another user's: theirs to take away.
  }
}

function hasRoom(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize > ENOUGH_MEMORY_BYTES;
  } catch {
    // Not Linux.
    return false;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is one as well.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
