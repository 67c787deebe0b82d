import { join } from 'node:path';

/**
 * A file counts as complete when neither its size nor its time has changed for this long: scanners write a page in pieces,
 * and a share does not tell when they close it.
 */
export const QUIET_MS = 4_000;

/**
 * The same for what is a valid file after each sheet: with a scanner that appends, four seconds are over while somebody
 * turns a page or frees the paper.
 */
export const QUIET_GROWING_MS = 15_000;

/** TIFF and PDF hold as many sheets as are appended; a name without an ending may be either. */
const MAY_GROW = /\.(pdf|tiff?)$|^[^.]+$/i;

/** One file of the folder as it looked last. */
export interface Arrival {
  readonly name: string;
  readonly byteLength: number;
  /** By the clock of the disk or share. */
  readonly writtenAt: number;
  /** What changes when it is written to. The clock of a share may be another one, so it is only compared with itself. */
  readonly looks: string;
  /** Monotonic ms since when it has looked like this. */
  readonly since: number;
}

/** How a folder is read; a test gives another one than the disk's. */
export interface FolderFiles {
  readonly readdir: (folder: string) => Promise<string[]>;
  readonly lstat: (path: string) => Promise<{ isFile(): boolean; size: number; mtimeMs: number; ino: number }>;
}

/** Names under which programs keep what is not whole yet, and what systems put into folders by themselves. */
const NOT_A_PAGE = /^[.~]|\.(tmp|temp|part|partial|crdownload|download|lock)$|^(thumbs\.db|desktop\.ini)$/i;

/**
 * The files that lie in a folder now, by name in the order in which people number them. `before`: what was there at the last
 * look. Folders and links are left out. Rejects when the folder cannot be read.
 */
export async function lookInto(
  folder: string,
  before: ReadonlyMap<string, Arrival>,
  monotonicMs: number,
  files: FolderFiles,
): Promise<Map<string, Arrival>> {
  const names = (await files.readdir(folder)).filter((name) => !NOT_A_PAGE.test(name));
  names.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const found = new Map<string, Arrival>();
  for (const name of names) {
    const looks = await looksOf(join(folder, name), files);
    if (looks === null) continue;
    const known = before.get(name);
    const since = known !== undefined && known.looks === looks.looks ? known.since : monotonicMs;
    found.set(name, { name, ...looks, since });
  }
  return found;
}

/** How a file looks now; null when it has gone, or is no file. */
export async function looksOf(
  path: string,
  files: FolderFiles,
): Promise<Pick<Arrival, 'byteLength' | 'writtenAt' | 'looks'> | null> {
  try {
    const { size, mtimeMs, ino } = await files.lstat(path).then((stats) => {
      if (!stats.isFile()) throw new Error('folder: not a file');
      return stats;
    });
    return { byteLength: size, writtenAt: mtimeMs, looks: `${size} ${mtimeMs} ${ino}` };
  } catch {
    // Gone between the two looks, or no file.
    return null;
  }
}

/** Whether nobody seems to write to it any more. An empty file has only been begun. */
export function isComplete(arrival: Arrival, monotonicMs: number): boolean {
  const quietMs = MAY_GROW.test(arrival.name) ? QUIET_GROWING_MS : QUIET_MS;
  return arrival.byteLength > 0 && monotonicMs - arrival.since >= quietMs;
}
