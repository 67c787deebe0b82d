/**
 * The window says why it is not going: in the status bar, in Attention, and in the report for IT; and it goes on at a key.
 * The command line takes the proxy and the certificates that its environment names.
 */
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { practiceFlows } from '../../shared/domain/practice-flows.ts';
import { jpeg } from '../integration/capture/files.ts';
import { createAuthority } from '../support/certificates.ts';
import { allSubmissions, answerFileDialog, goTo, openDesk, seeStates, statusBar } from '../support/desk-window.ts';
import type { Desk } from '../support/desk-window.ts';
import { startFront, startProxy } from '../support/faulty-front.ts';
import type { Front, Proxy } from '../support/faulty-front.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import { flowOf } from '../support/flow-of.ts';
import { connectionTo, startPractice } from '../support/practice.ts';
import type { PracticeForTests } from '../support/practice.ts';
import { until } from '../support/until.ts';

const RUN = join(resolve(import.meta.dirname, '..', '..'), 'scripts', 'run.mjs');
const HOST = 'api.kyc.test';

let folder: string;
let practice: PracticeForTests;
let front: Front;
let proxy: Proxy;
let desk: Desk;
const authority = createAuthority('Filter of the Bank');
const issued = authority.issue({ names: ['127.0.0.1', HOST] });

beforeAll(async () => {
  folder = makeFolder('why-not-window');
  practice = await startPractice(folder);
  front = await startFront(practice.server.port, issued);
  proxy = await startProxy(front.port);
  desk = await openDesk(join(folder, 'profile'));
});
afterAll(async () => {
  await desk.close();
  await proxy.close();
  await front.close();
  await practice.close();
  removeFolder(folder);
});

async function releaseCustomer(connectionId: string, reference: string): Promise<void> {
  const { batchId } = await desk.call('batch.create', {});
  const flowId = flowOf('persona').id;
  const { submissionId } = await desk.call('submission.create', { batchId, connectionId, flowId });
  await desk.call('submission.setSubject', {
    submissionId,
    subject: { givenName: 'Wim', familyName: 'Waiter', country: 'AUS', reference },
  });
  const paths: string[] = [];
  for (const [at, part] of ['one', 'two'].entries()) {
    const path = join(folder, `${reference}-${part}.jpg`);
    await writeFile(path, await jpeg({ width: 640, height: 480, seed: 4_000 + reference.length * 10 + at }));
    paths.push(path);
  }
  await answerFileDialog(desk, paths);
  await desk.call('page.importDialog', { submissionId, slot: null });
  await until('the customer to be ready', async () =>
    (await allSubmissions(desk)).some(({ id, state }) => id === submissionId && state === 'ready'),
  );
  await desk.call('batch.release', { batchId });
}

describe('the window', () => {
  it('names a certificate that is not trusted, with its issuer in the report for IT', async () => {
    const { window } = desk;
    const input = connectionTo('persona', front.origin, { name: 'Behind a filter' });
    const { connectionId } = await desk.call('connection.create', { connection: input });
    await releaseCustomer(connectionId, 'FILTERED');
    const sentence = /this PC does not know who issued the certificate/;
    await statusBar(desk).getByText(sentence).first().waitFor();
    await goTo(desk, 'Attention');
    const row = window.locator(`[data-cause="call_it"] [data-connection="${connectionId}"]`);
    await row.getByText(sentence).waitFor();
    await row.getByText('1 submission waits behind this connection.').waitFor();
    // What the page puts on the clipboard; a system's clipboard cannot be read back everywhere.
    await window.evaluate(() => {
      const { clipboard } = navigator;
      const write = clipboard.writeText.bind(clipboard);
      Object.defineProperty(clipboard, 'writeText', {
        value: (text: string) => {
          document.documentElement.dataset['copied'] = text;
          return write(text);
        },
      });
    });
    await row.getByRole('button', { name: 'Copy report' }).click();
    await window.getByText('Report copied').first().waitFor();
    const report = await window.evaluate(() => document.documentElement.dataset['copied'] ?? '');
    for (const part of [
      'network.certificateUntrusted',
      `127.0.0.1:${front.port}`,
      'Issuer of the certificate: Filter of the Bank',
      'This report holds no customer data',
    ]) {
      expect(report).toContain(part);
    }
    for (const secret of ['Wim', 'Waiter', 'FILTERED', 'persona_sandbox']) expect(report).not.toContain(secret);
    expect(front.requests()).toBe(0);
  });

  it('names a sign-in page, and tries everything at a key when it is over', async () => {
    const { window } = desk;
    const plain = await startFront(practice.server.port, null);
    plain.fault({ kind: 'portal' });
    const input = connectionTo('persona', plain.origin, { name: 'In a hotel' });
    const { connectionId } = await desk.call('connection.create', { connection: input });
    await releaseCustomer(connectionId, 'IN-A-HOTEL');
    const row = window.locator(`[data-cause="wait"] [data-connection="${connectionId}"]`);
    await row.getByText(/This network wants a sign-in page first/).waitFor();
    await statusBar(desk)
      .getByText(/This network wants a sign-in page first/)
      .first()
      .waitFor();
    expect(await statusBar(desk).getByRole('button', { name: 'Try now' }).count()).toBe(1);
    plain.fault({ kind: 'none' });
    await window.keyboard.press('Alt+T');
    await seeStates(desk, { 'IN-A-HOTEL': 'accepted' });
    await row.waitFor({ state: 'detached' });
    await plain.close();
  });

  it('says that the clock of this PC is wrong', async () => {
    const plain = await startFront(practice.server.port, null);
    plain.clockOff(3 * 3_600_000 + 60_000);
    const input = connectionTo('persona', plain.origin, { name: 'Another time' });
    const { connectionId } = await desk.call('connection.create', { connection: input });
    await releaseCustomer(connectionId, 'ANOTHER-TIME');
    await seeStates(desk, { 'ANOTHER-TIME': 'accepted' });
    await statusBar(desk)
      .getByText(/Clock wrong by 3 h [01] min/)
      .waitFor();
    expect((await desk.call('status.get', {})).clockOffByMs).toBeGreaterThan(3 * 3_600_000);
    await goTo(desk, 'Attention');
    await desk.window.getByText(/The clock of this PC is wrong by about 3 h/).waitFor();
    await plain.close();
  });
});

function satchel(args: readonly string[], env: Record<string, string>, input = '') {
  const child = spawn(process.execPath, [RUN, 'satchel', '--profile', join(folder, 'line'), ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part) => (text += part));
  child.stdin.end(input);
  return new Promise<{ code: number | null; text: string }>((done) => {
    child.on('close', (code) => done({ code, text }));
  });
}

describe('the command line', () => {
  it('goes through HTTPS_PROXY and trusts NODE_EXTRA_CA_CERTS; without either it says what is missing', async () => {
    const certificates = join(folder, 'bank.pem');
    const flows = join(folder, 'flows.json');
    await writeFile(certificates, authority.certificate);
    await writeFile(flows, JSON.stringify(practiceFlows('persona')));
    const { baseUrl, credential } = connectionTo('persona', `https://${HOST}`);
    const add = [
      'connection',
      'add',
      '--provider',
      'persona',
      '--name',
      'Far',
      '--base-url',
      baseUrl,
      '--flows',
      flows,
    ];
    expect((await satchel(add, {}, JSON.stringify(credential))).code).toBe(0);
    const test = ['connection', 'test', 'Far'];
    const env = { HTTPS_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: certificates };

    expect(await satchel(test, env)).toMatchObject({ code: 0 });
    expect(proxy.asked).toContain(`${HOST}:443`);
    const untrusted = await satchel(test, { HTTPS_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: '' });
    expect(untrusted.code).toBe(1);
    expect(untrusted.text).toContain('this PC does not know who issued the certificate');
    proxy.answers(407);
    const asked = await satchel(test, env);
    expect(asked.code).toBe(1);
    expect(asked.text).toContain('The proxy of this network wants a password.');
    proxy.answers(200);
    const direct = await satchel(test, { ...env, NO_PROXY: HOST });
    expect(direct.code).toBe(1);
    expect(direct.text).toContain('name service (DNS)');
  });
});
