/** A stack without a window: begun from a folder of scans, looked at, dealt out, taken back, put away. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { jpeg } from '../integration/capture/files.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import { satchel } from '../support/satchel-process.ts';
import { pdfOf } from '../support/sheets.ts';

const Stack = z.object({
  stack: z.object({
    submissionId: z.string(),
    fingerprint: z.string(),
    counts: z.object({ found: z.number(), tray: z.number(), dealt: z.number(), customers: z.number() }),
  }),
});

let folder: string;
let profile: string;
let scans: string;
let connection: string;

beforeAll(async () => {
  folder = makeFolder('stack-command');
  profile = join(folder, 'profile');
  scans = join(folder, 'scans');
  await mkdir(scans);
  for (const number of [1, 2, 3]) {
    await writeFile(join(scans, `scan-${number}.jpg`), await jpeg({ width: 320, height: 240, seed: number }));
  }
  // The first start brings the practice connections.
  await satchel(profile, 'sync', '--timeout', '5');
  const { out } = await satchel(profile, '--json', 'connection', 'list');
  const connections = z.array(z.object({ id: z.string(), provider: z.string() })).parse(JSON.parse(out));
  connection = connections.find(({ provider }) => provider === 'persona')?.id ?? '';
});
afterAll(() => {
  removeFolder(folder);
});

it('is dealt out only as it was shown, and taken back', async () => {
  const stackOf = (...args: readonly string[]) => satchel(profile, 'stack', ...args);
  const unknown = await stackOf('begin', scans, '--connection', connection, '--flow', 'nonsense');
  expect(unknown.code).toBe(1);
  expect(unknown.err).toContain('proof-of-address');
  const tooMany = await stackOf('begin', scans, '--connection', connection, '--pages-each', '51');
  expect(tooMany.code).toBe(2);
  expect(tooMany.err).toContain('--pages-each');

  const gone = await stackOf('begin', join(scans, 'gone'), '--connection', connection);
  expect([gone.code, gone.out]).toEqual([
    1,
    expect.stringMatching(/^refused: gone .*\nno page came in, so no stack was begun\n$/),
  ]);
  expect((await satchel(profile, 'release')).out).toContain('No batch is open');

  const order = ['--connection', connection, '--split-by', 'count', '--expect', '3'];
  const begun = await satchel(profile, '--json', 'stack', 'begin', scans, ...order);
  expect(begun.code).toBe(3);
  const { stack } = Stack.parse(JSON.parse(begun.out));
  expect(stack.counts).toMatchObject({ found: 3, tray: 0, dealt: 0, customers: 2 });

  const shown = await stackOf('show', stack.submissionId);
  expect(shown.out).toContain('customer 2:\n  page 3: ');
  expect(shown.out).toContain('(the customer before has enough pages)');
  expect(shown.out).toContain('3 pages found = 3 to customers + 0 in the tray + 0 dealt out; 2 customers, 3 expected');
  expect(shown.out).toContain(`--seen ${stack.fingerprint}`);

  const guessed = await stackOf('split', stack.submissionId, '--seen', 'a-guess');
  expect(guessed.code).toBe(1);
  expect(guessed.err).toContain('Look at it again');
  const split = await stackOf('split', stack.submissionId, '--seen', stack.fingerprint);
  expect(split.out).toContain('2 customers made; 0 pages stay in the tray of the stack');
  const undone = await satchel(profile, '--json', 'stack', 'undo', stack.submissionId);
  expect(Stack.parse(JSON.parse(undone.out)).stack.counts).toMatchObject({ dealt: 0, customers: 2 });
  expect((await stackOf('put-away', stack.submissionId)).err).toContain('not dealt out yet');
});

it('has a page for each sheet of a file that is parted', async () => {
  const file = join(folder, 'copier.pdf');
  await writeFile(file, await pdfOf([await jpeg({ seed: 4 }), await jpeg({ seed: 5 }), await jpeg({ seed: 6 })]));
  const order = ['--connection', connection, '--split-by', 'count', '--pages-each', '2'];
  const begun = await satchel(profile, '--json', 'stack', 'begin', file, ...order);
  const { submissionId, fingerprint } = Stack.parse(JSON.parse(begun.out)).stack;
  const shown = await satchel(profile, 'stack', 'show', submissionId);
  expect(shown.out).toContain('page 1, 3 sheets in one file');
  expect(shown.out).toContain(`satchel stack part ${submissionId} 1 --seen ${fingerprint}`);
  const part = (page: string) => satchel(profile, 'stack', 'part', submissionId, page, '--seen', fingerprint);
  expect((await part('7')).err).toContain('The stack has no page 7.');
  expect((await part('1')).out).toContain('3 pages found = 3 to customers + 0 in the tray + 0 dealt out; 2 customers');
  // The numbers are others now.
  expect((await part('1')).err).toContain('Look at it again');
});
