/** The specimen documents that come with the app, which `npm run samples` draws. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export const SAMPLES_FOLDER = join(import.meta.dirname, '..', '..', 'assets', 'samples');

/** Where the specimen of this name lies (`amelie-passport.jpg`, `retake/clara-utility-bill-again.pdf`). */
export function samplePath(name: string): string {
  return join(SAMPLES_FOLDER, name);
}

/** The bytes of the specimen of this name. */
export function sample(name: string): Promise<Buffer> {
  return readFile(samplePath(name));
}
