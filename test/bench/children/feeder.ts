/**
 * Takes the pages of a feeder through the composition root of the app, in this process: each is handed over as a scanner's driver
 * does, checked, encrypted, durable, and later looked at. Prints how long that took. Argument: JSON, see `Input`.
 */
import { statfsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import type { ScannerDriver, ScanWatch } from '../../../main/scanning/index.ts';
import { DEFAULT_SCAN_CHOICE } from '../../../shared/domain/index.ts';
import { openSatchel } from '../../support/open-satchel.ts';
import { withComment } from '../../support/pictures.ts';
import { watchThread } from './heartbeat.ts';

const Input = z.object({
  /** JPEG pages, taken in turn; each gets a comment of its own, so that no two files are the same. */
  folder: z.string(),
  /** Where the profile is made and removed again. */
  workFolder: z.string(),
  pages: z.number(),
  dpi: z.number(),
  /** Milliseconds between two pages; 0: as fast as they are taken. */
  everyMs: z.number(),
});

const input = Input.parse(JSON.parse(process.argv[2] ?? ''));
const compiled = new URL('../../../dist/main/', import.meta.url);
const profile = await mkdtemp(join(input.workFolder, 'profile-'));
const sources = await Promise.all(
  (await readdir(input.folder)).toSorted().map((name) => readFile(join(input.folder, name))),
);

let latestLagMs = 0;
let lastTakenAt = 0;
/** Resident memory after each page was taken. */
const residentBytes: number[] = [];

/** A feeder whose paper moves on by itself: what is not taken in time waits in the scanner's memory. */
async function scan(folder: string, watch: ScanWatch): Promise<void> {
  const begun = performance.now();
  for (let page = 1; page <= input.pages; page += 1) {
    const due = begun + page * input.everyMs;
    const early = due - performance.now();
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    const path = join(folder, `page-${page}.jpg`);
    await writeFile(path, withComment(sources[page % sources.length] ?? Buffer.alloc(0), `page ${page}`));
    await watch.onPage({ path, mediaType: 'image/jpeg' });
    if (input.everyMs > 0) latestLagMs = Math.max(latestLagMs, performance.now() - due);
    lastTakenAt = performance.now();
    residentBytes.push(process.memoryUsage.rss());
  }
}

const feeder: ScannerDriver = {
  id: 'feeder',
  isAvailable: () => true,
  list: () => Promise.resolve([{ name: 'feeder', vendor: 'Bench', model: 'feeder', via: 'bench' }]),
  capabilities: () =>
    Promise.resolve([
      {
        source: 'duplex' as const,
        resolutions: { kind: 'list' as const, values: [input.dpi] },
        colours: ['colour' as const],
        area: { width: 210, height: 297 },
        hasFullSize: true,
      },
    ]),
  scan: (_name, _settings, folder, watch) => scan(folder, watch),
};

const { services, satchel, close } = await openSatchel(profile, {
  scanners: [feeder],
  freeBytes: (path) => {
    const disk = statfsSync(path);
    return disk.bavail * disk.bsize;
  },
  workers: {
    vault: new URL('vault-worker.js', compiled),
    practice: new URL('practice-worker.js', compiled),
    databaseCheck: new URL('database-check-worker.js', compiled),
    inspection: new URL('inspection-worker.js', compiled),
  },
});
await satchel.start();
const { capture, connections, scanning } = services;
const [connection] = connections.list();
const [flow] = connection?.flows ?? [];
if (connection === undefined || flow === undefined) throw new Error('bench: no practice connection');
// So many pages are of several customers.
const submissionId = capture.createStack({
  batchId: capture.createBatch(),
  connectionId: connection.id,
  flowId: flow.id,
  settings: { splitBy: 'separator', pagesEach: 2, expectedCustomers: null },
});
scanning.choice.set({
  ...DEFAULT_SCAN_CHOICE,
  profiles: {
    ...DEFAULT_SCAN_CHOICE.profiles,
    duplex: { ...DEFAULT_SCAN_CHOICE.profiles.duplex, dpi: input.dpi, colour: 'colour', size: 'full' },
  },
});
const startedAt = performance.now();
const watched = await watchThread(async () => {
  await scanning.list({ isFresh: false });
  const report = await scanning.scan({
    deviceId: 'feeder:feeder',
    source: 'duplex',
    submissionId,
    slot: null,
    replacesPageId: null,
  });
  if (report.imported.length !== input.pages) {
    throw new Error(`bench: ${report.imported.length} pages came in, then ${report.stopped?.state ?? 'nothing'}`);
  }
  await capture.whenInspected();
});
const endedAt = performance.now();
await close();
await rm(profile, { recursive: true, force: true });
process.stdout.write(
  JSON.stringify({
    takenMs: lastTakenAt - startedAt,
    inspectedMs: endedAt - startedAt,
    latestLagMs,
    longestBlockMs: watched.longestBlockMs,
    blocksOver40Ms: watched.blocksOver40Ms,
    residentBytes,
  }),
);
