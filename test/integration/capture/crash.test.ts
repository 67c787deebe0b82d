import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MANIFEST_COLUMNS } from '../../../main/capture/index.ts';
import type { BeforeChoice } from '../../../shared/domain/index.ts';
import { openDesk } from './desk.ts';
import { jpeg } from './files.ts';

const MANIFEST_CHILD = fileURLToPath(new URL('./manifest-child.ts', import.meta.url));
const CHILD = fileURLToPath(new URL('./import-child.ts', import.meta.url));

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'satchel-crash-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

/** Runs the child until it has acknowledged `killAfter` pages, then kills it; answers what it acknowledged until then. */
async function importAndKill(profile: string, files: string, killAfter: number): Promise<Map<string, string>> {
  const child = spawn(process.execPath, [CHILD, profile, files], { stdio: ['ignore', 'pipe', 'inherit'] });
  const acknowledged = new Map<string, string>();
  for await (const line of createInterface({ input: child.stdout })) {
    const [word, pageId = '', name = ''] = line.split(' ');
    if (word !== 'ACK') continue;
    acknowledged.set(pageId, name);
    if (acknowledged.size === killAfter) child.kill('SIGKILL');
  }
  return acknowledged;
}

describe('kill -9 while importing', () => {
  it('keeps every acknowledged page readable and leaves no orphan after the next start', async () => {
    const files = join(directory, 'files');
    await mkdir(files);
    for (let index = 0; index < 60; index += 1) {
      await writeFile(join(files, `p${index}.jpg`), await jpeg({ width: 200, height: 160, seed: index }));
    }
    for (const killAfter of [1, 7, 23]) {
      const profile = join(directory, `profile-${killAfter}`);
      await mkdir(profile);
      const acknowledged = await importAndKill(profile, files, killAfter);
      expect(acknowledged.size).toBeGreaterThanOrEqual(killAfter);

      const desk = await openDesk({ directory: profile });
      const { sweep } = await desk.capture.recover({ mayRemoveFiles: true });
      expect(sweep?.missingFiles).toEqual([]);
      await desk.capture.whenInspected();
      for (const [pageId, name] of acknowledged) {
        const { body } = await desk.capture.pageForDelivery(pageId);
        const hash = createHash('sha256');
        for await (const piece of body.stream()) hash.update(piece);
        const original = createHash('sha256').update(await readFile(join(files, name)));
        expect(hash.digest('hex')).toBe(original.digest('hex'));
      }
      const submissionId = desk.db.get<{ id: string }>('SELECT id FROM submissions')?.id ?? '';
      const pages = desk.capture.submission(submissionId).pages;
      expect(pages.map((page) => page.id)).toEqual(expect.arrayContaining([...acknowledged.keys()]));
      expect(pages.every((page) => page.isInspected)).toBe(true);
      const names = await readdir(join(profile, 'vault'), { recursive: true });
      const stored = names.filter((name) => name.endsWith('.page')).length;
      expect(desk.db.get('SELECT count(*) AS n FROM blobs')).toEqual({ n: stored });
      await desk.close('keep');
    }
  });
});

describe('kill -9 while a manifest comes in', () => {
  it('is gone on with: everybody is there once, with every file, in one batch', async () => {
    const folder = join(directory, 'bulk');
    await mkdir(folder);
    const customers = Array.from({ length: 60 }, (_, index) => `R-${index}`);
    const rows = [MANIFEST_COLUMNS.join(',')];
    for (const [index, reference] of customers.entries()) {
      for (const [side, requirement] of ['identity', 'address'].entries()) {
        const file = `${reference}-${requirement}.jpg`;
        await writeFile(join(folder, file), await jpeg({ width: 120, height: 90, seed: index * 2 + side }));
        rows.push(`${reference},Mara,Muster,1990-05-01,DEU,,,${reference},proof-of-address,${file},${requirement},,`);
      }
    }
    await writeFile(join(folder, 'manifest.csv'), rows.join('\n'));
    for (const killAfter of [0, 45]) {
      const profile = join(directory, `profile-${killAfter}`);
      await mkdir(profile);
      const child = spawn(process.execPath, [MANIFEST_CHILD, profile, folder, String(killAfter)], { stdio: 'inherit' });
      expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);

      const desk = await openDesk({ directory: profile });
      await desk.capture.recover({ mayRemoveFiles: true });
      const run = (isDryRun: boolean, before: BeforeChoice) =>
        desk.capture.importManifest(folder, { connectionIds: [desk.personaId], isDryRun, before });
      const dry = await run(true, 'refuse');
      const { linesBefore, missing } = dry;
      expect(linesBefore.length).toBeGreaterThanOrEqual(killAfter);
      expect(missing.files).toBe(120 - linesBefore.length);
      expect(dry.importedBefore).toBeGreaterThan(0);
      const rest = await run(false, 'missing');
      expect([rest.problems, rest.files.refused, rest.files.imported.length]).toEqual([[], [], missing.files]);
      const { rows: all } = await desk.capture.submissions({ filter: { tab: 'all' }, offset: 0, limit: 100 });
      expect(all.map(({ reference, pageCount }) => `${reference} ${pageCount}`).toSorted()).toEqual(
        customers.map((reference) => `${reference} 2`).toSorted(),
      );
      expect(desk.capture.batches()).toHaveLength(1);
      expect(await run(true, 'refuse')).toMatchObject({ importedBefore: 60, missing: { customers: 0, files: 0 } });
      await desk.close();
    }
  });
});

describe('many files at once', () => {
  it('imports 200 small files in their order', async () => {
    const desk = await openDesk();
    const files = join(desk.directory, 'files');
    await mkdir(files);
    for (let index = 0; index < 200; index += 1) {
      await writeFile(join(files, `p${index}.jpg`), await jpeg({ width: 40, height: 30, seed: index }));
    }
    const batchId = desk.capture.createBatch();
    const submissionId = desk.capture.createSubmission({
      batchId,
      connectionId: desk.personaId,
      flowId: 'proof-of-address',
    });
    const report = await desk.capture.importFiles([files], { submissionId, slot: null }, 'folder');
    expect(report.refused).toEqual([]);
    expect(report.imported.map((page) => page.fileName)).toEqual(
      Array.from({ length: 200 }, (_, index) => `p${index}.jpg`),
    );
    expect(desk.progress.at(-1)).toEqual({ done: 200, total: 200 });
    expect(report.imported.slice(0, 3).map((page) => page.slot)).toEqual([
      'identity/passport/single',
      'address/utility_bill/single',
      null,
    ]);
    await desk.capture.whenInspected();
    expect(desk.capture.submission(submissionId).pages.every((page) => page.isInspected)).toBe(true);
    await desk.close();
  });
});
