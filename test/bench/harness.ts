import { Worker } from 'node:worker_threads';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { performance } from 'node:perf_hooks';

/** One line of the result. `ratio` above 1 means that ours is better, whatever the unit. */
export interface BenchResult {
  readonly name: string;
  readonly unit: string;
  readonly ours: number;
  readonly peer: number;
  readonly peerName: string;
  readonly ratio: number;
  readonly runs: number;
}

/** What a benchmark gives for one run: both sides measured next to each other, in an order drawn anew each time. */
export interface Pair {
  readonly ours: number;
  readonly peer: number;
}

export interface Bench {
  readonly name: string;
  readonly unit: string;
  readonly peerName: string;
  /** `more`: a larger number is better (MB/s); `less`: a smaller one is (bytes, ms). */
  readonly better: 'more' | 'less';
  readonly runs: number;
  /** A reason why it cannot run here (a peer that is not installed), or null. */
  readonly unavailable: () => string | null;
  readonly run: (round: number) => Promise<Pair>;
  /** What is measured once, after the runs, for the notes. */
  readonly finish?: () => Promise<void>;
  readonly notes?: () => readonly string[];
  readonly close?: () => Promise<void>;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Runs both sides in an order that is drawn by lot, so that neither always gets the warm or the busy moment. */
export async function inRandomOrder(
  ours: () => number | Promise<number>,
  peer: () => number | Promise<number>,
): Promise<Pair> {
  if (Math.random() < 0.5) {
    const first = await ours();
    return { ours: first, peer: await peer() };
  }
  const first = await peer();
  return { ours: await ours(), peer: first };
}

/** What `work` answers, and milliseconds of this process's own processor time: other programs on the machine do not count. */
export async function cpuOf<Value>(work: () => Promise<Value>): Promise<{ value: Value; ms: number }> {
  const before = process.cpuUsage();
  const value = await work();
  const { user, system } = process.cpuUsage(before);
  return { value, ms: (user + system) / 1000 };
}

/** In per cent; of nothing: 0. */
export function share(part: number, whole: number): number {
  return (100 * part) / Math.max(1, whole);
}

/** Milliseconds that `work` takes. */
export async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** The ratio is formed inside each run, then its median is taken: both sides of a run saw the same machine. */
export async function runBench(bench: Bench, onRun: (pair: Pair) => void): Promise<BenchResult> {
  const pairs: Pair[] = [];
  for (let round = 0; round < bench.runs; round += 1) {
    const pair = await bench.run(round);
    pairs.push(pair);
    onRun(pair);
  }
  return {
    name: bench.name,
    unit: bench.unit,
    ours: median(pairs.map((pair) => pair.ours)),
    peer: median(pairs.map((pair) => pair.peer)),
    peerName: bench.peerName,
    ratio: median(pairs.map(({ ours, peer }) => (bench.better === 'more' ? ours / peer : peer / ours))),
    runs: pairs.length,
  };
}

const SPIN = `
  const { parentPort } = require('node:worker_threads');
  const end = performance.now() + 400; let n = 0;
  while (performance.now() < end) { for (let i = 0; i < 1e4; i += 1) n += i & 1; }
  parentPort.postMessage(n);`;

function spin(): Promise<number> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(SPIN, { eval: true });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

/**
 * How many cores' worth of work this machine gives at the moment: two spinners at once beside one alone. Below 1.8 the
 * results that depend on a second core are not to be scored.
 */
export async function canary(): Promise<number> {
  const alone = await spin();
  const [first, second] = await Promise.all([spin(), spin()]);
  return (first + second) / alone;
}

export function machine(): string {
  return `Node ${process.versions.node}, ${process.platform} ${process.arch}, ${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? '?'}), ${Math.round(totalmem() / 2 ** 30)} GiB`;
}
