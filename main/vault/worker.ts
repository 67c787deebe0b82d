import { parentPort, workerData } from 'node:worker_threads';
import { ingestFile, systemCode } from './ingest.ts';
import type { IngestFailure, IngestJob, WorkerAnswer, WorkerSettings } from './protocol.ts';
import { IngestError } from './types.ts';

/** Entry of a vault worker: takes jobs, answers each once. Everything it knows came from the vault of this process. */
function start(port: NonNullable<typeof parentPort>, { wrapKey }: WorkerSettings): void {
  port.on('message', (job: IngestJob) => {
    void answerTo(job, wrapKey).then((answer) => port.postMessage(answer));
  });
}

async function answerTo(job: IngestJob, wrapKey: Uint8Array): Promise<WorkerAnswer> {
  try {
    return { id: job.id, kind: 'stored', stored: await ingestFile(job, wrapKey) };
  } catch (error) {
    return { id: job.id, kind: 'failed', failure: describe(error) };
  } finally {
    job.pageKey.fill(0);
  }
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
