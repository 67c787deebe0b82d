/**
 * `npm run samples`: draws the specimen documents of assets/samples with their manifest, and writes docs/practice.md and a table of docs/capture.md. What
 * it draws is committed, so that the app has its samples without drawing anything.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { practiceDocument } from './practice-docs.ts';
import { manifest, SAMPLES } from './samples/catalogue.ts';
import { drawSample } from './samples/draw.ts';
import { withWeights } from './weights-docs.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'assets/samples');

await rm(folder, { recursive: true, force: true });
let totalBytes = 0;
for (const sample of SAMPLES) {
  const target = join(folder, sample.file);
  const bytes = await drawSample(sample);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, bytes);
  totalBytes += bytes.byteLength;
  process.stdout.write(`${sample.file.padEnd(44)} ${String(Math.round(bytes.byteLength / 1000)).padStart(5)} kB\n`);
}
await writeFile(join(folder, 'manifest.csv'), manifest());
await writeFile(join(root, 'docs/practice.md'), practiceDocument());
const captureFile = join(root, 'docs/capture.md');
await writeFile(captureFile, withWeights(await readFile(captureFile, 'utf8')));
process.stdout.write(`${SAMPLES.length} files, ${(totalBytes / 1_000_000).toFixed(2)} MB, in assets/samples\n`);
