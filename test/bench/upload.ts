import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import { childArguments, run, runChild } from './children/run.ts';
import { drawPhotograph, isInstalled, padded } from './files.ts';
import { inRandomOrder, median } from './harness.ts';
import type { Bench, Pair } from './harness.ts';

const PAGE_BYTES = 20_000_000;
const UPLOADS_PER_RUN = 10;
const RUNS = 5;

const APIS = [
  { api: 'persona', path: '/persona/document/generics' },
  { api: 'personr', path: '/personr/api-document-upload' },
] as const;

const Sent = z.object({ growthBytes: z.number(), milliseconds: z.number() });
const BlobIds = z.tuple([z.string(), z.string()]);

interface Stage {
  readonly folder: string;
  readonly origin: string;
  readonly file: string;
  readonly smallFile: string;
  /** The body that curl sends: the page as base64 in Persona's JSON. */
  readonly jsonFile: string;
  readonly vault: { directory: string; vaultKey: string; smallBlobId: string; blobId: string };
  readonly endSink: () => void;
}

let stage: Stage | null = null;

/** A page in the clear and in a vault, and a server that reads everything before it answers. */
async function setUp(): Promise<Stage> {
  if (stage !== null) return stage;
  const folder = mkdtempSync(join(tmpdir(), 'satchel-bench-upload-'));
  const jpeg = padded(await drawPhotograph(), PAGE_BYTES);
  const file = join(folder, 'page.jpg');
  const smallFile = join(folder, 'small.jpg');
  const jsonFile = join(folder, 'body.json');
  writeFileSync(file, jpeg);
  writeFileSync(smallFile, jpeg.subarray(0, 1000));
  const files = [{ filename: 'page.jpg', data: jpeg.toString('base64') }];
  writeFileSync(jsonFile, JSON.stringify({ data: { attributes: { kind: 'government_id', files } } }));
  const keys = { directory: join(folder, 'vault'), vaultKey: randomBytes(32).toString('hex') };
  const [smallBlobId, blobId] = await runChild('seal', { ...keys, files: [smallFile, file] }, BlobIds);
  const sink = spawn(process.execPath, childArguments('sink', {}), { stdio: ['pipe', 'pipe', 'inherit'] });
  const port = z
    .tuple([z.instanceof(Buffer)])
    .parse(await once(sink.stdout, 'data'))[0]
    .toString();
  stage = {
    folder,
    origin: `http://127.0.0.1:${port.trim()}`,
    file,
    smallFile,
    jsonFile,
    vault: { ...keys, smallBlobId, blobId },
    endSink: () => sink.stdin.end(),
  };
  return stage;
}

function tearDown(): Promise<void> {
  if (stage !== null) {
    stage.endSink();
    rmSync(stage.folder, { recursive: true, force: true });
  }
  stage = null;
  return Promise.resolve();
}

async function ours(api: string, times: number): Promise<z.infer<typeof Sent>> {
  const { origin, vault } = await setUp();
  return runChild('upload', { api, origin, times, ...vault }, Sent);
}

async function naive(api: string, path: string): Promise<z.infer<typeof Sent>> {
  const { origin, file, smallFile } = await setUp();
  return runChild('upload-naive', { api, url: `${origin}${path}`, file, smallFile }, Sent);
}

const seen: Record<string, number[]> = {};

const memoryBench: Bench = {
  name: 'upload/memory',
  unit: 'bytes',
  peerName: 'readFile, base64, JSON.stringify, fetch',
  better: 'less',
  runs: RUNS,
  unavailable: () => null,
  run: async () => {
    let worst: Pair | null = null;
    for (const { api, path } of APIS) {
      const pair = await inRandomOrder(
        async () => (await ours(api, 1)).growthBytes,
        async () => (await naive(api, path)).growthBytes,
      );
      (seen[api] ??= []).push(pair.ours);
      (seen[`${api}, naive`] ??= []).push(pair.peer);
      if (worst === null || pair.peer / pair.ours < worst.peer / worst.ours) worst = pair;
    }
    if (worst === null) throw new Error('bench: no provider');
    return worst;
  },
  notes: () =>
    Object.entries(seen).map(
      ([name, values]) => `peak memory growth for a page of 20 MB, ${name}: ${(median(values) / 1e6).toFixed(0)} MB`,
    ),
  close: tearDown,
};

async function curl(): Promise<number> {
  const { origin, jsonFile, folder } = await setUp();
  const startedAt = performance.now();
  // One connection for all: the range in the address makes one request each.
  const url = `${origin}/persona/document/generics?n=[1-${UPLOADS_PER_RUN}]`;
  const headers = ['-H', 'content-type: application/json', '-H', 'expect:'];
  await run('curl', ['-s', '-f', '-o', join(folder, 'answer'), ...headers, '--data-binary', `@${jsonFile}`, url]);
  return (PAGE_BYTES * UPLOADS_PER_RUN * 1000) / (performance.now() - startedAt);
}

const throughputBench: Bench = {
  name: 'upload/throughput',
  unit: 'bytes/s',
  peerName: 'curl --data-binary of the finished JSON (nothing to decrypt or encode)',
  better: 'more',
  runs: RUNS,
  unavailable: () => (isInstalled('curl') ? null : 'curl is not installed (apt install curl)'),
  run: async () =>
    inRandomOrder(
      async () => (PAGE_BYTES * UPLOADS_PER_RUN * 1000) / (await ours('persona', UPLOADS_PER_RUN)).milliseconds,
      async () => {
        await setUp();
        return curl();
      },
    ),
  close: tearDown,
};

export const uploadBenches: readonly Bench[] = [memoryBench, throughputBench];
