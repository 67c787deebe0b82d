import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, mkdir, rename, unlink } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { DONE_FOLDER } from '../../shared/domain/index.ts';
import type { AfterTaking } from '../../shared/domain/index.ts';

/** The SHA-256 of a file as it is now, lower-case hex; null when it cannot be read. */
export async function digestOfFile(path: string, signal: AbortSignal): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash, { signal });
    return hash.digest('hex');
  } catch {
    return null;
  }
}

/** Moves a file out of the way, or deletes it. Rejects when that cannot be done. */
export async function putAwayFile(folder: string, name: string, afterTaking: AfterTaking): Promise<void> {
  const path = join(folder, name);
  if (afterTaking === 'delete') {
    await unlink(path);
    return;
  }
  const done = join(folder, DONE_FOLDER);
  await mkdir(done, { recursive: true });
  await rename(path, await freeName(done, name));
}

/** A path in `folder` that no file has: `scan.pdf`, `scan (2).pdf`, … */
async function freeName(folder: string, name: string): Promise<string> {
  const ending = extname(name);
  const stem = ending === '' ? name : name.slice(0, -ending.length);
  for (let count = 1; ; count += 1) {
    const path = join(folder, count === 1 ? name : `${stem} (${count})${ending}`);
    const isTaken = await lstat(path).then(
      () => true,
      () => false,
    );
    if (!isTaken) return path;
  }
}
