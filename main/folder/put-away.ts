import { lstat, mkdir, rename, unlink } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { DONE_FOLDER } from '../../shared/domain/index.ts';
import type { AfterTaking } from '../../shared/domain/index.ts';

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
