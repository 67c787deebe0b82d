/**
 * `npm run bench:fleet [-- --desks 1,100,5000] [--limit 300] [--seed 1] [--herd] [--json]`: desks that come back together after an
 * outage of eight hours, on one shared limit of so many calls a minute; the real pacing and the real waiting, on a virtual clock.
 */
import { parseArgs } from 'node:util';
import { GOALS, herd, missedGoals, simulateFleet } from '../test/bench/fleet/fleet.ts';
import type { FleetResult } from '../test/bench/fleet/fleet.ts';

const { values } = parseArgs({
  options: {
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

const results: FleetResult[] = [];
for (const desks of values.desks.split(',').map(Number)) {
  const result = simulateFleet({
    desks,
    limit: Number(values.limit),
    seed: Number(values.seed),
    ...(values.herd ? { pacer: herd } : {}),
  });
  results.push(result);
  const missed = missedGoals(result);
  say(
    [
      `fleet/${desks}${values.herd ? ' (planted herd)' : ''}: drained in ${result.drainMinutes.toFixed(1)} min, the limit's minimum ${result.minimumMinutes.toFixed(1)} min, ratio ${result.drainRatio.toFixed(3)} (goal ${GOALS.drainRatio})`,
      `  429: ${percent(result.refusedShare)} of ${result.calls} answers (goal under ${percent(GOALS.refusedShare)}); slowest desk ${result.slowestToAverage.toFixed(2)} times the average (goal under ${GOALS.slowestToAverage})`,
      `  forecast wrong by (median of the desks): ${percent(result.forecastErrorAtStart)} at the start, ${percent(result.forecastErrorHalfway)} halfway; questions about decisions: ${percent(result.followShare)} of the answers`,
      missed.length === 0 ? '  every goal met' : `  missed: ${missed.join(', ')}`,
    ].join('\n'),
  );
}
if (values.json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
