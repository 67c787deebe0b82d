import { z } from 'zod';
import { runChild } from './children/run.ts';
import { inRandomOrder, median } from './harness.ts';
import type { Bench } from './harness.ts';

const LARGE = Number(process.env['SATCHEL_BENCH_MANIFEST'] ?? 100_000);
const SMALL = 1_000;
const RUNS = 3;
/** Most of it lays the folder out and removes it again. */
const LIMIT_MS = 600_000;

const Read = z.object({ milliseconds: z.number(), userMs: z.number(), longestMs: z.number(), busyMs: z.number() });

const large: z.infer<typeof Read>[] = [];

async function busiestOf(pages: number): Promise<number> {
  const read = await runChild('manifest', { pages }, Read, LIMIT_MS);
  if (pages === LARGE) large.push(read);
  return read.busyMs;
}

export const manifestBenches: readonly Bench[] = [
  {
    name: `main/manifest@${LARGE}`,
    unit: 'ms of processor time in the longest turn of the thread',
    peerName: `a manifest of ${SMALL} pages`,
    better: 'less',
    runs: RUNS,
    unavailable: () => null,
    run: () =>
      inRandomOrder(
        () => busiestOf(LARGE),
        () => busiestOf(SMALL),
      ),
    notes: () => {
      const all = median(large.map(({ milliseconds }) => milliseconds));
      const user = median(large.map(({ userMs }) => userMs));
      const longest = median(large.map(({ longestMs }) => longestMs));
      return [
        `read in ${(all / 1000).toFixed(1)} s, of which the program's own processor time ${(user / 1000).toFixed(1)} s; longest turn by the clock ${longest.toFixed(0)} ms`,
      ];
    },
    close: () => Promise.resolve(),
  },
];
