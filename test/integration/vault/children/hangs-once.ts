/** A vault worker whose first source does not answer, as a mount whose server has gone; the next worker (it finds the marker) is the real one. */
import { execFileSync } from 'node:child_process';
import { existsSync, openSync, writeFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import type { IngestJob } from '../../../../main/vault/protocol.ts';

const pipe = process.env['SATCHEL_TEST_MARKER'] ?? '';
if (existsSync(pipe)) {
  await import('../../../../main/vault/worker.ts');
} else {
  execFileSync('mkfifo', [pipe]);
  parentPort?.once('message', ({ temporaryFile }: IngestJob) => {
    writeFileSync(temporaryFile, 'begun');
    // Waits for somebody who writes.
    openSync(pipe, 'r');
  });
}
