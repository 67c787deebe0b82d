/** A share whose server has gone: on a hard mount no call about it ever answers. */
import { lstat, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWatchedFolder } from '../../../main/folder/index.ts';
import type { WatchedFolder } from '../../../main/folder/index.ts';
import { silentLog } from '../../../main/logging/index.ts';
import type { WatchedFolderView } from '../../../shared/domain/index.ts';
import { makeFolder, removeFolder } from '../../support/folders.ts';
import { handTimers } from '../../support/hand-timers.ts';
import type { HandTimers } from '../../support/hand-timers.ts';
import { until } from '../../support/until.ts';

let folder: string;
let other: string;
let path: string;
let watched: WatchedFolder;
let told: WatchedFolderView[];
/** Calls that were made to the folder, and those that wait for a server that has gone. */
let calls: string[];
let waiting: (() => void)[];
let isDead: boolean;
let areFilesDead: boolean;
let time: HandTimers;

beforeEach(async () => {
  folder = makeFolder('dead-share');
  other = makeFolder('dead-share-other');
  path = folder;
  told = [];
  calls = [];
  waiting = [];
  isDead = false;
  areFilesDead = false;
  time = handTimers();
  await writeFile(join(folder, 'scan.jpg'), 'page');
  watched = createWatchedFolder({
    clock: time.clock,
    timers: time.timers,
    log: silentLog,
    rules: () => ({ path, afterTaking: 'move' }),
    importFiles: () => Promise.resolve({ imported: [], refused: [] }),
    pagesOf: () => ({ ever: 0, live: 0 }),
    taking: { get: () => [], set: () => undefined },
    onChange: (view) => told.push(view),
    files: {
      readdir: async (asked) => {
        calls.push(asked);
        if (isDead && asked === folder) await new Promise<void>((answer) => waiting.push(answer));
        return readdir(asked);
      },
      lstat: async (file) => {
        if (areFilesDead) await new Promise<void>((answer) => waiting.push(answer));
        return lstat(file);
      },
    },
    answerLimitMs: 500,
  });
});
afterEach(() => {
  watched.stop();
  removeFolder(folder);
  removeFolder(other);
});

async function dies(): Promise<void> {
  watched.start();
  await time.after('the file to be offered', () => watched.view().complete.length === 1);
  isDead = true;
  await time.after('a look that hangs', () => waiting.length === 1);
}

describe('a share that does not answer any more', () => {
  it('counts as away after a while, is asked once, and goes on when it answers', async () => {
    await dies();
    const asked = calls.length;
    await time.after('the share to be missed', () => watched.view().state === 'unreachable');
    expect(told.at(-1)).toMatchObject({ state: 'unreachable', complete: [] });
    time.pass(600_000);
    expect(calls.length).toBe(asked);
    isDead = false;
    for (const answer of waiting.splice(0)) answer();
    await time.after('the file to be offered again', () => watched.view().complete.length === 1);
    expect(watched.view().state).toBe('watching');
  });

  it('is left for another folder, and not asked a second time when it is chosen again', async () => {
    await dies();
    path = other;
    watched.changed();
    await writeFile(join(other, 'new.jpg'), 'page');
    await time.after('the other folder', () => watched.view().complete[0]?.name === 'new.jpg');
    path = folder;
    watched.changed();
    time.pass(60_000);
    expect(waiting.length).toBe(1);
  });

  it('ends a take that waits for it, with a sentence and nothing taken, and the next one does not find it busy', async () => {
    watched.start();
    await time.after('the file to be offered', () => watched.view().complete.length === 1);
    [isDead, areFilesDead] = [true, true];
    for (const code of ['folder.noAnswer', 'folder.nothing']) {
      let failure: unknown = null;
      void watched.take({ submissionId: 'one', slot: null }).catch((error: unknown) => {
        failure = error;
      });
      await time.after('the take to end', () => failure !== null);
      expect(failure).toMatchObject({ failure: { message: { code } } });
    }
    expect([watched.view().state, watched.isHung(), await readdir(folder)]).toEqual([
      'unreachable',
      true,
      ['scan.jpg'],
    ]);
    [isDead, areFilesDead] = [false, false];
    for (const answer of waiting.splice(0)) answer();
    await time.after('the file to be offered again', () => watched.view().complete.length === 1);
    expect(watched.isHung()).toBe(false);
  });

  it('does not keep the app from ending', async () => {
    await dies();
    await Promise.resolve(watched.stop());
    expect([time.count(), watched.isHung()]).toEqual([0, true]);
    const before = told.length;
    for (const answer of waiting.splice(0)) answer();
    time.pass(60_000);
    await until('the look to end', () => !watched.isHung());
    expect([told.length, time.count()]).toEqual([before, 0]);
  });
});
