/**
 * `npm run bench:fleet [-- --desks 1,100,5000] [--return probes,together] [--limit 300] [--seed 1] [--herd] [--json]`: desks that
 * come back after an outage of eight hours, on one shared limit of so many calls a minute; the real pacing and the real waiting,
 * on a virtual clock. `--return`, one or more: `probes` (each finds out by its own test), `together` (the operating system tells
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
    seed: { type: 'string', default: '1' },
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

const results: FleetResult[] = [];
for (const comeBack of returns) {
  for (const desks of values.desks.split(',').map(Number)) {
    const result = simulateFleet({
      desks,
      comeBack,
      limit: Number(values.limit),
      seed: Number(values.seed),
      ...(values.herd ? { pacer: herd } : {}),
    });
    results.push(result);
    const missed = missedGoals(result);
    const { forecastErrorAtStart: start, forecastErrorHalfway: halfway } = result;
    say(
      [
        `fleet/${comeBack}/${desks}${values.herd ? ' (planted herd)' : ''}: drained in ${result.drainMinutes.toFixed(1)} min, the limit's minimum ${result.minimumMinutes.toFixed(1)} min, ratio ${result.drainRatio.toFixed(3)} (goal ${GOALS.drainRatio})`,
        `  429: ${percent(result.refusedShare)} of ${result.calls} answers (goal under ${percent(GOALS.refusedShare)}); slowest desk ${result.slowestToAverage.toFixed(2)} times the average (goal under ${GOALS.slowestToAverage})`,
        `  forecast wrong by ${percent(start.mean)} at the start, ${percent(halfway.mean)} halfway (mean of the desks; median ${percent(start.median)} and ${percent(halfway.median)}); questions about decisions: ${percent(result.followShare)} of the answers`,
        missed.length === 0 ? '  every goal met' : `  missed: ${missed.join(', ')}`,
      ].join('\n'),
    );
  }
}
if (values.json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
