import { parentPort, workerData } from 'node:worker_threads';
import { ingestFile, systemCode } from './ingest.ts';
import type { IngestFailure, IngestJob, WorkerAnswer, WorkerSettings } from './protocol.ts';
import { IngestError } from './types.ts';

/** How often a worker with work says that it goes on. Reading blocks it, so what it reads says so as well. */
const SAY_EVERY_MS = 1_000;

/** Entry of a vault worker: takes jobs, answers each once. Everything it knows came from the vault of this process. */
function start(port: NonNullable<typeof parentPort>, { wrapKey }: WorkerSettings): void {
  let jobs = 0;
  let saidAt = 0;
  const say = (answer: WorkerAnswer): void => {
    saidAt = performance.now();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread has no origin
    port.postMessage(answer);
  };
  const goesOn = (): void => {
    if (jobs > 0 && performance.now() - saidAt >= SAY_EVERY_MS) say({ kind: 'goesOn' });
  };
  setInterval(goesOn, SAY_EVERY_MS).unref();
  async function take(job: IngestJob): Promise<void> {
    jobs += 1;
    const answer = await answerTo(job, wrapKey, goesOn);
    jobs -= 1;
    say(answer);
  }
  port.on('message', (job: IngestJob) => {
    void take(job);
  });
}

async function answerTo(job: IngestJob, wrapKey: Uint8Array, goesOn: () => void): Promise<WorkerAnswer> {
  try {
    return { id: job.id, kind: 'stored', stored: await ingestFile(job, wrapKey, goesOn) };
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
