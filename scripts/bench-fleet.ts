/**
 * `npm run bench:fleet [-- --desks 1,100,5000] [--return probes,together] [--limit 300] [--seed 101] [--seeds 3] [--herd] [--json]`:
 * desks that come back after an outage of eight hours, on one shared limit of so many calls a minute; the real pacing and the real
 * waiting, on a virtual clock. Mean of so many seeds from the given one on, the worst of them in brackets; the constants of the
 * pacing were chosen with seeds 1 to 16, so it begins behind them. `--return`, one or more: `probes` (each finds out by its own test), `together` (the operating system tells
 * all of them within three seconds), `spread` (over half an hour).
 */
import { parseArgs } from 'node:util';
import { GOALS, herd, missedGoals, RETURNS, simulateFleet } from '../test/bench/fleet/fleet.ts';
import type { FleetResult } from '../test/bench/fleet/fleet.ts';

const { values } = parseArgs({
  options: {
    return: { type: 'string', default: 'probes,together' },
    desks: { type: 'string', default: '1,100,5000' },
    limit: { type: 'string', default: '300' },
    seed: { type: 'string', default: '101' },
    seeds: { type: 'string', default: '3' },
    herd: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const say = (text: string): void => {
  (values.json ? process.stderr : process.stdout).write(`${text}\n`);
};
const percent = (share: number): string => (Number.isNaN(share) ? '–' : `${(share * 100).toFixed(1)} %`);

const returns = values.return.split(',').map((name) => {
  const found = RETURNS.find((known) => known === name);
  if (found === undefined) throw new Error(`--return knows ${RETURNS.join(', ')}, not ${name}`);
  return found;
});

type Figure = 'drainRatio' | 'refusedShare' | 'slowestToAverage';

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

function meanAndWorst(runs: readonly FleetResult[], figure: Figure, text: (value: number) => string): string {
  const found = runs.map((run) => run[figure]);
  return runs.length === 1 ? text(mean(found)) : `${text(mean(found))} (${text(Math.max(...found))})`;
}

function describe(runs: readonly [FleetResult, ...FleetResult[]]): string {
  const [first] = runs;
  const average = (read: (run: FleetResult) => number): number => mean(runs.map(read));
  const missed = missedGoals({
    drainRatio: average((run) => run.drainRatio),
    refusedShare: average((run) => run.refusedShare),
    slowestToAverage: average((run) => run.slowestToAverage),
  });
  const minimum = average((run) => run.minimumMinutes).toFixed(1);
  const drained = average((run) => run.drainMinutes).toFixed(1);
  const atStart = percent(average((run) => run.forecastErrorAtStart.mean));
  const halfway = percent(average((run) => run.forecastErrorHalfway.mean));
  const questions = percent(average((run) => run.followShare));
  return [
    `fleet/${first.comeBack}/${first.desks}${values.herd ? ' (planted herd)' : ''}: drained in ${drained} min, the limit's minimum ${minimum} min, ratio ${meanAndWorst(runs, 'drainRatio', (ratio) => ratio.toFixed(3))} (goal ${GOALS.drainRatio})`,
    `  429: ${meanAndWorst(runs, 'refusedShare', percent)} of the answers (goal under ${percent(GOALS.refusedShare)}); slowest desk ${meanAndWorst(runs, 'slowestToAverage', (ratio) => ratio.toFixed(2))} times the average (goal under ${GOALS.slowestToAverage})`,
    `  forecast wrong by ${atStart} at the start, ${halfway} halfway (mean of the desks); questions about decisions: ${questions} of the answers`,
    missed.length === 0 ? '  every goal met in the mean' : `  missed in the mean: ${missed.join(', ')}`,
  ].join('\n');
}

const firstSeed = Number(values.seed);
const results: FleetResult[] = [];
for (const comeBack of returns) {
  for (const desks of values.desks.split(',').map(Number)) {
    const run = (seed: number): FleetResult =>
      simulateFleet({ desks, comeBack, limit: Number(values.limit), seed, ...(values.herd ? { pacer: herd } : {}) });
    const runs: [FleetResult, ...FleetResult[]] = [run(firstSeed)];
    for (let seed = firstSeed + 1; seed < firstSeed + Number(values.seeds); seed += 1) runs.push(run(seed));
    results.push(...runs);
    say(describe(runs));
  }
}
if (values.json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
