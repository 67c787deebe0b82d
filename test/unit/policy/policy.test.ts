import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPolicy, systemPolicyFile } from '../../../main/policy/index.ts';
import { areAdministrators } from '../../../main/policy/trust.ts';
import { makeFolder, removeFolder } from '../../support/folders.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = makeFolder('policy');
  file = join(folder, 'policy.json');
});
afterEach(() => {
  removeFolder(folder);
});

/** The one whose files these are stands for the administrator. */
const me = process.getuid?.() ?? 0;
const refused = (problem: string) => ({ kind: 'refused', problem });

async function read(text: string, mode = 0o644): Promise<unknown> {
  await writeFile(file, text);
  await chmod(file, mode);
  return readPolicy(file, me);
}

describe('a policy', () => {
  it('names accounts and groups, also as Windows’ editor saves it', async () => {
    const supervisors = { accounts: ['ada', 'BRANCH\\kim'], groups: ['domain admins'] };
    expect(await read(`\uFEFF${JSON.stringify({ supervisors })}`)).toEqual({ kind: 'policy', policy: { supervisors } });
    expect(await read('{"supervisors":{"accounts":["ada"]}}')).toEqual({
      kind: 'policy',
      policy: { supervisors: { accounts: ['ada'], groups: [] } },
    });
  });

  it('is none where there is no file, and no folder', async () => {
    expect(await readPolicy(file, me)).toEqual({ kind: 'none' });
    expect(await readPolicy(join(folder, 'satchel', 'policy.json'), me)).toEqual({ kind: 'none' });
  });

  it.each([
    ['nothing', ''],
    ['no JSON', 'supervisors: ada'],
    ['something that is not known', '{"supervisors":{"accounts":["ada"]},"release":true}'],
    ['a word that is written wrongly', '{"supervisors":{"acounts":["ada"]}}'],
    ['no list', '{"supervisors":{"accounts":"ada"}}'],
    ['an empty name', '{"supervisors":{"accounts":[" "]}}'],
    ['no supervisors at all', '{}'],
    ['too much', `{"supervisors":{"accounts":["ada"]}}${' '.repeat(70_000)}`],
  ])('is refused with %s in it', async (_case, text) => {
    expect(await read(text)).toEqual(refused('malformed'));
  });

  it('is refused where something else lies in its place', async () => {
    await mkdir(file);
    expect(await readPolicy(file, me)).toEqual(refused('unreadable'));
  });
});

describe('who can have written it', () => {
  const good = '{"supervisors":{"accounts":["ada"]}}';

  it('is believed only of the administrator', async () => {
    expect(await read(good)).toMatchObject({ kind: 'policy' });
    expect(await readPolicy(file, me + 1)).toEqual(refused('notTrusted'));
  });

  it.each([0o664, 0o646, 0o622])('is not believed with mode %o', async (mode) => {
    expect(await read(good, mode)).toEqual(refused('notTrusted'));
  });

  it('is not believed in a folder in which others can put another file in its place', async () => {
    await read(good);
    await chmod(folder, 0o777);
    expect(await readPolicy(file, me)).toEqual(refused('notTrusted'));
  });

  it('on Windows, by the SIDs of all who may write', () => {
    expect(areAdministrators('S-1-5-32-544\r\nS-1-5-18\r\n')).toBe(true);
    expect(areAdministrators('S-1-5-32-544\r\nS-1-5-21-7-1001\r\n')).toBe(false);
    expect(areAdministrators('S-1-5-32-5441')).toBe(false);
    expect(areAdministrators('')).toBe(false);
  });
});

it('lies where only administrators write', () => {
  expect(systemPolicyFile('linux')).toBe('/etc/satchel/policy.json');
  expect(systemPolicyFile('darwin')).toBe('/Library/Application Support/Satchel/policy.json');
  expect(systemPolicyFile('win32')).toMatch(/ProgramData.Satchel.policy\.json$/);
});
