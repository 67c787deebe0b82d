/** The window is closed while pages are on their way: Satchel finishes without it and ends by itself; or ends at once. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Pictures } from '../support/customers.ts';
import { releaseByDialog } from '../support/desk-customers.ts';
import { allSubmissions, openDesk } from '../support/desk-window.ts';
import type { Desk } from '../support/desk-window.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import { connectionTo, startPractice } from '../support/practice.ts';
import type { PracticeForTests } from '../support/practice.ts';
import { until } from '../support/until.ts';

let profile: string;
let files: string;
let practice: PracticeForTests;
let desk: Desk;

beforeEach(async () => {
  profile = makeFolder('window-closed');
  files = makeFolder('window-closed-files');
  practice = await startPractice(files);
  desk = await openDesk(profile);
});
afterEach(async () => {
  await desk.close();
  await practice.close();
  removeFolder(profile);
  removeFolder(files);
});

/** One customer whose pages take some seconds on a line of 4 Mbit/s, closed over while the first is on its way. */
async function closeWhileSending(finishesWithoutWindow: boolean): Promise<void> {
  await desk.call('sending.set', { hours: null, maxKilobitsPerSecond: 4_000, finishesWithoutWindow });
  const { connectionId } = await desk.call('connection.create', {
    connection: connectionTo('persona', practice.server.origin),
  });
  await releaseByDialog(desk, {
    connectionId,
    provider: 'persona',
    subject: { givenName: 'Clo', familyName: 'Sed', country: '', email: '', phone: '', reference: 'closed-1' },
    paths: await new Pictures(files, 2_000).files(2, { width: 2_200, height: 1_600 }),
  });
  await until('a page to be on its way', async () => (await desk.call('status.get', {})).sending > 0);
  await desk.app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.close();
  });
}

function gone(): Promise<void> {
  const child = desk.app.process();
  return child.exitCode === null && child.signalCode === null
    ? new Promise((resolve) => {
        child.once('exit', () => {
          resolve();
        });
      })
    : Promise.resolve();
}

it('everything arrives once without the window, then the process ends', async () => {
  const ended = gone();
  await closeWhileSending(true);
  await ended;
  const stored = await practice.files();
  expect(stored.map(({ stored: count }) => count)).toEqual([1, 1]);
  desk = await openDesk(profile);
  expect((await allSubmissions(desk))[0]?.state).toMatch(/^(sent|in_review|accepted)$/);
});

it('with that switched off it ends within the five seconds of a stop, and goes on at the next start', async () => {
  const ended = gone();
  await closeWhileSending(false);
  const closedAt = performance.now();
  await ended;
  expect(performance.now() - closedAt).toBeLessThan(9_000);
  desk = await openDesk(profile);
  await desk.call('sending.set', { hours: null, maxKilobitsPerSecond: null, finishesWithoutWindow: false });
  await until('everything to be sent', async () => (await practice.files()).length === 2);
  expect((await practice.files()).map(({ stored: count }) => count)).toEqual([1, 1]);
});
