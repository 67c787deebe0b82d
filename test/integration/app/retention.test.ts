/** The retention period in the whole app: when it purges by itself, and when it does not. */
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EMPTY_SUBJECT } from '../../../shared/domain/index.ts';
import { systemTimers } from '../../../main/app/system.ts';
import { migrations } from '../../../main/database/index.ts';
import { makeFolder, removeFolder } from '../../support/folders.ts';
import { openSatchel } from '../../support/open-satchel.ts';
import type { OpenedSatchel } from '../../support/open-satchel.ts';
import { satchel as run } from '../../support/satchel-process.ts';
import { flowOf } from '../../support/flow-of.ts';
import { connectionTo, startPractice } from '../../support/practice.ts';
import type { PracticeForTests } from '../../support/practice.ts';
import { until } from '../../support/until.ts';
import { jpeg } from '../capture/files.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let folder: string;
let practice: PracticeForTests;
let opened: OpenedSatchel | null = null;
/** How much time has passed beside the real one, and the timers as a test fires them. */
let aheadMs = 0;
/** How far the wall clock was set wrong on top of that, while time itself went on. */
let wrongMs = 0;
let waiting: { readonly delayMs: number; readonly run: () => void }[] = [];

async function open(): Promise<OpenedSatchel> {
  waiting = [];
  opened = await openSatchel(join(folder, 'profile'), {
    clock: { now: () => Date.now() + aheadMs + wrongMs, monotonic: () => performance.now() + aheadMs },
    timers: {
      after: (delayMs, fire) => {
        if (delayMs !== HOUR_MS) return systemTimers.after(delayMs, fire);
        const timer = { delayMs, run: fire };
        waiting.push(timer);
        return () => {
          waiting = waiting.filter((other) => other !== timer);
        };
      },
      soon: (fire) => {
        systemTimers.soon(fire);
      },
    },
  });
  return opened;
}

async function close(): Promise<void> {
  await opened?.close();
  opened = null;
}

beforeEach(async () => {
  folder = makeFolder('retention');
  practice = await startPractice(folder);
  aheadMs = 0;
  wrongMs = 0;
});
afterEach(async () => {
  await close();
  await practice.close();
  removeFolder(folder);
});

/** One customer with two pages, accepted by the practice provider. */
async function accepted(): Promise<string> {
  const { satchel, services } = await open();
  await satchel.start();
  const { capture, connections, dispatcher } = services;
  const batchId = capture.createBatch();
  const submissionId = capture.createSubmission({
    batchId,
    connectionId: connections.create(connectionTo('persona', practice.server.origin)),
    flowId: flowOf('persona').id,
    subject: { ...EMPTY_SUBJECT, givenName: 'Kept', familyName: 'Person', country: 'AUS', reference: 'R-1' },
  });
  for (const seed of [1, 2]) {
    const bytes = await jpeg({ seed });
    await capture.importBytes({ name: `${seed}.jpg`, bytes }, { submissionId, slot: null }, 'drop');
  }
  await capture.whenInspected();
  capture.releaseBatch(batchId);
  dispatcher.wake();
  await until('it is accepted', () => {
    dispatcher.tryNow(null);
    return capture.submission(submissionId).state === 'accepted';
  });
  await until('it waits for the next hour', () => waiting.length === 1);
  return submissionId;
}

const purgedAt = (submissionId: string): (number | null)[] =>
  opened?.services.capture.submission(submissionId).pages.map((page) => page.purgedAt) ?? [];

/** What the hourly timer does, and its end. */
async function anHourLater(): Promise<void> {
  aheadMs += HOUR_MS;
  const [timer] = waiting.splice(0, 1);
  timer?.run();
  await until('it waits for the next hour', () => waiting.length === 1, { everyMs: 2 });
}

describe('a retention period of 30 days', () => {
  it('is off until somebody turns it on; then it purges by itself a day later, at the next look', async () => {
    const submissionId = await accepted();
    await close();
    aheadMs = 40 * DAY_MS;
    const { satchel, services } = await open();
    await satchel.start();
    expect(services.retention.rules()).toEqual({ keepDays: null });
    await anHourLater();
    expect(await services.retention.purge()).toEqual({ submissions: 0, pages: 0 });
    expect(await services.retention.due(30)).toEqual({ submissions: 1, pages: 2 });

    services.retention.set({ keepDays: 30 });
    const view = await services.retention.view();
    expect(view).toMatchObject({ keepDays: 30, due: { submissions: 1, pages: 2 }, wait: { reason: 'date_new' } });
    for (let hour = 0; hour < 23; hour += 1) await anHourLater();
    expect(purgedAt(submissionId)).toEqual([null, null]);
    await anHourLater();
    expect(purgedAt(submissionId)).not.toContain(null);
    const { entries } = await services.activity.list({ search: '', offset: 0, limit: 1 });
    expect(entries[0]).toMatchObject({ message: { code: 'ledger.purged' }, reference: 'R-1' });
    expect(await satchel.verifyLedger()).toMatchObject({ isIntact: true });
  });

  it('purges nothing by a date that jumped, and nothing when it was put right within the day', async () => {
    const submissionId = await accepted();
    opened?.services.retention.set({ keepDays: 30 });
    for (let hour = 0; hour < 25; hour += 1) await anHourLater();
    await close();
    aheadMs += 3_650 * DAY_MS;
    let { satchel } = await open();
    await satchel.start();
    await until('it waits for the next hour', () => waiting.length === 1);
    for (let hour = 0; hour < 23; hour += 1) await anHourLater();
    expect(purgedAt(submissionId)).toEqual([null, null]);
    await close();
    aheadMs = 3 * DAY_MS;
    ({ satchel } = await open());
    await satchel.start();
    for (let hour = 0; hour < 50; hour += 1) await anHourLater();
    expect(purgedAt(submissionId)).toEqual([null, null]);
  });

  it('purges nothing by the period of an earlier day when a backup takes the place of the database', async () => {
    const submissionId = await accepted();
    opened?.services.retention.set({ keepDays: 30 });
    for (let look = 0; look < 9; look += 1) {
      aheadMs += 3 * DAY_MS;
      await anHourLater();
    }
    await close();
    const file = join(folder, 'profile', 'satchel.sqlite3');
    copyFileSync(file, `${file}.backup-20260101T000000000Z-v${migrations.length}`);
    (await open()).services.retention.set({ keepDays: null });
    await close();
    writeFileSync(file, 'no database any more');
    aheadMs += 3.5 * DAY_MS;
    const { satchel, services } = await open();
    await satchel.start();
    expect(services.retention.rules()).toEqual({ keepDays: 30 });
    await until('it waits for the next hour', () => waiting.length === 1);
    const view = await services.retention.view();
    expect(view).toMatchObject({ due: { submissions: 1 }, wait: { reason: 'redaction_undecided' } });
    for (const { connectionId } of view.redactions) await services.retention.setRedaction(connectionId, false);
    expect(await services.retention.view()).toMatchObject({ due: { submissions: 1 }, wait: { reason: 'date_new' } });
    expect(await services.retention.purge()).toEqual({ submissions: 0, pages: 0 });
    expect(purgedAt(submissionId)).toEqual([null, null]);
  });

  it('purges nothing while a provider’s answer says that the clock is wrong', async () => {
    const submissionId = await accepted();
    const { retention } = opened?.services ?? (await open()).services;
    retention.set({ keepDays: 1 });
    for (let hour = 0; hour < 23; hour += 1) await anHourLater();
    wrongMs = 2 * HOUR_MS;
    expect(await retention.view()).toMatchObject({
      due: { submissions: 1 },
      wait: { reason: 'clock_wrong', untilMs: null },
    });
    expect(await retention.purge()).toEqual({ submissions: 0, pages: 0 });
    wrongMs = 0;
    for (let hour = 0; hour < 2; hour += 1) await anHourLater();
    expect(purgedAt(submissionId)).not.toContain(null);
  });

  it('on the command line: wants a yes for what is past it already, counts, and names nobody', async () => {
    await accepted();
    await close();
    expect(await run(join(folder, 'profile'), 'retention')).toMatchObject({
      code: 0,
      out: 'Pages are kept for good.\n  Practice: Persona: keeps its records\n  Branch Persona: keeps its records\n',
    });
    expect(await run(join(folder, 'profile'), 'retention', '--keep-days', '0')).toMatchObject({ code: 2 });
    expect(await run(join(folder, 'profile'), 'retention', '--keep-days', '3651')).toMatchObject({ code: 2 });
    const set = await run(join(folder, 'profile'), 'retention', '--keep-days', '30');
    expect(set.out).toContain('past it now: 0 customers, 0 pages');
    const dry = await run(join(folder, 'profile'), '--json', 'purge', '--dry-run');
    expect(JSON.parse(dry.out)).toMatchObject({ keepDays: 30, purged: null, wait: { reason: 'date_new' } });
    const purged = await run(join(folder, 'profile'), 'purge');
    expect(purged.out).toContain('purged: 0 customers, 0 pages');
    expect(purged.out).not.toContain('Person');
  });
});
