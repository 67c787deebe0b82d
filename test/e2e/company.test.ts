/** A company with an owner at Personr, by clicks and keys: captured with its owner in one batch, waiting for them, decided. */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Pictures } from '../support/customers.ts';
import {
  allSubmissions,
  chooseAustralia,
  customers,
  dropFiles,
  expectNoComplaints,
  goTo,
  openDesk,
  openSidePanel,
  seeStates,
  sidePanel,
  startCustomer,
  tableRow,
  tryNowUntil,
  typeCustomer,
} from '../support/desk-window.ts';
import type { Desk } from '../support/desk-window.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import { connectionTo, startPractice } from '../support/practice.ts';
import type { PracticeForTests } from '../support/practice.ts';
import { selfie } from '../support/samples.ts';

const CONNECTION = 'Head office';
const COMPANY = 'Específico Ltd';

const Records = z.object({
  applicants: z.array(z.object({ id: z.string(), owners: z.array(z.string()), images: z.array(z.string()) })),
});

let profile: string;
let folder: string;
let practice: PracticeForTests;
let desk: Desk;
let companyFiles: string[];
let ownerFiles: string[];

beforeAll(async () => {
  profile = makeFolder('company-desk');
  folder = makeFolder('company-desk-files');
  practice = await startPractice(folder);
  const pictures = new Pictures(folder, 7_100);
  const size = { width: 900, height: 640 };
  const selfieFile = join(folder, 'owner-selfie.jpg');
  await writeFile(selfieFile, await selfie());
  [companyFiles, ownerFiles] = [await pictures.files(1, size), [...(await pictures.files(1, size)), selfieFile]];
  desk = await openDesk(profile);
  const connection = connectionTo('personr', practice.server.origin, { name: CONNECTION });
  await desk.call('connection.create', { connection });
});
afterAll(async () => {
  await desk.close();
  await practice.close();
  removeFolder(profile);
  removeFolder(folder);
});

const panel = () => sidePanel(desk);
const accepted = (reference: string) =>
  tryNowUntil(desk, `${reference} to be accepted`, async () =>
    (await allSubmissions(desk)).some((row) => row.reference === reference && row.state === 'accepted'),
  );
const mayLeave = () => desk.window.getByText('Everything is here and clean.').waitFor();

const hashes = (paths: readonly string[]) =>
  Promise.all(
    paths.map(async (path) =>
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    ),
  );

describe('a company', () => {
  it('is captured with its owner, who is a customer of the same batch', async () => {
    const { window } = desk;
    await goTo(desk, 'Capture');
    await window.getByRole('button', { name: 'Start a batch' }).click();
    await startCustomer(desk, { name: 'Company', connection: CONNECTION });
    const form = window.getByRole('form', { name: 'Customer' });
    await form.getByRole('textbox', { name: 'Company name' }).fill(COMPANY);
    await form.getByRole('textbox', { name: 'Number in the register' }).fill('HRB 77');
    await chooseAustralia(desk);
    await form.getByRole('textbox', { name: 'Customer reference' }).fill('COMPANY-1');
    await form.getByRole('textbox', { name: 'Customer reference' }).blur();
    expect(await form.getByRole('textbox', { name: 'Family name' }).count()).toBe(0);
    await window.getByText('There is no other person in this batch.').waitFor();
    await dropFiles(desk, companyFiles);
    await mayLeave();

    await startCustomer(desk, { name: 'Identity and selfie', connection: CONNECTION });
    await dropFiles(desk, ownerFiles);
    await typeCustomer(desk, {
      givenName: 'Ana',
      familyName: 'Owner',
      email: 'ana@example.invalid',
      phone: '+61491570006',
      reference: 'OWNER-1',
    });
    await mayLeave();

    await customers(desk).filter({ hasText: COMPANY }).click();
    const owners = window.getByRole('region', { name: 'Owners and directors' });
    const owner = owners.getByRole('combobox', { name: 'Customer' });
    await owner.fill('Nobody');
    await window.getByText('Nothing fits').waitFor();
    await owner.fill('Owner');
    await window.getByRole('option', { name: 'Owner, Ana' }).click();
    await owners.getByRole('button', { name: /What they are/ }).click();
    await window.getByRole('option', { name: 'Shareholder' }).click();
    await owners.getByRole('button', { name: 'Add' }).click();
    await owners.getByRole('link', { name: 'Owner, Ana' }).waitFor();
    expect(await owners.getByRole('listitem').textContent()).toMatch(/Shareholder.*Ready/);
  });

  it('waits for its owner while they are not released, and says so', async () => {
    await openSidePanel(desk, 'COMPANY-1');
    await panel().getByRole('button', { name: 'Release' }).click();
    await panel()
      .getByText('The company waits for one of its owners to be created at Personr. Release the owner too.')
      .first()
      .waitFor();
    await seeStates(desk, { 'COMPANY-1': 'sending', 'OWNER-1': 'ready' });
    const [company, ...others] = Records.parse(await practice.admin('GET', '/records')).applicants;
    expect([company?.owners, others]).toEqual([[], []]);
    expect((await practice.requests()).filter(({ path }) => path.endsWith('applicant-check'))).toEqual([]);
  });

  it('is linked to the owner once they are sent, decided, and held by Personr once', async () => {
    await openSidePanel(desk, 'OWNER-1');
    await panel().getByRole('button', { name: 'Release' }).click();
    await accepted('OWNER-1');
    await openSidePanel(desk, 'COMPANY-1');
    await accepted('COMPANY-1');
    await seeStates(desk, { 'OWNER-1': 'accepted', 'COMPANY-1': 'accepted' });

    const row = await tableRow(desk, 'COMPANY-1').textContent();
    expect(row).toContain(COMPANY);
    expect(row).toContain('Company');
    expect(row).toContain(CONNECTION);
    await openSidePanel(desk, 'COMPANY-1');
    await panel().getByRole('heading', { name: COMPANY }).waitFor();
    for (const said of [
      'Personr has taken on the company.',
      'Personr has linked the owner to the company.',
      'Personr has accepted the customer.',
    ]) {
      await panel().getByText(said).first().waitFor();
    }

    const { applicants } = Records.parse(await practice.admin('GET', '/records'));
    const [company, owner] = applicants;
    expect(applicants).toHaveLength(2);
    expect(company).toMatchObject({ owners: [owner?.id], images: await hashes(companyFiles) });
    expect(owner).toMatchObject({ owners: [] });
    expect(owner?.images.toSorted()).toEqual((await hashes(ownerFiles)).toSorted());
    expect((await practice.files()).map(({ received, stored }) => [received, stored])).toEqual([
      [1, 1],
      [1, 1],
      [1, 1],
    ]);
    const calls = (await practice.requests()).map(({ path }) => path.split('/').at(-1));
    const times = (call: string) => calls.filter((made) => made === call).length;
    expect(['api-entity-create', 'api-add-ubo', 'api-applicant-create'].map(times)).toEqual([1, 1, 1]);
    expectNoComplaints(desk);
  });
});
