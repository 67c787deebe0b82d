/**
 * Decodes each of some files once in full, with sharp, and prints the processor's milliseconds that it took. Argument: `{files}` as JSON, their
 * paths.
 */
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { z } from 'zod';
import { cpuOf } from '../harness.ts';

const { files } = z.object({ files: z.array(z.string()) }).parse(JSON.parse(process.argv[2] ?? ''));
const all = await Promise.all(files.map((file) => readFile(file)));
// The libraries start with the first picture.
await sharp(all[0]).raw().toBuffer();
const { ms } = await cpuOf(async () => {
  for (const bytes of all) await sharp(bytes).raw().toBuffer();
});
process.stdout.write(JSON.stringify(ms));
