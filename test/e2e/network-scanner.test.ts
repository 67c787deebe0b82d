/** A network scanner in the window: added by its address, scanned from with F2, a jam at page 3, forgotten. And on the command line. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuthority } from '../support/certificates.ts';
import { inScannerSettings, pagesOf } from '../support/desk-scanning.ts';
import {
  expectNoComplaints,
  goTo,
  openDesk,
  releaseBatchByKeyboard,
  seeStates,
  startCustomer,
  typeCustomer,
} from '../support/desk-window.ts';
import type { Desk } from '../support/desk-window.ts';
import { startEsclSimulator } from '../support/escl/simulator.ts';
import type { EsclSimulator } from '../support/escl/simulator.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import { flowOf } from '../support/flow-of.ts';
import { satchel } from '../support/satchel-process.ts';
import { until } from '../support/until.ts';

const PERSON = {
  givenName: 'Nora',
  familyName: 'Network',
  email: 'nora.network@example.invalid',
  phone: '+61491570006',
  reference: 'ESCL-1',
};
const FLOW = { name: flowOf('persona').name, connection: 'Practice: Persona' };

let profile: string;
let desk: Desk;
let simulator: EsclSimulator;

async function openScanners(): Promise<void> {
  await goTo(desk, 'Settings');
  await desk.window.getByRole('link', { name: 'Scanners' }).click();
  await desk.window.getByRole('heading', { name: 'Add a network scanner' }).waitFor();
}

function chooseSource(source: string): Promise<void> {
  return inScannerSettings(desk, (dialog) =>
    dialog.getByRole('radio', { name: source, exact: true }).click({ force: true }),
  );
}

async function focusGivenName(): Promise<void> {
  const field = desk.window.getByRole('form', { name: 'Customer' }).getByRole('textbox', { name: 'Given name' });
  await field.focus();
}

/** Presses F2 at a scanner whose first page does not come to its end. */
async function startSlowScan(): Promise<void> {
  simulator.heal({ sheets: 5, stallAtPage: 1 });
  await desk.window.keyboard.press('F2');
}

/** Waits for what a person reads about a scan that was stopped, and closes it. Answers how many pages ESCL-2 has. */
async function pagesOnceStopped(): Promise<number> {
  const { window } = desk;
  await window.getByText('The scan was stopped. No page came in.').waitFor();
  await window.getByRole('button', { name: 'Dismiss' }).click();
  await window.getByText('The scan was stopped. No page came in.').waitFor({ state: 'detached' });
  return (await pagesOf(desk, 'ESCL-2')).length;
}

describe('a network scanner', () => {
  beforeAll(async () => {
    profile = makeFolder('network-scanner');
    const certificate = createAuthority('A printer').issue({ names: ['printer.local'] });
    simulator = await startEsclSimulator({ sheets: 2 }, certificate);
    desk = await openDesk(profile);
  });
  afterAll(async () => {
    await desk.close();
    await simulator.close();
    removeFolder(profile);
  });

  it('is not there before it was added, and what is no scanner is refused with a sentence', async () => {
    const { window } = desk;
    await openScanners();
    await window.getByText(/^No (network )?scanner answers\./).waitFor();
    await window.getByRole('textbox', { name: 'Address' }).fill('127.0.0.1:1');
    await window.keyboard.press('Enter');
    await window.getByText(/^The scanner does not answer\./).waitFor();
    await window.getByRole('textbox', { name: 'Address' }).fill('not an address');
    await window.getByRole('button', { name: 'Test and add' }).click();
    await window.getByText(/^This is no address of a scanner\./).waitFor();
    expect((await desk.call('networkScanner.get', {})).scanners).toEqual([]);
  });

  it('is added by its address, with what it said it can do and the certificate that it showed', async () => {
    const { window } = desk;
    await window.getByRole('textbox', { name: 'Address' }).fill(`127.0.0.1:${simulator.port}`);
    await window.keyboard.press('Enter');
    await window.getByText('Simulated MFP 300 answers and was added').waitFor();
    await window
      .getByText('Glass: 100, 150, 200, 300, 600 dpi; colour, grey; whole area, A4, Letter, A5, A6')
      .waitFor();
    const remembered = window.getByRole('article', { name: 'Simulated MFP 300' });
    await remembered.getByText('encrypted', { exact: true }).waitFor();
    const { scanners } = await desk.call('networkScanner.get', {});
    await remembered.getByText(scanners[0]?.fingerprint ?? 'none').waitFor();
    await remembered.getByRole('button', { name: 'Test' }).click();
    await remembered.getByText('It answers').waitFor();
    await window.getByText(`eSCL, 127.0.0.1:${simulator.port}`).waitFor();
    expect(scanners).toMatchObject([{ name: 'Simulated MFP 300', isAdded: true }]);
  });

  it('scans with F2 what is released and accepted', async () => {
    const { window } = desk;
    await goTo(desk, 'Capture');
    await window.getByRole('button', { name: 'Start a batch' }).click();
    await startCustomer(desk, FLOW);
    await typeCustomer(desk, PERSON);
    await window.getByText('300 dpi, colour').first().waitFor();
    await chooseSource('Feeder');
    await window.keyboard.press('F2');
    await until('two pages', async () => (await pagesOf(desk, PERSON.reference)).length === 2);
    const pages = await until('both looked at', async () => {
      const now = await pagesOf(desk, PERSON.reference);
      return now.every(({ widthPixels }) => widthPixels !== null) ? now : null;
    });
    // A4 at 300 dpi, which Satchel asks a feeder for unless it was told otherwise.
    expect(pages.map((page) => [page.mediaType, page.widthPixels, page.heightPixels])).toEqual([
      ['image/jpeg', 2480, 3508],
      ['image/jpeg', 2480, 3508],
    ]);
    await window.getByText('1 customer, 1 ready').first().waitFor();
    await releaseBatchByKeyboard(desk);
    await seeStates(desk, { [PERSON.reference]: 'accepted' });
  });

  it('scans a document as it was fixed for it, and the others as before', async () => {
    const { window } = desk;
    await goTo(desk, 'Capture');
    await window.getByRole('button', { name: 'New batch' }).click();
    await window.getByText('No customer yet').waitFor();
    await startCustomer(desk, FLOW);
    await typeCustomer(desk, { ...PERSON, reference: 'ESCL-FIXED' });
    await chooseSource('Glass');
    await window.getByText('300 dpi, colour, A5').waitFor();
    await inScannerSettings(desk, async (dialog) => {
      await dialog
        .getByRole('switch', { name: /^Only for this document: Passport, Practice: Persona/ })
        .click({ force: true });
      await dialog.getByRole('button', { name: /Resolution/ }).click();
      await window.getByRole('option', { name: '150 dpi', exact: true }).click();
    });
    await window.getByText('150 dpi, colour, A5').waitFor();
    await window.keyboard.press('F2');
    await window.getByText('300 dpi, colour, A4').waitFor();
    const [passport] = await until('the passport', async () => {
      const pages = await pagesOf(desk, 'ESCL-FIXED');
      return pages[0]?.widthPixels === undefined || pages[0].widthPixels === null ? null : pages;
    });
    expect([passport?.widthPixels, passport?.heightPixels]).toEqual([874, 1240]);
    const { documents, profiles } = await desk.call('scanner.choice', {});
    expect(documents).toMatchObject([{ documentType: 'passport', source: 'flatbed', profile: { dpi: 150 } }]);
    expect(profiles.flatbed.dpi).toBe(300);
  });

  it('jams at page 3: two pages are in, and the window says which and what to do', async () => {
    const { window } = desk;
    simulator.heal({ sheets: 5, jamAtPage: 3, jamAnswer: 'emptyBody' });
    await window.getByRole('button', { name: 'New batch' }).click();
    await window.getByText('No customer yet').waitFor();
    await startCustomer(desk, FLOW);
    await typeCustomer(desk, { ...PERSON, reference: 'ESCL-2' });
    await chooseSource('Feeder');
    await window.keyboard.press('F2');
    const alert = window.getByRole('alert').filter({ hasText: 'The scan ended early' });
    await alert.getByText(/^Paper jam at page 3\. Open the scanner/).waitFor();
    await alert.getByText('2 pages came in and are safe.').waitFor();
    expect(await pagesOf(desk, 'ESCL-2')).toHaveLength(2);
    await alert.getByRole('button', { name: 'Dismiss' }).click();
  });

  it.each([
    {
      where: 'with a tooltip open, which closes with Escape too',
      prepare: async () => {
        await desk.window.getByRole('button', { name: 'Scan again in place of this page' }).hover();
        await desk.window.getByRole('tooltip').waitFor();
      },
    },
    { where: 'from a field of the customer', prepare: focusGivenName },
  ])('stops with Escape within a slow page, $where; and the scanner is told', async ({ prepare }) => {
    const { window } = desk;
    await startSlowScan();
    await window.getByRole('progressbar', { name: 'Scanning page 1' }).waitFor();
    await until('the job', () => simulator.jobStates().at(-1) === 'Processing');
    await prepare();
    await window.keyboard.press('Escape');
    expect(await pagesOnceStopped()).toBe(2);
    await until('the end of the job', () => simulator.jobStates().at(-1) === 'Canceled');
  });

  it('stops with an Escape that follows F2 at once', async () => {
    await startSlowScan();
    await desk.window.keyboard.press('Escape');
    expect(await pagesOnceStopped()).toBe(2);
  });

  it('first closes the list that is open with Escape, and stops with the next', async () => {
    const { window } = desk;
    await startSlowScan();
    await window.getByRole('progressbar', { name: 'Scanning page 1' }).waitFor();
    await window.getByRole('button', { name: /Batch$/ }).click();
    await window.getByRole('listbox').waitFor();
    await window.keyboard.press('Escape');
    await window.getByRole('listbox').waitFor({ state: 'detached' });
    await window.getByRole('progressbar', { name: 'Scanning page 1' }).waitFor();
    await window.keyboard.press('Escape');
    expect(await pagesOnceStopped()).toBe(2);
  });

  it('is looked for by announcements as the switch says, which shows what holds', async () => {
    await openScanners();
    const discovery = desk.window.getByRole('switch', { name: /^Find network scanners automatically/ });
    for (const isOn of [false, true]) {
      await discovery.click({ force: true });
      await until('the switch to show it', async () => (await discovery.isChecked()) === isOn);
      expect((await desk.call('networkScanner.get', {})).isDiscovering).toBe(isOn);
    }
  });

  it('is forgotten, with its certificate', async () => {
    const { window } = desk;
    await openScanners();
    const remembered = window.getByRole('article', { name: 'Simulated MFP 300' });
    await remembered.getByRole('button', { name: 'Forget' }).click();
    await remembered.waitFor({ state: 'detached' });
    expect(await desk.call('networkScanner.get', {})).toEqual({ isDiscovering: true, scanners: [] });
    expectNoComplaints(desk);
  });
});

describe('a network scanner on the command line', () => {
  it('is added, listed, tested and forgotten', async () => {
    const folder = makeFolder('network-scanner-command');
    const scanner = await startEsclSimulator({ hasDuplex: false });
    const run = (...args: string[]) => satchel(join(folder, 'profile'), ...args);
    const address = `127.0.0.1:${scanner.port}`;
    const added = await run('scanner', 'add', address);
    expect([added.code, added.out]).toEqual([
      0,
      `Simulated MFP 300 at http://${address}/eSCL (flatbed, feeder)\nnot encrypted\n`,
    ]);
    const listed = await run('scanners');
    expect(listed.out).toBe(`escl:uuid:${scanner.switches.uuid}: Simulated MFP 300 (flatbed, feeder)\n`);
    expect((await run('scanner', 'test', 'Simulated MFP 300')).code).toBe(0);
    await scanner.close();
    const gone = await run('scanner', 'test', 'Simulated MFP 300');
    expect([gone.code, gone.err]).toEqual([1, expect.stringContaining('does not answer')]);
    expect((await run('scanner', 'forget', 'Simulated MFP 300')).code).toBe(0);
    expect((await run('scanner', 'forget', 'Simulated MFP 300')).err).toContain('It remembers: none.');
    expect((await run('scanner', 'add', 'no address')).code).toBe(2);
    removeFolder(folder);
  });
});
