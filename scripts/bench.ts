/**
 * `npm run bench [-- --only <name>] [--json] [--list]`: each benchmark beside a peer or a physical limit, in alternating
 * runs, as a ratio. Absolute numbers belong to the machine they were taken on; ratios are what is compared.
 */
import { parseArgs } from 'node:util';
import { canary, machine, runBench } from '../test/bench/harness.ts';
import type { BenchResult } from '../test/bench/harness.ts';
import { benches } from '../test/bench/index.ts';
import { buildApp } from './build.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
});
/** A benchmark's name, or the part before its slash for all of a kind. */
const only = values.only;
const chosen = benches.filter(({ name }) => only === undefined || name === only || name.startsWith(`${only}/`));
const say = (text: string): void => {
  (values.json ? process.stderr : process.stdout).write(`${text}\n`);
};

if (values.list || chosen.length === 0) {
  if (!values.list) process.stderr.write(`bench: there is no "${values.only ?? ''}". These are:\n`);
  for (const bench of benches) process.stdout.write(`${bench.name}\n`);
  process.exitCode = values.list ? 0 : 2;
} else {
  say(machine());
  // What is measured is what ships, and as it is now.
  await buildApp();
  say(`canary before: ${(await canary()).toFixed(2)} cores`);
  const results: BenchResult[] = [];
  for (const bench of chosen) {
    const reason = bench.unavailable();
    if (reason !== null) {
      say(`${bench.name}: skipped, ${reason}`);
      continue;
    }
    try {
      const result = await runBench(bench, ({ ours, peer }) => {
        say(`  ${bench.name}: ours ${ours.toFixed(2)}, ${bench.peerName} ${peer.toFixed(2)} ${bench.unit}`);
      });
      await bench.finish?.();
      for (const note of bench.notes?.() ?? []) say(`  ${note}`);
      results.push(result);
      say(
        `${result.name}: ours ${result.ours.toFixed(2)} ${result.unit}, ${result.peerName} ${result.peer.toFixed(2)} ${result.unit}, ratio ${result.ratio.toFixed(2)} (${result.runs} runs)`,
      );
    } finally {
      // A side that fails must not leave gigabytes of copies behind.
      await bench.close?.();
    }
  }
  say(`canary after: ${(await canary()).toFixed(2)} cores`);
  if (values.json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
}
