import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

export interface ScanFolders {
  /** A new empty folder that only this account can enter. */
  make(): Promise<string>;
  /** Removes it with whatever is left in it. */
  remove(folder: string): Promise<void>;
  /** Removes what a run that was killed has left. Answers how many folders there were. */
  sweep(): Promise<number>;
}

const remove = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true, maxRetries: 3 });

/**
 * Where pages lie in clear between the scanner's program and the vault: for the moment that it takes to encrypt them. Inside
 * the profile, because the system's folder for temporary files belongs to everybody and may be a disk of its own.
 */
export function createScanFolders(directory: string): ScanFolders {
  return {
    async make() {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      return mkdtemp(join(directory, 'scan-'));
    },
    remove,
    async sweep() {
      let names: string[];
      try {
        names = await readdir(directory);
      } catch {
        return 0;
      }
      for (const name of names) await remove(join(directory, name));
      return names.length;
    },
  };
}
