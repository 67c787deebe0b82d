/**
 * A branch with many pages. `prepare`: captures and releases them in `profile`. `send`: opens that profile as the app
 * does, waits until it is idle, sends everything to the sink, and prints by how much the resident memory grew at its
 * highest, in all of this process, and how long it took.
 */
import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import { EMPTY_SUBJECT } from '../../../shared/domain/index.ts';
import { createInspection } from '../../../main/inspection/index.ts';
import { silentLog } from '../../../main/logging/index.ts';
import { openUndiciHttp } from '../../../main/network/index.ts';
import { openBranch } from '../../support/branch.ts';
import { forgetPeak, peakBytes } from '../../support/peak-memory.ts';
import { drawPhotograph, padded } from '../files.ts';

/** One document of one page, so that each page is a call of its own and none waits for another of its customer. */
const FLOW = {
  id: 'one-page',
  name: 'One page',
  requiredFields: [],
  requirements: [
    {
      id: 'identity',
      label: 'Identity',
      isOptional: false,
      accepts: [{ documentType: 'passport' as const, sides: ['single' as const], providerType: 'government_id' }],
    },
  ],
};
const SETTLE_MS = 1_500;

const input = z
  .object({
    mode: z.enum(['prepare', 'send']),
    profile: z.string(),
    origin: z.string(),
    pages: z.number(),
    pageBytes: z.number(),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));

const http = await openUndiciHttp();
const inspection = createInspection();
const branch = await openBranch({
  folder: input.profile,
  clock: {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    after: (delayMs, run) => {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
    soon: setImmediate,
  },
  random: { number: Math.random, uuid: randomUUID },
  http,
  inspection,
  log: silentLog,
});

async function prepare(): Promise<void> {
  branch.dispatcher.setPaused(true);
  const connectionId = branch.connections.create({
    provider: 'persona',
    name: 'bench',
    environment: 'sandbox',
    baseUrl: `${input.origin}/persona`,
    flows: [FLOW],
    settings: { version: '2025-12-08', keyInflection: 'kebab' },
    credential: { apiKey: 'persona_sandbox_bench' },
  });
  const photograph = await drawPhotograph();
  for (let page = 0; page < input.pages; page += 1) {
    const submissionId = branch.capture.createSubmission({
      batchId: branch.capture.createBatch(),
      connectionId,
      flowId: FLOW.id,
      subject: {
        ...EMPTY_SUBJECT,
        givenName: 'Bench',
        familyName: 'Mark',
        country: 'DEU',
        reference: `B-${page}`,
      },
    });
    const file = { name: 'page.jpg', bytes: padded(photograph, input.pageBytes) };
    await branch.capture.importBytes(file, { submissionId, slot: null }, 'drop');
    await branch.capture.whenInspected();
    branch.capture.releaseSubmission(submissionId);
  }
}

const hasNone = (sql: string): boolean => branch.db.get<{ n: number }>(sql)?.n === 0;
const isCreated = (): boolean =>
  hasNone("SELECT count(*) AS n FROM operations WHERE kind = 'persona.document.create' AND state <> 4");
const isSent = (): boolean => hasNone('SELECT count(*) AS n FROM pages WHERE delivered_at IS NULL');

async function send(): Promise<{ growthBytes: number; idleBytes: number; createdMs: number; milliseconds: number }> {
  await branch.start();
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const idleBytes = process.memoryUsage().rss;
  forgetPeak();
  const startedAt = performance.now();
  branch.dispatcher.setPaused(false);
  while (!isCreated()) await new Promise((resolve) => setTimeout(resolve, 10));
  const createdMs = performance.now() - startedAt;
  while (!isSent()) await new Promise((resolve) => setTimeout(resolve, 100));
  const milliseconds = performance.now() - startedAt;
  return { growthBytes: peakBytes() - idleBytes, idleBytes, createdMs, milliseconds };
}

let answer: unknown = {};
if (input.mode === 'prepare') await prepare();
else answer = await send();
await branch.dispatcher.stop();
await inspection.close();
await branch.kill();
await http.close();
process.stdout.write(JSON.stringify(answer));
process.exit(0);
