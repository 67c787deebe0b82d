import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { pageBytes } from '../support/escl/pages.ts';
import { runChild } from './children/run.ts';
import { median } from './harness.ts';
import type { Bench } from './harness.ts';

/** `SATCHEL_BENCH_FEEDER` makes a quick look possible. */
const PAGES = Number(process.env['SATCHEL_BENCH_FEEDER'] ?? 500);
/** A fast office scanner: 70 sheets a minute, both sides. */
const PAGES_A_MINUTE = 140;
const DPI = 300;
/** A4 in 1/300 inch. */
const A4 = { width: 2480, height: 3508 };
const MOTIFS = 8;
const RUNS = 3;
const LIMIT_MS = 1_200_000;

const Taken = z.object({
  takenMs: z.number(),
  inspectedMs: z.number(),
  latestLagMs: z.number(),
  longestBlockMs: z.number(),
  blocksOver40Ms: z.number(),
  residentBytes: z.array(z.number()),
});

let folder: string | null = null;
const seen: z.infer<typeof Taken>[] = [];
let paced: z.infer<typeof Taken> | null = null;

async function prepare(): Promise<string> {
  if (folder !== null) return folder;
  folder = mkdtempSync(join(tmpdir(), 'satchel-bench-feeder-'));
  const source = join(folder, 'source');
  mkdirSync(source);
  for (let page = 1; page <= MOTIFS; page += 1) {
    const bytes = await pageBytes({ page, ...A4, dpi: DPI, density: DPI, isGrey: false, mediaType: 'image/jpeg' });
    writeFileSync(join(source, `${page}.jpg`), bytes);
  }
  return folder;
}

async function take(everyMs: number): Promise<z.infer<typeof Taken>> {
  const workFolder = await prepare();
  const input = { folder: join(workFolder, 'source'), workFolder, pages: PAGES, dpi: DPI, everyMs };
  return runChild('feeder', input, Taken, LIMIT_MS);
}

const perMinute = (milliseconds: number): number => (PAGES * 60_000) / milliseconds;

/** Highest resident memory of the pages between these shares of the scan, in MB. */
function megabytes({ residentBytes }: z.infer<typeof Taken>, from: number, to: number): number {
  const part = residentBytes.slice(Math.floor(from * PAGES), Math.floor(to * PAGES));
  return Math.max(...part) / 1e6;
}

export const feederBenches: readonly Bench[] = [
  {
    name: 'capture/feeder',
    unit: 'pages/min',
    peerName: 'a feeder with both sides of 70 sheets a minute',
    better: 'more',
    runs: RUNS,
    unavailable: () => null,
    run: async () => {
      const taken = await take(0);
      seen.push(taken);
      return { ours: perMinute(taken.inspectedMs), peer: PAGES_A_MINUTE };
    },
    finish: async () => {
      paced = await take(60_000 / PAGES_A_MINUTE);
    },
    notes: () => {
      const all = paced === null ? seen : [...seen, paced];
      const [early, late] = [
        median(all.map((taken) => megabytes(taken, 0.2, 0.4))),
        median(all.map((taken) => megabytes(taken, 0.8, 1))),
      ];
      return [
        `${PAGES} pages, A4 at ${DPI} dpi, JPEG: safe in the vault at ${median(seen.map(({ takenMs }) => perMinute(takenMs))).toFixed(0)} a minute, looked at as well at ${median(seen.map(({ inspectedMs }) => perMinute(inspectedMs))).toFixed(0)} a minute`,
        `memory while the second fifth came in: ${early.toFixed(0)} MB, the last: ${late.toFixed(0)} MB (flat means equal)`,
        ...(paced === null
          ? []
          : [
              `at ${PAGES_A_MINUTE} pages a minute: safe at most ${paced.latestLagMs.toFixed(0)} ms after a page was whole, all looked at ${((paced.inspectedMs - paced.takenMs) / 1000).toFixed(1)} s after the last; longest block ${paced.longestBlockMs.toFixed(0)} ms, ${paced.blocksOver40Ms} over 40 ms`,
            ]),
      ];
    },
    close: () => {
      if (folder !== null) rmSync(folder, { recursive: true, force: true });
      folder = null;
      return Promise.resolve();
    },
  },
];
