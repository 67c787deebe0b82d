/** Whose document it is: a passport fills an empty form, one key confirms it, and another person's page stops the customer. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jpeg } from '../integration/capture/files.ts';
import {
  allSubmissions,
  details,
  dropFiles,
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
import { samplePath } from '../support/samples.ts';
import { until } from '../support/until.ts';

/** The supervisor's, as set in the window below. */
const PIN = '482915';

let profile: string;
let files: string;
let desk: Desk;

beforeAll(async () => {
  profile = makeFolder('identity');
  files = makeFolder('identity-files');
  desk = await openDesk(profile);
});
afterAll(async () => {
  await desk.close();
  removeFolder(profile);
  removeFolder(files);
});

const form = () => desk.window.getByRole('form', { name: 'Customer' });
const field = (name: string) => form().getByRole('textbox', { name });
const typed = async (name: string, value: string): Promise<void> => {
  await field(name).fill(value);
  await field(name).blur();
};
/** Leaves the field, which stores it, and empties it before main can have answered that it is stored. */
const emptiedAfterwards = async (name: string): Promise<void> => {
  await field(name).evaluate(async (element: HTMLInputElement) => {
    element.blur();
    await new Promise((resolve) => setTimeout(resolve));
    element.focus();
    element.select();
    document.execCommand('delete');
    element.blur();
  });
};
const alarm = () => desk.window.getByRole('alert').filter({ hasText: 'These may be two customers' });

describe('a passport in front of an empty form', () => {
  it('fills it, and waits amber for somebody who compares', async () => {
    const { window } = desk;
    await goTo(desk, 'Capture');
    await window.getByRole('button', { name: 'Start a batch' }).click();
    await startCustomer(desk, { name: 'Proof of address', connection: 'Practice: Persona' });
    await typed('Customer reference', 'READ-1');
    // What was typed and taken out again is as empty as what was never typed.
    await field('Given name').fill('Xaver');
    await emptiedAfterwards('Given name');
    await until('the name to be gone', async () => (await details(desk))[0]?.subject.givenName === '');
    await dropFiles(desk, [samplePath('amelie-passport.jpg'), samplePath('amelie-utility-bill.pdf')]);
    await form().getByText('Compare the 5 fields that were read.').waitFor();
    expect(await field('Given name').inputValue()).toBe('Amelie Rose');
    expect(await field('Family name').inputValue()).toBe('Example');
    expect(await field('Document number').inputValue()).toBe('U4817205A');
    expect(await form().getByText('As read, please compare').count()).toBe(2);
    expect(
      await form()
        .getByText(/As read, check digit right$/)
        .count(),
    ).toBe(3);
    await window.getByText('2 fields were read from the document, and nobody has compared them yet.').waitFor();
    expect((await allSubmissions(desk))[0]).toMatchObject({ light: 'amber', customer: 'Example, Amelie Rose' });
  });

  it('is green after one key, from within the field that was corrected', async () => {
    await field('Given name').fill('Amélie Rose');
    await desk.window.keyboard.press('F7');
    await desk.window.getByText('Everything is here and clean.').waitFor();
    await until(
      'the corrected name to be stored',
      async () => (await details(desk))[0]?.customer === 'Example, Amélie Rose',
    );
    expect((await details(desk))[0]).toMatchObject({ light: 'green', unconfirmed: {} });
  });
});

const overrideDialog = () => desk.window.getByRole('dialog', { name: 'Override findings' });
const confirmButton = () => overrideDialog().getByRole('button', { name: 'Override and mark as ready' });
const openOverride = async (): Promise<void> => {
  await desk.window.getByRole('button', { name: 'More for this customer' }).click();
  await desk.window.getByRole('menuitem', { name: 'Override findings' }).click();
};
const stoppedRow = async () => (await allSubmissions(desk)).find(({ reference }) => reference === 'READ-3');
const overrideBy = async (pin: string | null): Promise<unknown> =>
  desk.rawCall('submission.override', {
    submissionId: (await stoppedRow())?.id ?? '',
    reason: 'nobody is there',
    pin,
  });

describe('what a check found', () => {
  it('is overridden by nobody while there is no supervisor PIN, which practice asks to set', async () => {
    const { window } = desk;
    await startCustomer(desk, { name: 'Identity and selfie', connection: 'Practice: Personr' });
    await typeCustomer(desk, {
      givenName: 'Erika',
      familyName: 'Mustermann',
      email: 'stopped@example.invalid',
      phone: '+61491570006',
      reference: 'READ-3',
    });
    const page = join(files, 'page.jpg');
    await writeFile(page, await jpeg({ width: 800, height: 640, seed: 4_711 }));
    await dropFiles(desk, [page, page]);
    await until('the same picture twice to be found', async () =>
      (await details(desk)).some(
        ({ reference, pages }) =>
          reference === 'READ-3' && pages.length === 2 && pages.every(({ isInspected }) => isInspected),
      ),
    );
    await openOverride();
    await overrideDialog().getByText('Set a PIN of your own for practising first.', { exact: false }).waitFor();
    expect(await confirmButton().count()).toBe(0);
    expect(await overrideBy(null)).toMatchObject({ error: { message: { code: 'supervision.notSet' } } });
    await overrideDialog().getByRole('button', { name: 'Set the supervisor PIN' }).click();
    for (const name of ['New PIN', 'New PIN once more']) {
      await window.getByRole('textbox', { name, exact: true }).fill(PIN);
    }
    await window.getByRole('button', { name: 'Set the PIN' }).click();
    await window.getByText('The supervisor PIN is set.').waitFor();
  });

  it('is overridden in the window with a reason and the PIN, and by main with nothing less', async () => {
    const { window } = desk;
    expect(await overrideBy(null)).toMatchObject({ error: { message: { code: 'supervision.pinWanted' } } });
    expect(await overrideBy('482916')).toMatchObject({ error: { message: { code: 'supervision.wrongPin' } } });
    expect(await stoppedRow()).toMatchObject({ state: 'draft', light: 'red' });
    await goTo(desk, 'Capture');
    await openOverride();
    const pin = overrideDialog().getByRole('textbox', { name: 'Supervisor PIN' });
    await overrideDialog()
      .getByRole('textbox', { name: 'Why may it be sent as it is?' })
      .fill('The manager has seen it');
    expect([await pin.getAttribute('type'), await pin.getAttribute('autocomplete')]).toEqual(['password', 'off']);
    await pin.fill('482917');
    await confirmButton().click();
    await overrideDialog().getByText('This is not the supervisor PIN.').waitFor();
    await pin.fill(PIN);
    await pin.press('Enter');
    await overrideDialog().waitFor({ state: 'detached' });
    const row = await stoppedRow();
    expect(row).toMatchObject({ state: 'ready', light: 'amber' });
    const ledger = await desk.call('activity.list', { search: '', offset: 0, limit: 500 });
    expect(ledger.entries.map(({ message }) => message.code)).toEqual(
      expect.arrayContaining(['ledger.supervisorPinSet', 'ledger.supervisorPinWrong', 'ledger.overriddenByPin']),
    );
    expect(`${await window.content()} ${JSON.stringify(ledger)}`).not.toContain(PIN);
    await desk.call('submission.void', { submissionId: row?.id ?? '', reason: 'a test' });
  });
});

describe('another person’s passport', () => {
  it('stops the customer, with both values and without a way around', async () => {
    await startCustomer(desk, { name: 'Identity and selfie', connection: 'Practice: Personr' });
    await typeCustomer(desk, {
      givenName: 'Amelie',
      familyName: 'Exampel',
      email: 'read@example.invalid',
      phone: '+61491570006',
      reference: 'READ-2',
    });
    await dropFiles(desk, [samplePath('david-passport.jpg'), samplePath('amelie-passport.jpg')]);
    await alarm().waitFor();
    await until('both pages to be compared', async () =>
      (await details(desk)).some(({ disagreements }) => disagreements.length === 6),
    );
    const rows = alarm().getByRole('row');
    await rows.filter({ hasText: 'Family name' }).filter({ hasText: 'Typed' }).filter({ hasText: 'Sample' }).waitFor();
    await rows.filter({ hasText: 'Date of birth' }).filter({ hasText: '1969' }).waitFor();
    const stopped = (await allSubmissions(desk)).find(({ reference }) => reference === 'READ-2');
    expect(stopped).toMatchObject({ light: 'red', state: 'draft' });
    const override = await desk.rawCall('submission.override', {
      submissionId: stopped?.id ?? '',
      reason: 'nobody has looked',
      pin: PIN,
    });
    expect(override).toMatchObject({ ok: false, error: { message: { code: 'capture.overrideNotEnough' } } });
  });

  it('is over for the field when the document’s word is taken, and goes on for the pages', async () => {
    const { window } = desk;
    await window.keyboard.press('F9');
    await until('the field to follow the passport in the first slot', async () =>
      (await details(desk)).some(({ subject }) => subject.familyName === 'Sample'),
    );
    expect(await field('Family name').inputValue()).toBe('Sample');
    await alarm().waitFor();
  });

  it('goes on when somebody says why it is one customer, and asks again after the next edit', async () => {
    const { window } = desk;
    const decide = async (): Promise<void> => {
      await alarm().getByRole('button', { name: 'Same customer' }).click();
      const dialog = window.getByRole('dialog', { name: 'Same customer' });
      await dialog.getByRole('textbox', { name: 'Reason' }).fill('A specimen for the selfie');
      await dialog.getByRole('button', { name: 'It is the same customer' }).click();
      await alarm().waitFor({ state: 'detached' });
    };
    await decide();
    const lightOf = async (reference: string) =>
      (await allSubmissions(desk)).find((row) => row.reference === reference)?.light;
    await until('amber', async () => (await lightOf('READ-2')) === 'amber');
    await typed('Family name', 'Somebody');
    await alarm().waitFor();
    expect(await lightOf('READ-2')).toBe('red');
    await decide();
    await until('amber again', async () => (await lightOf('READ-2')) === 'amber');
  });

  it('goes with the batch after that, and the one that was confirmed before it', async () => {
    await releaseBatchByKeyboard(desk);
    await seeStates(desk, { 'READ-1': 'accepted' });
    const ledger = await desk.call('activity.list', { search: '', offset: 0, limit: 500 });
    const kinds = ledger.entries.map(({ message }) => message.code);
    for (const code of ['ledger.subjectFilled', 'ledger.subjectConfirmed', 'ledger.identityDecided']) {
      expect(kinds).toContain(code);
    }
    expect(JSON.stringify(ledger)).not.toMatch(/Amelie|Exampel|Sample|Somebody|specimen for/);
    expect(await desk.call('activity.verify', {})).toMatchObject({ isIntact: true });
    expectNoComplaints(desk);
  });
});
