/** Two at once on one profile, and copies of a profile folder, with the real processes: refused or safe, and said so. */
import { cpSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { practiceFlows } from '../../shared/domain/practice-flows.ts';
import { whichElectron } from '../host/launch.ts';
import { openDesk } from '../support/desk-window.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import { connectionTo, startPractice } from '../support/practice.ts';
import type { PracticeForTests } from '../support/practice.ts';
import { ended, startProcess, startSatchel } from '../support/satchel-process.ts';
import { until } from '../support/until.ts';
import { jpeg, pdf } from '../integration/capture/files.ts';

const ROOT = resolve(import.meta.dirname, '..', '..');
const API_KEY = 'persona_sandbox_two-copies';

let folder: string;
let practice: PracticeForTests;

beforeAll(async () => {
  folder = makeFolder('two-copies');
  practice = await startPractice(folder);
  await practice.admin('POST', '/credentials', { personaApiKeys: [API_KEY] });
});
afterAll(async () => {
  await practice.close();
  removeFolder(folder);
});

const satchel = (profile: string, args: readonly string[], input = '', env: Record<string, string> = {}) =>
  ended(startSatchel(['--profile', join(folder, profile), ...args], env), input);

/** A profile with one released customer that was never sent. */
async function profileWithWork(profile: string): Promise<void> {
  const flows = join(folder, 'flows.json');
  await writeFile(flows, JSON.stringify(practiceFlows('persona')));
  const { baseUrl } = connectionTo('persona', practice.server.origin);
  const add = ['--provider', 'persona', '--name', 'Branch', '--base-url', baseUrl, '--flows', flows];
  expect(await satchel(profile, ['connection', 'add', ...add], API_KEY)).toMatchObject({ code: 0 });
  const scans = makeFolder('two-copies-scans');
  const header =
    'customer,given_name,family_name,birth_date,country,email,phone,reference,flow,file,requirement,document_type,side';
  await writeFile(
    join(scans, 'manifest.csv'),
    [
      header,
      `a,Ada,Line,,AUS,,,${profile},proof-of-address,a.jpg,identity,passport,single`,
      `a,Ada,Line,,AUS,,,${profile},proof-of-address,a.pdf,address,utility_bill,single`,
      '',
    ].join('\n'),
  );
  await writeFile(join(scans, 'a.jpg'), await jpeg({ seed: profile.length * 1_000 }));
  await writeFile(join(scans, 'a.pdf'), pdf({ remark: profile }));
  expect(await satchel(profile, ['import', scans, '--connection', 'Branch'])).toMatchObject({ code: 0 });
  expect(await satchel(profile, ['release'])).toMatchObject({ code: 0 });
  removeFolder(scans);
}

describe('two at once on one profile', () => {
  it('a second start of the window ends, and the first comes forward', async () => {
    const profile = join(folder, 'window');
    const desk = await openDesk(profile);
    try {
      await desk.app.evaluate(({ BrowserWindow }) => {
        BrowserWindow.getAllWindows()[0]?.minimize();
      });
      const electron = join(ROOT, 'node_modules', '.bin', 'electron');
      const env = whichElectron() === 'host' ? { SATCHEL_HOST_HEADLESS: '1' } : {};
      const second = await ended(startProcess(electron, [ROOT, `--user-data-dir=${profile}`], env));
      expect(second.code).toBe(0);
      await until('the first window to be up', () =>
        desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMinimized() === false),
      );
      expect(await desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
      expect(await desk.call('status.get', {})).toMatchObject({ copy: null });

      const line = await satchel('window', ['status']);
      expect(line.code).toBe(1);
      expect(line.err).toContain('Satchel is already running on this profile');
    } finally {
      await desk.close();
    }
  });

  it('a second command line is refused with a sentence, and the first is not disturbed', async () => {
    await profileWithWork('line');
    await practice.faults({ api: 'persona', times: 1, action: { kind: 'delay', ms: 10_000 } });
    const first = startSatchel(['--profile', join(folder, 'line'), 'sync', '--sent']);
    const begun = new Promise((done) => first.stdout?.once('data', done));
    const whole = ended(first);
    await begun;
    const second = await satchel('line', ['sync']);
    expect(second.code).toBe(1);
    expect(second.err).toContain('Satchel is already running on this profile');
    expect((await whole).code).toBe(0);
    expect((await practice.files()).every(({ stored }) => stored === 1)).toBe(true);
  });
});

describe('a copy of the profile folder', () => {
  it('sends nothing from the command line before somebody decides, and says how', async () => {
    await profileWithWork('branch');
    cpSync(join(folder, 'branch'), join(folder, 'copy'), { recursive: true });
    const before = (await practice.requests()).length;
    const refused = await satchel('copy', ['sync', '--sent']);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('This profile last ran in another folder of this PC');
    expect(refused.err).toContain('satchel profile moved, satchel profile older-copy');
    expect((await practice.requests()).length).toBe(before);

    expect(await satchel('copy', ['profile', 'moved'])).toMatchObject({ code: 0 });
    expect((await satchel('copy', ['sync', '--sent'])).code).toBe(0);
    // The original is the one that asks now, and may only look up.
    const original = await satchel('branch', ['sync', '--sent']);
    expect(original.code).toBe(1);
    expect(original.err).toContain('satchel profile older-copy.');
    expect(original.err).not.toContain('profile moved');
    expect(await satchel('branch', ['profile', 'moved'])).toMatchObject({ code: 1 });
    expect(await satchel('branch', ['profile', 'older-copy'])).toMatchObject({ code: 0 });
    await satchel('branch', ['sync', '--sent']);
    expect((await practice.files()).every(({ stored }) => stored === 1)).toBe(true);
    expect((await satchel('branch', ['ledger', 'verify'])).code).toBe(0);
  });

  it('on another PC asks as well', async () => {
    await profileWithWork('carried');
    const elsewhere = { XDG_STATE_HOME: join(folder, 'state-of-another-pc') };
    const there = await satchel('carried', ['sync', '--sent'], '', elsewhere);
    expect(there.code).toBe(1);
    expect(there.err).toContain('This profile has not run on this PC before');
  });

  it('cannot take over while the original is open in a window, which shows the question with its answers', async () => {
    const original = join(folder, 'desk');
    let desk = await openDesk(original);
    await desk.close();
    cpSync(original, join(folder, 'desk-copy'), { recursive: true, filter: (path) => !path.includes('Singleton') });
    desk = await openDesk(original);
    const copy = await openDesk(join(folder, 'desk-copy'));
    try {
      const banner = copy.window.getByRole('alert').filter({ hasText: 'This profile may be a copy' });
      await banner.waitFor();
      await banner.getByRole('button', { name: /The original is no longer used/ }).click();
      await copy.window.getByText('The original of this profile is open on this PC at this moment.').waitFor();
      expect((await copy.call('status.get', {})).copy).not.toBeNull();
      await desk.close();
      await banner.getByRole('button', { name: /The original is no longer used/ }).click();
      await banner.waitFor({ state: 'detached' });
      expect((await copy.call('status.get', {})).copy).toBeNull();
    } finally {
      await copy.close();
    }
  });
});
