/** The specimen documents that come with the app, which `npm run samples` draws. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

export const SAMPLES_FOLDER = join(import.meta.dirname, '..', '..', 'assets', 'samples');

/** Where the specimen of this name lies (`amelie-passport.jpg`, `retake/clara-utility-bill-again.pdf`). */
export function samplePath(name: string): string {
  return join(SAMPLES_FOLDER, name);
}

/** The bytes of the specimen of this name. */
export function sample(name: string): Promise<Buffer> {
  return readFile(samplePath(name));
}

/** Each of somebody else. */
const SELFIES = ['david-selfie.jpg', 'elena-selfie.jpg', 'felix-selfie.png'] as const;

/** A selfie with a drawn face in it, which says nothing to the practice server: of the first, second or third person. JPEG. */
export async function selfie(person: 0 | 1 | 2 = 0): Promise<Buffer> {
  return sharp(await sample(SELFIES[person]))
    .jpeg({ quality: 88 })
    .toBuffer();
}
