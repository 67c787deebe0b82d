/** The PC sleeps and wakes while something waits or is on its way; and is kept from going to sleep meanwhile. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Pictures } from '../support/customers.ts';
import { ownConnection, releaseByDialog } from '../support/desk-customers.ts';
import { allSubmissions, openDesk, statusBar } from '../support/desk-window.ts';
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
  profile = makeFolder('sleep');
  files = makeFolder('sleep-files');
  practice = await startPractice(files);
  desk = await openDesk(profile);
  await desk.call('connection.create', { connection: connectionTo('persona', practice.server.origin) });
});
afterEach(async () => {
  await desk.close();
  await practice.close();
  removeFolder(profile);
  removeFolder(files);
});

async function releaseCustomer(reference: string): Promise<void> {
  await releaseByDialog(desk, {
    connectionId: await ownConnection(desk, 'persona'),
    provider: 'persona',
    subject: { givenName: 'Nora', familyName: 'Nap', country: '', email: '', phone: '', reference },
    paths: await new Pictures(files, 3_100).files(2, { width: 1_400, height: 1_000 }),
  });
}

const system = (event: 'suspend' | 'resume' | 'lock-screen'): Promise<boolean> =>
  desk.app.evaluate(({ powerMonitor }, name) => powerMonitor.emit(name), event);

const isKeptAwake = (): Promise<boolean> =>
  desk.app.evaluate(({ powerSaveBlocker }) => [1, 2, 3].some((id) => powerSaveBlocker.isStarted(id)));

it('goes on at the moment of waking when the provider was out of reach before', async () => {
  await practice.close();
  await releaseCustomer('sleep-1');
  await statusBar(desk)
    .getByText(/takes no connections|no network|connection failed/i)
    .first()
    .waitFor();
  // Each test that fails doubles the time to the next; after these it is minutes away.
  for (let n = 0; n < 6; n += 1) {
    await desk.call('status.tryNow', {});
    await new Promise((resolve) => {
      setTimeout(resolve, 300);
    });
  }
  await system('suspend');
  practice = await startPractice(files);
  await system('resume');
  await until('everything to be sent', async () => (await practice.files()).length === 2);
  expect((await practice.files()).map(({ stored }) => stored)).toEqual([1, 1]);
});

it('takes up what was on its way when the lid was closed, and no page arrives twice', async () => {
  await practice.faults({ api: 'persona', path: '/document/generics', action: { kind: 'silence' } });
  await releaseCustomer('sleep-2');
  await until('a page to be on its way', async () => (await desk.call('status.get', {})).sending > 0);
  await until('the system to be kept awake', isKeptAwake);
  await system('lock-screen');
  await system('suspend');
  await system('resume');
  await until('the customer to be sent', async () =>
    /^(sent|in_review|accepted)$/.test((await allSubmissions(desk))[0]?.state ?? ''),
  );
  expect((await practice.files()).map(({ stored }) => stored)).toEqual([1, 1]);
});
