/** The date in the whole app: customers at the desk follow it, without anybody touching them. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemTimers } from '../../../main/app/system.ts';
import { EMPTY_SUBJECT } from '../../../shared/domain/index.ts';
import { makeFolder, removeFolder } from '../../support/folders.ts';
import { openSatchel } from '../../support/open-satchel.ts';
import type { OpenedSatchel } from '../../support/open-satchel.ts';
import { flowOf } from '../../support/flow-of.ts';
import { connectionTo } from '../../support/practice.ts';
import { until } from '../../support/until.ts';
import { jpeg } from '../capture/files.ts';

const MINUTE_MS = 60_000;

let folder: string;
let opened: OpenedSatchel | null = null;
beforeEach(() => {
  folder = makeFolder('day-watch');
});
afterEach(async () => {
  await opened?.close();
  opened = null;
  removeFolder(folder);
});

it('takes a customer whose document expired over night out of the ready ones, and back when the date was wrong', async () => {
  let at = Date.UTC(2026, 10, 30, 12);
  const looks: (() => void)[] = [];
  opened = await openSatchel(folder, {
    clock: { now: () => at, monotonic: () => performance.now() },
    timers: {
      after: (delayMs, run) => {
        if (delayMs !== MINUTE_MS) return systemTimers.after(delayMs, run);
        looks.push(run);
        return () => undefined;
      },
      soon: (run) => {
        systemTimers.soon(run);
      },
    },
  });
  const { satchel, services } = opened;
  const { capture, connections } = services;
  await satchel.start();
  const submissionId = capture.createSubmission({
    batchId: capture.createBatch(),
    connectionId: connections.create(connectionTo('persona', 'http://127.0.0.1:9')),
    flowId: flowOf('persona').id,
    subject: {
      ...EMPTY_SUBJECT,
      givenName: 'Erika',
      familyName: 'Mustermann',
      country: 'DEU',
      reference: 'R-1',
      documentExpiryDate: '2026-11-30',
    },
  });
  for (const seed of [1, 2]) {
    const bytes = await jpeg({ seed });
    await capture.importBytes({ name: `${seed}.jpg`, bytes }, { submissionId, slot: null }, 'drop');
  }
  await capture.whenInspected();
  const isIn = (state: string) => capture.submission(submissionId).state === state;
  const setDate = (now: number): void => {
    at = now;
    for (const run of looks.splice(0)) run();
  };
  expect(isIn('ready')).toBe(true);
  await until('the date is looked at', () => looks.length > 0);
  setDate(Date.UTC(2026, 11, 1));
  await until('the customer is a draft', () => isIn('draft'));
  await until('the date is looked at again', () => looks.length > 0);
  setDate(Date.UTC(2026, 10, 30, 13));
  await until('the customer is ready', () => isIn('ready'));
});
