/** Satchel without a window: what it does, what it prints, and with which exit code it ends. */
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Flow } from '../../shared/domain/index.ts';
import { practiceFlows } from '../../shared/domain/practice-flows.ts';
import { jpeg, pdf } from '../integration/capture/files.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import { connectionTo, startPractice } from '../support/practice.ts';
import type { PracticeForTests } from '../support/practice.ts';
import { samplePath } from '../support/samples.ts';
import { ended, startProcess, startSatchel } from '../support/satchel-process.ts';
import type { Ended } from '../support/satchel-process.ts';
import { until } from '../support/until.ts';

const API_KEY = 'persona_sandbox_a-key-that-nobody-may-see';

let folder: string;
let practice: PracticeForTests;

beforeAll(async () => {
  folder = makeFolder('command-line');
  practice = await startPractice(folder);
  await practice.admin('POST', '/credentials', { personaApiKeys: [API_KEY] });
});
afterAll(async () => {
  await practice.close();
  removeFolder(folder);
});

function satchel(profile: string, args: readonly string[], input = ''): Promise<Ended> {
  return ended(startSatchel(['--profile', join(folder, profile), ...args]), input);
}

async function flowsFile(name: string, content: unknown): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const Row = z.object({ reference: z.string(), state: z.string(), beside: z.array(z.string()) });
const Submissions = z.object({ submissions: z.array(Row) });

/** One line of a manifest: `place` is requirement, document type and side. */
function manifestLine(customer: string, file: string, place: string): string {
  return `${customer},Ada,Line,,AUS,,,LOOK-${customer},proof-of-address,${file},${place}`;
}

describe('the main job without a window', () => {
  it('adds a connection with the credential from standard input, which appears nowhere', async () => {
    const flows = await flowsFile('flows.json', practiceFlows('persona'));
    const child = startSatchel([
      '--profile',
      join(folder, 'branch'),
      'connection',
      'add',
      '--provider',
      'persona',
      '--name',
      'Branch Persona',
      '--base-url',
      connectionTo('persona', practice.server.origin).baseUrl,
      '--flows',
      flows,
    ]);
    expect(child.spawnargs.join(' ')).not.toContain(API_KEY);
    const done = await ended(child, `${API_KEY}\n`);
    expect(done).toMatchObject({ code: 0, err: '' });
    expect(done.out).toMatch(/^Added Branch Persona/);

    const listed = await satchel('branch', ['--json', 'connection', 'list']);
    expect(listed.code).toBe(0);
    expect(listed.out).not.toContain(API_KEY);
    const settings = z.object({ accountsWhenPurged: z.string() });
    const View = z.object({ name: z.string(), hasCredential: z.boolean(), settings });
    // It begins as a new one, not as one that was stored before there was this setting.
    expect(z.array(View).parse(JSON.parse(listed.out))).toContainEqual({
      name: 'Branch Persona',
      hasCredential: true,
      settings: { accountsWhenPurged: 'own' },
    });
    const tested = await satchel('branch', ['connection', 'test', 'Branch Persona']);
    expect(tested).toMatchObject({ code: 0, err: '' });
    expect(tested.out).toContain('the API key is valid');
    for (const name of await readdir(join(folder, 'branch'), { recursive: true, withFileTypes: true })) {
      if (!name.isFile()) continue;
      const isThere = (await readFile(join(name.parentPath, name.name))).includes(API_KEY);
      expect({ file: name.name, isThere }).toEqual({ file: name.name, isThere: false });
    }
  });

  it('changes its flows from what it prints of them, with the supervisor’s PIN, and says what changes', async () => {
    const pin = (input: string) => satchel('branch', ['supervisor', 'set-pin'], input);
    expect((await pin('123456\n')).err).toContain('Choose 6 to 12 digits');
    expect(await pin('482915\n')).toMatchObject({ code: 0, out: 'The supervisor PIN is set.\n' });
    expect((await pin('111222\n770133\n')).err).toContain('This is not the supervisor PIN.');
    expect(await pin('482915\n770133\n')).toMatchObject({ code: 0 });

    const exported = await satchel('branch', ['connection', 'export', 'Branch Persona']);
    expect(exported).toMatchObject({ code: 0, err: '' });
    expect(exported.out).not.toContain(API_KEY);
    const [flow] = z.array(Flow).parse(JSON.parse(exported.out));
    const flows = await flowsFile('flows-changed.json', [{ ...flow, severities: { 'page.glare': 'info' } }]);
    const update = ['connection', 'update', 'Branch Persona', '--flows', flows];
    const said = '“Proof of address”: page glare: “info” in place of “usual”.\n';
    expect(await satchel('branch', [...update, '--dry-run'])).toMatchObject({
      code: 0,
      out: `${said}Nothing was saved (--dry-run).\n`,
    });
    expect(await satchel('branch', update, '770133\n')).toMatchObject({ code: 0, out: `${said}Saved.\n` });
  });

  it('puts another credential in the place of one that is refused, and nothing shows either', async () => {
    const put = (key: string) => satchel('branch', ['connection', 'credential', 'branch persona'], `${key}\n`);
    const test = () => satchel('branch', ['connection', 'test', 'Branch Persona']);
    expect(await put('persona_sandbox_revoked')).toMatchObject({ code: 0, err: '' });
    expect(await test()).toMatchObject({ code: 1, out: expect.stringContaining('refused the API key') });
    const said = await put(API_KEY);
    expect(said).toMatchObject({ code: 0, out: expect.stringContaining('Branch Persona has another credential.') });
    expect(said.out + said.err).not.toContain(API_KEY);
    expect(await test()).toMatchObject({ code: 0 });
  });

  it.skipIf(process.platform !== 'linux')(
    'asks a person at a terminal for the credential, and shows nothing of it',
    async () => {
      const flows = await flowsFile('flows-typed.json', practiceFlows('persona'));
      const { spawnargs } = startSatchel(['--help']);
      const add = ['--profile', join(folder, 'typed'), 'connection', 'add', '--provider', 'persona', '--name', 'Typed'];
      const command = [...spawnargs.slice(0, -1), ...add, '--flows', flows].map((part) => `'${part}'`).join(' ');
      const child = startProcess('script', ['--quiet', '--return', '--command', command, '/dev/null']);
      let screen = '';
      child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        screen += text;
        if (text.includes('API key (not shown): ')) child.stdin?.write(`${API_KEY}\r`);
      });
      const code = await new Promise((resolve) => child.on('close', resolve));
      expect([code, screen]).toEqual([0, expect.stringMatching(/API key \(not shown\): \s+Added Typed/)]);
      expect(screen).not.toContain(API_KEY);
    },
  );

  it('names fields that a page filled, and keeps a customer whose page says another person', async () => {
    const scans = join(folder, 'read-scans');
    await mkdir(scans);
    await copyFile(samplePath('amelie-passport.jpg'), join(scans, 'amelie.jpg'));
    await copyFile(samplePath('david-passport.jpg'), join(scans, 'david.jpg'));
    await copyFile(samplePath('amelie-utility-bill.pdf'), join(scans, 'bill.pdf'));
    await copyFile(samplePath('clara-utility-bill.pdf'), join(scans, 'other-bill.pdf'));
    await writeFile(
      join(scans, 'manifest.csv'),
      [
        'customer,given_name,family_name,birth_date,document_number,country,email,phone,reference,flow,file,requirement,document_type,side',
        'a,,Example,,u4817205a,AUS,,,READ-1,proof-of-address,amelie.jpg,identity,passport,single',
        'a,,Example,,u4817205a,AUS,,,READ-1,proof-of-address,bill.pdf,address,utility_bill,single',
        'b,Bea,Sample,1970-01-01,,AUS,,,READ-2,proof-of-address,david.jpg,identity,passport,single',
        'b,Bea,Sample,1970-01-01,,AUS,,,READ-2,proof-of-address,other-bill.pdf,address,utility_bill,single',
        '',
      ].join('\n'),
    );
    const imported = await satchel('read', ['import', scans, '--connection', 'Practice: Persona']);
    expect(imported).toMatchObject({ code: 0, err: '' });
    const noticed = imported.out.split('\n').filter((line) => line.startsWith('noticed: '));
    expect(noticed).toHaveLength(2);
    expect(noticed[0]).toMatch(/^noticed: READ-1: One field was read from the document/);
    expect(noticed[1]).toMatch(/^noticed: READ-2: david\.jpg may be of another customer/);
    const released = await satchel('read', ['release']);
    expect(released.code).toBe(3);
    expect(released.out).toContain('batch 1: 1 released, 1 kept');
    expect(released.out).toMatch(/READ-2: .*\n +david\.jpg may be of another customer/);
    expect(imported.out + released.out).not.toMatch(/Bea|David|Emil|1969|1970|U5503918C/);
  });

  it('imports a folder, releases, sends, follows and balances', async () => {
    const scans = join(folder, 'scans');
    await mkdir(scans);
    await writeFile(
      join(scans, 'manifest.csv'),
      [
        'customer,given_name,family_name,birth_date,country,email,phone,reference,flow,file,requirement,document_type,side',
        'a,Ada,Line,,AUS,,,CLI-1,proof-of-address,a.jpg,identity,passport,single',
        'a,Ada,Line,,AUS,,,CLI-1,proof-of-address,a.pdf,address,utility_bill,single',
        'b,Ben,Line,,XXQ,,,CLI-2,proof-of-address,b.jpg,identity,passport,single',
        'c,Cat,Line,,AUS,,,CLI-3,proof-of-address,nowhere.jpg,identity,passport,single',
        '',
      ].join('\n'),
    );
    await writeFile(join(scans, 'a.jpg'), await jpeg({ seed: 71 }));
    await writeFile(join(scans, 'a.pdf'), pdf({ remark: 'cli' }));
    await writeFile(join(scans, 'b.jpg'), await jpeg({ seed: 72 }));

    const imported = await satchel('branch', ['import', scans, '--connection', 'Branch Persona']);
    expect(imported.code).toBe(3);
    expect(imported.out).toMatch(/^problem: Line 4: .*XXQ.*no country code/m);
    expect(imported.out).toMatch(/^problem: Line 5 .*nowhere\.jpg is not in the folder/m);
    expect(imported.out).toMatch(/, 2 pages imported/);

    const released = await satchel('branch', ['--json', 'release']);
    expect(z.object({ batches: z.array(z.object({ released: z.number() })) }).parse(JSON.parse(released.out))).toEqual({
      batches: [{ released: 1 }],
    });
    const synced = await satchel('branch', ['--json', 'sync', '--timeout', '120']);
    expect(synced.code).toBe(0);
    const rows = Submissions.parse(JSON.parse(synced.out)).submissions;
    expect(rows.find(({ reference }) => reference === 'CLI-1')).toMatchObject({ state: 'accepted', beside: [] });
    expect((await practice.files()).map(({ stored }) => stored)).toEqual([1, 1]);

    // What is read back in clear comes whole or not at all.
    const out = join(folder, 'kept');
    await mkdir(out);
    await writeFile(join(out, '02-proof-of-address.pdf'), 'another one');
    const kept = () => satchel('branch', ['provider', 'kept', 'CLI-1', '--out', out]);
    expect(await kept()).toMatchObject({ code: 1, err: expect.stringContaining('02-proof-of-address.pdf') });
    expect(await readdir(out)).toEqual(['02-proof-of-address.pdf']);
    await rm(join(out, '02-proof-of-address.pdf'));
    expect(await kept()).toMatchObject({ code: 0, out: expect.stringContaining('2 files in ') });
    expect((await readdir(out)).sort()).toEqual(['01-government-id.jpg', '02-proof-of-address.pdf']);

    const status = await satchel('branch', ['--json', 'status']);
    expect(status.code).toBe(0);
    expect(Submissions.parse(JSON.parse(status.out)).submissions).toHaveLength(rows.length);
    const balanced = await satchel('branch', ['balance']);
    expect(balanced.code).toBe(0);
    expect(balanced.out).toMatch(/captured 2 = sent 2 \+ waiting 0 \+ refused 0 \+ voided 0\nIt adds up\./);
    const verified = await satchel('branch', ['ledger', 'verify']);
    expect(verified.code).toBe(0);
    expect(verified.out).toContain('The ledger is intact');
  });

  it('says at an import what to look at, at a release what is missing, and when there is nothing to do', async () => {
    const none = await satchel('looked-at', ['release']);
    expect(none).toMatchObject({ code: 0, out: 'No batch is open, so there is nothing to release.\n' });
    const idle = await satchel('looked-at', ['sync']);
    expect(idle).toMatchObject({ code: 0, out: 'There is no submission, so there is nothing to send.\n' });

    const scans = join(folder, 'looked-at-scans');
    const earlier = join(folder, 'looked-at-earlier');
    await mkdir(earlier);
    await mkdir(join(scans, 'a-folder.jpg'), { recursive: true });
    const head =
      'customer,given_name,family_name,birth_date,country,email,phone,reference,flow,file,requirement,document_type,side';
    const first = [head, manifestLine('1', 'first.jpg', 'identity,passport,single'), ''];
    await writeFile(join(earlier, 'manifest.csv'), first.join('\n'));
    await writeFile(
      join(scans, 'manifest.csv'),
      [
        head,
        manifestLine('2', 'second.jpg', 'identity,id_card,front'),
        manifestLine('2', 'bill.jpg', 'address,utility_bill,single'),
        manifestLine('3', 'a-folder.jpg', 'identity,passport,single'),
        '',
      ].join('\n'),
    );
    const picture = await jpeg({ seed: 73 });
    await writeFile(join(earlier, 'first.jpg'), picture);
    await writeFile(join(scans, 'second.jpg'), picture);
    await writeFile(join(scans, 'bill.jpg'), pdf({ remark: 'called .jpg' }));
    const one = ['import', earlier, '--connection', 'Practice: Persona'];
    expect(await satchel('looked-at', one)).toMatchObject({ code: 0, err: '' });
    const twice = await satchel('looked-at', one);
    expect(twice.code).not.toBe(0);
    expect(twice.err).toContain('Nothing was imported: 1 of 1 customers came in by a manifest before');
    const dry = await satchel('looked-at', [...one, '--dry-run', '--again']);
    expect(dry.code).toBe(3);
    expect(dry.out).toMatch(/^1 customer, 1 page would come in, 0 files refused, /m);
    const imported = await satchel('looked-at', ['import', scans, '--connection', 'Practice: Persona']);
    expect(imported.code).toBe(3);
    expect(imported.out).toMatch(/^noticed: LOOK-2: second\.jpg was captured before, .*reference LOOK-1\. Compare/m);
    expect(imported.out).toMatch(/^noticed: LOOK-2: bill\.jpg is really a PDF\. /m);
    expect(imported.out).toMatch(/^refused: Line 4, LOOK-3: a-folder\.jpg was not taken: it is a folder/m);
    expect(imported.out).toMatch(/^2 customers, 2 pages imported, 1 file refused, 0 problems$/m);

    const released = await satchel('looked-at', ['release']);
    expect(released.code).toBe(3);
    expect(released.out).toMatch(/^ {2}LOOK-1: .*\n {4}Proof of address: a page is missing\. Scan or import it\./m);
    expect(released.out).toMatch(
      /^ {2}LOOK-2: .*\n {4}Identity document, back: a page is missing\. Scan or import it\./m,
    );
  });

  it('runs the specimen batch to the end, as npm start does without a display', async () => {
    const done = await satchel('demo', ['demo', '--timeout', '120']);
    expect(done).toMatchObject({ code: 0, err: '' });
    expect(done.out).toContain('Batch 1: 6 customers, 15 pages captured and encrypted.');
    expect(done.out).toContain('Result: ');
    for (const part of ['3 accepted', '2 retake', '1 rejected']) expect(done.out).toContain(part);
    expect(done.out).not.toContain('FORGERY');
    expect(done.out).toContain(`Profile (database, vault, ledger): ${join(folder, 'demo')}`);
    const status = await satchel('demo', ['status']);
    expect(status.code).toBe(4);
    expect(status.out).toMatch(/needs a person:\n.*PRACTICE-100[35] {2}retake/);
    // As `satchel status | head -0`: nobody reads what it prints.
    const unread = startSatchel(['--profile', join(folder, 'demo'), 'status']);
    unread.stdout?.destroy();
    expect(await ended(unread)).toEqual({ code: 4, out: '', err: '' });
    const report = await satchel('demo', ['report', 'PRACTICE-1003']);
    expect(report).toMatchObject({ code: 0, err: '' });
    expect(report.out).toMatch(/persona\.document\.create .*: done; attempts 1; record there doc_\w+/);
    expect(report.out).toMatch(/^ {2}\d{4}-\d\d-\d\dT\S+ persona\.created; HTTP 201; Request id req_\w+$/m);
    expect(report.out).not.toMatch(/PRACTICE-1003|Clara|Specimen|\.jpg|persona_sandbox/);
  });
});

describe('what goes wrong is said in a sentence and an exit code', () => {
  it('refuses a second process on a running profile', async () => {
    // A long-running command holds the profile: sync of a batch that waits for an unreachable server.
    const flows = await flowsFile('flows-busy.json', practiceFlows('persona'));
    await satchel(
      'busy',
      [
        'connection',
        'add',
        '--provider',
        'persona',
        '--name',
        'Nobody',
        '--base-url',
        'http://127.0.0.1:9',
        '--flows',
        flows,
      ],
      API_KEY,
    );
    const scans = join(folder, 'busy-scans');
    await mkdir(scans);
    await copyFile(samplePath('amelie-passport.jpg'), join(scans, 'a.jpg'));
    await copyFile(samplePath('amelie-utility-bill.pdf'), join(scans, 'a.pdf'));
    await writeFile(
      join(scans, 'manifest.csv'),
      [
        'customer,given_name,family_name,birth_date,country,email,phone,reference,flow,file,requirement,document_type,side',
        'a,Amelie,Example,,AUS,,,BUSY-1,proof-of-address,a.jpg,identity,passport,single',
        'a,Amelie,Example,,AUS,,,BUSY-1,proof-of-address,a.pdf,address,utility_bill,single',
        '',
      ].join('\n'),
    );
    expect((await satchel('busy', ['import', scans, '--connection', 'Nobody'])).code).toBe(0);
    expect((await satchel('busy', ['release'])).code).toBe(0);
    const holder = startSatchel(['--profile', join(folder, 'busy'), 'sync', '--timeout', '300']);
    const whenEnded = ended(holder);
    let said = '';
    holder.stdout?.on('data', (text: string) => {
      said += text;
    });
    await until('the first process to work', () => said.includes('BUSY-1'));
    const second = await satchel('busy', ['status']);
    expect(second.code).toBe(1);
    expect(second.out).toBe('');
    expect(second.err).toBe(
      'satchel: Satchel is already running on this profile. Close the other window or command first.\n',
    );
    holder.kill('SIGKILL');
    await whenEnded;
    // Nothing arrived, nothing is shown as sent, and the profile is free again.
    const after = await satchel('busy', ['--json', 'status']);
    const [row] = Submissions.parse(JSON.parse(after.out)).submissions;
    expect(['released', 'sending']).toContain(row?.state);
  });

  it('ends with 5 when the time is over, and keeps what waits', async () => {
    const timedOut = await satchel('busy', ['sync', '--timeout', '1']);
    expect(timedOut.code).toBe(5);
    expect(timedOut.out).toMatch(
      /^waits: Nobody: .+\. Next try: \d\d:\d\d:\d\d\.\nThe time is over; what waits is kept/m,
    );
    expect((await satchel('busy', ['status'])).out).toMatch(/^waits: Nobody: .+\. Next try: \d\d:\d\d:\d\d\.$/m);
  });

  it('takes back what was not sent, and voids it for a reason; then it needs nobody', async () => {
    expect(await satchel('busy', ['take-back', 'BUSY-1'])).toMatchObject({
      code: 0,
      out: 'BUSY-1: Taken back to be corrected. What the provider already has is not sent again.\n',
    });
    expect((await satchel('busy', ['take-back', 'BUSY-1'])).err).toContain('not possible at the stage');
    expect(await satchel('busy', ['void', 'BUSY-1', '--reason', 'left the branch'])).toMatchObject({
      code: 0,
      out: 'BUSY-1: Voided by a person. Nothing more is sent.\n',
    });
    const after = await satchel('busy', ['sync']);
    expect([after.code, after.out]).toEqual([0, expect.stringContaining('Result: 1 voided')]);
  });

  const wrong: readonly { name: string; args: readonly string[]; input?: string; code: number; says: RegExp }[] = [
    { name: 'an unknown command', args: ['dance'], code: 2, says: /unknown command 'dance'/ },
    { name: 'an unknown option', args: ['status', '--dance'], code: 2, says: /unknown option '--dance'/ },
    {
      name: 'an unknown connection',
      args: ['import', '.', '--connection', 'Nobody'],
      code: 1,
      says: /There is no connection called Nobody\. Known: /,
    },
    {
      name: 'an unknown provider',
      args: ['connection', 'add', '--provider', 'other', '--name', 'x', '--flows', 'x'],
      code: 2,
      says: /'other' is invalid\. Allowed choices are persona, personr, sumsub\./,
    },
    {
      name: 'an unknown environment',
      args: ['connection', 'add', '--provider', 'persona', '--name', 'x', '--flows', 'x', '--environment', 'moon'],
      code: 2,
      says: /'moon' is invalid\. Allowed choices are sandbox, production\./,
    },
    { name: 'a wrong day', args: ['balance', '--day', '31.3.2026'], code: 2, says: /a day as YYYY-MM-DD/ },
    { name: 'a wrong head', args: ['ledger', 'verify', '--head', 'abc'], code: 2, says: /the 64 characters/ },
    {
      name: 'a flows file that is not there',
      args: ['connection', 'add', '--provider', 'persona', '--name', 'x', '--flows', '/nowhere/flows.json'],
      code: 2,
      says: /The flows file \/nowhere\/flows\.json was not taken: it cannot be read/,
    },
    {
      name: 'no credential at all',
      args: ['connection', 'add', '--provider', 'personr', '--name', 'x', '--flows', 'FLOWS'],
      input: '\n',
      code: 2,
      says: /No credential came on standard input, so nothing was added\. Hand it over with a pipe/,
    },
    {
      name: 'a credential that is not JSON',
      args: ['connection', 'add', '--provider', 'personr', '--name', 'x', '--flows', 'FLOWS'],
      input: 'my-secret-password',
      code: 2,
      says: /credential on standard input is not JSON/,
    },
    { name: 'a wrong time', args: ['sync', '--timeout', 'soon'], code: 2, says: /a number of seconds above 0/ },
    {
      name: 'another credential for a practice connection',
      args: ['connection', 'credential', 'Practice: Persona'],
      input: API_KEY,
      code: 1,
      says: /A practice connection cannot be changed/,
    },
    {
      name: 'a practice connection that is to be removed',
      args: ['connection', 'remove', 'Practice: Persona'],
      code: 1,
      says: /A practice connection cannot be changed/,
    },
    { name: 'a void without a reason', args: ['void', 'X', '--reason', ' '], code: 2, says: /--reason: / },
    { name: 'a batch that is not there', args: ['release', '--batch', '99'], code: 1, says: /no longer there/ },
  ];
  for (const { name, args, input, code, says } of wrong) {
    it(`says what is wrong with ${name}`, async () => {
      const flows = await flowsFile('flows-right.json', practiceFlows('personr'));
      const done = await satchel(
        'wrong',
        args.map((argument) => (argument === 'FLOWS' ? flows : argument)),
        input,
      );
      expect(done.err).toMatch(says);
      expect(done.code).toBe(code);
      expect(done.out + done.err).not.toContain('my-secret-password');
      expect(done.out + done.err).not.toMatch(/\n {4}at /);
    });
  }

  it('says what is wrong in a flows file', async () => {
    for (const [content, says] of [
      ['{ half', /it is not JSON/],
      [[{ ...practiceFlows('persona')[0], requirements: [] }], /0\.requirements: must not be empty/],
      [
        [{ ...practiceFlows('persona')[0], severities: { 'document.tooOld': 'fatal' } }],
        /0\.severities\.document\.tooOld: must be one of blocking, warning, info/,
      ],
    ] as const) {
      const flows = await flowsFile('flows-wrong.json', content);
      const done = await satchel(
        'wrong',
        ['connection', 'add', '--provider', 'persona', '--name', 'x', '--flows', flows],
        API_KEY,
      );
      expect(done.code).toBe(2);
      expect(done.err).toMatch(says);
      expect(done.err).not.toContain(API_KEY);
    }
  });

  it('prints help and its own name', async () => {
    const done = await satchel('wrong', ['--help']);
    expect(done.code).toBe(0);
    expect(done.out).toMatch(/Usage: satchel/);
    for (const command of ['demo', 'import', 'release', 'sync', 'status', 'balance', 'connection']) {
      expect(done.out).toContain(command);
    }
  });
});
