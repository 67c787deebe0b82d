/**
 * `npm run power [-- --cuts 300] [--seed N] [--only ext4|xfs]`: the power is cut while a branch imports and sends, on ext4 and
 * on xfs in turn; then the same on a queue of others. `--mutants`: on the sources with one mistake in them at a time.
 * `--control`: on a program that only appends and flushes, which shows what the disk itself loses. Root only.
 *
 * It starts itself once more in a mount namespace of its own (`--inside`): one that another program makes meanwhile would
 * take a copy of the mount with it, and a filesystem that is still mounted somewhere is not started anew.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runControlCuts } from '../test/crash/control-cuts.ts';
import { whyNoCut } from '../test/crash/cut-disk.ts';
import type { FileSystem } from '../test/crash/cut-disk.ts';
import { POWER_MUTANTS, huntByPower } from '../test/crash/hunt.ts';
import { runPeerCuts } from '../test/crash/peer-cuts.ts';
import { describePower, runPowerCuts } from '../test/crash/power-cuts.ts';

const { values } = parseArgs({
  options: {
    cuts: { type: 'string', default: '300' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    only: { type: 'string' },
    mutants: { type: 'boolean', default: false },
    control: { type: 'boolean', default: false },
    /** One of them, by its name. */
    mutant: { type: 'string' },
    'peer-cuts': { type: 'string', default: '10' },
    inside: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);
const isHunt = values.mutants || values.mutant !== undefined;
const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const fileSystems = (['ext4', 'xfs'] as const).filter((name) => values.only === undefined || values.only === name);
const usable: FileSystem[] = [];
for (const name of fileSystems) {
  const missing = await whyNoCut(name);
  if (missing === null) usable.push(name);
  else say(`power: ${name} is left out: ${missing}`);
}

async function run(): Promise<boolean> {
  let isSound = true;
  say(`power: seed ${seed}; repeat with --seed ${seed}`);
  for (const [index, fileSystem] of usable.entries()) {
    if (isHunt) break;
    const cuts =
      Math.floor(Number(values.cuts) / usable.length) + (index < Number(values.cuts) % usable.length ? 1 : 0);
    if (values.control) {
      const { acknowledged, lostBefore, lostAfter, latestMs } = await runControlCuts(fileSystem, cuts, seed);
      say(
        `${fileSystem}: a program that appends and flushes: ${cuts} cuts, ${acknowledged} pieces acknowledged; lost: ${lostBefore} acknowledged before the order to cut, ${lostAfter} after it (at most ${latestMs.toFixed(1)} ms)`,
      );
      isSound &&= lostBefore === 0;
      continue;
    }
    const figures = await runPowerCuts({
      fileSystem,
      cuts,
      seed,
      onDisk: (so) => {
        say(`  ${describePower(so)}`);
      },
    });
    say(describePower(figures));
    for (const problem of figures.problems) say(JSON.stringify(problem));
    isSound &&= figures.problems.length === 0;
    const peerCuts = Number(values['peer-cuts']);
    if (peerCuts > 0) {
      const peer = await runPeerCuts(fileSystem, peerCuts, seed);
      say(
        `${fileSystem}: plainjob as it comes: ${peer.cuts} cuts, ${peer.acknowledged} jobs acknowledged, ${peer.lost} lost, in ${peer.cutsWithLoss} of the cuts`,
      );
      // A disk on which nobody loses anything is no evidence.
      isSound &&= peer.lost > 0;
    }
  }
  for (const fileSystem of isHunt ? usable : []) {
    for (const mutant of POWER_MUTANTS) {
      if (values.mutant !== undefined && mutant.name !== values.mutant) continue;
      const { name, after, kinds } = await huntByPower(mutant, fileSystem, seed);
      say(
        `${fileSystem}: "${name}": ${after === null ? 'NOT FOUND' : `found after ${after} cuts (${kinds.join(', ')})`}`,
      );
      isSound &&= after !== null;
    }
  }
  return isSound;
}

if (usable.length === 0) process.exitCode = 78;
else if (values.inside) process.exitCode = (await run()) ? 0 : 1;
else {
  const self = [fileURLToPath(import.meta.url), ...process.argv.slice(2), '--seed', String(seed), '--inside'];
  process.exitCode = spawnSync('unshare', ['--mount', process.execPath, ...self], { stdio: 'inherit' }).status ?? 1;
}
