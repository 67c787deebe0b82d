/**
 * Lays out a folder with a `manifest.csv` of so many pages, two of each customer, and reads it without taking anything in. Prints how long
 * that took and for how long at most the thread was held. The pages are JPEGs with a hole for a picture, so that they take no room on the
 * disk; each has a size of its own as scans have, and some share theirs by chance. Argument: `{pages}` as JSON.
 */
import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import { MANIFEST_COLUMNS } from '../../../main/capture/index.ts';
import { openDesk } from '../../integration/capture/desk.ts';
import { jpeg } from '../../integration/capture/files.ts';
import { watchThread } from './heartbeat.ts';

const { pages } = z.object({ pages: z.number() }).parse(JSON.parse(process.argv[2] ?? ''));

const LEAST_BYTES = 200_000;
const SIZES = 2_000_000;
/** Coprime with `SIZES`, so that sizes are spread over them. */
const STEP = 611_953;
const FILES_AT_ONCE = 64;
const PLACES = ['identity,passport,single', 'address,utility_bill,single'] as const;

const desk = await openDesk({ isProgram: true });
const folder = join(desk.directory, 'bulk');
await mkdir(folder);
const picture = await jpeg({ seed: 1 });

async function layOutPage(page: number): Promise<void> {
  const file = await open(join(folder, `${page}.jpg`), 'wx');
  const end = LEAST_BYTES + ((page * STEP) % SIZES);
  await file.write(picture.subarray(0, -2), 0, undefined, 0);
  // Its number before the end mark: no two pages are one file.
  const tail = Buffer.concat([Buffer.from(String(page).padStart(8, '0')), picture.subarray(-2)]);
  await file.write(tail, 0, tail.length, end);
  await file.close();
}

for (let from = 0; from < pages; from += FILES_AT_ONCE) {
  const count = Math.min(FILES_AT_ONCE, pages - from);
  await Promise.all(Array.from({ length: count }, (_, index) => layOutPage(from + index)));
}
const rows = Array.from({ length: pages }, (_, page) => {
  const customer = Math.floor(page / PLACES.length);
  return `c${customer},G${customer},Family,1990-05-01,DEU,,,R-${customer},proof-of-address,${page}.jpg,${PLACES[page % PLACES.length] ?? ''}`;
});
await writeFile(join(folder, 'manifest.csv'), [MANIFEST_COLUMNS.join(','), ...rows, ''].join('\n'));

const before = process.cpuUsage();
const began = performance.now();
const { result, longestBlockMs, longestBusyMs } = await watchThread(() =>
  desk.capture.importManifest(folder, { connectionIds: [desk.personaId, desk.personrId], isDryRun: true }),
);
const milliseconds = performance.now() - began;
const { user } = process.cpuUsage(before);
const found = result.customers.reduce((sum, { files }) => sum + files, 0);
if (found !== pages)
  throw new Error(`bench: ${found} of ${pages} pages were found: ${JSON.stringify(result.problems.slice(0, 3))}`);
await desk.close();
process.stdout.write(
  JSON.stringify({ milliseconds, userMs: user / 1000, longestMs: longestBlockMs, busyMs: longestBusyMs }),
);
