import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { childArguments, runChild } from './children/run.ts';
import { drawPhotograph, padded } from './files.ts';
import { inRandomOrder, median } from './harness.ts';
import type { Bench } from './harness.ts';
import { copyProfile } from './profiles.ts';

const PAGES = Number(process.env['SATCHEL_BENCH_PAGES'] ?? 100);
const PAGE_BYTES = 20_000_000;
const RUNS = 3;
const LIMIT_MS = 900_000;
const GOAL_BYTES = 64_000_000;

const Sent = z.object({ growthBytes: z.number(), idleBytes: z.number(), milliseconds: z.number() });
const Naive = z.object({ growthBytes: z.number() });

interface Stage {
  readonly folder: string;
  readonly profile: string;
  readonly origin: string;
  readonly file: string;
  readonly smallFile: string;
  readonly sink: ChildProcess;
}

let stage: Stage | null = null;

/** A profile with everything released and nothing sent, and a server that takes it. */
async function setUp(): Promise<Stage> {
  if (stage !== null) return stage;
  const folder = mkdtempSync(join(tmpdir(), 'satchel-bench-memory-'));
  const sink = spawn(process.execPath, childArguments('sink', {}), { stdio: ['pipe', 'pipe', 'inherit'] });
  const [port] = z.tuple([z.instanceof(Buffer)]).parse(await once(sink.stdout, 'data'));
  const origin = `http://127.0.0.1:${port.toString().trim()}`;
  const profile = join(folder, 'profile');
  const file = join(folder, 'page.jpg');
  const smallFile = join(folder, 'small.jpg');
  const jpeg = padded(await drawPhotograph(), PAGE_BYTES);
  writeFileSync(file, jpeg);
  writeFileSync(smallFile, jpeg.subarray(0, 1000));
  stage = { folder, profile, origin, file, smallFile, sink };
  await runChild(
    'many-pages',
    { mode: 'prepare', profile, origin, pages: PAGES, pageBytes: PAGE_BYTES },
    z.object({}),
    LIMIT_MS,
  );
  return stage;
}

const seen: z.infer<typeof Sent>[] = [];

export const memoryBenches: readonly Bench[] = [
  {
    name: 'memory/100x20mb',
    unit: 'bytes',
    peerName: 'one such page: readFile, base64, JSON.stringify, fetch',
    better: 'less',
    runs: RUNS,
    unavailable: () => (process.platform === 'linux' ? null : 'the highest resident memory is read from /proc'),
    run: async (round) => {
      const ready = await setUp();
      return inRandomOrder(
        async () => {
          const profile = copyProfile(ready.profile, join(ready.folder, `run-${round}`));
          const args = { mode: 'send', profile, origin: ready.origin, pages: PAGES, pageBytes: PAGE_BYTES };
          const sent = await runChild('many-pages', args, Sent, LIMIT_MS);
          seen.push(sent);
          rmSync(profile, { recursive: true, force: true });
          return sent.growthBytes;
        },
        async () => {
          const { origin, file, smallFile } = ready;
          const url = `${origin}/persona/document/generics`;
          return (await runChild('upload-naive', { api: 'persona', url, file, smallFile }, Naive)).growthBytes;
        },
      );
    },
    notes: () => {
      const worst = Math.max(...seen.map(({ growthBytes }) => growthBytes));
      const seconds = median(seen.map(({ milliseconds }) => milliseconds)) / 1_000;
      return [
        `${PAGES} pages of 20 MB: at most ${(worst / 1e6).toFixed(0)} MB above idle in any run (goal at most ${GOAL_BYTES / 1e6} MB), idle ${(median(seen.map(({ idleBytes }) => idleBytes)) / 1e6).toFixed(0)} MB, ${((PAGES * PAGE_BYTES) / 1e6 / seconds).toFixed(0)} MB/s`,
      ];
    },
    close: () => {
      if (stage !== null) {
        stage.sink.stdin?.end();
        rmSync(stage.folder, { recursive: true, force: true });
      }
      stage = null;
      return Promise.resolve();
    },
  },
];
