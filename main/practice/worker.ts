import { randomBytes } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import type { Log, LogFields } from '../logging/index.ts';
import { ToWorker, WorkerStart, type FromWorker } from './messages.ts';
import { PracticeUnavailable, startPracticeServer, type PracticeServer } from './server.ts';

/** Entry of the practice thread: so that hashing a large page there never holds the app's main thread. */
const port = parentPort;
if (port === null) throw new Error('the practice worker is started as a thread');

const tell = (message: FromWorker): void => {
  port.postMessage(message);
};
const line =
  (level: 'info' | 'warn' | 'error') =>
  (event: string, fields: LogFields = {}): void => {
    tell({ kind: 'log', level, event, fields: { ...fields } });
  };
const log: Log = { info: line('info'), warn: line('warn'), error: line('error') };

async function closeDown(server: PracticeServer): Promise<void> {
  await server.close();
  tell({ kind: 'closed' });
  port?.close();
}

const start = WorkerStart.parse(workerData);
try {
  const server = await startPracticeServer({
    databaseFile: start.databaseFile,
    port: start.port,
    switches: start.switches,
    ...(start.sealingKey === null ? {} : { sealingKey: start.sealingKey }),
    clock: { now: () => Date.now(), monotonic: () => performance.now() },
    random: (length) => randomBytes(length),
    log,
  });
  port.on('message', (message: unknown) => {
    if (!ToWorker.safeParse(message).success) return;
    void closeDown(server);
  });
  tell({ kind: 'ready', port: server.port, adminToken: server.adminToken });
} catch (error) {
  const reason = error instanceof PracticeUnavailable ? error.reason : error instanceof Error ? error.name : 'unknown';
  tell({ kind: 'failed', reason });
}
