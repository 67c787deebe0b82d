import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isComplete, lookInto, QUIET_MS } from '../../../main/folder/arrivals.ts';
import type { Arrival, FolderFiles } from '../../../main/folder/arrivals.ts';
import { putAwayFile } from '../../../main/folder/put-away.ts';
import { DONE_FOLDER } from '../../../shared/domain/index.ts';

interface File {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ino: number;
}

const FILE: File = { size: 1_000, mtimeMs: 1, ino: 1 };

const disk = (files: Readonly<Record<string, File>>): FolderFiles => ({
  readdir: () => Promise.resolve(Object.keys(files)),
  lstat: (path) => {
    const file = files[path.replace('/in/', '')];
    return file === undefined ? Promise.reject(new Error('gone')) : Promise.resolve({ ...file, isFile: () => true });
  },
});

/** The folder at one time after the other, and what counts as complete then. */
async function completeAfter(looks: readonly (readonly [atMs: number, files: Readonly<Record<string, File>>])[]) {
  let seen: ReadonlyMap<string, Arrival> = new Map();
  let now = 0;
  for (const [atMs, files] of looks) {
    now = atMs;
    seen = await lookInto('/in', seen, atMs, disk(files));
  }
  return [...seen.values()].filter((arrival) => isComplete(arrival, now)).map(({ name }) => name);
}

describe('a file of the watched folder', () => {
  it('is complete when it has looked the same for long enough', async () => {
    expect(await completeAfter([[0, { 'a.jpg': FILE }]])).toEqual([]);
    const same = [0, QUIET_MS].map((atMs) => [atMs, { 'a.jpg': FILE }] as const);
    expect(await completeAfter(same)).toEqual(['a.jpg']);
  });

  it.each([
    ['its size', { ...FILE, size: 1_001 }],
    ['its time', { ...FILE, mtimeMs: 2 }],
    ['the file of that name', { ...FILE, ino: 2 }],
  ])('begins anew with %s', async (_what, file) => {
    const looks = [
      [0, { 'a.jpg': FILE }],
      [QUIET_MS, { 'a.jpg': file }],
    ] as const;
    expect(await completeAfter(looks)).toEqual([]);
  });

  it('is none while it is empty, and none by a name under which programs keep what is not whole', async () => {
    const unfinished = ['.hidden.jpg', '~a.jpg', 'a.jpg.part', 'a.partial', 'a.jpg.crdownload', 'a.tmp', 'Thumbs.db'];
    const files = Object.fromEntries(unfinished.map((name) => [name, FILE]));
    const all = { ...files, 'empty.jpg': { ...FILE, size: 0 }, '10.jpg': FILE, '9.jpg': FILE };
    expect(await completeAfter([0, QUIET_MS].map((atMs) => [atMs, all] as const))).toEqual(['9.jpg', '10.jpg']);
  });
});

it('takes the place of no file that was put away before', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'satchel-put-away-'));
  try {
    for (const text of ['one', 'two', 'three']) {
      await writeFile(join(folder, 'scan.v1.jpg'), text);
      await putAwayFile(folder, 'scan.v1.jpg', 'move');
    }
    const done = join(folder, DONE_FOLDER);
    const names = (await readdir(done)).toSorted();
    expect(names).toEqual(['scan.v1 (2).jpg', 'scan.v1 (3).jpg', 'scan.v1.jpg']);
    const texts = await Promise.all(names.map((name) => readFile(join(done, name), 'utf8')));
    expect(texts).toEqual(['two', 'three', 'one']);
  } finally {
    await rm(folder, { recursive: true });
  }
});
