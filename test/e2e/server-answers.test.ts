/**
 * A provider that refuses, lies, breaks off or talks of things nobody knows: the window tells them apart in words, shows
 * none of them as success, and goes on by itself when it is over.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaultInput } from '../../main/practice/index.ts';
import { Pictures } from '../support/customers.ts';
import { ownConnection, releaseByDialog } from '../support/desk-customers.ts';
import {
  allSubmissions,
  details,
  expectNoComplaints,
  goTo,
  openDesk,
  seeStates,
  statusBar,
  tableRow,
} from '../support/desk-window.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import type { Desk } from '../support/desk-window.ts';
import { connectionTo, startPractice } from '../support/practice.ts';
import type { PracticeForTests } from '../support/practice.ts';
import { until } from '../support/until.ts';

let profile: string;
let files: string;
let practice: PracticeForTests;
let desk: Desk;
let pictures: Pictures;

beforeAll(async () => {
  profile = makeFolder('answers');
  files = makeFolder('answers-files');
  pictures = new Pictures(files, 2_000);
  practice = await startPractice(files);
  desk = await openDesk(profile);
  for (const provider of ['persona', 'personr'] as const) {
    await desk.call('connection.create', { connection: connectionTo(provider, practice.server.origin) });
  }
});
afterAll(async () => {
  await desk.close();
  await practice.close();
  removeFolder(profile);
  removeFolder(files);
});

async function releaseCustomer(provider: 'persona' | 'personr', reference: string): Promise<string> {
  return releaseByDialog(desk, {
    connectionId: await ownConnection(desk, provider),
    provider,
    subject: {
      givenName: 'Ines',
      familyName: 'Answer',
      country: 'AUS',
      email: 'ines@example.invalid',
      phone: '+61491570006',
      reference,
    },
    paths: await pictures.files(2),
  });
}

/** The customer's side panel in Submissions, opened. */
async function openPanel(reference: string): Promise<void> {
  await goTo(desk, 'Submissions');
  await until(`the row of ${reference}`, async () => (await tableRow(desk, reference).count()) === 1);
  await tableRow(desk, reference).click();
}

const ALWAYS = 1_000_000;

const CASES: readonly {
  name: string;
  provider: 'persona' | 'personr';
  fault: FaultInput;
  /** What the window says while it lasts. */
  says: RegExp;
}[] = [
  {
    name: 'an HTML sign-in page',
    provider: 'persona',
    fault: { api: 'persona', times: ALWAYS, action: { kind: 'html', status: 200 } },
    says: /This network wants a sign-in page first|captive/,
  },
  {
    name: 'half a JSON',
    provider: 'personr',
    fault: { api: 'personr', path: 'api-applicant-create', times: ALWAYS, action: { kind: 'truncatedJson' } },
    says: /answer could not be read|answer was lost/,
  },
  {
    name: 'an empty answer',
    provider: 'persona',
    fault: { api: 'persona', path: '/submit', times: ALWAYS, action: { kind: 'emptyAnswer' } },
    says: /answer could not be read|answer was lost/,
  },
  {
    name: 'a server in trouble (503)',
    provider: 'persona',
    fault: { api: 'persona', times: ALWAYS, action: { kind: 'status', status: 503 } },
    says: /Persona is having trouble/,
  },
  {
    name: 'too many calls (429)',
    provider: 'personr',
    fault: { api: 'personr', path: 'api-applicant-create', times: ALWAYS, action: { kind: 'status', status: 429 } },
    says: /Personr takes no more calls at the moment/,
  },
];

describe('answers that are none', () => {
  for (const { name, provider, fault, says } of CASES) {
    it(`says "${name}" in words, shows no success, and goes on when it is over`, async () => {
      const reference = `ANSWER-${CASES.findIndex((one) => one.name === name)}`;
      await practice.faults(fault);
      const submissionId = await releaseCustomer(provider, reference);
      await openPanel(reference);
      await desk.window.getByText(says).first().waitFor();
      const during = await desk.call('submission.get', { submissionId });
      expect(['released', 'sending']).toContain(during.state);
      expect(during.pages.some(({ isDelivered }) => isDelivered) && fault.path === undefined).toBe(false);

      await practice.clearFaults();
      await desk.call('status.tryNow', {});
      await until(`${reference} to be accepted`, async () => {
        const { state, beside, attention } = await desk.call('submission.get', { submissionId });
        // Personr cannot be asked about a customer whose answer was lost: the desk asks a person, who has looked there.
        if (beside.includes('attention') && attention?.choices.includes('send_again') === true) {
          await desk.call('submission.decide', { submissionId, choice: 'send_again' });
        }
        return state === 'accepted';
      });
    });
  }

  it('tells a status that nobody has ever seen, keeps asking, and takes the decision when it comes', async () => {
    await practice.admin('POST', '/decision', { api: 'persona', decision: 'status=quarantined' });
    const submissionId = await releaseCustomer('persona', 'ANSWER-NEW');
    await openPanel('ANSWER-NEW');
    await desk.window.getByText('Persona reports a state that Satchel does not know (quarantined).').first().waitFor();
    const { state } = await desk.call('submission.get', { submissionId });
    expect(['sent', 'in_review']).toContain(state);
  });

  it('asks for a sign-in when the credential is refused, and sends by itself after a right one', async () => {
    const { window } = desk;
    await practice.admin('POST', '/credentials', { personaApiKeys: ['persona_sandbox_new'] });
    await releaseCustomer('persona', 'ANSWER-KEY');
    await openPanel('ANSWER-KEY');
    await window
      .getByText('Persona refused the API key. Enter a valid one in the connection’s settings.')
      .first()
      .waitFor();
    expect(
      (await details(desk))
        .find(({ reference }) => reference === 'ANSWER-KEY')
        ?.pages.some(({ isDelivered }) => isDelivered),
    ).toBe(false);

    const connection = (await desk.call('connection.list', {})).find(({ name }) => name === 'Branch Persona');
    expect(connection?.pause?.cause).toBe('sign_in');
    await desk.call('connection.setCredential', {
      connectionId: connection?.id ?? '',
      credential: { apiKey: 'persona_sandbox_new' },
    });
    await seeStates(desk, { 'ANSWER-KEY': 'accepted' });
  });

  it('says that the provider is not reachable, waits, and goes on when it is back', async () => {
    const { port } = practice.server;
    await practice.close();
    await releaseCustomer('personr', 'ANSWER-GONE');
    await statusBar(desk)
      .getByText(/takes no connections|no network|connection failed/i)
      .first()
      .waitFor();
    const row = (await allSubmissions(desk)).find(({ reference }) => reference === 'ANSWER-GONE');
    expect(['released', 'sending']).toContain(row?.state);
    practice = await startPractice(files);
    // The practice file keeps its port, as a provider keeps its address.
    expect(practice.server.port).toBe(port);
    await practice.admin('POST', '/credentials', { personaApiKeys: ['persona_sandbox_new'] });
    await desk.call('status.tryNow', {});
    await seeStates(desk, { 'ANSWER-GONE': 'accepted' });
    expectNoComplaints(desk);
  });
});

describe('a customer that is taken back to be corrected', () => {
  it('is locked on the way, comes back by its button, and says what Personr keeps as it was', async () => {
    const { window } = desk;
    // The applicant is made, its pages are put off.
    await practice.faults({
      api: 'personr',
      path: 'api-document-upload',
      times: ALWAYS,
      action: { kind: 'status', status: 409 },
    });
    const submissionId = await releaseCustomer('personr', 'CORRECT-1');
    const detail = () => desk.call('submission.get', { submissionId });
    await until('the applicant, and an upload that was put off', async () => {
      const { operations } = await detail();
      const isMade = operations.some(({ kind, state }) => kind === 'personr.applicant.create' && state === 'done');
      return isMade && operations.some(({ lastError, state }) => lastError !== null && state === 'pending');
    });
    await window.evaluate((id) => {
      globalThis.location.hash = `#/capture/${id}`;
    }, submissionId);
    await window.getByText('its pages and fields stay as they are').first().waitFor();
    const tools = window.getByRole('toolbar', { name: 'Selected page' });
    await tools.getByRole('button', { name: 'Larger' }).waitFor();
    for (const name of ['Remove page', 'Turn right', 'Turn left']) {
      expect([name, await tools.getByRole('button', { name }).count()]).toEqual([name, 0]);
    }
    for (const name of [/^Import/, /^Paste/]) {
      expect(await window.getByRole('button', { name }).isDisabled()).toBe(true);
    }
    await window.keyboard.press('Delete');
    expect((await detail()).pages).toHaveLength(2);

    await window.getByRole('button', { name: 'Take back to correct' }).click();
    await window.getByText('Personr has this customer already and takes no change of').waitFor();
    await tools.getByRole('button', { name: 'Remove page' }).waitFor();
    const form = window.getByRole('form', { name: 'Customer' });
    await form.getByRole('textbox', { name: 'Family name' }).fill('Corrected');
    await form.getByRole('textbox', { name: 'Family name' }).blur();
    await until('the correction in the timeline', async () =>
      (await detail()).timeline.some(({ message }) => message.code === 'ledger.subjectSavedHere'),
    );

    await practice.clearFaults();
    await desk.call('submission.release', { submissionId });
    await seeStates(desk, { 'CORRECT-1': 'accepted' });
  });
});
