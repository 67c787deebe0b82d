/** A folder with a manifest of a thousand rows, in the window: read first, then taken in, looked at, released and sent. */
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SubmissionState } from '../../shared/domain/index.ts';
import { MANIFEST_COLUMNS, MANIFEST_NAME } from '../../main/capture/index.ts';
import {
  answerFileDialog,
  customers,
  expectNoComplaints,
  goTo,
  openDesk,
  releaseBatchByKeyboard,
} from '../support/desk-window.ts';
import type { Desk } from '../support/desk-window.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import { withComment } from '../support/pictures.ts';
import { until } from '../support/until.ts';
import { drawing } from '../support/vectors.ts';

/** Two pages each, and more customers than main answers at once. */
const CUSTOMERS = 501;
const ROWS = 2 * CUSTOMERS;
const PAGES = `${ROWS.toLocaleString('en')} pages`;
/** Looking at a thousand pages takes minutes on a busy machine. */
const LONG_MS = 400_000;

let profile: string;
let scans: string;
let desk: Desk;

function line(customer: number, file: string, place: string, country = 'AUS'): string {
  return `${customer},Ada,Row ${customer},1980-01-01,${country},,,ROW-${customer},proof-of-address,${file},${place}`;
}

/** A page that is looked at quickly, since there are a thousand of them: so small that nothing in it is measured. */
function quickPage(): Promise<Buffer> {
  const bars = [40, 80, 120].map((y) => `<rect x="30" y="${y}" width="140" height="18" fill="#27406b"/>`);
  const sheet = `<svg width="200" height="200"><rect width="200" height="200" fill="#dfe7ee"/>${bars.join('')}</svg>`;
  return drawing(() => sharp(Buffer.from(sheet)).jpeg({ quality: 85 }).toBuffer());
}

/** A thousand rows of which each names a file of its own, and at the end three that are wrong, on the lines after these. */
async function writeFolder(): Promise<void> {
  const picture = await quickPage();
  const rows: string[] = [];
  for (let customer = 1; customer <= CUSTOMERS; customer += 1) {
    for (const [name, place] of [
      ['passport', 'identity,passport,single'],
      ['bill', 'address,utility_bill,single'],
    ] as const) {
      const file = `${name}-${customer}.jpg`;
      await writeFile(join(scans, file), withComment(picture, file));
      rows.push(line(customer, file, place));
    }
  }
  rows.push(line(9001, 'not-there.jpg', 'identity,passport,single'));
  rows.push(line(9002, 'passport-1.jpg', 'identity,passport,single', 'XYZ'));
  rows.push(line(9003, '../outside.jpg', 'identity,passport,single'));
  await writeFile(join(scans, MANIFEST_NAME), `${MANIFEST_COLUMNS.join(',')}\n${rows.join('\n')}\n`);
}

beforeAll(async () => {
  profile = makeFolder('manifest-desk');
  scans = makeFolder('manifest-scans');
  await writeFolder();
  desk = await openDesk(profile);
}, LONG_MS);
afterAll(async () => {
  await desk.close();
  removeFolder(profile);
  removeFolder(scans);
});

const dialog = () => desk.window.getByRole('dialog', { name: 'Import a folder with a manifest' });
const rowsIn = async (states: readonly SubmissionState[]) =>
  (await desk.call('submission.list', { filter: { tab: 'all', states: [...states] }, offset: 0, limit: 1 })).total;

describe('a manifest of a thousand rows', () => {
  it('is read first: what would come, and each line that is wrong, without its path', async () => {
    await goTo(desk, 'Capture');
    await answerFileDialog(desk, [scans]);
    await desk.window.getByRole('button', { name: 'From a manifest' }).waitFor();
    await desk.window.keyboard.press('m');
    await dialog().getByRole('button', { name: 'Choose the folder' }).click();
    const report = dialog().getByRole('region', { name: 'Report' });
    await report.getByText(`${CUSTOMERS + 2} customers, ${PAGES}. Nothing has been taken in yet.`).waitFor();
    const problems = await report.getByRole('listitem').allTextContents();
    expect(problems.map((problem) => /line (\d+)/i.exec(problem)?.[1])).toEqual(
      [ROWS + 2, ROWS + 3, ROWS + 3, ROWS + 4].map(String),
    );
    expect(await desk.window.locator('body').textContent()).not.toContain(scans);
    expect(await report.getByText(basename(scans)).isVisible()).toBe(true);
    expect(await rowsIn(['draft', 'ready'])).toBe(0);
  });

  it(
    'is taken in with one key, and every customer becomes ready',
    async () => {
      await dialog()
        .getByRole('button', { name: `Import ${CUSTOMERS + 2} customers` })
        .and(desk.window.locator(':focus'))
        .waitFor();
      await desk.window.keyboard.press('Enter');
      await dialog()
        .getByText(`${CUSTOMERS + 2} customers, ${PAGES} came in and are safe.`)
        .waitFor({ timeout: LONG_MS });
      await dialog().getByRole('button', { name: 'Open the batch' }).and(desk.window.locator(':focus')).waitFor();
      await desk.window.keyboard.press('Enter');
      await until('every customer in the list', async () => (await customers(desk).count()) === CUSTOMERS + 2);
      const ready = await until(
        'all to be looked at',
        () => rowsIn(['ready']).then((count) => count >= CUSTOMERS && count),
        {
          patienceMs: LONG_MS,
        },
      );
      expect(ready).toBe(CUSTOMERS);
    },
    LONG_MS,
  );

  it(
    'is released at once and is on its way; what was wrong stays at the desk',
    async () => {
      await releaseBatchByKeyboard(desk);
      await until('the first to be sent', async () => (await rowsIn(['sent', 'in_review', 'accepted'])) >= 5, {
        patienceMs: LONG_MS,
      });
      expect(await rowsIn(['draft'])).toBe(2);
      const balance = await desk.call('balance.get', { fromMs: 0, toMs: Date.now() + 1_000 });
      expect(balance).toMatchObject({ captured: ROWS, isBalanced: true });

      // The same folder once more: it says so, and the key that took it in does not take it in twice.
      await answerFileDialog(desk, [scans]);
      await desk.window.getByRole('button', { name: 'From a manifest' }).click();
      await dialog().getByRole('button', { name: 'Choose the folder' }).click();
      await dialog().getByText('customers came in by a manifest before').waitFor({ timeout: LONG_MS });
      await dialog()
        .getByRole('button', { name: /^Import .* again$/ })
        .waitFor();
      await dialog()
        .getByRole('button', { name: 'Choose another folder' })
        .and(desk.window.locator(':focus'))
        .waitFor();

      // A file that was missing is there now. It goes to the customer who was made without it, and nobody comes twice.
      await writeFile(join(scans, 'not-there.jpg'), withComment(await quickPage(), 'late'));
      await dialog().getByRole('button', { name: 'Read it again' }).click();
      await dialog()
        .getByRole('button', { name: 'Import only the missing file' })
        .and(desk.window.locator(':focus'))
        .waitFor({ timeout: LONG_MS });
      await desk.window.keyboard.press('Enter');
      await dialog().getByText('1 customer, 1 page came in and are safe.').waitFor({ timeout: LONG_MS });
      expect((await desk.call('balance.get', { fromMs: 0, toMs: Date.now() + 1_000 })).captured).toBe(ROWS + 1);
      expect(await rowsIn([...SubmissionState.options])).toBe(CUSTOMERS + 2);
      expectNoComplaints(desk);
    },
    LONG_MS,
  );
});
