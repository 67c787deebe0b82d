/**
 * Customers whom the provider has: one takes the new pictures with their own phone and comes back to the desk in between, another's
 * record is deleted at the provider.
 */
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readCodesOf } from '../../main/inspection/codes/zxing.ts';
import { Pictures } from '../support/customers.ts';
import { ownConnection, releaseByDialog } from '../support/desk-customers.ts';
import {
  details,
  expectNoComplaints,
  goTo,
  openDesk,
  openSidePanel,
  seeStates,
  sidePanel,
  tableRow,
  tryNowUntil,
} from '../support/desk-window.ts';
import type { Desk } from '../support/desk-window.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import { connectionTo, startPractice } from '../support/practice.ts';
import type { PracticeForTests } from '../support/practice.ts';
import { until } from '../support/until.ts';

let profile: string;
let folder: string;
let practice: PracticeForTests;
let desk: Desk;
let pictures: Pictures;

beforeAll(async () => {
  profile = makeFolder('with-provider');
  folder = makeFolder('with-provider-files');
  pictures = new Pictures(folder, 7_300);
  practice = await startPractice(folder);
  desk = await openDesk(profile);
  await desk.call('connection.create', { connection: connectionTo('personr', practice.server.origin) });
});
afterAll(async () => {
  await desk.close();
  await practice.close();
  removeFolder(profile);
  removeFolder(folder);
});

/** A customer at Personr of whom it will decide this. */
async function customer(reference: string, decision: string): Promise<void> {
  await practice.admin('POST', '/decision', { api: 'personr', decision });
  await releaseByDialog(desk, {
    connectionId: await ownConnection(desk, 'personr'),
    provider: 'personr',
    subject: {
      givenName: 'Ana',
      familyName: 'Away',
      country: 'AUS',
      email: 'ana@example.invalid',
      phone: '+61491570006',
      reference,
    },
    paths: await pictures.files(2),
  });
}

const panel = () => sidePanel(desk);
const inPanel = (name: string) => panel().getByRole('button', { name, exact: true });

const stateOf = async (reference: string) => (await details(desk)).find((one) => one.reference === reference)?.state;
const wantedAgain = async (reference: string) =>
  (await details(desk))
    .find((one) => one.reference === reference)
    ?.slots.flatMap(({ key, wantsRetake }) => (wantsRetake === null ? [] : [key]));
const startedChecks = async () =>
  (await practice.requests()).filter(({ path }) => path.endsWith('applicant-check')).length;

/** Opens the dialog, and answers the address in it and what a phone's camera reads from its picture. */
async function giveLink(): Promise<{ address: string; seen: string[] }> {
  await inPanel('Let the customer do it by phone').click();
  const dialog = desk.window.getByRole('dialog', { name: 'Link for the customer' });
  const shot = await dialog.getByRole('img', { name: 'QR code of the link' }).screenshot();
  const { data, info } = await sharp(shot).greyscale().raw().toBuffer({ resolveWithObject: true });
  const picture = { data: new Uint8Array(data), width: info.width, height: info.height };
  const seen = await readCodesOf(picture, { formats: ['QRCode'], tryRotate: false });
  const address = await dialog.getByRole('button', { name: /^Copy http/ }).textContent();
  return { address: address ?? '', seen };
}

const closeLink = () => desk.window.getByRole('button', { name: 'The customer has it' }).click();
const noDialog = () => desk.window.getByRole('dialog').waitFor({ state: 'detached' });

describe('a retake by the customer’s own phone', () => {
  it('is offered with a code that a camera reads as the address below it, and is waited for', async () => {
    await customer('PHONE-1', 'reject=LOW_QUALITY');
    await openSidePanel(desk, 'PHONE-1');
    await tryNowUntil(desk, 'the retake', async () => (await stateOf('PHONE-1')) === 'retake');
    const { address, seen } = await giveLink();
    expect(address).toMatch(new RegExp(`^${practice.server.origin}/personr/verification/`));
    expect(seen).toEqual([address]);
    await closeLink();
    await noDialog();
    await panel().getByText('The customer has the link and has not finished yet.').first().waitFor();
    await inPanel('The customer is back at the desk').waitFor();
    expect(await inPanel('Let the customer do it by phone').count()).toBe(0);
    expect(await inPanel('Open in Capture').count()).toBe(0);
    expect(await desk.window.getByText(address).count()).toBe(0);
  });

  it('ends when the customer is back at the desk, with the same pictures wanted and no attempt used', async () => {
    await inPanel('The customer is back at the desk').click();
    await inPanel('Open in Capture').waitFor();
    await panel()
      .getByText('It is no longer waited for the customer: the new pictures are taken at the desk.')
      .first()
      .waitFor();
    // In the timeline only, and not as what the provider answers.
    expect(await panel().getByText('The customer has the link and has not finished yet.').count()).toBe(1);
    expect(await wantedAgain('PHONE-1')).toEqual(['identity/passport/single']);
    expect(await startedChecks()).toBe(1);
  });

  it('is decided when the customer finishes at the provider’s page', async () => {
    const { address, seen } = await giveLink();
    expect(seen).toEqual([address]);
    await desk.window.keyboard.press('Escape');
    await noDialog();
    await inPanel('The customer is back at the desk').waitFor();
    // Their phone: what the button of that page sends. No browser window of Satchel's own may go there.
    expect(await (await fetch(address)).text()).toContain('<form method="post"><button>Finish as the customer');
    expect(await (await fetch(address, { method: 'POST' })).text()).toContain('Submitted. The check has started.');
    await practice.admin('POST', '/decision', { id: address.split('/').at(-1), decision: 'accept' });
    await tryNowUntil(desk, 'the decision', async () => (await stateOf('PHONE-1')) === 'accepted');
    await panel().getByText('Personr has accepted the customer.').first().waitFor();
    await seeStates(desk, { 'PHONE-1': 'accepted' });
    // The customer's own page submits by itself.
    expect(await startedChecks()).toBe(1);
    expectNoComplaints(desk);
  });
});

describe('a record that was deleted at the provider', () => {
  it('comes to IT with its sentence, and only then can be voided', async () => {
    const { window } = desk;
    await customer('GONE-1', 'hold');
    await seeStates(desk, { 'GONE-1': 'in_review' });
    await openSidePanel(desk, 'GONE-1');
    await inPanel('Try now').waitFor();
    expect(await inPanel('Void…').count()).toBe(0);

    const { applicants } = z
      .object({ applicants: z.array(z.object({ id: z.string() })) })
      .parse(await practice.admin('GET', '/records'));
    await practice.admin('POST', '/forget', { id: applicants.at(-1)?.id });
    await tryNowUntil(desk, 'the trouble', async () => (await inPanel('Void…').count()) === 1);
    await panel()
      .getByText(/^Personr no longer has this customer\./)
      .first()
      .waitFor();
    await panel().getByText('Call IT').first().waitFor();
    await goTo(desk, 'Attention');
    const trouble = window.getByRole('listitem').filter({ hasText: 'GONE-1' });
    await trouble.getByText(/^Personr no longer has this customer\./).waitFor();

    await openSidePanel(desk, 'GONE-1');
    await inPanel('Void…').click();
    const dialog = window.getByRole('dialog', { name: 'Void this submission' });
    await dialog.getByRole('textbox', { name: 'Why is it voided?' }).fill('Deleted at the provider');
    await dialog.getByRole('button', { name: 'Void it for good' }).click();
    await noDialog();
    await panel().getByText('Nothing more happens to it.').waitFor();
    await panel().getByText('Voided').first().waitFor();
    await panel().getByText('Reason: Deleted at the provider').waitFor();
    expect(await inPanel('Void…').count()).toBe(0);
    expect(await tableRow(desk, 'GONE-1').textContent()).toContain('Voided');
    await goTo(desk, 'Attention');
    await until('nothing to be left', async () => (await trouble.count()) === 0);
    expectNoComplaints(desk);
  });
});
