/** The folder of a multifunction printer: whole files only, taken by a person, moved when their pages are safe. */
import { appendFile, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WatchedFolderView } from '../../../shared/domain/index.ts';
import { makeFolder, removeFolder } from '../../support/folders.ts';
import { openSatchel } from '../../support/open-satchel.ts';
import type { OpenedSatchel } from '../../support/open-satchel.ts';
import { flowOf } from '../../support/flow-of.ts';
import { until } from '../../support/until.ts';
import { jpeg, pdf } from '../capture/files.ts';

let profile: string;
let folder: string;
let app: OpenedSatchel;
let told: WatchedFolderView[];
/** What has passed for the folder: only a test moves it, so that no machine is too slow for one. */
let elapsedMs: number;
/** How much sooner the folder is looked into. */
const FASTER = 40;
/** The folder's own pause between two looks, by which the test counts them. */
const LOOK_EVERY_MS = 2_000;
let looks: number;

async function open(): Promise<void> {
  app = await openSatchel(profile, {
    emit: (name, payload) => {
      if (name === 'watchedFolder' && typeof payload === 'object' && 'arriving' in payload) told.push(payload);
    },
    clock: { now: () => Date.now(), monotonic: () => elapsedMs },
    timers: {
      after: (delayMs, run) => {
        if (delayMs === LOOK_EVERY_MS) looks += 1;
        const timer = setTimeout(run, delayMs / FASTER);
        return () => {
          clearTimeout(timer);
        };
      },
      soon: setImmediate,
    },
  });
  await app.satchel.start();
}

beforeEach(async () => {
  profile = makeFolder('watched');
  folder = makeFolder('watched-scans');
  told = [];
  elapsedMs = 0;
  looks = 0;
  await open();
  app.services.folder.watch(folder);
});
afterEach(async () => {
  await app.close();
  removeFolder(profile);
  removeFolder(folder);
});

const put = (name: string, bytes: Uint8Array): Promise<void> => writeFile(join(folder, name), bytes);
const names = (view: WatchedFolderView): string[] => view.complete.map(({ name }) => name);
const complete = (count: number): Promise<WatchedFolderView> =>
  until(`${count} complete files`, () => {
    elapsedMs += 500;
    const view = app.services.folder.view();
    return view.complete.length === count && view.arriving === 0 ? view : null;
  });

function newCustomer(): string {
  const { capture, connections } = app.services;
  const connectionId = connections.list().find(({ provider }) => provider === 'persona')?.id ?? '';
  return capture.createSubmission({ batchId: capture.createBatch(), connectionId, flowId: flowOf('persona').id });
}

const pagesOf = (submissionId: string) =>
  app.services.capture.submission(submissionId).pages.map(({ fileName, source, slot }) => [fileName, source, slot]);

describe('a folder into which a printer scans', () => {
  it('offers what is whole, takes it in the order of its numbers, and moves it when it is safe', async () => {
    await put('scan10.pdf', pdf());
    await put('scan9.jpg', await jpeg({ seed: 1 }));
    await put('.hidden.jpg', await jpeg({ seed: 2 }));
    await put('scan11.jpg.part', await jpeg({ seed: 3 }));
    await put('empty.jpg', new Uint8Array());
    await mkdir(join(folder, 'another'));
    const view = await until('two complete files', () => {
      elapsedMs += 500;
      const now = app.services.folder.view();
      return now.complete.length === 2 && told.at(-1)?.complete.length === 2 ? now : null;
    });
    expect(view).toMatchObject({ state: 'watching', arriving: 1, refused: [] });
    expect(names(view)).toEqual(['scan9.jpg', 'scan10.pdf']);
    expect(told.at(-1)).toEqual(view);
    expect(JSON.stringify(told)).not.toContain(folder);

    const submissionId = newCustomer();
    await app.services.folder.take({ submissionId, slot: null });
    expect(pagesOf(submissionId)).toEqual([
      ['scan9.jpg', 'folder', 'identity/passport/single'],
      ['scan10.pdf', 'folder', 'address/utility_bill/single'],
    ]);
    expect((await readdir(join(folder, 'done'))).toSorted()).toEqual(['scan10.pdf', 'scan9.jpg']);
    expect((await readdir(folder)).toSorted()).toEqual([
      '.hidden.jpg',
      'another',
      'done',
      'empty.jpg',
      'scan11.jpg.part',
    ]);
  });

  it('waits while somebody still writes', async () => {
    const bytes = await jpeg({ width: 1200, height: 900, seed: 4 });
    const path = join(folder, 'slow.jpg');
    await writeFile(path, bytes.subarray(0, 10_000));
    const step = Math.ceil(bytes.length / 5);
    for (let at = 10_000; at < bytes.length; at += step) {
      await appendFile(path, bytes.subarray(at, at + step));
      const before = looks;
      // One may have begun before the piece was there; the next one sees it.
      await until('two more looks', () => looks >= before + 2);
      // Seconds between two pieces, again and again: longer than the quiet that is asked for, taken together.
      elapsedMs += 3_000;
      expect(app.services.folder.view()).toMatchObject({ complete: [], arriving: 1 });
    }
    await complete(1);
    const submissionId = newCustomer();
    const report = await app.services.folder.take({ submissionId, slot: null });
    expect([report.imported.length, report.refused]).toEqual([1, []]);
  });

  it('takes no page twice when the file could not be moved before the app ended', async () => {
    const bytes = await jpeg({ seed: 5 });
    await put('one.jpg', bytes);
    await put('done', new Uint8Array());
    await until('one complete file', () => {
      elapsedMs += 500;
      return app.services.folder.view().complete.length === 1;
    });
    const submissionId = newCustomer();
    await app.services.folder.take({ submissionId, slot: null });
    expect(app.services.folder.view().refused.map(({ message }) => message.code)).toEqual(['folder.notMoved']);
    await app.close();
    await rm(join(folder, 'done'));
    await open();
    await put('two.jpg', await jpeg({ seed: 6 }));
    await complete(1);
    const other = newCustomer();
    await app.services.folder.take({ submissionId: other, slot: null });
    expect(pagesOf(other).map(([name]) => name)).toEqual(['two.jpg']);
    expect((await readdir(join(folder, 'done'))).toSorted()).toEqual(['one.jpg', 'two.jpg']);
  });

  it('offers again what went to the wrong customer and was put back, and says that it was taken before', async () => {
    await put('one.jpg', await jpeg({ seed: 12 }));
    await complete(1);
    const wrong = newCustomer();
    await app.services.folder.take({ submissionId: wrong, slot: null });
    app.services.capture.voidSubmission(wrong, 'the wrong customer');
    await rename(join(folder, 'done', 'one.jpg'), join(folder, 'one.jpg'));
    await complete(1);
    await until('the remark', () =>
      app.services.folder.view().remarks.some(({ message }) => message.code === 'folder.takenBefore'),
    );
    const right = newCustomer();
    await app.services.folder.take({ submissionId: right, slot: null });
    expect(pagesOf(right).map(([name]) => name)).toEqual(['one.jpg']);
    expect(await readdir(folder)).toEqual(['done']);
  });

  it('leaves what it refuses where it is, says why, and offers it again when it is written anew', async () => {
    await put('letter.jpg', Buffer.from('not a picture at all'));
    await complete(1);
    const submissionId = newCustomer();
    const report = await app.services.folder.take({ submissionId, slot: null });
    expect(report.refused.map(({ message }) => message.code)).toEqual(['import.unknownType']);
    expect(app.services.folder.view()).toMatchObject({
      complete: [],
      refused: [{ name: 'letter.jpg', message: { code: 'import.unknownType' } }],
    });
    await expect(app.services.folder.take({ submissionId, slot: null })).rejects.toThrow('folder.nothing');
    await put('letter.jpg', await jpeg({ seed: 7 }));
    await complete(1);
  });

  it('keeps files of the same name apart, and deletes instead where that is set', async () => {
    const submissionId = newCustomer();
    for (const seed of [8, 9]) {
      await put('scan.jpg', await jpeg({ seed }));
      await complete(1);
      await app.services.folder.take({ submissionId, slot: null });
    }
    expect((await readdir(join(folder, 'done'))).toSorted()).toEqual(['scan (2).jpg', 'scan.jpg']);
    app.services.folder.set({ afterTaking: 'delete', isWatched: true });
    await put('scan.jpg', await jpeg({ seed: 10 }));
    await complete(1);
    await app.services.folder.take({ submissionId, slot: null });
    expect([await readdir(folder), (await readdir(join(folder, 'done'))).length]).toEqual([['done'], 2]);
  });

  it('says that a share is away, and goes on when it is back', async () => {
    await put('scan.jpg', await jpeg({ seed: 11 }));
    await complete(1);
    await rename(folder, `${folder}-away`);
    await until('the folder to be missed', () => app.services.folder.view().state === 'unreachable');
    expect(app.services.folder.view().complete).toEqual([]);
    await rename(`${folder}-away`, folder);
    await complete(1);
    await app.close();
    await open();
    expect(app.services.folder.view().name).not.toBeNull();
    app.services.folder.set({ afterTaking: 'move', isWatched: false });
    expect(app.services.folder.view()).toMatchObject({ name: null, state: 'off' });
    await rm(join(folder, 'scan.jpg'));
  });
});
