import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import { childArguments, run, runChild } from '../children/run.ts';
import { inRandomOrder, median } from '../harness.ts';
import type { Bench } from '../harness.ts';
import { copyProfile } from '../profiles.ts';
import { lineUnavailable, openLine } from './line.ts';
import type { Line } from './line.ts';

const RUNS = 3;
const PAGE_BYTES = 1_000_000;
/** What goes over the line for one byte of a page: base64 inside JSON. */
const WIRE_BYTES = 4 / 3;
const LIMIT_MS = 300_000;

const Sent = z.object({ createdMs: z.number() });

interface LinkOptions {
  readonly name: string;
  readonly megabits: number;
  readonly roundTripMs: number;
  readonly goal: number;
}

interface Stage {
  readonly folder: string;
  readonly profile: string;
  readonly bulk: string;
  readonly line: Line;
}

let isChecked = false;
let reason: string | null = null;

function unavailable(): string | null {
  if (!isChecked) reason = lineUnavailable();
  isChecked = true;
  return reason;
}

/** Files of a megabyte through the whole of Satchel's sending side, beside one bulk transfer by curl on the same line. */
function linkBench({ name, megabits, roundTripMs, goal }: LinkOptions): Bench {
  const pages = megabits >= 20 ? 12 : 6;
  const bulkBytes = megabits >= 20 ? 16_000_000 : 8_000_000;
  const bitsPerSecond = megabits * 1_000_000;
  const shares: { ours: number; curl: number }[] = [];
  let stage: Stage | null = null;

  async function setUp(): Promise<Stage> {
    if (stage !== null) return stage;
    const folder = mkdtempSync(join(tmpdir(), 'satchel-bench-line-'));
    const line = await openLine({ bitsPerSecond, roundTripMs });
    const profile = join(folder, 'profile');
    mkdirSync(profile);
    const bulk = join(folder, 'bulk');
    writeFileSync(bulk, randomBytes(bulkBytes));
    stage = { folder, profile, bulk, line };
    const args = { mode: 'prepare', profile, origin: line.origin, pages, pageBytes: PAGE_BYTES };
    await runChild('many-pages', args, z.object({}), LIMIT_MS);
    return stage;
  }

  async function ours({ folder, profile, line }: Stage, round: number): Promise<number> {
    const copy = copyProfile(profile, join(folder, `run-${round}`));
    const args = { mode: 'send', profile: copy, origin: line.origin, pages, pageBytes: PAGE_BYTES };
    const { command, args: all } = line.near(process.execPath, childArguments('many-pages', args));
    const { createdMs } = Sent.parse(JSON.parse(await run(command, all, {}, LIMIT_MS)));
    rmSync(copy, { recursive: true, force: true });
    return (pages * PAGE_BYTES * WIRE_BYTES) / createdMs / 125;
  }

  async function curl({ bulk, line }: Stage): Promise<number> {
    const { command, args } = line.near('curl', [
      '-s',
      '-o',
      '/dev/null',
      '-H',
      'expect:',
      '-T',
      bulk,
      `${line.origin}/bulk`,
    ]);
    const startedAt = performance.now();
    await run(command, args, {}, LIMIT_MS);
    return bulkBytes / (performance.now() - startedAt) / 125;
  }

  return {
    name,
    unit: 'Mbit/s on the line',
    peerName: 'one bulk transfer by curl',
    better: 'more',
    runs: RUNS,
    unavailable,
    run: async (round) => {
      const ready = await setUp();
      const pair = await inRandomOrder(
        () => ours(ready, round),
        () => curl(ready),
      );
      shares.push({ ours: pair.ours / megabits, curl: pair.peer / megabits });
      return pair;
    },
    notes: () => [
      `share of the line: ${median(shares.map((share) => share.ours)).toFixed(2)}, curl ${median(shares.map((share) => share.curl)).toFixed(2)} (goal: at least ${goal} of curl's); ${pages} pages of 1 MB, plain HTTP`,
    ],
    close: async () => {
      if (stage !== null) {
        await stage.line.close();
        rmSync(stage.folder, { recursive: true, force: true });
      }
      stage = null;
    },
  };
}

export const linkBenches: readonly Bench[] = [
  linkBench({ name: 'link/5mbit-100ms', megabits: 5, roundTripMs: 100, goal: 0.95 }),
  linkBench({ name: 'link/5mbit-300ms', megabits: 5, roundTripMs: 300, goal: 0.95 }),
  linkBench({ name: 'link/20mbit-100ms', megabits: 20, roundTripMs: 100, goal: 0.95 }),
  linkBench({ name: 'link/20mbit-300ms', megabits: 20, roundTripMs: 300, goal: 0.85 }),
];
