/**
 * Persona by inquiry, set up and used as people do: an administrator makes the connection in the wizard, the counter captures
 * a customer, and Persona's decision comes back; a picture with glare is asked for again in words.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DEFAULT_CREDENTIALS } from '../../main/practice/index.ts';
import { ConnectionEdit } from '../../shared/domain/index.ts';
import type { Flow } from '../../shared/domain/index.ts';
import {
  allSubmissions,
  chooseAustralia,
  details,
  dropFiles,
  expectNoComplaints,
  goTo,
  openDesk,
  releaseBatchByKeyboard,
  seeStates,
  startCustomer,
  tableRow,
} from '../support/desk-window.ts';
import type { Desk } from '../support/desk-window.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import { startPractice } from '../support/practice.ts';
import type { PracticeForTests } from '../support/practice.ts';
import { samplePath } from '../support/samples.ts';
import { until } from '../support/until.ts';

const KEY = DEFAULT_CREDENTIALS.personaApiKeys[0] ?? '';

let profile: string;
let folder: string;
let practice: PracticeForTests;
let desk: Desk;

beforeAll(async () => {
  profile = makeFolder('inquiry');
  folder = makeFolder('inquiry-practice');
  practice = await startPractice(folder);
  desk = await openDesk(profile);
});
afterAll(async () => {
  await desk.close();
  await practice.close();
  removeFolder(profile);
  removeFolder(folder);
});

const Listed = z.object({ data: z.array(z.object({ attributes: z.record(z.string(), z.unknown()) })) });

/** What Persona's own list shows. */
async function list(path: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const answer = await fetch(`${practice.server.personaBaseUrl}${path}`, {
    headers: { authorization: `Bearer ${KEY}` },
  });
  return Listed.parse(await answer.json()).data.map(({ attributes }) => attributes);
}

/** The slots of a customer, by their keys. */
const slotsOf = async (submissionId: string): Promise<string[]> =>
  (await desk.call('submission.get', { submissionId })).slots.map(({ key }) => key);

describe('the connection', () => {
  it('is made in the wizard, which names what is missing, and its test tries the template', async () => {
    const { window } = desk;
    await goTo(desk, 'Settings');
    await window.getByRole('button', { name: 'Add connection' }).first().click();
    const go = (name: string): Promise<void> => window.getByRole('button', { name, exact: true }).click();
    await go('Continue');
    await window.getByRole('textbox', { name: 'Name' }).fill('Head office');
    await window.getByRole('textbox', { name: /Address of the API/ }).fill(practice.server.personaBaseUrl);
    await go('Continue');
    await window.getByLabel(/API key/).fill(KEY);
    await go('Continue');
    await window.getByRole('button', { name: /^Inquiry/ }).click();
    await window.getByRole('textbox', { name: /Flow name/ }).fill('New customer by inquiry');
    await go('Continue');
    await window.getByText(/Enter the template’s id from Persona’s dashboard/).waitFor();
    await window.getByRole('textbox', { name: /Inquiry template/ }).fill('itmpl_Practice');
    await go('Continue');
    await go('Add and test');
    await window.getByText(/approve_inquiry: the pretended inquiry is approved, as it should be/).waitFor();
    await window.getByText(/This key may call .* times a minute/).waitFor();
    // The pretended inquiries are removed again, and made nobody an account.
    expect((await list('/inquiries')).map((inquiry) => inquiry['redacted-at'] !== null)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(await list('/accounts')).toEqual([]);
  });
});

const ownConnection = async () => (await desk.call('connection.list', {})).find(({ name }) => name === 'Head office');

/** IT makes the connection's flows others. */
async function changeFlows(change: (flow: Flow) => Flow): Promise<void> {
  const connection = await ownConnection();
  if (connection === undefined) throw new Error('there is no connection');
  const { id: connectionId, provider, name, baseUrl, settings } = connection;
  const flows = connection.flows.map(change);
  await desk.call('connection.update', {
    connectionId,
    connection: ConnectionEdit.parse({ provider, name, baseUrl, settings, flows }),
    pin: null,
  });
}

const setTemplate = (templateId: string): Promise<void> =>
  changeFlows((flow) => ({ ...flow, route: { ...flow.route, templateId } }));

describe('a customer', () => {
  it('is captured, goes as one account and one inquiry once the template is right, and comes back approved', async () => {
    const { window } = desk;
    await setTemplate('itmpl_Unknown');
    await goTo(desk, 'Capture');
    await window.getByRole('button', { name: 'Start a batch' }).click();
    await startCustomer(desk, { name: 'New customer by inquiry', connection: 'Head office' });
    const form = window.getByRole('form', { name: 'Customer' });
    await form.getByRole('textbox', { name: 'Customer reference' }).fill('INQ-1');
    await form.getByRole('textbox', { name: 'Customer reference' }).blur();
    await dropFiles(desk, [samplePath('amelie-passport.jpg'), samplePath('amelie-utility-bill.pdf')]);
    await form.getByText(/Compare the \d fields that were read/).waitFor();
    await chooseAustralia(desk);
    await window.keyboard.press('F7');
    await window.getByText('Everything is here and clean.').waitFor();
    await releaseBatchByKeyboard(desk);
    const stopped = await until('Persona to refuse the template', async () =>
      (await details(desk)).find(({ attention }) => attention?.message.code === 'persona.templateRefused'),
    );
    await setTemplate('itmpl_Practice');
    // Persona has the customer's account only, which serves any template.
    await desk.call('submission.takeBack', { submissionId: stopped?.id ?? '' });
    await desk.call('submission.release', { submissionId: stopped?.id ?? '' });
    await goTo(desk, 'Submissions');
    await seeStates(desk, { 'INQ-1': 'accepted' });
    const [shown] = (await details(desk)).filter(({ reference }) => reference === 'INQ-1');
    expect(shown?.timeline.map(({ message }) => message.code)).toEqual(
      expect.arrayContaining(['persona.accountCreated', 'persona.inquiryCreated', 'persona.inquiryApproved']),
    );
    expect((await list('/accounts')).map((account) => account['reference-id'])).toEqual(['INQ-1']);
    const files = await practice.files();
    expect(files.map(({ received, stored }) => [received, stored])).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });

  it('whose picture fails a check is asked for in words', async () => {
    const { window } = desk;
    await practice.admin('POST', '/decision', { api: 'persona', decision: 'reject=id_glare_detection' });
    await goTo(desk, 'Capture');
    await window
      .getByRole('button', { name: /Start a batch|New batch/ })
      .first()
      .click();
    await startCustomer(desk, { name: 'New customer by inquiry', connection: 'Head office' });
    const form = window.getByRole('form', { name: 'Customer' });
    await form.getByRole('textbox', { name: 'Customer reference' }).fill('INQ-2');
    await form.getByRole('textbox', { name: 'Customer reference' }).blur();
    await dropFiles(desk, [samplePath('david-passport.jpg'), samplePath('retake/clara-utility-bill-again.pdf')]);
    await form.getByText(/Compare the \d fields that were read/).waitFor();
    await chooseAustralia(desk);
    await window.keyboard.press('F7');
    await until('the customer to be ready', async () =>
      (await allSubmissions(desk)).some(({ reference, state }) => reference === 'INQ-2' && state === 'ready'),
    );
    await releaseBatchByKeyboard(desk);
    await goTo(desk, 'Submissions');
    await seeStates(desk, { 'INQ-2': 'retake' });
    await tableRow(desk, 'INQ-2').click();
    await window.getByText('Light reflects on the document. Capture it again without glare.').first().waitFor();
    const [wanted] = (await details(desk)).filter(({ reference }) => reference === 'INQ-2');
    expect(wanted?.slots.filter(({ wantsRetake }) => wantsRetake !== null).map(({ key }) => key)).toEqual([
      'identity/passport/single',
    ]);
    expectNoComplaints(desk);
  });
});

describe('the connection in use', () => {
  it('is changed in a dialog that says first what changes; who is at the desk follows, who is wanted again does not', async () => {
    const { window } = desk;
    const connection = await ownConnection();
    const wanted = (await allSubmissions(desk)).find(({ reference }) => reference === 'INQ-2');
    const { batchId } = await desk.call('batch.create', {});
    const { submissionId } = await desk.call('submission.create', {
      batchId,
      connectionId: connection?.id ?? '',
      flowId: connection?.flows[0]?.id ?? '',
    });
    const before = await slotsOf(wanted?.id ?? '');
    expect(await slotsOf(submissionId)).toEqual(before);
    await goTo(desk, 'Settings');
    await window.getByRole('button', { name: 'Change', exact: true }).click();
    const dialog = window.getByRole('dialog');
    await dialog.getByRole('textbox', { name: /Flow name/ }).fill('');
    await dialog.getByRole('button', { name: 'See what changes' }).click();
    await dialog.getByText(/Enter the flow’s name/).waitFor();
    await dialog.getByRole('textbox', { name: /Flow name/ }).fill('New customer');
    await dialog.getByRole('button', { name: 'Remove this requirement' }).last().click();
    // One slip does not throw it away.
    await window.keyboard.press('Escape');
    await dialog.getByText(/Your changes are not saved/).waitFor();
    await dialog.getByRole('button', { name: 'See what changes' }).click();
    await dialog.getByText(/^1 customer at the desk follows/).waitFor();
    expect(await dialog.getByRole('listitem').allTextContents()).toEqual([
      'The flow “New customer by inquiry” is called “New customer”.',
      '“New customer”: “Proof of address” is not wanted any more.',
    ]);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await window.getByText(/The changes are saved/).waitFor();
    await until('the customer to follow', async () => (await slotsOf(submissionId)).length === 1);
    expect(await slotsOf(wanted?.id ?? '')).toEqual(before);
    // Once nobody follows it, its flow makes room for another, and one that is added is not taken for it.
    await desk.call('submission.void', { submissionId, reason: 'only to look' });
    await changeFlows((flow) => ({ ...flow, id: 'other', name: 'Other' }));
    await goTo(desk, 'Capture');
    await goTo(desk, 'Settings');
    await window.getByText('Other', { exact: true }).first().waitFor();
    await window.getByRole('button', { name: 'Change', exact: true }).click();
    await dialog.getByRole('button', { name: /^Inquiry/ }).click();
    await dialog
      .getByRole('textbox', { name: /Inquiry template/ })
      .last()
      .fill('itmpl_Practice');
    await dialog.getByRole('button', { name: 'See what changes' }).click();
    await dialog.getByText(/^The flow “.*” is added\.$/).waitFor();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await window.getByText(/The changes are saved/).waitFor();
    const used = connection?.flows[0]?.id ?? '';
    expect((await ownConnection())?.flows.map(({ id }) => id)).toEqual(['other', `${used}-2`]);
    expectNoComplaints(desk);
  });
});
