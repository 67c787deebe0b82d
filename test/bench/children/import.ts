/**
 * Imports every file of a folder through the composition root of the app, in this process, and prints how long it took
 * until the last page was acknowledged (its bytes and its row on the disk). Argument: JSON, see `Input`.
 */
import { statfsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { silentLog } from '../../../main/logging/index.ts';
import type { LogFields } from '../../../main/logging/index.ts';
import { openSatchel } from '../../support/open-satchel.ts';
import { watchThread } from './heartbeat.ts';

const Input = z.object({
  folder: z.string(),
  /** Where the profile is made and removed again. */
  workFolder: z.string(),
  /** Pages of one customer. */
  filesPerCustomer: z.number().default(4),
  withInspection: z.boolean().default(true),
  /** Looks at the resident memory every 5 ms. */
  withMemory: z.boolean().default(false),
});

const STOP_MS = 8_000;

const input = Input.parse(JSON.parse(process.argv[2] ?? ''));
/** The workers as they ship: a thread that first has to strip types from its sources would be timed with its first files. */
const compiled = new URL('../../../dist/main/', import.meta.url);
const profile = await mkdtemp(join(input.workFolder, 'profile-'));
let longestCommitMs = 0;
const slow: string[] = [];
const { services, satchel, close } = await openSatchel(profile, {
  freeBytes: (path) => {
    const disk = statfsSync(path);
    return disk.bavail * disk.bsize;
  },
  log: {
    ...silentLog,
    warn: (event: string, fields: LogFields = {}) => {
      if (event !== 'database.slow') return;
      slow.push(`${String(fields['sql']).slice(0, 60)}: ${String(fields['milliseconds'])} ms`);
      if (fields['sql'] === 'COMMIT') longestCommitMs = Math.max(longestCommitMs, Number(fields['milliseconds']));
    },
  },
  workers: {
    vault: new URL('vault-worker.js', compiled),
    practice: new URL('practice-worker.js', compiled),
    databaseCheck: new URL('database-check-worker.js', compiled),
    inspection: input.withInspection
      ? new URL('inspection-worker.js', compiled)
      : new URL('idle-worker.ts', import.meta.url),
  },
});
await satchel.start();
const { capture, connections } = services;
const [connection] = connections.list();
const [flow] = connection?.flows ?? [];
if (connection === undefined || flow === undefined) throw new Error('bench: no practice connection');

const names = (await readdir(input.folder)).toSorted();
const batchId = capture.createBatch();
const customers = Array.from({ length: Math.ceil(names.length / input.filesPerCustomer) }, () =>
  capture.createSubmission({ batchId, connectionId: connection.id, flowId: flow.id }),
);
const items = names.map((name, index) => ({
  name,
  source: { kind: 'file' as const, path: join(input.folder, name) },
  target: { submissionId: customers[Math.floor(index / input.filesPerCustomer)] ?? '', slot: null },
}));

const startedAt = performance.now();
const beforeBytes = process.memoryUsage.rss();
let peakBytes = beforeBytes;
const watched = await watchThread(
  () => capture.importItems(items, 'folder'),
  () => {
    if (input.withMemory) peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
  },
);
const milliseconds = performance.now() - startedAt;
const report = watched.result;
if (report.imported.length !== names.length) {
  throw new Error(`bench: only ${report.imported.length} of ${names.length} files were imported`);
}
// Inspection of hundreds of pages may be under way; the measurement is over and nobody needs its end.
await Promise.race([close(), wait(STOP_MS)]);
await rm(profile, { recursive: true, force: true });
process.stdout.write(
  JSON.stringify({
    milliseconds,
    files: names.length,
    longestBlockMs: watched.longestBlockMs,
    blocksOver40Ms: watched.blocksOver40Ms,
    longestBusyMs: watched.longestBusyMs,
    longestCommitMs,
    slow,
    growthBytes: peakBytes - beforeBytes,
  }),
);
process.exit(0);
