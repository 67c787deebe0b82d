/** What becomes of the files of a watched folder when a take is cut off, and when a writer goes on meanwhile. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { appendFile, readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWatchedFolder } from '../../../main/folder/index.ts';
import type { WatchedFolder, WatchedFolderOptions } from '../../../main/folder/index.ts';
import { silentLog } from '../../../main/logging/index.ts';
import type { FolderTaking, ImportReport } from '../../../shared/domain/index.ts';
import { makeFolder, removeFolder } from '../../support/folders.ts';
import { handTimers } from '../../support/hand-timers.ts';
import type { HandTimers } from '../../support/hand-timers.ts';
import { until } from '../../support/until.ts';

let folder: string;
let time: HandTimers;
let watched: WatchedFolder;
/** What outlives a kill: the pages by their bytes, and what is being taken. */
let pages: string[];
let taking: FolderTaking;

const HERE = { submissionId: 'customer', slot: null };

async function capture(paths: readonly string[]): Promise<ImportReport> {
  const imported: ImportReport['imported'] = [];
  for (const path of paths) {
    pages.push(
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    );
    imported.push({ fileName: basename(path), pageId: String(pages.length), submissionId: 'customer', slot: null });
  }
  return { imported, refused: [] };
}

function open(
  importFiles: WatchedFolderOptions['importFiles'] = capture,
  afterTaking: 'move' | 'delete' = 'delete',
): void {
  watched = createWatchedFolder({
    clock: time.clock,
    timers: time.timers,
    log: silentLog,
    rules: () => ({ path: folder, afterTaking }),
    importFiles,
    pagesOf: (sha256) => {
      const count = pages.filter((page) => page === sha256).length;
      return { ever: count, live: count };
    },
    taking: {
      get: () => taking,
      set: (now) => {
        taking = now;
      },
    },
    onChange: () => undefined,
  });
  watched.start();
}

beforeEach(() => {
  folder = makeFolder('put-away');
  time = handTimers();
  pages = [];
  taking = [];
});
afterEach(() => {
  watched.stop();
  removeFolder(folder);
});

const offered = (): string[] => watched.view().complete.map(({ name }) => name);
const remarks = (): string[] => watched.view().remarks.map(({ name, message }) => `${name} ${message.code}`);
const offers = (...names: string[]): Promise<unknown> =>
  time.after(`${names.join(', ')} to be offered`, () => offered().join() === names.join());

describe('a take that a kill cut off', () => {
  it('is finished by the next start for what was captured, and only for that', async () => {
    for (const name of ['1.jpg', '2.jpg', '3.jpg']) await writeFile(join(folder, name), `page ${name}`);
    // The same bytes once more: there must be a second page of them before it goes.
    await writeFile(join(folder, '4.jpg'), 'page 1.jpg');
    for (const name of ['1.jpg', '4.jpg']) await utimes(join(folder, name), 1_700_000_000, 1_700_000_000);
    let isCaptured = false;
    open(async (paths) => {
      await capture(paths.slice(0, 2));
      isCaptured = true;
      return new Promise<never>(() => undefined);
    });
    await offers('1.jpg', '2.jpg', '3.jpg', '4.jpg');
    void watched.take(HERE);
    await until('two pages', () => isCaptured);
    expect(JSON.stringify(taking)).not.toContain('jpg');
    watched.stop();

    open();
    await offers('3.jpg', '4.jpg');
    expect([(await readdir(folder)).toSorted(), taking]).toEqual([['3.jpg', '4.jpg'], []]);
    expect(remarks()).toEqual(['4.jpg folder.takenBefore']);
    expect((await watched.take(HERE)).imported.map(({ fileName }) => fileName)).toEqual(['3.jpg', '4.jpg']);
    expect([pages.length, await readdir(folder)]).toEqual([4, []]);
  });

  it('deletes nothing that is put there anew', async () => {
    open();
    for (const turn of [1, 2]) {
      await writeFile(join(folder, 'scan.jpg'), 'the page of two customers');
      await offers('scan.jpg');
      await time.after('the remark', () => remarks().length === turn - 1);
      expect((await watched.take(HERE)).imported).toHaveLength(1);
      expect([pages.length, await readdir(folder)]).toEqual([turn, []]);
    }
  });
});

describe('a file that cannot be put away', () => {
  const stuck = (): string[] => watched.view().refused.map(({ name, message }) => `${name} ${message.code}`);

  async function takeOne(): Promise<void> {
    // Where the folder for what was taken should be lies a file.
    await writeFile(join(folder, 'done'), '');
    await writeFile(join(folder, 'scan.jpg'), 'a page');
    open(capture, 'move');
    await offers('scan.jpg');
    await watched.take(HERE);
    expect([stuck(), offered(), pages.length]).toEqual([['scan.jpg folder.notMoved'], [], 1]);
  }

  it('is said, tried again by itself, and never taken twice', async () => {
    await takeOne();
    const takenAt = time.clock.monotonic();
    await time.after('half a minute', () => time.clock.monotonic() > takenAt + 30_000);
    expect([stuck(), offered()]).toEqual([['scan.jpg folder.notMoved'], []]);
    await rm(join(folder, 'done'));
    await time.after('the file to be moved', () => existsSync(join(folder, 'done', 'scan.jpg')));
    await time.after('nothing to be said', () => stuck().length === 0);
    expect([await readdir(folder), offered(), pages.length, taking]).toEqual([['done'], [], 1, []]);
  });

  it('is offered again when its page is no customer’s any more', async () => {
    await takeOne();
    pages = [];
    await offers('scan.jpg');
    expect([stuck(), taking]).toEqual([[], []]);
  });
});

describe('a scanner that appends its sheets', () => {
  it('is waited for longer where a file is whole after each of them', async () => {
    const names = ['a.pdf', 'b.tif', 'c.TIFF', 'd.jpg'];
    for (const name of names) await writeFile(join(folder, name), 'sheet');
    open();
    await time.after('the picture', () => offered().length === 1);
    expect([offered(), watched.view().arriving]).toEqual([['d.jpg'], 3]);
    time.pass(8_000);
    expect(watched.view().arriving).toBe(3);
    await offers(...names);
  });

  it('keeps the file where it is when another sheet came while the first was taken, and says so', async () => {
    const path = join(folder, 'scan.pdf');
    await writeFile(path, 'one sheet');
    let isFirst = true;
    open(async (paths) => {
      const report = await capture(paths);
      if (isFirst) await appendFile(path, ', another sheet');
      isFirst = false;
      return report;
    });
    await offers('scan.pdf');
    await watched.take(HERE);
    expect(await readFile(path, 'utf8')).toBe('one sheet, another sheet');
    await offers('scan.pdf');
    expect([remarks(), taking]).toEqual([['scan.pdf folder.changed'], []]);
    await watched.take(HERE);
    expect([pages.length, await readdir(folder), watched.view().remarks]).toEqual([2, [], []]);
  });

  it('is not taken when it has gone on since the last look', async () => {
    const path = join(folder, 'scan.jpg');
    await writeFile(path, 'one sheet');
    open();
    await offers('scan.jpg');
    await appendFile(path, ', another sheet');
    await expect(watched.take(HERE)).rejects.toThrow('folder.nothing');
    expect([pages, taking, await readdir(folder)]).toEqual([[], [], ['scan.jpg']]);
  });
});
