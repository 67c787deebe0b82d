import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncDirectory } from './directory-sync.ts';

/** Replaces a small file durably: old or new after a power cut, never half. Readable by this user only. */
export async function writeAtomically(file: string, content: string | Uint8Array): Promise<void> {
  const half = halfOf(file);
  await removeHalf(file);
  const handle = await open(half, 'wx', 0o600);
  try {
    // `writeFile` loops over short writes and reports a full disk.
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(half, file);
  await syncDirectory(dirname(file));
}

/** Takes away what a death in the middle of `writeAtomically` left of this file. */
export function removeHalf(file: string): Promise<void> {
  return rm(halfOf(file), { force: true });
}

function halfOf(file: string): string {
  return `${file}.half`;
}
