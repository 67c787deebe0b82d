import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of its own for a test (in `parent`); `removeFolder` takes it away again. */
export function makeFolder(name: string, parent = tmpdir()): string {
  return mkdtempSync(join(parent, `satchel-${name}-`));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
