/** A feeder full of three customers, by keyboard: scanned, looked at, corrected, dealt out, released, delivered. */
import { mkdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  allSubmissions,
  customers,
  expectNoComplaints,
  goTo,
  openDesk,
  releaseBatchByKeyboard,
  seeStates,
} from '../support/desk-window.ts';
import type { Desk } from '../support/desk-window.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import { fakeScanimage, hasScanimage, samplesOf, saneEnvironment, WITHOUT_SCANIMAGE } from '../support/sane.ts';
import { threeCustomers } from '../support/stack-pages.ts';
import { until } from '../support/until.ts';

const DPI = 150;
/** A feeder with sheets of paper in it: hands out the pictures that lie beside the program, in the order of their names. */
const FEEDER = `number=0
for page in "$(dirname "$0")"/feeder/*.tiff; do
  number=$((number + 1))
  name=$(printf 'p%03d.tiff' $number)
  cp "$page" "$name.part" && mv "$name.part" "$name" && echo "$name"
done`;

let profile: string;
let home: string;
let desk: Desk;

/** Lays sheets into the feeder: A4 at the resolution that is asked for. */
async function fill(sheets: readonly Buffer[]): Promise<void> {
  const folder = join(home, 'feeder');
  mkdirSync(folder, { recursive: true });
  for (const [index, sheet] of sheets.entries()) {
    const page = sharp(sheet).resize(Math.round((210 * DPI) / 25.4), Math.round((297 * DPI) / 25.4), {
      fit: 'contain',
      background: '#f6f6f4',
    });
    await writeFile(join(folder, `${String(index + 1).padStart(3, '0')}.tiff`), await samplesOf(page, DPI));
  }
}

const press = (keys: string): Promise<void> => desk.window.keyboard.press(keys);
/** The keys so fast that nothing from outside the window can come between them. */
const pressAtOnce = (...keys: readonly { key: string; ctrlKey?: boolean }[]): Promise<void> =>
  desk.window.evaluate(async (given) => {
    for (const key of given) {
      document.body.dispatchEvent(new KeyboardEvent('keydown', { ...key, bubbles: true, cancelable: true }));
      // React draws a key's work as a microtask.
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    }
  }, keys);
const list = () => desk.window.getByRole('list', { name: 'Who gets which page' });
const counts = () => desk.window.getByRole('region', { name: 'What was found' });
const beingChecked = () => counts().getByText('being checked');

/** Waits for what a person reads, and two drawings more: a key hears of what is shown only after it was drawn. */
async function seeCounts(...texts: string[]): Promise<void> {
  await until(`the counts to say ${texts.join(', ')}`, async () => {
    const said = (await counts().textContent()) ?? '';
    return texts.every((text) => said.includes(text));
  });
  await desk.window.evaluate(
    () =>
      new Promise<void>((drawn) => {
        requestAnimationFrame(() => {
          requestAnimationFrame(() => drawn());
        });
      }),
  );
}

describe.skipIf(!hasScanimage)(`a stack of three customers${WITHOUT_SCANIMAGE}`, () => {
  beforeAll(async () => {
    profile = makeFolder('stack-desk');
    home = makeFolder('stack-home');
    await fill(await threeCustomers(DPI));
    fakeScanimage(home, FEEDER);
    desk = await openDesk(profile, { ...saneEnvironment(home), PATH: `${home}:${process.env['PATH'] ?? ''}` });
  });
  afterAll(async () => {
    await desk.close();
    removeFolder(profile);
    removeFolder(home);
  });

  it('is begun, and its separators are printed', async () => {
    const { window } = desk;
    // What this PC remembers of its scanner, before the window asks.
    const [device] = (await desk.call('scanner.list', { isFresh: false })).devices;
    const choice = await desk.call('scanner.choice', {});
    const feeder = { dpi: DPI, colour: 'colour', size: 'full', waitsForPaper: false } as const;
    await desk.call('scanner.choose', {
      ...choice,
      deviceId: device?.id ?? null,
      source: 'feeder',
      profiles: { ...choice.profiles, feeder },
    });
    await goTo(desk, 'Capture');
    await window.getByRole('button', { name: 'Start a batch' }).click();
    await window.getByText(`${DPI} dpi, colour, whole area`).waitFor();
    const pdf = join(home, 'separators.pdf');
    await desk.app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, pdf);
    await press('s');
    const dialog = window.getByRole('dialog', { name: 'Scan a stack' });
    await dialog.getByRole('textbox', { name: 'Separator sheets' }).fill('3');
    await dialog.getByRole('button', { name: 'Separator sheets as PDF' }).click();
    await window.getByText('The separator sheets are saved').waitFor();
    expect((await PDFDocument.load(await readFile(pdf))).getPageCount()).toBe(6);
    await dialog.getByRole('textbox', { name: 'Customers expected' }).fill('3');
    await dialog.getByRole('button', { name: 'Begin the stack' }).focus();
    await press('Enter');
    await window.getByText('The stack is empty').waitFor();
  });

  it('is scanned, parted by its separators and counted', async () => {
    await press('F2');
    await beingChecked().waitFor();
    await press('Control+Enter');
    await desk.window.getByText('Some pages are still being checked.').waitFor();
    expect(await customers(desk).count()).toBe(1);
    await seeCounts('8 pages found', '6 to customers', '2 in the tray', '3 customers', 'as expected');
    await list().getByText('After a separator').first().waitFor();
    expect(await list().getByText('Separator sheet').count()).toBeGreaterThan(0);
  });

  it('is corrected by keyboard, and every step undone', async () => {
    const { window } = desk;
    await window.getByRole('heading', { name: 'Stack', exact: true }).click();
    await press('ArrowDown');
    await press('c');
    await seeCounts('4 customers', '3 expected');
    await press('Control+z');
    await seeCounts('3 customers', 'as expected');
    await press('t');
    await seeCounts('8 pages found', '5 to customers', '3 in the tray');
    await press('Control+z');
    await seeCounts('6 to customers', '2 in the tray');
    expect(await list().getByText('You cut here').count()).toBe(0);
    // Undone before the cut itself was answered: nothing is left of it when a key about another page is.
    await pressAtOnce({ key: 'c' }, { key: 'z', ctrlKey: true });
    await press('ArrowDown');
    await press('t');
    await seeCounts('5 to customers', '3 in the tray', '3 customers', 'as expected');
    await press('Control+z');
    await seeCounts('6 to customers', '2 in the tray');
  });

  it('is dealt out, taken back, and dealt out again', async () => {
    const { window } = desk;
    // The last page may still be looked at: nothing is dealt out before.
    await beingChecked().waitFor({ state: 'detached' });
    await press('Control+Enter');
    await until('three customers beside the stack', async () => (await customers(desk).count()) === 4);
    await seeCounts('8 pages found', '0 to customers', '2 in the tray', '6 dealt out', '3 customers');
    await window.getByRole('button', { name: 'Take everything back' }).press('Enter');
    await seeCounts('6 to customers', '2 in the tray');
    await press('Control+Enter');
    await seeCounts('6 dealt out');
    await window.getByRole('button', { name: 'Put the tray away' }).press('Enter');
    await until('the stack to have left the desk', async () => (await customers(desk).count()) === 3);
    expect(await customers(desk).filter({ hasText: 'Stack' }).count()).toBe(0);
  });

  it('has named its customers by their documents, and they are delivered, the balance adding up', async () => {
    const rows = (await allSubmissions(desk)).filter(({ beside }) => !beside.includes('voided'));
    expect(rows.map(({ customer }) => customer).toSorted()).toEqual([
      'Example, Amelie Rose',
      'Placeholder, Felix Ando',
      'Sample, David Emil',
    ]);
    for (const { id, customer } of rows) {
      const { subject } = await desk.call('submission.get', { submissionId: id });
      const reference = `STACK-${customer.split(',')[0] ?? ''}`;
      await desk.call('submission.setSubject', {
        submissionId: id,
        subject: { ...subject, country: 'AUS', email: 'stack@example.invalid', reference },
      });
    }
    await desk.window.getByText('3 customers, 3 ready').first().waitFor();
    await releaseBatchByKeyboard(desk);
    await seeStates(desk, { 'STACK-Example': 'accepted', 'STACK-Sample': 'accepted', 'STACK-Placeholder': 'accepted' });
    const balance = await desk.call('balance.get', { fromMs: 0, toMs: Date.now() + 1 });
    expect(balance).toMatchObject({ captured: 8, sent: 6, voided: 2, waiting: 0, refused: 0, isBalanced: true });
    expectNoComplaints(desk);
  });
});
