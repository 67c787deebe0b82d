import { parentPort, workerData } from 'node:worker_threads';
import { asError, asFailure, ingestFile } from './ingest.ts';
import type { IngestPort } from './ingest.ts';
import type { IngestFailure, IngestJob, RoomAnswer, WorkerAnswer, WorkerSettings } from './protocol.ts';

/** How often a worker with work says that it goes on. Reading blocks it, so what it reads says so as well. */
const SAY_EVERY_MS = 1_000;

/** Entry of a vault worker: takes jobs, answers each once. Everything it knows came from the vault of this process. */
function start(port: NonNullable<typeof parentPort>, { wrapKey }: WorkerSettings): void {
  let jobs = 0;
  let saidAt = 0;
  /** Who waits for room, by the job's id. */
  const waiting = new Map<number, (failure: IngestFailure | null) => void>();
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
    const room = (byteLength: number): Promise<void> =>
      new Promise((resolve, reject) => {
        waiting.set(job.id, (failure) => {
          waiting.delete(job.id);
          if (failure === null) resolve();
          else reject(asError(failure));
        });
        say({ id: job.id, kind: 'needs', byteLength });
      });
    const answer = await answerTo(job, wrapKey, { goesOn, room });
    jobs -= 1;
    say(answer);
  }
  port.on('message', (told: IngestJob | RoomAnswer) => {
    if ('roomFor' in told) waiting.get(told.roomFor)?.(told.failure);
    else void take(told);
  });
}

async function answerTo(job: IngestJob, wrapKey: Uint8Array, port: IngestPort): Promise<WorkerAnswer> {
  try {
    return { id: job.id, kind: 'stored', stored: await ingestFile(job, wrapKey, port) };
  } catch (error) {
    return { id: job.id, kind: 'failed', failure: asFailure(error) };
  } finally {
    job.pageKey.fill(0);
  }
}

function isSettings(data: unknown): data is WorkerSettings {
  return typeof data === 'object' && data !== null && 'wrapKey' in data && data.wrapKey instanceof Uint8Array;
}

const settings: unknown = workerData;
if (parentPort !== null && isSettings(settings)) start(parentPort, settings);
