/** A day with a scanner, in the window: SANE's own test scanner, from F2 to the provider's decision. */
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inScannerSettings, pagesOf } from '../support/desk-scanning.ts';
import {
  customers,
  allSubmissions,
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
import { flowOf } from '../support/flow-of.ts';
import {
  fakeScanimage,
  hasScanimage,
  JAM,
  saneEnvironment,
  slowScanner,
  twoPagesThen,
  WITHOUT_SCANIMAGE,
} from '../support/sane.ts';
import type { TestScanner } from '../support/sane.ts';
import { until } from '../support/until.ts';

const SLOW = slowScanner(20_000, 60_000);
const PERSON = {
  givenName: 'Nora',
  familyName: 'Scan',
  email: 'nora.scan@example.invalid',
  phone: '+61491570006',
  reference: 'SCAN-1',
};
const FLOW = { name: flowOf('persona').name, connection: 'Practice: Persona' };
/** Becomes the real program, which hears the signals then, while no script lies beside it. */
const PASS_THROUGH =
  'folder=$(dirname "$0"); if [ -e "$folder/script" ]; then . "$folder/script"; else exec $real "$@"; fi';

let profile: string;
let home: string;
let desk: Desk;
let environment: Record<string, string>;

/** From the next scan on. */
function setScanner(scanner: TestScanner): void {
  saneEnvironment(home, scanner);
}

async function filledSlots(count: number): Promise<void> {
  await until(`${count} filled slots, looked at`, async () => {
    const { slots = [], pages = [] } = (await details(desk)).at(-1) ?? {};
    const isSeen = pages.every(({ widthPixels }) => widthPixels !== null);
    return isSeen && slots.filter(({ pageId }) => pageId !== null).length === count;
  });
}

/** Folders with pages that are on their way between scanner and vault. */
function inClear(): string[] {
  return readdirSync(join(profile, 'scanning'));
}

async function pick(field: RegExp, option: string): Promise<void> {
  const dialog = desk.window.getByRole('dialog', { name: 'Scanner and settings' });
  await dialog.getByRole('button', { name: field }).click();
  await desk.window.getByRole('option', { name: option, exact: true }).click();
}

describe.skipIf(!hasScanimage)(`a day with a scanner${WITHOUT_SCANIMAGE}`, () => {
  beforeAll(async () => {
    profile = makeFolder('scan-desk');
    home = makeFolder('scan-home');
    fakeScanimage(home, PASS_THROUGH);
    const sane = saneEnvironment(home, { 'test-picture': '"Grid"' });
    environment = { ...sane, PATH: `${home}:${process.env['PATH'] ?? ''}` };
    desk = await openDesk(profile, environment);
  });
  afterAll(async () => {
    await desk.close();
    removeFolder(profile);
    removeFolder(home);
  });

  it('chooses how the glass scans, and remembers it', async () => {
    const { window } = desk;
    await goTo(desk, 'Capture');
    await window.getByRole('button', { name: 'Start a batch' }).click();
    await startCustomer(desk, FLOW);
    // A passport is wanted first.
    await window.getByText('300 dpi, colour, A5').waitFor();
    await inScannerSettings(desk, async () => {
      await pick(/Resolution/, '200 dpi');
      await pick(/Size/, 'A5, an open passport');
    });
    await window.getByText('200 dpi, colour, A5').waitFor();
    expect((await desk.call('scanner.choice', {})).profiles.flatbed).toEqual({
      dpi: 200,
      colour: 'colour',
      size: 'a5',
      waitsForPaper: false,
    });
  });

  it('scans two pages with F2, releases, and the provider accepts them', async () => {
    const { window } = desk;
    await typeCustomer(desk, PERSON);
    await window.keyboard.press('F2');
    await filledSlots(1);
    setScanner({ 'test-picture': '"Color pattern"' });
    await window.getByRole('button', { name: 'Scan', exact: true }).click();
    await filledSlots(2);
    const pages = await pagesOf(desk, PERSON.reference);
    expect(pages.map(({ source, mediaType }) => [source, mediaType])).toEqual([
      ['scanner', 'image/png'],
      ['scanner', 'image/png'],
    ]);
    // A5 at 200 dpi, as the glass was set.
    expect(pages.map(({ widthPixels, heightPixels }) => [widthPixels, heightPixels])).toEqual([
      [1165, 1653],
      [1165, 1653],
    ]);
    await releaseBatchByKeyboard(desk);
    await seeStates(desk, { [PERSON.reference]: 'accepted' });
  });

  it('scans again in the place of a page, which can be brought back', async () => {
    const { window } = desk;
    await goTo(desk, 'Capture');
    await window.getByRole('button', { name: 'New batch' }).click();
    await window.getByText('No customer yet').waitFor();
    await startCustomer(desk, FLOW);
    await typeCustomer(desk, { ...PERSON, reference: 'SCAN-2' });
    await window.keyboard.press('F2');
    const first = await until('a page', async () => (await pagesOf(desk, 'SCAN-2'))[0]);
    const again = window.getByRole('button', { name: 'Scan again in place of this page' });
    await until('the scanner to be free', async () => (await again.count()) === 1 && (await again.isEnabled()));
    await window.keyboard.press('Shift+F2');
    await until('another page in its place', async () => {
      const [now] = await pagesOf(desk, 'SCAN-2');
      return now !== undefined && now.id !== first.id && now.slot === first.slot;
    });
    expect(await pagesOf(desk, 'SCAN-2')).toHaveLength(1);
    // To whoever does not see the list of findings.
    await window.getByText(/^Passport: scan-\S+ is very dark\.$/).waitFor({ state: 'attached' });
    await window.getByText('Passport replaced.').waitFor();
    await window.keyboard.press('Control+z');
    await until('the first one in its place again', async () => {
      const pages = await pagesOf(desk, 'SCAN-2');
      return pages.length === 1 && pages[0]?.id === first.id && pages[0].slot === first.slot;
    });
  });

  it('shows how far a scan is, and stops it with Escape', async () => {
    const { window } = desk;
    setScanner(SLOW);
    await window.keyboard.press('ArrowDown');
    await window.keyboard.press('F2');
    const bar = window.getByRole('progressbar', { name: 'Scanning page 1' });
    await bar.waitFor();
    await until('some per cent', async () => Number(await bar.getAttribute('aria-valuenow')) > 5);
    await window.keyboard.press('Escape');
    await window.getByText('The scan was stopped. No page came in.').waitFor();
    expect(await pagesOf(desk, 'SCAN-2')).toHaveLength(1);
  });

  it('keeps the pages of a running scan with the customer that it began for', async () => {
    const { window } = desk;
    await window.keyboard.press('F2');
    await window.getByRole('progressbar', { name: 'Scanning page 1' }).waitFor();
    await startCustomer(desk, FLOW);
    await window.getByRole('progressbar', { name: 'Scanning page 1, for Scan, Nora' }).waitFor();
    await window.getByText('1 page came in for Scan, Nora.').waitFor();
    expect(await pagesOf(desk, 'SCAN-2')).toHaveLength(2);
    const empty = (await details(desk)).filter(({ pages }) => pages.length === 0);
    expect(empty).toHaveLength(1);
    setScanner({});
  });

  it('asks for nothing more of a customer who was voided, and changes nothing of them', async () => {
    const { window } = desk;
    const { id } = (await allSubmissions(desk)).find(({ pageCount }) => pageCount === 0) ?? {};
    await desk.call('submission.void', { submissionId: id ?? '', reason: 'Went away' });
    await window.getByText('This customer was voided, so nothing can be changed.').first().waitFor();
    await window.getByText('May the customer leave?').waitFor({ state: 'detached' });
    const field = window.getByRole('form', { name: 'Customer' }).getByRole('textbox', { name: 'Given name' });
    expect(await field.isDisabled()).toBe(true);
    await startCustomer(desk, FLOW);
  });

  it('names a paper jam at page 3 with what is safe and what to do', async () => {
    const { window } = desk;
    writeFileSync(join(home, 'script'), `${twoPagesThen(JAM)}\n`);
    await inScannerSettings(desk, async () => {
      await window.getByRole('radio', { name: 'Feeder', exact: true }).click({ force: true });
      await pick(/Resolution/, '150 dpi');
    });
    await window.keyboard.press('F2');
    const alert = window.getByRole('alert').filter({ hasText: 'The scan ended early' });
    await alert.getByText(/^Paper jam at page 3\. Open the scanner/).waitFor();
    await alert.getByText('2 pages came in and are safe.').waitFor();
    const jammed = (await details(desk)).filter(({ slots }) => slots.every(({ pageId }) => pageId !== null));
    expect(jammed).toHaveLength(3);
    await alert.getByRole('button', { name: 'Dismiss' }).click();
  });

  it('loses no page that it said is safe when it is killed within the feeder, and leaves nothing in clear', async () => {
    const { window } = desk;
    rmSync(join(home, 'script'));
    setScanner(SLOW);
    await startCustomer(desk, FLOW);
    await typeCustomer(desk, { ...PERSON, reference: 'SCAN-KILLED' });
    await window.keyboard.press('F2');
    const taken = await until('two pages that are safe', async () => {
      const progress = await desk.call('scan.progress', {});
      return progress !== null && progress.taken >= 2 ? progress.taken : null;
    });
    expect(inClear()).toHaveLength(1);
    await desk.kill();
    expect(inClear()).toHaveLength(1);
    setScanner({});
    desk = await openDesk(profile, environment);
    expect((await pagesOf(desk, 'SCAN-KILLED')).length).toBeGreaterThanOrEqual(taken);
    expect(inClear()).toEqual([]);
    expect(await desk.call('scan.progress', {})).toBeNull();
    await goTo(desk, 'Capture');
  });

  it('says that there is no scanner, and finds it when it is switched on', async () => {
    const { window } = desk;
    setScanner({ number_of_devices: 0 });
    await inScannerSettings(desk, async (dialog) => {
      await dialog.getByRole('button', { name: 'Look for scanners again' }).click();
      await dialog.getByText(/^No scanner answers\./).waitFor();
    });
    await window.getByText('No scanner found').waitFor();
    // The button is not dead: it says why nothing can be scanned, and offers to look again.
    await window.keyboard.press('F2');
    const dialog = window.getByRole('dialog', { name: 'Scanner and settings' });
    setScanner({});
    await dialog.getByRole('button', { name: 'Look for scanners again' }).click();
    await dialog.getByText('Noname frontend-tester').first().waitFor();
    // The button was off while it looked, and let the focus fall.
    await window.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached', timeout: 5_000 });
    expect(await customers(desk).count()).toBeGreaterThan(0);
    expectNoComplaints(desk);
  });
});
