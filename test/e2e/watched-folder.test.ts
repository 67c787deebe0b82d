/** A multifunction printer scans into a folder; the person at the desk takes it with one key, and it goes all the way. */
import { appendFile, readdir, rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jpeg, pdf } from '../integration/capture/files.ts';
import {
  allSubmissions,
  answerFileDialog,
  details,
  expectNoComplaints,
  goTo,
  openDesk,
  releaseBatchByKeyboard,
  seeStates,
  startCustomer,
  typeCustomer,
} from '../support/desk-window.ts';
import type { Desk } from '../support/desk-window.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import { until } from '../support/until.ts';

let profile: string;
let scans: string;
let desk: Desk;

beforeAll(async () => {
  profile = makeFolder('folder');
  scans = makeFolder('folder-scans');
  desk = await openDesk(profile);
});
afterAll(async () => {
  await desk.close();
  removeFolder(profile);
  removeFolder(scans);
});

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
const take = (count: number) => desk.window.getByRole('button', { name: new RegExp(`^Take ${count} file`) });
const offers = (count: number) => take(count).waitFor();
const says = (text: RegExp) => desk.window.locator('#capture-folder').getByText(text).waitFor();

describe('the watched folder', () => {
  it('is chosen in the settings, and shown without its path', async () => {
    await goTo(desk, 'Settings');
    await desk.window.getByRole('link', { name: 'Sources' }).click();
    await desk.window.getByText('No folder is watched.').waitFor();
    await answerFileDialog(desk, [scans]);
    await desk.window.getByRole('button', { name: 'Choose a folder' }).click();
    await desk.window.getByText(`Watched: ${basename(scans)}`).waitFor();
    expect(await desk.window.locator('body').textContent()).not.toContain(scans);
  });

  it('offers a page only when the printer has finished it, and takes all with one key', async () => {
    await goTo(desk, 'Capture');
    await desk.window.getByRole('button', { name: 'Start a batch' }).click();
    await startCustomer(desk, { name: 'Proof of address', connection: 'Practice: Persona' });
    await offers(0);
    expect(await take(0).isDisabled()).toBe(true);
    const bytes = await jpeg({ width: 1_200, height: 900, seed: 4_001 });
    await writeFile(join(scans, 'MFP_0001.jpg'), bytes.subarray(0, 50_000));
    await says(/1 is still coming/);
    await appendFile(join(scans, 'MFP_0001.jpg'), bytes.subarray(50_000));
    await writeFile(join(scans, 'MFP_0002.pdf'), pdf());
    await offers(2);
    await desk.window.keyboard.press('F4');
    await until('both slots to be filled', async () => (await allSubmissions(desk))[0]?.filledSlots === 2);
    await typeCustomer(desk, {
      givenName: 'Mia',
      familyName: 'Folder',
      email: 'mia@example.invalid',
      phone: '+61491570006',
      reference: 'FOLDER-1',
    });
    await desk.window.getByText('Everything is here and clean.').waitFor();
    const [detail] = await details(desk);
    expect(detail?.pages.map(({ fileName, source }) => [fileName, source])).toEqual([
      ['MFP_0001.jpg', 'folder'],
      ['MFP_0002.pdf', 'folder'],
    ]);
    await offers(0);
    expect((await readdir(join(scans, 'done'))).toSorted()).toEqual(['MFP_0001.jpg', 'MFP_0002.pdf']);
  });

  it('says that a bill is too old as soon as its date is typed, and no more when the date is corrected', async () => {
    const { window } = desk;
    const panel = window.getByRole('complementary', { name: 'Documents wanted' });
    const issuedOn = window.getByLabel('Issued on');
    await panel.getByRole('button', { name: /Utility bill.*(Filled|check)/ }).click();
    await issuedOn.fill(daysAgo(100));
    await panel.getByText('MFP_0002.pdf was issued 100 days ago; the limit is 90 days.').waitFor();
    expect(await panel.textContent()).toContain('Ask for a newer one, or correct the date of issue.');
    await until('an amber light', async () => (await details(desk))[0]?.light === 'amber');
    await issuedOn.fill(daysAgo(10));
    await until('a green light', async () => (await details(desk))[0]?.light === 'green');
    await window.getByText('Everything is here and clean.').waitFor();
  });

  it('names a file that is none of a page, and says when the share is away', async () => {
    await writeFile(join(scans, 'notes.txt'), 'buy toner');
    await offers(1);
    await take(1).click();
    await desk.window
      .getByText(/notes\.txt was not taken/)
      .first()
      .waitFor();
    await desk.window.keyboard.press('Escape');
    await says(/1 was not taken/);
    await rename(scans, `${scans}-away`);
    await says(/cannot be read now/);
    await rename(`${scans}-away`, scans);
    await offers(0);
    expect((await readdir(scans)).toSorted()).toEqual(['done', 'notes.txt']);
  });

  it.each(['de', 'en'] as const)(
    'leaves the ways in one row however narrow the window is, with all their words: %s',
    async (language) => {
      const { window } = desk;
      await desk.call('settings.set', { theme: 'system', language });
      await window.reload();
      const bar = window.getByRole('region', { name: { de: 'Quelle', en: 'Source' }[language], exact: true });
      const words = { de: ['Importieren', 'Einfügen', 'Kamera'], en: ['Import', 'Paste', 'Camera'] }[language];
      for (const width of [1024, 1120, 1280, 1600]) {
        await window.setViewportSize({ width, height: 700 });
        for (const name of words) await bar.getByRole('button', { name, exact: true }).waitFor();
        const centres = () =>
          bar.getByRole('button').evaluateAll((buttons) =>
            buttons.map((button) => {
              const { top, bottom } = button.getBoundingClientRect();
              return Math.round((top + bottom) / 2);
            }),
          );
        await until(`one row at ${width} pixels`, async () => new Set(await centres()).size === 1, {
          patienceMs: 5_000,
        });
      }
      await window.setViewportSize({ width: 1024, height: 700 });
      await bar.getByRole('button', { name: words[2] ?? '', exact: true }).focus();
      await window.keyboard.press('Shift+Tab');
      const tooltip = window.getByRole('tooltip');
      await tooltip.getByText(words[1] ?? '').waitFor();
      expect(await tooltip.locator('kbd').allTextContents()).toEqual([{ de: 'Strg', en: 'Ctrl' }[language], 'V']);
      await window.setViewportSize({ width: 1280, height: 800 });
    },
  );

  it('brings the customer to a decision', async () => {
    await releaseBatchByKeyboard(desk);
    await until('one customer', async () => (await allSubmissions(desk)).length === 1);
    await seeStates(desk, { 'FOLDER-1': 'accepted' });
    expect((await allSubmissions(desk)).map(({ state }) => state)).toEqual(['accepted']);
    expectNoComplaints(desk);
  });
});
