/**
 * A branch that is killed again and again, at random moments and at named ones. `SATCHEL_CRASH_SEED` repeats a run's
 * moments and faults. The long runs are `npm run crash`; see docs/reliability.md.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../support/virtual-clock.ts';
import { describeFigures, runCampaign } from './campaign.ts';
import { dieAt, findPoints } from './named-points.ts';

const SEED = Number(process.env['SATCHEL_CRASH_SEED'] ?? Date.now() % 1_000_000);
const KILLS = 10;
const POINTS = 2;
const CRASH = join(import.meta.dirname, '..', '..', 'scripts', 'crash.ts');
const BUILT = join(import.meta.dirname, '..', '..', 'dist', 'main', 'satchel.js');

describe('kill -9 at random moments', () => {
  it(`loses nothing, doubles nothing and claims nothing in ${KILLS} kills (seed ${SEED})`, async () => {
    const figures = await runCampaign({
      kills: KILLS,
      seed: SEED,
      killsOfAProfile: KILLS,
      ...(existsSync(BUILT) ? { commandLine: BUILT } : {}),
    });
    console.log(`crash: seed ${SEED}, ${describeFigures(figures)}; repeat with SATCHEL_CRASH_SEED=${SEED}`);
    expect({ seed: SEED, problems: figures.problems }).toEqual({ seed: SEED, problems: [] });
    // Otherwise the branch did too little to show anything.
    expect(figures.pages).toBeGreaterThan(KILLS / 2);
  });
});

describe('kill -9 between two durable steps', () => {
  it(`loses nothing at ${POINTS} of the named points (seed ${SEED})`, async () => {
    const points = await findPoints();
    expect(new Set(points.map(({ name }) => name)).size).toBeGreaterThan(80);
    const random = seededRandom(SEED);
    for (let count = 0; count < POINTS; count += 1) {
      const point = points[Math.floor(random.number() * points.length)];
      if (point === undefined) continue;
      console.log(`crash: dies at ${point.count}. "${point.name}"`);
      expect({ point, problems: (await dieAt(point)).problems }).toEqual({ point, problems: [] });
    }
  });
});

/**
 * Of the moments that this seed gives, an early one finds each mistake: shown is that the checker sees it. `npm run crash -- --mutants`
 * hunts every mistake at moments of chance, which takes a minute or two for some.
 */
const EARLY = 4;

describe('the checker itself', () => {
  // In a process of its own: the sources with the mistake have to be loaded by Node, not by the test's runner.
  it.each(['the row is written before the bytes', 'a new idempotency key for every attempt'])(
    'finds this mistake: %s',
    (name) => {
      const hunt = spawnSync(process.execPath, [CRASH, '--mutant', name, '--seed', String(EARLY)], {
        encoding: 'utf8',
      });
      console.log(hunt.stdout);
      expect(`${hunt.stdout}${hunt.stderr}`).toContain('found after');
      expect(hunt.status).toBe(0);
    },
  );
});
