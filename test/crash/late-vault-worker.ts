/**
 * A vault worker with a mistake: it says "stored" before the bytes are there, and writes them a moment later. It exists to
 * show that the checker notices.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { ingestFile } from '../../main/vault/ingest.ts';
import type { IngestJob, WorkerAnswer } from '../../main/vault/protocol.ts';

const LATE_MS = 400;

const port = parentPort;
const settings: unknown = workerData;
if (
  port === null ||
  typeof settings !== 'object' ||
  settings === null ||
  !('wrapKey' in settings) ||
  !(settings.wrapKey instanceof Uint8Array)
) {
  throw new Error('this is a vault worker');
}
const { wrapKey } = settings;

port.on('message', (job: IngestJob) => {
  const bytes = 'path' in job.source ? readFileSync(job.source.path) : job.source.bytes;
  const answer: WorkerAnswer = {
    id: job.id,
    kind: 'stored',
    stored: {
      byteLength: bytes.byteLength,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      head: Uint8Array.from(bytes.subarray(0, 4_100)),
      tail: Uint8Array.from(bytes.subarray(-1_024)),
    },
  };
  port.postMessage(answer);
  setTimeout(() => {
    ingestFile(job, wrapKey).catch(() => undefined);
  }, LATE_MS);
});
