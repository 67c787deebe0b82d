/**
 * The retention period at the desk: a customer of forty days ago, whose time was lived by the app's own clock, is counted and
 * confirmed in the settings, and once purged is there without its pictures and without a complaint.
 */
import { copyFileSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EMPTY_SUBJECT, PersonaRoute } from '../../shared/domain/index.ts';
import type { Flow } from '../../shared/domain/index.ts';
import { migrations } from '../../main/database/index.ts';
import { openDesk } from '../support/desk-window.ts';
import type { Desk } from '../support/desk-window.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import { openSatchel } from '../support/open-satchel.ts';
import type { OpenedSatchel } from '../support/open-satchel.ts';
import { flowOf } from '../support/flow-of.ts';
import { connectionTo, startPractice } from '../support/practice.ts';
import type { PracticeForTests } from '../support/practice.ts';
import { until } from '../support/until.ts';
import { jpeg } from '../integration/capture/files.ts';

const DAY_MS = 86_400_000;

/** One transaction with every page among its fields: what Persona can redact afterwards. */
const FLOW: Flow = {
  ...flowOf('persona'),
  requirements: ['identity', 'address'].map((id) => ({
    id,
    label: id,
    isOptional: false,
    accepts: [{ documentType: 'utility_bill', providerType: id, sides: ['single'] }],
  })),
  route: PersonaRoute.parse({ by: 'transaction', transactionTypeId: 'txntp_Practice' }),
};

let folder: string;
let profile: string;
let practice: PracticeForTests;
let recoveryKey = '';

/** The app without its window, so many days ago. */
function openAgo(days: number): Promise<OpenedSatchel> {
  return openSatchel(profile, {
    clock: { now: () => Date.now() - days * DAY_MS, monotonic: () => performance.now() },
  });
}

async function openWindow(): Promise<Desk> {
  const desk = await openDesk(profile);
  await desk.call('recovery.unlock', { recoveryKey });
  await desk.call('settings.set', { theme: 'light', language: 'en' });
  return desk;
}

beforeAll(async () => {
  folder = makeFolder('retention-e2e');
  profile = join(folder, 'profile');
  practice = await startPractice(folder, { 'persona.redaction': '403' });
  const { satchel, services, close } = await openAgo(40);
  const { capture, connections, dispatcher } = services;
  await satchel.start();
  recoveryKey = await satchel.createRecoveryKey();
  const batchId = capture.createBatch();
  const submissionId = capture.createSubmission({
    batchId,
    connectionId: connections.create(connectionTo('persona', practice.server.origin, { flows: [FLOW] })),
    flowId: FLOW.id,
    subject: { ...EMPTY_SUBJECT, givenName: 'Petra', familyName: 'Vergangen', country: 'AUS', reference: 'OLD-1' },
  });
  for (const seed of [1, 2]) {
    const bytes = await jpeg({ seed });
    await capture.importBytes({ name: `${seed}.jpg`, bytes }, { submissionId, slot: null }, 'drop');
  }
  await capture.whenInspected();
  capture.releaseBatch(batchId);
  await until('it to be accepted', () => {
    dispatcher.tryNow(null);
    return capture.submission(submissionId).state === 'accepted';
  });
  await close();
});
afterAll(async () => {
  await practice.close();
  removeFolder(folder);
});

/** Files of the vault. */
function pageFiles(): number {
  const vault = join(profile, 'vault');
  return readdirSync(vault)
    .filter((name) => /^[0-9a-f]{2}$/.test(name) && existsSync(join(vault, name)))
    .reduce((sum, name) => sum + readdirSync(join(vault, name)).length, 0);
}

describe('a retention period', () => {
  it('says in the settings whom it concerns, and is set only after a confirmation', async () => {
    const desk = await openWindow();
    const { window, complaints } = desk;
    await window.evaluate(() => {
      globalThis.location.hash = '#/settings/retention';
    });
    await window.getByText('Purge pages after a period').click();
    const days = window.getByLabel('Days after the decision, or after the void');
    await days.fill('0');
    await window.getByText('A whole number from 1 to 3650.').waitFor();
    await days.fill('30');
    await window.getByRole('button', { name: 'Save the period' }).click();
    const dialog = window.getByRole('dialog');
    await dialog.getByText('1 customer with 2 pages is past it').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(await desk.call('retention.get', {})).toMatchObject({ keepDays: null });
    await window.getByRole('button', { name: 'Save the period' }).click();
    await dialog.getByRole('button', { name: 'Save and purge in a day' }).click();
    await window.getByText('Saved. It purges nothing for a day.').waitFor();
    await window.getByText('1 customer with 2 pages', { exact: true }).waitFor();
    expect(await desk.call('retention.get', {})).toMatchObject({ keepDays: 30, wait: { reason: 'date_new' } });
    expect(complaints).toEqual([]);
    await desk.close();
  });

  it('says what the provider removes as well, and does so only after a confirmation', async () => {
    const desk = await openWindow();
    const { window, complaints } = desk;
    await window.evaluate(() => {
      globalThis.location.hash = '#/settings/retention';
    });
    const isOn = async (): Promise<unknown> => {
      const { redactions } = await desk.call('retention.get', {});
      return redactions.find(({ name }) => name === 'Branch Persona')?.isOn;
    };
    await window.getByRole('switch', { name: /Branch Persona/ }).click({ force: true });
    const dialog = window.getByRole('dialog', { name: 'Branch Persona: remove the data there too' });
    await dialog.getByText('It cannot be brought back.').waitFor();
    await dialog
      .getByText(/An account with a reference of your own always stays.*Documents.*stay, also those of an account/)
      .waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(await isOn()).toBe(false);
    await window.getByRole('switch', { name: /Branch Persona/ }).click({ force: true });
    await dialog.getByRole('button', { name: 'Remove there too' }).click();
    await window.getByText('The provider removes the customer’s data from its records too.').waitFor();
    expect(await isOn()).toBe(true);
    expect(complaints).toEqual([]);
    await desk.close();
  });

  it('leaves the customer without pictures, and says why', async () => {
    const before = pageFiles();
    const opened = await openAgo(-1.1);
    await opened.satchel.unlock(recoveryKey);
    expect(await opened.services.retention.purge()).toEqual({ submissions: 1, pages: 2 });
    await opened.close();
    expect(pageFiles()).toBe(before - 4);

    const desk = await openWindow();
    const { window, complaints } = desk;
    await window.evaluate(() => {
      globalThis.location.hash = '#/submissions';
    });
    await window.getByText('Vergangen, Petra').first().click();
    await window.keyboard.press('Enter');
    const tile = window.getByRole('button', { name: /as the retention period says/ }).first();
    await tile.waitFor();
    expect(await tile.textContent()).toMatch(/^Purged on .+ 20\d\d$/);
    await tile.click();
    await window
      .getByRole('dialog')
      .getByText(/Purged on .+, as the retention period says\./)
      .waitFor();
    expect(await window.getByRole('dialog').locator('img').count()).toBe(0);
    expect(complaints).toEqual([]);

    // Whoever opens it at the desk is told the same.
    await window.keyboard.press('Escape');
    const [{ id } = { id: '' }] = (await desk.call('submission.list', { filter: { tab: 'all' }, offset: 0, limit: 1 }))
      .rows;
    await window.evaluate((submissionId) => {
      globalThis.location.hash = `#/capture/${submissionId}`;
    }, id);
    await window
      .getByRole('region', { name: 'Selected page' })
      .getByText(/Purged on .+, as the retention period says\./)
      .waitFor();
    // The key may not redact: that is for a person, who sees the provider's refusal and leaves it there.
    await window.evaluate(() => {
      globalThis.location.hash = '#/attention';
    });
    // It was planned by a clock that is a day ahead of this one's.
    await desk.call('status.tryNow', {});
    await window.getByText(/Persona did not remove what its record says of the customer/).waitFor();
    await window.getByRole('button', { name: 'Leave it there' }).click();
    await window.getByText('Nothing needs a person').waitFor();
    expect(complaints).toEqual([]);
    const [row] = (await desk.call('submission.list', { filter: { tab: 'all' }, offset: 0, limit: 10 })).rows;
    expect(row).toMatchObject({ reference: 'OLD-1', state: 'accepted', beside: [], pageCount: 2 });
    await desk.close();
  });

  it('is asked about once more after an older copy took over: until then nothing is purged', async () => {
    const file = join(profile, 'satchel.sqlite3');
    copyFileSync(file, `${file}.backup-20260101T000000000Z-v${migrations.length}`);
    writeFileSync(file, 'no database any more');
    const desk = await openWindow();
    const { window, complaints } = desk;
    const notice = window.getByRole('alert').filter({ hasText: 'An older copy of the data took over.' });
    await notice.waitFor();
    await window.evaluate(() => {
      globalThis.location.hash = '#/settings/retention';
    });
    await window.getByText('Nothing is purged before you say below').waitFor();
    await window.getByRole('button', { name: 'Leave it off' }).click();
    await window.getByText('Off: the provider keeps its records.').first().waitFor();
    await notice.waitFor({ state: 'detached' });
    expect(await desk.call('retention.get', {})).toMatchObject({ keepDays: 30, wait: { reason: 'date_new' } });
    expect(complaints).toEqual([]);
    await desk.close();
  });
});
