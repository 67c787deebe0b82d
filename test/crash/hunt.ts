import { lostAnswers, runCampaign } from './campaign.ts';
import type { Problem } from './checker.ts';
import type { FileSystem } from './cut-disk.ts';
import { MUTANTS, plant } from './mutants.ts';
import type { Mutant } from './mutants.ts';
import { runPowerCuts } from './power-cuts.ts';

export interface Found {
  readonly name: string;
  /** The kill or cut after which it was found; null: it was not. */
  readonly after: number | null;
  readonly kinds: readonly Problem['kind'][];
}

export const KILL_MUTANTS = MUTANTS.filter(({ foundBy }) => foundBy === 'kill');
export const POWER_MUTANTS = MUTANTS.filter(({ foundBy }) => foundBy === 'power');

const MOST_KILLS = 60;
const MOST_CUTS = 40;

/** The random kills on the sources with one mistake in them, until the checker says something. */
export async function hunt(mutant: Mutant, seed: number): Promise<Found> {
  const planted = plant(mutant);
  try {
    const { problems } = await runCampaign({
      kills: MOST_KILLS,
      seed,
      program: planted.program,
      create: await planted.load(),
      killsOfAProfile: 8,
      faults: lostAnswers,
    });
    return foundIn(
      mutant,
      problems.map(({ kill, problem }) => ({ after: kill, problem })),
    );
  } finally {
    planted.remove();
  }
}

/** The same with power cuts. */
export async function huntByPower(mutant: Mutant, fileSystem: FileSystem, seed: number): Promise<Found> {
  const planted = plant(mutant);
  try {
    const { problems } = await runPowerCuts({
      fileSystem,
      cuts: MOST_CUTS,
      seed,
      program: planted.program,
      cutsOfADisk: 12,
      faults: lostAnswers,
    });
    return foundIn(
      mutant,
      problems.map(({ cut, problem }) => ({ after: cut, problem })),
    );
  } finally {
    planted.remove();
  }
}

function foundIn(mutant: Mutant, problems: readonly { after: number; problem: Problem }[]): Found {
  return {
    name: mutant.name,
    after: problems[0]?.after ?? null,
    kinds: [...new Set(problems.map(({ problem }) => problem.kind))],
  };
}
