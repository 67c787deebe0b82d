/** The answer to creating a customer at Personr was lost: the desk asks, compares, and goes on with the right record. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { Pictures } from '../support/customers.ts';
import { releaseByDialog } from '../support/desk-customers.ts';
import { expectNoComplaints, goTo, openDesk, seeStates } from '../support/desk-window.ts';
import type { Desk } from '../support/desk-window.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import { connectionTo, startPractice } from '../support/practice.ts';
import type { PracticeForTests } from '../support/practice.ts';

const REFERENCE = 'DOUBT-WINDOW';
const Applicants = z.object({ applicants: z.array(z.object({ id: z.string(), checksUsed: z.number() })) });

let profile: string;
let files: string;
let practice: PracticeForTests;
let desk: Desk;

beforeAll(async () => {
  profile = makeFolder('doubt');
  files = makeFolder('doubt-files');
  practice = await startPractice(files);
  desk = await openDesk(profile);
});
afterAll(async () => {
  await desk.close();
  await practice.close();
  removeFolder(profile);
  removeFolder(files);
});

async function release(): Promise<void> {
  const { connectionId } = await desk.call('connection.create', {
    connection: connectionTo('personr', practice.server.origin),
  });
  await releaseByDialog(desk, {
    connectionId,
    provider: 'personr',
    subject: {
      givenName: 'Dora',
      familyName: 'Doubt',
      country: 'AUS',
      email: 'dora@example.invalid',
      phone: '+61491570006',
      reference: REFERENCE,
    },
    paths: await new Pictures(files, 7_700).files(2),
  });
}

it('asks about the customer, refuses another record, and goes on with the right one', async () => {
  await practice.faults({ path: 'api-applicant-create', action: { kind: 'resetAfterStoring' } });
  await release();
  await goTo(desk, 'Attention');
  const { window } = desk;
  await window.getByText('The answer was lost. Is the customer at the provider?').waitFor();
  await window
    .getByText(/Look in Personr’s dashboard for the newest applicant/)
    .first()
    .waitFor();
  // Nothing that was made for pages.
  expect(await window.getByText('Did the page arrive?').count()).toBe(0);
  expect(await window.getByRole('button', { name: 'It has arrived', exact: true }).count()).toBe(0);

  expect(await window.getByRole('button', { name: 'It is not there' }).count()).toBe(1);

  const field = window.getByLabel('Applicant id in the dashboard');
  const confirm = window.getByRole('button', { name: 'It is there' });
  expect(await confirm.isDisabled()).toBe(true);
  await field.fill('1700000000000x123');
  await confirm.click();
  await window.getByText('Personr has no applicant of that id. Copy the id from its dashboard.').waitFor();

  const [applicant] = Applicants.parse(await practice.admin('GET', '/records')).applicants;
  await field.fill(applicant?.id ?? '');
  await field.press('Enter');
  await seeStates(desk, { [REFERENCE]: 'accepted' });
  expect(Applicants.parse(await practice.admin('GET', '/records')).applicants).toEqual([
    { id: applicant?.id, checksUsed: 1 },
  ]);
  expectNoComplaints(desk);
});
