/** The mixed-customer alarm without a window: what does not agree, and that it is one customer all the same. */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { makeFolder, readEverything, removeFolder } from '../support/folders.ts';
import { samplePath } from '../support/samples.ts';
import { satchel } from '../support/satchel-process.ts';

const Question = z.object({ submissionId: z.string(), code: z.string() });
const REASON = 'Mia is what she is called, compared with the passport';

let folder: string;
let profile: string;
/** What the import said. */
let imported: string;

const line = (place: string): string => `mia,Mia,Example,,,,,MIA-1,proof-of-address,${place}\n`;

const same = (...args: readonly string[]) => satchel(profile, 'same-customer', ...args);

beforeAll(async () => {
  folder = makeFolder('same-customer');
  profile = join(folder, 'profile');
  const pages = join(folder, 'pages');
  await mkdir(pages);
  for (const name of ['amelie-passport.jpg', 'amelie-utility-bill.pdf'])
    await copyFile(samplePath(name), join(pages, name));
  await writeFile(
    join(pages, 'manifest.csv'),
    'customer,given_name,family_name,birth_date,country,email,phone,reference,flow,file,requirement,document_type,side\n' +
      line('amelie-passport.jpg,identity,passport,single') +
      line('amelie-utility-bill.pdf,address,utility_bill,single'),
  );
  await satchel(profile, 'sync', '--timeout', '5');
  imported = (await satchel(profile, '--json', 'import', pages, '--connection', 'Practice: Persona')).out;
});
afterAll(() => {
  removeFolder(folder);
});

it('is noticed at the import, with rule, severity and for whom', () => {
  const Noticed = z.object({ rule: z.string(), severity: z.string(), mattersTo: z.unknown(), message: z.unknown() });
  const { noticed } = z.object({ noticed: z.array(Noticed) }).parse(JSON.parse(imported));
  expect(noticed).toContainEqual(
    expect.objectContaining({ rule: 'identity.disagrees', severity: 'blocking', mattersTo: 'all' }),
  );
});

it('says what does not agree and prints values only when asked, and decides only what was shown', async () => {
  expect((await satchel(profile, 'release')).out).toContain('may be of another customer');
  const shown = await same('MIA-1');
  expect(shown.code).toBe(4);
  expect(shown.out).toContain('given name does not agree:\n    the field\n    amelie-passport.jpg');
  expect(shown.out).not.toMatch(/Mia\b|Amelie Rose/);
  expect((await same('MIA-1', '--values')).out).toMatch(/the field: Mia\n.*amelie-passport\.jpg: Amelie Rose/);
  const { submissionId, code } = Question.parse(JSON.parse((await same('MIA-1', '--values', '--json')).out));
  expect(shown.out).toContain(`satchel same-customer ${submissionId} --seen ${code} --reason`);

  expect(await same('MIA-1', '--seen', code)).toMatchObject({ code: 2 });
  expect((await same('MIA-1', '--reason', REASON)).err).toContain('--seen and --reason go together');
  const guessed = await same('MIA-1', '--seen', 'a-guess', '--reason', REASON);
  expect([guessed.code, guessed.err]).toEqual([1, expect.stringContaining('Look at it again')]);

  expect(await same('MIA-1', '--seen', code, '--reason', REASON)).toMatchObject({ code: 0, err: '' });
  const again = await same('MIA-1');
  expect([again.code, again.err]).toEqual([1, expect.stringContaining('nothing is to be decided')]);
  expect((await satchel(profile, 'release')).out).toContain('1 released, 0 kept');
  for (const bytes of readEverything(profile)) expect(bytes.includes('compared with the passport')).toBe(false);
});
