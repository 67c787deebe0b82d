import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import { fsyncsOf, run, runChild } from './children/run.ts';
import { drawPhotograph, isInstalled, makeFolder, padded } from './files.ts';
import { inRandomOrder, median } from './harness.ts';
import type { Bench } from './harness.ts';

/** 1,000 files of 1 MB as the goals say; `SATCHEL_BENCH_FILES` makes a quick look possible. */
const FILES = Number(process.env['SATCHEL_BENCH_FILES'] ?? 1000);
const BLOCK_FILES = Math.min(500, FILES);
const FILE_BYTES = 1_000_000;
const RUNS = 5;
const FSYNC_FILES = 100;
const FSYNC_CUSTOMERS = 25;
const LARGE_BYTES = 99_000_000;

const Imported = z.object({
  milliseconds: z.number(),
  files: z.number(),
  longestBlockMs: z.number(),
  blocksOver40Ms: z.number(),
  longestBusyMs: z.number(),
  longestCommitMs: z.number(),
  slow: z.array(z.string()),
  growthBytes: z.number(),
});
const Natural = z.object({ milliseconds: z.number(), longestBlockMs: z.number(), blocksOver40Ms: z.number() });

let shared: string | null = null;

/** One folder of sources for every benchmark of this file. */
async function workFolder(): Promise<string> {
  if (shared !== null) return shared;
  shared = mkdtempSync(join(tmpdir(), 'satchel-bench-import-'));
  await makeFolder(join(shared, 'source'), FILES, FILE_BYTES);
  return shared;
}

function close(): Promise<void> {
  if (shared !== null) rmSync(shared, { recursive: true, force: true });
  shared = null;
  return Promise.resolve();
}

async function importAll(folder: string, withInspection = true): Promise<z.infer<typeof Imported>> {
  const input = { folder, workFolder: await workFolder(), withInspection };
  return runChild('import', input, Imported);
}

const rate = (files: number, milliseconds: number): number => (files * FILE_BYTES) / 1_000 / milliseconds;

/** `cp` of everything, then `sync` of each copy and of the directory: the same bytes, equally durable. */
async function copyAndSync(): Promise<number> {
  const folder = await workFolder();
  const source = join(folder, 'source');
  const target = join(folder, 'copy');
  mkdirSync(target);
  const names = readdirSync(source);
  const startedAt = performance.now();
  await run('cp', ['-t', target, ...names.map((name) => join(source, name))]);
  await run('sync', [...names.map((name) => join(target, name)), target]);
  const milliseconds = performance.now() - startedAt;
  rmSync(target, { recursive: true });
  return rate(names.length, milliseconds);
}

async function restic(): Promise<number> {
  const folder = await workFolder();
  const repository = join(folder, 'restic');
  const cache = join(folder, 'restic-cache');
  const env = { RESTIC_PASSWORD: 'bench', RESTIC_REPOSITORY: repository, RESTIC_CACHE_DIR: cache };
  await run('restic', ['init', '--quiet'], env);
  const startedAt = performance.now();
  await run('restic', ['backup', '--quiet', join(folder, 'source')], env);
  const milliseconds = performance.now() - startedAt;
  for (const path of [repository, cache]) rmSync(path, { recursive: true, force: true });
  return rate(FILES, milliseconds);
}

/** Satchel's own runs of `import/limit`: those with inspection are the scored ones. */
const withoutInspection: number[] = [];
const ratios: number[] = [];
const blocks: z.infer<typeof Imported>[] = [];
const naturalBlocks: number[] = [];
let details: readonly string[] = [];

async function ourRate(): Promise<number> {
  const done = await importAll(join(await workFolder(), 'source'));
  return rate(done.files, done.milliseconds);
}

/**
 * fsyncs per document: the difference of two imports for equally many customers, so that opening and closing the profile
 * and making the customers is not counted.
 */
async function countFsyncs(): Promise<string> {
  if (!isInstalled('strace')) return 'fsyncs per document: not counted, strace is missing (apt install strace)';
  const folder = await workFolder();
  const counts: number[] = [];
  for (const count of [FSYNC_FILES, 2 * FSYNC_FILES]) {
    const source = join(folder, `fsync-${count}`);
    await makeFolder(source, count, FILE_BYTES);
    const input = {
      folder: source,
      workFolder: folder,
      filesPerCustomer: count / FSYNC_CUSTOMERS,
      withInspection: false,
    };
    counts.push(await fsyncsOf('import', input));
    rmSync(source, { recursive: true });
  }
  const [first = 0, second = 0] = counts;
  return `fsyncs per document in an import of ${2 * FSYNC_FILES}: ${((second - first) / FSYNC_FILES).toFixed(2)} (goal at most 1.2)`;
}

async function measureMemory(): Promise<string> {
  const folder = await workFolder();
  const jpeg = await drawPhotograph();
  const growths: number[] = [];
  for (const bytes of [FILE_BYTES, LARGE_BYTES]) {
    const source = join(folder, `one-${bytes}`);
    mkdirSync(source, { recursive: true });
    writeFileSync(join(source, 'page.jpg'), padded(jpeg, bytes));
    const runs = [];
    for (let n = 0; n < 3; n += 1) {
      const input = { folder: source, workFolder: folder, withInspection: false, withMemory: true };
      runs.push((await runChild('import', input, Imported)).growthBytes / 1e6);
    }
    growths.push(median(runs));
    rmSync(source, { recursive: true });
  }
  const [small = 0, large = 0] = growths;
  return `memory that grows until one file is acknowledged: 1 MB file ${small.toFixed(1)} MB, 99 MB file ${large.toFixed(1)} MB, difference ${(large - small).toFixed(1)} MB (goal at most 16 MB)`;
}

const limitBench: Bench = {
  name: 'import/limit',
  unit: 'MB/s',
  peerName: 'cp + sync of each file and the directory',
  better: 'more',
  runs: RUNS,
  unavailable: () => null,
  run: async () => {
    const source = join(await workFolder(), 'source');
    const pair = await inRandomOrder(ourRate, copyAndSync);
    const bare = await importAll(source, false);
    const off = rate(bare.files, bare.milliseconds);
    withoutInspection.push(off);
    ratios.push(pair.ours / off);
    return pair;
  },
  finish: async () => {
    details = [await countFsyncs(), await measureMemory()];
  },
  notes: () => [
    `with inspection ÷ without (time to acknowledgement): ${median(ratios).toFixed(2)} (goal at least 0.9); without: ${median(withoutInspection).toFixed(0)} MB/s`,
    ...details,
  ],
  close,
};

const throughputBench: Bench = {
  name: 'import/throughput',
  unit: 'MB/s',
  peerName: 'restic backup into a new local repository',
  better: 'more',
  runs: RUNS,
  unavailable: () =>
    isInstalled('restic', 'version') ? null : 'restic is not installed (apt install --no-install-recommends restic)',
  run: () => inRandomOrder(ourRate, restic),
  close,
};

/** The same first files for both sides. */
async function blockFolder(): Promise<string> {
  const folder = join(await workFolder(), 'block');
  if (!existsSync(folder)) await makeFolder(folder, BLOCK_FILES, FILE_BYTES);
  return folder;
}

const blockBench: Bench = {
  name: 'main/longest-block',
  unit: 'ms',
  peerName: 'everything in the main thread (fs.promises, 4 in flight)',
  better: 'less',
  runs: RUNS,
  unavailable: () => null,
  run: async () => {
    const folder = await blockFolder();
    const work = await workFolder();
    return inRandomOrder(
      async () => {
        const done = await importAll(folder);
        blocks.push(done);
        return done.longestBlockMs;
      },
      async () => {
        const done = await runChild('import-natural', { folder, workFolder: work }, Natural);
        naturalBlocks.push(done.blocksOver40Ms);
        return done.longestBlockMs;
      },
    );
  },
  notes: () => {
    const slow = [...new Set(blocks.flatMap((block) => block.slow))];
    return [
      `blocks over 40 ms in ${BLOCK_FILES} files: ours ${median(blocks.map((block) => block.blocksOver40Ms))}, natural way ${median(naturalBlocks)}`,
      `of its longest blocks, processor time of the main thread itself: ${median(blocks.map((block) => block.longestBusyMs)).toFixed(1)} ms, at most ${Math.max(...blocks.map((block) => block.longestBusyMs)).toFixed(1)} ms; the rest is waiting for the disk or for a core`,
      `longest COMMIT over 40 ms: ${Math.max(...blocks.map((block) => block.longestCommitMs))} ms (0: none)`,
      ...(slow.length === 0 ? [] : [`statements over 40 ms: ${slow.slice(0, 8).join('; ')}`]),
    ];
  },
  close,
};

export const importBenches: readonly Bench[] = [limitBench, throughputBench];
export const blockBenches: readonly Bench[] = [blockBench];
