/** A vault worker that dies over its first page; the next one (it finds the marker) is the real one. */
import { existsSync, writeFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';

const marker = process.env['SATCHEL_TEST_MARKER'] ?? '';
if (existsSync(marker)) {
  await import('../../../../main/vault/worker.ts');
} else {
  parentPort?.once('message', () => {
    writeFileSync(marker, '');
    process.exit(1);
  });
}
