/**
 * `npm run crash [-- --kills 1000] [--seed N]`: kills at random moments. `--points`: at every named point between two durable
 * steps. `--mutants`: on the sources with one mistake in them at a time; each has to be found.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { describeFigures, runCampaign } from '../test/crash/campaign.ts';
import { KILL_MUTANTS, hunt } from '../test/crash/hunt.ts';
import { dieAt, findPoints } from '../test/crash/named-points.ts';
import { buildApp } from './build.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    points: { type: 'boolean', default: false },
    mutants: { type: 'boolean', default: false },
    /** One of them, by its name. */
    mutant: { type: 'string' },
  },
});
const seed = Number(values.seed);
const isHunt = values.mutants || values.mutant !== undefined;
const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

async function kills(): Promise<boolean> {
  const commandLine = fileURLToPath(new URL('../dist/main/satchel.js', import.meta.url));
  if (!existsSync(commandLine)) await buildApp();
  const figures = await runCampaign({
    kills: Number(values.kills),
    seed,
    commandLine,
    onProfile: (so) => {
      say(`  ${describeFigures(so)}`);
    },
  });
  say(describeFigures(figures));
  for (const problem of figures.problems) say(JSON.stringify(problem));
  return figures.problems.length === 0;
}

async function points(): Promise<boolean> {
  const found = await findPoints();
  let died = 0;
  let bad = 0;
  for (const point of found) {
    const { hasDied, problems } = await dieAt(point);
    if (hasDied) died += 1;
    if (problems.length > 0) bad += 1;
    if (problems.length > 0) say(`  ${point.count}. "${point.name}": ${JSON.stringify(problems)}`);
  }
  const names = new Set(found.map(({ name }) => name)).size;
  say(`${found.length} points of ${names} names, died at ${died} of them, ${bad} with problems`);
  return bad === 0;
}

async function mutants(): Promise<boolean> {
  let isEachFound = true;
  for (const mutant of KILL_MUTANTS) {
    if (values.mutant !== undefined && mutant.name !== values.mutant) continue;
    const { name, after, kinds } = await hunt(mutant, seed);
    say(`"${name}": ${after === null ? 'NOT FOUND' : `found after ${after} kills (${kinds.join(', ')})`}`);
    isEachFound &&= after !== null;
  }
  return isEachFound;
}

say(`crash: seed ${seed}; repeat with --seed ${seed}`);
const isSound = values.points ? await points() : isHunt ? await mutants() : await kills();
process.exitCode = isSound ? 0 : 1;
