/** Pages that arrive while somebody types or is asked leave the form where it is and the question answerable. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jpeg } from '../integration/capture/files.ts';
import {
  details,
  dropFiles,
  expectNoComplaints,
  goTo,
  openDesk,
  pasteFile,
  releaseBatchByKeyboard,
  seeStates,
  startCustomer,
  typeCustomer,
} from '../support/desk-window.ts';
import type { Desk } from '../support/desk-window.ts';
import { countDrawings, drawingsOf } from '../support/drawings.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import { flowOf } from '../support/flow-of.ts';
import { until } from '../support/until.ts';

const PERSON = {
  givenName: 'Tina',
  familyName: 'Typing',
  email: 'tina@example.invalid',
  phone: '+61491570006',
  reference: 'TYPING-1',
};

let profile: string;
let desk: Desk;

beforeAll(async () => {
  profile = makeFolder('typing');
  desk = await openDesk(profile);
  await countDrawings(desk);
});
afterAll(async () => {
  await desk.close();
  removeFolder(profile);
});

describe('while somebody types', () => {
  it('a page that arrives closes no list and moves no field', async () => {
    const { window } = desk;
    await window.setViewportSize({ width: 1280, height: 700 });
    await goTo(desk, 'Capture');
    await window.getByRole('button', { name: 'Start a batch' }).click();
    await startCustomer(desk, { name: flowOf('persona').name, connection: 'Practice: Persona' });
    const form = window.getByRole('form', { name: 'Customer' });
    const country = form.getByRole('combobox', { name: 'Country' });
    await form.getByRole('textbox', { name: 'Customer reference' }).scrollIntoViewIfNeeded();
    await country.fill('Austr');
    const option = window.getByRole('option', { name: 'Australia', exact: true });
    await option.waitFor();
    const top = async () => (await country.boundingBox())?.y ?? Number.NaN;
    const before = await top();
    const page = join(profile, 'passport.jpg');
    await writeFile(page, await jpeg({ width: 1_200, height: 900, seed: 4_711 }));
    await dropFiles(desk, [page]);
    await until('the page to be looked at', async () => (await details(desk))[0]?.pages[0]?.isInspected === true);
    expect(await option.isVisible()).toBe(true);
    expect(await country.inputValue()).toBe('Austr');
    expect(Math.abs((await top()) - before)).toBeLessThan(2);
    await option.click();
    await until('the country to be kept', async () => (await details(desk))[0]?.subject.country === 'AUS');
    expectNoComplaints(desk);
  });

  it('the question before a release takes the focus once somebody is ready', async () => {
    const { window } = desk;
    // Some 3,000. Drawn as a whole for each field that is stored, the screen came to 15,000.
    expect(await drawingsOf(desk, () => typeCustomer(desk, PERSON))).toBeLessThan(6_000);
    await pasteFile(desk, {
      name: 'bill.jpg',
      type: 'image/jpeg',
      bytes: await jpeg({ width: 1_200, height: 900, seed: 4_712 }),
    });
    // At once: the last page has hardly come in, and nobody is ready yet.
    await releaseBatchByKeyboard(desk);
    await seeStates(desk, { 'TYPING-1': 'accepted' });
    expect(await window.getByRole('dialog').count()).toBe(0);
    expectNoComplaints(desk);
  });
});

describe('while a button has the focus', () => {
  it('the keys of the screen are meant for the screen, and press nothing', async () => {
    const { window } = desk;
    await goTo(desk, 'Capture');
    await window.getByRole('button', { name: 'New batch' }).click();
    await startCustomer(desk, { name: flowOf('persona').name, connection: 'Practice: Persona' });
    await window.getByRole('button', { name: 'New customer' }).last().focus();
    await window.keyboard.press('Control+Shift+Enter');
    await window.getByRole('dialog', { name: /^Release batch/ }).waitFor();
    expect(await window.getByRole('dialog').count()).toBe(1);
    await window.keyboard.press('Escape');
    await until('no dialog', async () => (await window.getByRole('dialog').count()) === 0);
    expectNoComplaints(desk);
  });

  it('a dialog that gets the focus itself hands it to its main button', async () => {
    const { window } = desk;
    await window.getByRole('button', { name: 'New customer' }).last().click();
    const dialog = window.getByRole('dialog', { name: 'New customer' });
    const main = dialog.getByRole('button', { name: 'Start this customer' });
    const hasFocus = (): Promise<boolean> => main.evaluate((button) => button === document.activeElement);
    await until('the main button to have the focus', hasFocus);
    // As React Aria does half a second after a dialog opens.
    await dialog.evaluate((element) => {
      if (element instanceof HTMLElement) element.focus();
    });
    expect(await hasFocus()).toBe(true);
    await window.keyboard.press('Escape');
    await until('no dialog', async () => (await window.getByRole('dialog').count()) === 0);
    expectNoComplaints(desk);
  });
});
