import { z } from 'zod';
import { runChild } from './children/run.ts';
import type { Bench } from './harness.ts';

const PAGES = Number(process.env['SATCHEL_BENCH_STACK'] ?? 500);
const RUNS = 5;

const Way = z.object({ milliseconds: z.number(), longestMs: z.number(), busyMs: z.number() });
const Ways = z.object({ split: Way, joined: Way, bare: Way });

const seen: z.infer<typeof Ways>[] = [];

function median(values: readonly number[]): string {
  return (values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0).toFixed(0);
}

export const stackBenches: readonly Bench[] = [
  {
    name: `main/stack@${PAGES}`,
    unit: 'ms',
    peerName: 'as many commits of one small row',
    better: 'less',
    runs: RUNS,
    unavailable: () => null,
    // In one process one after the other: what is compared is the disk of the same seconds.
    run: async () => {
      const ways = await runChild('stack', { pages: PAGES }, Ways);
      seen.push(ways);
      return { ours: Math.max(ways.split.longestMs, ways.joined.longestMs), peer: ways.bare.longestMs };
    },
    notes: () =>
      (['split', 'joined'] as const).map((way) => {
        const all = seen.map((ways) => ways[way]);
        const whole = median(all.map(({ milliseconds }) => milliseconds));
        const longest = median(all.map(({ longestMs }) => longestMs));
        const busy = median(all.map(({ busyMs }) => busyMs));
        return `${way}: ${whole} ms in all; the thread held ${longest} ms at most, ${busy} ms of processor time (goal 40)`;
      }),
    close: () => Promise.resolve(),
  },
];
