import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** The SHA-256 of a file as it is now, lower-case hex; null when it cannot be read, or when `signal` ends the reading. */
export async function digestOfFile(path: string, signal?: AbortSignal): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash, signal === undefined ? {} : { signal });
    return hash.digest('hex');
  } catch {
    return null;
  }
}
