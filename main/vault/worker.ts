import { parentPort, workerData } from 'node:worker_threads';
import { ingestFile, systemCode } from './ingest.ts';
import type { IngestFailure, IngestJob, WorkerAnswer, WorkerSettings } from './protocol.ts';
import { IngestError } from './types.ts';

/** Entry of a vault worker: takes jobs, answers each once. Everything it knows came from the vault of this process. */
function start(port: NonNullable<typeof parentPort>, { wrapKey }: WorkerSettings): void {
  const answer = (message: WorkerAnswer): void => {
    port.postMessage(message);
  };
  port.on('message', (job: IngestJob) => {
    ingestFile(job, wrapKey)
      .then((stored) => {
        answer({ id: job.id, kind: 'stored', stored });
      })
      .catch((error: unknown) => {
        answer({ id: job.id, kind: 'failed', failure: describe(error) });
      })
      .finally(() => {
        job.pageKey.fill(0);
      });
  });
}

function describe(error: unknown): IngestFailure {
  if (!(error instanceof IngestError)) return { code: 'disk_error', bytes: null, systemCode: systemCode(error) };
  return { code: error.code, bytes: error.bytes, systemCode: systemCode(error.cause) };
}

function isSettings(data: unknown): data is WorkerSettings {
  return typeof data === 'object' && data !== null && 'wrapKey' in data && data.wrapKey instanceof Uint8Array;
}

const settings: unknown = workerData;
if (parentPort !== null && isSettings(settings)) start(parentPort, settings);
