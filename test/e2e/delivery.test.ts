/** The three ways in, for both providers, each to the provider's decision; offline and back; and a day without a mouse. */
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Locator } from 'playwright';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jpeg } from '../integration/capture/files.ts';
import {
  allSubmissions,
  answerFileDialog,
  customers,
  details,
  dropFiles,
  expectNoComplaints,
  goTo,
  openDesk,
  pasteFile,
  releaseBatchByKeyboard,
  seeStates,
  startCustomer,
  statusBar,
  typeCustomer,
} from '../support/desk-window.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import type { Desk } from '../support/desk-window.ts';
import { flowOf } from '../support/flow-of.ts';
import { selfie } from '../support/samples.ts';
import { until } from '../support/until.ts';

let profile: string;
let files: string;
let desk: Desk;

beforeAll(async () => {
  profile = makeFolder('delivery');
  files = makeFolder('delivery-files');
  desk = await openDesk(profile);
});
afterAll(async () => {
  await desk.close();
  removeFolder(profile);
  removeFolder(files);
});

let seed = 0;
/** A picture that nobody captured before. */
function drawn(): Promise<Buffer> {
  seed += 1;
  return jpeg({ width: 900, height: 640, seed });
}

/** One page for the identity document, one for the other slot: a selfie, or a paper. */
async function twoPages(name: string, person: 0 | 1 | 2 | null = null): Promise<string[]> {
  const parts = { one: await drawn(), two: person === null ? await drawn() : await selfie(person) };
  const paths: string[] = [];
  for (const [part, bytes] of Object.entries(parts)) {
    const path = join(files, `${name}-${part}.jpg`);
    await writeFile(path, bytes);
    paths.push(path);
  }
  return paths;
}

/** The ways in by hand. Each answers when the app has been told, not when it has finished. */
const WAYS: Readonly<Record<string, (paths: readonly string[]) => Promise<void>>> = {
  dialog: async (paths) => {
    await answerFileDialog(desk, paths);
    await desk.window.getByRole('button', { name: /^Import/ }).click();
  },
  'drag and drop': (paths) => dropFiles(desk, paths),
  paste: async (paths) => {
    for (const [index, path] of paths.entries()) {
      await pasteFile(desk, { name: basename(path), type: 'image/jpeg', bytes: await readFile(path) });
      await filledSlots(index + 1);
    }
  },
};

const PERSONR = { name: flowOf('personr').name, connection: 'Practice: Personr' };
const FLOWS = [{ name: flowOf('persona').name, connection: 'Practice: Persona' }, PERSONR] as const;
/** Whose selfie each way takes in: nobody is captured twice. */
const PEOPLE: Readonly<Record<string, 0 | 1 | 2>> = { dialog: 0, 'drag and drop': 1, paste: 2 };

/** Waits until so many slots of the customer in front are filled and checked. */
async function filledSlots(count: number): Promise<void> {
  const wanted = desk.window.getByRole('complementary', { name: 'Documents wanted' });
  await until(
    `${count} filled slots`,
    async () => (await wanted.getByText('Filled', { exact: true }).count()) === count,
  );
}

describe('import, release, accepted', () => {
  it('starts a batch', async () => {
    await goTo(desk, 'Capture');
    await desk.window.getByRole('button', { name: 'Start a batch' }).click();
    await desk.window.getByText('No customer yet').waitFor();
    expect(await desk.call('batch.list', {})).toHaveLength(1);
  });

  for (const [way, takeIn] of Object.entries(WAYS)) {
    for (const flow of FLOWS) {
      const reference = `${flow.connection.slice(-4)}-${way.replaceAll(' ', '-')}`;
      it(`captures a customer for ${flow.connection} by ${way}`, async () => {
        await startCustomer(desk, flow);
        await takeIn(await twoPages(reference, flow === PERSONR ? (PEOPLE[way] ?? null) : null));
        await filledSlots(2);
        await typeCustomer(desk, {
          givenName: 'Ann',
          familyName: `Way ${reference}`,
          email: 'ann.way@example.invalid',
          phone: '+61491570006',
          reference,
        });
        await desk.window.getByText('Everything is here and clean.').waitFor();
        const row = (await allSubmissions(desk)).find((candidate) => candidate.reference === reference);
        expect(row).toMatchObject({ state: 'ready', light: 'green', filledSlots: 2 });
      });
    }
  }

  it('pastes with the button what another program copied, and says when there is nothing to paste', async () => {
    const { window } = desk;
    const button = window.getByRole('button', { name: /^Paste/ });
    await startCustomer(desk, FLOWS[0]);
    const copy = (content: { type: string; base64: string }): Promise<void> =>
      window.evaluate(async ({ type, base64 }) => {
        const blob = new Blob([Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0) ?? 0)], { type });
        await navigator.clipboard.write([new ClipboardItem({ [type]: blob })]);
      }, content);

    await window.keyboard.press('?');
    await window.getByRole('dialog').getByText('Paste', { exact: true }).waitFor();
    await window.keyboard.press('Escape');

    await copy({ type: 'text/plain', base64: Buffer.from('not a picture').toString('base64') });
    await button.click();
    await window.getByText('The clipboard holds no image or PDF.').waitFor();

    const png = await sharp(await jpeg({ width: 900, height: 640, seed: 4_711 }))
      .png()
      .toBuffer();
    await copy({ type: 'image/png', base64: png.toString('base64') });
    await button.click();
    await filledSlots(1);
    const [page] = (await details(desk)).flatMap(({ pages }) =>
      pages.filter(({ mediaType }) => mediaType === 'image/png'),
    );
    expect(page).toMatchObject({ source: 'paste', fileName: 'clipboard.png', widthPixels: 900, heightPixels: 640 });
    await window.getByRole('button', { name: 'More for this customer' }).click();
    await window.getByRole('menuitem', { name: 'Void customer' }).click();
    await window.getByRole('textbox', { name: 'Reason' }).fill('Only a try');
    await window.getByRole('button', { name: 'Void this customer' }).click();
    await window.getByRole('dialog').waitFor({ state: 'detached' });
    await until('six customers again', async () => (await customers(desk).count()) === 6);
  });

  it('releases the batch and sees all of them accepted', async () => {
    await releaseBatchByKeyboard(desk);
    await seeStates(
      desk,
      Object.fromEntries(
        Object.keys(WAYS).flatMap((way) =>
          FLOWS.map((flow) => [`${flow.connection.slice(-4)}-${way.replaceAll(' ', '-')}`, 'accepted' as const]),
        ),
      ),
    );
    const sources = (await details(desk)).flatMap(({ pages }) => pages.map(({ source }) => source));
    expect(new Set(sources)).toEqual(new Set(['dialog', 'drop', 'paste']));
    // Two of each customer, and the one that the button pasted.
    expect(sources).toHaveLength(13);
  });
});

describe('offline, then online', () => {
  it('keeps what is released while the switch is off and sends it when it is on', async () => {
    const { window } = desk;
    await statusBar(desk).getByRole('switch', { name: 'Send over the network' }).click({ force: true });
    await statusBar(desk).getByText('Working offline.').waitFor();

    await goTo(desk, 'Capture');
    await window.getByRole('button', { name: 'New batch' }).click();
    await window.getByText('No customer yet').waitFor();
    await startCustomer(desk, FLOWS[0]);
    await dropFiles(desk, await twoPages('offline'));
    await filledSlots(2);
    await typeCustomer(desk, {
      givenName: 'Olga',
      familyName: 'Offline',
      email: 'olga@example.invalid',
      phone: '+61491570156',
      reference: 'OFFLINE-1',
    });
    await window.getByText('Everything is here and clean.').waitFor();
    await releaseBatchByKeyboard(desk);
    await statusBar(desk).getByText('1 waiting').waitFor();
    await seeStates(desk, { 'OFFLINE-1': 'released' });
    const kept = (await details(desk)).find(({ reference }) => reference === 'OFFLINE-1');
    expect(kept?.operations.every(({ attempts }) => attempts === 0)).toBe(true);
    expect(kept?.pages.every(({ isDelivered }) => !isDelivered)).toBe(true);

    await statusBar(desk).getByRole('switch', { name: 'Send over the network' }).click({ force: true });
    await seeStates(desk, { 'OFFLINE-1': 'accepted' });
    await statusBar(desk).getByText('Nothing waits to be sent').waitFor();
  });
});

/** Presses Tab until it comes to `place`. */
async function tabTo(place: Locator): Promise<void> {
  for (let steps = 0; steps < 60; steps += 1) {
    if (await place.evaluate((element) => element === document.activeElement)) return;
    await desk.window.keyboard.press('Tab');
  }
  throw new Error('Tab does not come to it');
}

const scrolledTop = (box: Locator): Promise<number> => box.evaluate((element) => element.scrollTop);

/** One Escape closes a dialog, also from under a tooltip, which comes up by focus alone. */
async function closesWithOneKey(): Promise<void> {
  const { window } = desk;
  const dialog = window.getByRole('dialog', { name: 'New customer' });
  await dialog.waitFor();
  await tabTo(dialog.getByRole('button', { name: 'Close' }));
  await window.getByRole('tooltip', { name: 'Close' }).waitFor();
  await window.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached', timeout: 2_000 });
}

/** What is larger than its window is moved: the sheet of the keys, and a page in its full size. */
async function movesWhatIsLarge(): Promise<void> {
  const { window } = desk;
  await window.keyboard.press('?');
  const sheet = window.getByRole('dialog', { name: 'Keys of this screen' });
  const keys = sheet.locator('[data-scrolls]');
  await tabTo(keys);
  await window.keyboard.press('End');
  await until('the last of the keys', async () => (await scrolledTop(keys)) > 0);
  await window.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
  for (const key of ['z', '+']) await window.keyboard.press(key);
  const picture = window.locator('[data-picture]');
  await until('a page larger than its window', () => picture.evaluate((box) => box.scrollHeight > box.clientHeight));
  await window.keyboard.press('Shift+ArrowDown');
  await until('another part of the page', async () => (await scrolledTop(picture)) > 0);
  await window.keyboard.press('z');
}

const screenHasKeys = (): Promise<true> =>
  until('the screen to have the keys', () =>
    desk.window.getByRole('main').evaluate((main) => main === document.activeElement),
  );

/** In a field Ctrl+Z takes back what was typed; Escape leaves it, and then the same keys bring a page back. */
async function takesBackWhatIsMeant(): Promise<void> {
  const { window } = desk;
  await tabTo(window.getByRole('button', { name: 'Remove page' }));
  await window.keyboard.press('Enter');
  await filledSlots(1);
  await screenHasKeys();
  await window.keyboard.press('e');
  const field = window.getByRole('textbox', { name: 'Given name' });
  await window.keyboard.type('Kom');
  await window.keyboard.press('Control+z');
  await until('what was typed to be taken back', async () => (await field.inputValue()) === '');
  await filledSlots(1);
  await window.keyboard.press('Escape');
  await screenHasKeys();
  await window.keyboard.press('Control+z');
  await filledSlots(2);
}

describe('the capture loop without a mouse', () => {
  it('takes two customers from the first key to the release', async () => {
    const { window } = desk;
    const press = (keys: string): Promise<void> => window.keyboard.press(keys);
    await press('Alt+2');
    await window.getByRole('main', { name: 'Capture' }).waitFor();
    await tabTo(window.getByRole('button', { name: 'New batch' }));
    await press('Enter');
    await window.getByText('No customer yet').waitFor();
    await press('n');
    await closesWithOneKey();
    const before = (await allSubmissions(desk)).length;

    for (const [index, reference] of ['KEYS-1', 'KEYS-2'].entries()) {
      if (index === 0) {
        await press('n');
        await window.getByRole('dialog', { name: 'New customer' }).waitFor();
        await press('Enter');
        await window.getByRole('dialog', { name: 'New customer' }).waitFor({ state: 'detached' });
      } else {
        await press('Control+Enter');
      }
      await until('the next customer', async () => (await customers(desk).count()) === index + 1);
      await answerFileDialog(desk, await twoPages(reference));
      await press('Control+i');
      await filledSlots(2);
      if (index === 0) {
        await movesWhatIsLarge();
        await takesBackWhatIsMeant();
      }
      // The fields in the order in which Tab reaches them; "e" goes to the first.
      await press('e');
      await until('the cursor in the first field', () =>
        window.evaluate(() => document.activeElement instanceof HTMLInputElement),
      );
      await window.keyboard.type('Kim');
      await press('Tab');
      await window.keyboard.type('Keys');
      for (let steps = 0; steps < 20; steps += 1) {
        await press('Tab');
        if ((await window.evaluate(() => document.activeElement?.getAttribute('name'))) === 'reference') break;
      }
      await window.keyboard.type(reference);
      await window.getByText('Everything is here and clean.').waitFor();
      await press('Escape');
    }
    expect((await allSubmissions(desk)).length).toBe(before + 2);
    await releaseBatchByKeyboard(desk);
    await seeStates(desk, { 'KEYS-1': 'accepted', 'KEYS-2': 'accepted' });
    expectNoComplaints(desk);
  });
});
