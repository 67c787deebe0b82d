import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/**
 * The SHA-256 of a file as it is now, lower-case hex; null when it cannot be read, or when `signal` ends the reading. `goesOn`: called
 * after each piece that was read.
 */
export async function digestOfFile(
  path: string,
  { signal, goesOn = () => {} }: { readonly signal?: AbortSignal; readonly goesOn?: () => void } = {},
): Promise<string | null> {
  const hash = createHash('sha256');
  const file = createReadStream(path);
  file.on('data', goesOn);
  try {
    await pipeline(file, hash, signal === undefined ? {} : { signal });
    return hash.digest('hex');
  } catch {
    return null;
  }
}
