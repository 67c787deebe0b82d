/** Importing while the clock jumps, and on a PC that sleeps in the middle of it. */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { verifyLedger } from '../../../main/ledger/index.ts';
import { BILL_SLOT, PASSPORT_SLOT, newCustomer, openDesk } from './desk.ts';
import { jpeg } from './files.ts';

const CHILD = fileURLToPath(new URL('./import-child.ts', import.meta.url));
const HOUR = 60 * 60_000;
const FILES = 40;

it('a clock that jumps between two pages, and another zone, cost no page and no row: ready, in order, the chain intact', async () => {
  const zone = process.env['TZ'];
  const desk = await openDesk();
  try {
    const { submissionId, batchId } = newCustomer(desk);
    const jumps = [0, 24 * HOUR, -26 * HOUR];
    const taken: string[] = [];
    for (const [index, slot] of [PASSPORT_SLOT, BILL_SLOT, null].entries()) {
      desk.clock.at += jumps[index] ?? 0;
      process.env['TZ'] = index === 1 ? 'Pacific/Auckland' : 'UTC';
      const file = { name: `${index}.jpg`, bytes: await jpeg({ width: 900, height: 700, seed: index }) };
      const report = await desk.capture.importBytes(file, { submissionId, slot }, 'drop');
      taken.push(...report.imported.map(({ pageId }) => pageId));
    }
    await desk.capture.whenInspected();
    const detail = desk.capture.submission(submissionId);
    expect(detail.state).toBe('ready');
    expect(detail.pages.map(({ id }) => id)).toEqual(taken);
    expect(desk.capture.releaseBatch(batchId).released).toBe(1);
    expect(await verifyLedger(desk.db)).toMatchObject({ isIntact: true });
  } finally {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
    await desk.close();
  }
});

it('a process that stands still in the middle of an import goes on where it was: every file is taken once', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'satchel-asleep-'));
  try {
    const files = join(directory, 'files');
    const profile = join(directory, 'profile');
    await mkdir(files);
    await mkdir(profile);
    for (let index = 0; index < FILES; index += 1) {
      await writeFile(join(files, `p${index}.jpg`), await jpeg({ width: 200, height: 160, seed: index }));
    }
    const child = spawn(process.execPath, [CHILD, profile, files], { stdio: ['ignore', 'pipe', 'inherit'] });
    const taken: string[] = [];
    let sleeps = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      const [word, , name = ''] = line.split(' ');
      if (word !== 'ACK') continue;
      taken.push(name);
      if (![1, 9, 20].includes(taken.length)) continue;
      sleeps += 1;
      child.kill('SIGSTOP');
      setTimeout(() => child.kill('SIGCONT'), 400);
    }
    expect(sleeps).toBe(3);
    expect(new Set(taken).size).toBe(FILES);
    expect(taken).toHaveLength(FILES);
    const desk = await openDesk({ directory: profile });
    expect((await desk.capture.recover({ mayRemoveFiles: true })).sweep).toMatchObject({
      missingFiles: [],
      orphanFiles: 0,
    });
    expect(desk.db.get('SELECT count(*) AS n FROM pages')).toEqual({ n: FILES });
    await desk.close('keep');
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});
