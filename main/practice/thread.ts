import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { silentLog, type Log } from '../logging/index.ts';
import { FromWorker, type WorkerStart } from './messages.ts';
import { PracticeUnavailable } from './server.ts';

export interface PracticeWorkerOptions {
  /** Where worker.ts is: `new URL('./worker.ts', …)` from source, `practice-worker.js` in the build. */
  readonly workerUrl: URL;
  readonly databaseFile: string;
  /** 0 (the default): the port of the last run if it is free. */
  readonly port?: number;
  readonly switches?: Readonly<Record<string, string | number>>;
  readonly sealingKey?: Uint8Array;
  readonly log?: Log;
  /** The thread ended without being asked to. */
  readonly onCrash?: () => void;
}

export interface PracticeInWorker {
  readonly port: number;
  readonly origin: string;
  readonly personaBaseUrl: string;
  readonly personrBaseUrl: string;
  readonly sumsubBaseUrl: string;
  readonly adminToken: string;
  close(): Promise<void>;
}

/** The practice server in a thread of its own. Rejects with `PracticeUnavailable` when it cannot start. */
export async function startPracticeInWorker(options: PracticeWorkerOptions): Promise<PracticeInWorker> {
  const log = options.log ?? silentLog;
  const workerData: WorkerStart = {
    databaseFile: options.databaseFile,
    port: options.port ?? 0,
    switches: { ...options.switches },
    sealingKey: options.sealingKey === undefined ? null : Uint8Array.from(options.sealingKey),
  };
  const worker = new Worker(options.workerUrl, { workerData, name: 'practice' });
  const exited = once(worker, 'exit');
  let isClosing = false;
  const ready = await new Promise<{ port: number; adminToken: string }>((resolve, reject) => {
    worker.on('message', (raw: unknown) => {
      const message = FromWorker.parse(raw);
      if (message.kind === 'ready') resolve(message);
      if (message.kind === 'failed') reject(new PracticeUnavailable(message.reason));
      if (message.kind === 'log') log[message.level](message.event, message.fields);
    });
    worker.on('error', (error) => {
      log.error('practice.threadFailed', { error: error instanceof Error ? error.name : 'unknown' });
      reject(new PracticeUnavailable('thread'));
    });
    worker.on('exit', () => {
      reject(new PracticeUnavailable('thread'));
      if (!isClosing) options.onCrash?.();
    });
  });
  const origin = `http://127.0.0.1:${ready.port}`;
  return {
    ...ready,
    origin,
    personaBaseUrl: `${origin}/persona/api/v1`,
    personrBaseUrl: `${origin}/personr/api/1.1/wf`,
    sumsubBaseUrl: `${origin}/sumsub`,
    async close() {
      if (!isClosing) {
        isClosing = true;
        worker.postMessage({ kind: 'close' }, []);
      }
      await exited;
    },
  };
}
