import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** What a PC knows of a profile that runs on it. Lies outside the profile; nothing in it is secret. */
const Record = z.object({
  version: z.literal(1),
  /** Hash over the PC's own number and the profile's. */
  machine: z.string(),
  /** The profile's folder, without links. */
  folder: z.string(),
  /** Renewed at every start, here and in the profile: an older copy of the profile has an older one. */
  token: z.string(),
  /** Set only while the token is being renewed: a start that was cut off in between is no copy. */
  previousToken: z.string().nullable(),
  /** Last row of the ledger that is known here. */
  sequence: z.number(),
  /** Process that has the profile open, or null. */
  pid: z.number().nullable(),
  /** When this was written, epoch milliseconds: at least every half minute while the profile is open. */
  at: z.number(),
});
export type Record = z.infer<typeof Record>;

/** Records of profiles that are no longer there are kept this long. */
const KEEP_MS = 90 * 86_400_000;

const fileOf = (folder: string, profileId: string): string => join(folder, `${profileId}.json`);

export function readRecord(folder: string, profileId: string): Record | null {
  try {
    const parsed = Record.safeParse(JSON.parse(readFileSync(fileOf(folder, profileId), 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    // Not there, or not readable: nothing is known here, which is what a copy on another PC looks like.
    return null;
  }
}

/** Durable when it returns. Throws what the system says. */
export function writeRecord(folder: string, profileId: string, record: Record): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = fileOf(folder, profileId);
  const half = `${file}.half`;
  writeFileSync(half, `${JSON.stringify(record)}\n`, { mode: 0o600, flush: true });
  renameSync(half, file);
  if (process.platform === 'win32') return;
  const directory = openSync(folder, 'r');
  fsyncSync(directory);
  closeSync(directory);
}

/** A process that has not written for this long is not there any more, whoever has its number now. */
const ALIVE_MS = 90_000;

/** Whether the profile that this record is about is open at this moment, in another process of this PC. */
export function isOpenElsewhere(record: Record, now: number): boolean {
  if (record.pid === null || record.pid === process.pid || Math.abs(now - record.at) > ALIVE_MS) return false;
  try {
    process.kill(record.pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Forgets profiles whose folder has been gone for long. */
export function pruneRecords(folder: string, now: number): void {
  for (const name of readdirSync(folder)) {
    const profileId = /^([\w-]+)\.json$/.exec(name)?.[1];
    const record = profileId === undefined ? null : readRecord(folder, profileId);
    if (record === null || existsSync(record.folder) || now - record.at < KEEP_MS) continue;
    rmSync(join(folder, name), { force: true });
  }
}

export function newToken(): string {
  return randomBytes(16).toString('hex');
}

export function machineHash(machine: string, profileId: string): string {
  return createHash('sha256').update(`${profileId}\n${machine}`).digest('hex').slice(0, 32);
}
