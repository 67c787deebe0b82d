import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { fillProfile } from '../support/large-profile.ts';
import { runChild } from './children/run.ts';
import { inRandomOrder } from './harness.ts';
import type { Bench } from './harness.ts';

const LARGE = Number(process.env['SATCHEL_BENCH_CUSTOMERS'] ?? 100_000);
const SMALL = 1_000;
const RUNS = 5;
const FELT_MS = 40;

const Longest = z.record(z.string(), z.number());

let folder: string | null = null;
const slowest = new Map<string, number>();

async function setUp(): Promise<string> {
  if (folder !== null) return folder;
  folder = mkdtempSync(join(tmpdir(), 'satchel-bench-reads-'));
  for (const customers of [SMALL, LARGE]) {
    const profile = join(folder, String(customers));
    mkdirSync(profile);
    await fillProfile(profile, customers);
  }
  return folder;
}

async function longestOf(customers: number): Promise<number> {
  const longest = await runChild('reads', { profile: join(await setUp(), String(customers)), customers }, Longest);
  if (customers === LARGE) {
    for (const [name, milliseconds] of Object.entries(longest)) {
      slowest.set(name, Math.min(slowest.get(name) ?? Number.POSITIVE_INFINITY, milliseconds));
    }
  }
  return Math.max(...Object.values(longest));
}

export const readBenches: readonly Bench[] = [
  {
    name: `main/reads@${LARGE}`,
    unit: 'ms',
    peerName: `the same calls with ${SMALL} customers`,
    better: 'less',
    runs: RUNS,
    unavailable: () => null,
    run: async () => {
      await setUp();
      return inRandomOrder(
        () => longestOf(LARGE),
        () => longestOf(SMALL),
      );
    },
    notes: () => {
      const over = [...slowest.values()].filter((milliseconds) => milliseconds > FELT_MS).length;
      return [
        `longest turn of the thread in each call: ${[...slowest].map(([name, milliseconds]) => `${name} ${milliseconds.toFixed(1)} ms`).join('; ')}`,
        `calls over ${FELT_MS} ms: ${over} (goal 0)`,
      ];
    },
    close: () => {
      if (folder !== null) rmSync(folder, { recursive: true, force: true });
      folder = null;
      return Promise.resolve();
    },
  },
];
