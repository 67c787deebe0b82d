/**
 * What somebody with the disk can read: after a whole session with known strings, no file of the profile holds any of
 * them, in no usual writing; no reply of the window holds a credential; nobody else may open the files.
 */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jpeg } from '../integration/capture/files.ts';
import {
  allSubmissions,
  answerFileDialog,
  details,
  dropFiles,
  goTo,
  openDesk,
  seeStates,
  startCustomer,
  typeCustomer,
} from '../support/desk-window.ts';
import { ownConnection } from '../support/desk-customers.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import { z } from 'zod';
import type { Desk } from '../support/desk-window.ts';
import { flowOf } from '../support/flow-of.ts';
import { connectionTo, startPractice } from '../support/practice.ts';
import type { PracticeForTests } from '../support/practice.ts';
import { samplePath, selfie } from '../support/samples.ts';
import { until } from '../support/until.ts';

const PERSONA_KEY = 'persona_sandbox_Zq7-secret-of-the-branch';
const PERSONR_PASSWORD = 'Wx9-password-of-the-branch';
/** So long that chance writes neither into a file. */
const PIN = '480291573166';
const WRONG_PIN = '480291573169';
/** What must be readable nowhere, by what it is. File names and fields are typed or dropped in the window below. */
const SECRETS: Readonly<Record<string, string>> = {
  'given name': 'Quirinius',
  'family name': 'Vandersloot-Ümlaut',
  'e-mail': 'quirinius.v@example.invalid',
  phone: '+61491578957',
  reference: 'KYC-ZZ-774411',
  'file name': 'quirinius-passport-scan',
  'void reason': 'the customer Quirinius left',
  'name that was read': 'Amelie Rose',
  'name as it is printed': 'AMELIE<ROSE',
  'number that was read': 'U4817205A',
  'date that was read': '1988-04-17',
  'reason for the same customer': 'she married Quirinius in May',
  'supervisor PIN': PIN,
  'wrong PIN': WRONG_PIN,
  'Persona key': PERSONA_KEY,
  'Personr password': PERSONR_PASSWORD,
};

let profile: string;
let files: string;
let practice: PracticeForTests;
let desk: Desk;
let pageBytes: Buffer;
const replies: string[] = [];

beforeAll(async () => {
  profile = makeFolder('at-rest');
  files = makeFolder('at-rest-files');
  practice = await startPractice(files);
  await practice.admin('POST', '/credentials', {
    personaApiKeys: [PERSONA_KEY],
    personrUsers: [{ email: 'practice@satchel.invalid', password: PERSONR_PASSWORD }],
  });
  desk = await openDesk(profile);
});
afterAll(async () => {
  await desk.close();
  await practice.close();
  removeFolder(profile);
  removeFolder(files);
});

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Satchel's own files. Chromium's profile beside them is looked through as well, but its modes are its own. */
function ownFiles(): string[] {
  return filesOf(profile).filter((path) => !path.startsWith(join(profile, 'Electron host')));
}

/** A text as it may lie in a file: plain, in UTF-16, in base64 at each of its three offsets, in hexadecimal, escaped. */
function writings(secret: string): Buffer[] {
  const utf8 = Buffer.from(secret, 'utf8');
  const base64 = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), utf8]).toString('base64');
    // Only the letters that do not depend on what stands before and after.
    return text.slice(Math.ceil((offset * 4) / 3) + (offset === 0 ? 0 : 1), text.replace(/=+$/, '').length - 2);
  });
  return [
    utf8,
    Buffer.from(secret, 'utf16le'),
    Buffer.from(secret, 'utf16le').swap16(),
    ...base64.map((text) => Buffer.from(text)),
    Buffer.from(utf8.toString('hex')),
    Buffer.from(JSON.stringify(secret).slice(1, -1)),
    Buffer.from(encodeURIComponent(secret)),
  ].filter((bytes) => bytes.byteLength >= 6);
}

function findings(): string[] {
  const found: string[] = [];
  const needles = Object.entries(SECRETS).flatMap(([name, secret]) =>
    writings(secret).map((bytes) => ({ name, bytes })),
  );
  for (const [at, name] of [
    [2_000, 'page bytes, early'],
    [Math.floor(pageBytes.byteLength / 2), 'page bytes, middle'],
  ] as const) {
    const piece = pageBytes.subarray(at, at + 48);
    needles.push(
      { name, bytes: piece },
      { name: `${name}, base64`, bytes: Buffer.from(piece.toString('base64').slice(0, 60)) },
    );
  }
  for (const path of ownFiles()) {
    // Personr's tokens all look like this; too short to look for in Chromium's own files, and chance writes their beginning alone
    // into one of 250 reserves of 16 MiB.
    if (/bus\|\w+\|\w/.test(readFileSync(path, 'latin1'))) found.push(`token in ${path.slice(profile.length)}`);
  }
  for (const path of filesOf(profile)) {
    const content = readFileSync(path);
    for (const { name, bytes } of needles)
      if (content.includes(bytes)) found.push(`${name} in ${path.slice(profile.length)}`);
  }
  return found;
}

/** A specimen passport fills a customer's fields; another family name is typed, and somebody says why it is the same person. */
async function readPassport(): Promise<void> {
  const { batchId } = await desk.call('batch.create', {});
  const connectionId = await ownConnection(desk, 'persona');
  const flowId = flowOf('persona').id;
  const created = await desk.call('submission.create', { batchId, connectionId, flowId });
  await answerFileDialog(desk, [samplePath('amelie-passport.jpg')]);
  await desk.call('page.importDialog', { ...created, slot: null });
  const { submissionId } = created;
  const read = async () => (await desk.call('submission.get', { submissionId })).subject;
  await until('the passport to be read', async () => (await read()).givenName === SECRETS['name that was read']);
  const subject = { ...(await read()), familyName: 'Vandersloot' };
  await desk.call('submission.setSubject', { submissionId, subject });
  const { disagreements } = await desk.call('submission.get', { submissionId });
  await desk.call('submission.sameCustomer', {
    submissionId,
    disagreements: disagreements.map(({ id }) => id),
    reason: SECRETS['reason for the same customer'] ?? '',
  });
  expect((await desk.call('submission.get', { submissionId })).disagreements).toMatchObject([{ isDecided: true }]);
}

/** The supervisor sets a PIN; somebody guesses, and then it is entered. The customer needs no override, which is all one here. */
async function enterPins(submissionId: string): Promise<void> {
  const override = { submissionId, reason: 'the manager said so' };
  for (const [name, input] of [
    ['supervision.setPin', { pin: PIN, proof: { kind: 'first' } }],
    ['submission.override', { ...override, pin: WRONG_PIN }],
    ['submission.override', { ...override, pin: PIN }],
    ['supervision.setPin', { pin: PIN, proof: { kind: 'pin', pin: WRONG_PIN } }],
    ['supervision.get', {}],
  ] as const) {
    replies.push(JSON.stringify(await desk.rawCall(name, input)));
  }
  expect(
    replies.slice(-5).map((reply) => /supervision\.\w+|capture\.\w+|"isSet":true|"data":null/.exec(reply)?.[0]),
  ).toEqual(['"data":null', 'supervision.wrongPin', 'capture.isVoided', 'supervision.wrongPin', '"isSet":true']);
}

describe('a session with a customer whose data is known', () => {
  it('is worked through: two connections, two customers, sent, refused, voided, searched', async () => {
    const { window } = desk;
    for (const connection of [
      connectionTo('persona', practice.server.origin, { apiKey: PERSONA_KEY }),
      connectionTo('personr', practice.server.origin, { password: PERSONR_PASSWORD }),
    ]) {
      const reply = await desk.rawCall('connection.create', { connection });
      replies.push(JSON.stringify(reply));
    }
    await goTo(desk, 'Capture');
    await window.getByRole('button', { name: 'Start a batch' }).click();
    await window.getByText('No customer yet').waitFor();
    let seed = 3_000;
    for (const provider of ['persona', 'personr'] as const) {
      await startCustomer(desk, {
        name: flowOf(provider).name,
        connection: provider === 'persona' ? 'Branch Persona' : 'Branch Personr',
      });
      const paths: string[] = [];
      for (const part of ['one', 'two']) {
        seed += 1;
        const path = join(files, `${SECRETS['file name'] ?? ''}-${provider}-${part}.jpg`);
        const isSelfie = provider === 'personr' && part === 'two';
        await writeFile(path, isSelfie ? await selfie() : await jpeg({ width: 800, height: 640, seed }));
        paths.push(path);
      }
      pageBytes = await readFile(paths[0] ?? '');
      await dropFiles(desk, paths);
      await typeCustomer(desk, {
        givenName: SECRETS['given name'] ?? '',
        familyName: SECRETS['family name'] ?? '',
        email: SECRETS['e-mail'] ?? '',
        phone: SECRETS['phone'] ?? '',
        reference: `${SECRETS['reference'] ?? ''}-${provider}`,
      });
      await window.getByText('Everything is here and clean.').waitFor();
    }
    const batch = (await desk.call('batch.list', {}))[0];
    await desk.call('batch.release', { batchId: batch?.id ?? '' });
    await seeStates(desk, {
      [`${SECRETS['reference'] ?? ''}-persona`]: 'accepted',
      [`${SECRETS['reference'] ?? ''}-personr`]: 'accepted',
    });
    // One more that is voided, with a reason that names the customer as people do.
    const { batchId } = await desk.call('batch.create', {});
    const model = (await allSubmissions(desk))[0];
    const { submissionId } = await desk.call('submission.create', {
      batchId,
      connectionId: model?.connectionId ?? '',
      flowId: (await details(desk))[0]?.flow.id ?? '',
    });
    await desk.call('submission.void', { submissionId, reason: SECRETS['void reason'] ?? '' });
    await enterPins(submissionId);
    // And one whose passport was read: compared, decided with a reason, and left at the desk.
    await readPassport();
    await window.getByRole('searchbox', { name: 'Search by name or reference' }).fill(SECRETS['given name'] ?? '');
    await until('the search to find both', async () => (await window.getByRole('grid').getByRole('row').count()) === 3);
    for (const [name, input] of [
      ['connection.list', {}],
      ['status.get', {}],
      ['app.about', {}],
      ['settings.get', {}],
      ['activity.list', { search: '', offset: 0, limit: 500 }],
      ['submission.list', { filter: {}, offset: 0, limit: 500 }],
    ] as const) {
      replies.push(JSON.stringify(await desk.rawCall(name, input)));
    }
    replies.push(JSON.stringify(await details(desk)));
    // Something that is logged, and that brings a name with it.
    await desk.rawCall(SECRETS['given name'], { name: SECRETS['family name'] });
    expect(replies.join('')).toContain('Quirinius');
  });

  it('gave no credential, token, key or path to the window', async () => {
    replies.push(await desk.window.content());
    const stored = await desk.window.evaluate(() =>
      JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]),
    );
    for (const text of [...replies, stored]) {
      expect(text).not.toContain(PERSONA_KEY);
      expect(text).not.toContain(PERSONR_PASSWORD);
      expect(text).not.toContain(PIN);
      expect(text).not.toContain(WRONG_PIN);
      expect(text).not.toMatch(/bus\|/);
      expect(text).not.toMatch(/AGE-SECRET-KEY/);
      expect(text).not.toContain(profile);
      expect(text).not.toContain(files);
    }
    expect(stored).not.toContain('Quirinius');
  });

  it('leaves none of it readable in any file while it runs, and none after the end', async () => {
    expect(findings()).toEqual([]);
    await desk.close();
    expect(findings()).toEqual([]);
    // The search itself works: what is known to be readable is found by it.
    const database = ownFiles().find((path) => path.endsWith('satchel.sqlite3'));
    expect(readFileSync(database ?? '').includes(Buffer.from('Branch Persona'))).toBe(true);
    const hidden = [
      Buffer.from('xBranch Personay'),
      Buffer.from('xBranch Personay', 'utf16le'),
      Buffer.from('xBranch Personay', 'utf16le').swap16(),
      Buffer.from(Buffer.from('Branch Persona!').toString('base64')),
      Buffer.from(Buffer.from('1Branch Persona!').toString('base64')),
      Buffer.from(Buffer.from('12Branch Persona!').toString('base64')),
    ];
    const needles = writings('Branch Persona');
    expect(hidden.map((bytes, index) => bytes.includes(needles[index] ?? 'nothing'))).toEqual(hidden.map(() => true));
  });

  it('keeps its files to the account that made them', () => {
    const own = ownFiles();
    expect(own.length).toBeGreaterThan(8);
    expect(own.filter((path) => (statSync(path).mode & 0o077) !== 0).map((path) => path.slice(profile.length))).toEqual(
      [],
    );
    const folders = readdirSync(profile, { recursive: true, withFileTypes: true })
      .filter(
        (entry) =>
          entry.isDirectory() && !join(entry.parentPath, entry.name).startsWith(join(profile, 'Electron host')),
      )
      .map((entry) => join(entry.parentPath, entry.name));
    expect([profile, ...folders].filter((path) => (statSync(path).mode & 0o077) !== 0)).toEqual([]);
  });

  it('logged events and numbers, and nothing about a person', () => {
    const logs = ownFiles().filter((path) => path.endsWith('.log'));
    expect(logs.length).toBeGreaterThan(0);
    const text = logs.map((path) => readFileSync(path, 'utf8')).join('');
    expect(text).not.toMatch(/@|Quirinius|Vandersloot|\+?\d{10,}[^\d.]|Bearer|Basic |persona_sandbox|\.jpg/);
    const hash = createHash('sha256').update(pageBytes).digest('hex');
    expect(text).not.toContain(hash);
    for (const line of text.split('\n').filter((one) => one !== '')) {
      expect(Object.keys(z.record(z.string(), z.unknown()).parse(JSON.parse(line)))).toEqual(
        expect.arrayContaining(['at', 'level', 'event']),
      );
    }
  });
});
