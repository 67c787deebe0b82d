/**
 * Kills at random moments, one after the other on the same profile. After every kill the profile is opened and compared
 * with what it had promised and with the practice server's own count; now and then a start is not killed, and everything
 * that was released must come to its end. The same seed gives the same moments and faults.
 */
import { join } from 'node:path';
import type { FaultInput } from '../../main/practice/index.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import { startStrictPractice } from './strict-practice.ts';
import type { PracticeForTests } from '../support/practice.ts';
import { seededRandom } from '../support/virtual-clock.ts';
import { ageProfile } from './aged-profile.ts';
import { Branch } from './branch-runner.ts';
import type { KillMoment, Phase } from './branch-runner.ts';
import { checkAfter, settleAll } from './checker.ts';
import type { CreateSatchel, Problem } from './checker.ts';
import { commandLineDay } from './command-line.ts';

export const BRANCH = join(import.meta.dirname, 'branch.ts');

export interface CampaignOptions {
  readonly kills: number;
  readonly seed: number;
  /** The program that is killed; left out: the product's own. */
  readonly program?: string;
  /** Kills on one profile before everything of it must come to its end. Default 40. */
  readonly killsOfAProfile?: number;
  /** The compiled command line; left out: it is not killed. */
  readonly commandLine?: string;
  /** The composition root of the same sources as `program`, for the starts that are not killed. */
  readonly create?: CreateSatchel;
  /** What goes wrong on the network beside a kill; default `someFaults`. */
  readonly faults?: (random: () => number) => FaultInput[];
  readonly onProfile?: (figures: Figures) => void;
}

export interface Figures {
  kills: number;
  /** Kills by what was under way. */
  readonly phases: Record<Phase | 'migration' | 'command line', number>;
  pages: number;
  released: number;
  profiles: number;
  requests: number;
  /** Requests that the server answered from an earlier one with the same key. */
  replays: number;
  problems: { kill: number; problem: Problem }[];
}

/** One in so many kills meets a migration, and one in so many the command line. */
const MIGRATION_EVERY = 10;
const COMMAND_LINE_EVERY = 10;
/** Where the random kills of a branch begin to count, and how long after it at most. */
const MOMENTS: readonly (readonly [line: string, count: number, longestMs: number])[] = [
  ['STARTED', 1, 1_100],
  ['STARTED', 1, 1_100],
  ['OPENING', 1, 400],
  ['TAKE', 6, 60],
  ['RELEASING', 3, 30],
  ['CALL POST /personr/api/1.1/wf/api-document-upload', 2, 60],
  ['CALL POST /persona/api/v1/document/generics', 2, 60],
  ['CALL POST /personr/api/1.1/wf/api-basic-auth', 1, 60],
  ['SHOWN', 2, 200],
];

export function someMoment(random: () => number): KillMoment {
  const [line, most, longestMs] = MOMENTS[Math.floor(random() * MOMENTS.length)] ?? ['STARTED', 1, 1_000];
  return { line, count: 1 + Math.floor(random() * most), afterMs: Math.floor(random() * longestMs) };
}

/** Something that goes wrong now and then, and a pace at which kills meet requests on their way. */
export function someFaults(random: () => number): FaultInput[] {
  const actions: FaultInput['action'][] = [
    { kind: 'resetAfterStoring' },
    { kind: 'resetBeforeStoring' },
    { kind: 'cutAfterBytes', bytes: Math.floor(random() * 20_000) },
    { kind: 'cutAnswer' },
    { kind: 'status', status: 503 },
  ];
  const action = actions[Math.floor(random() * actions.length)];
  return [
    ...(action === undefined || random() < 0.4 ? [] : [{ method: 'POST', times: 1, action }]),
    // The token has run out: another one is fetched.
    ...(random() < 0.5
      ? [{ api: 'personr' as const, times: 1, action: { kind: 'status' as const, status: 401 } }]
      : []),
    { times: 1_000_000, action: { kind: 'delay', ms: 20 + Math.floor(random() * 60) } },
  ];
}

/** Lost answers of everything that must not happen twice: for showing that a mistake with them is found. */
export function lostAnswers(random: () => number): FaultInput[] {
  const lost: Pick<FaultInput, 'method' | 'times' | 'action'> = {
    method: 'POST',
    times: 1,
    action: { kind: random() < 0.7 ? 'resetAfterStoring' : 'resetBeforeStoring' },
  };
  return [
    { api: 'persona', path: '/document/generics', ...lost },
    { api: 'personr', path: '/api-document-upload', ...lost },
    { times: 1_000_000, action: { kind: 'delay', ms: 20 + Math.floor(random() * 60) } },
  ];
}

export async function runCampaign(options: CampaignOptions): Promise<Figures> {
  const random = seededRandom(options.seed);
  const program = options.program ?? BRANCH;
  const settling = options.create === undefined ? {} : { create: options.create, patienceMs: 30_000 };
  const figures: Figures = {
    kills: 0,
    phases: {
      start: 0,
      import: 0,
      release: 0,
      upload: 0,
      token: 0,
      call: 0,
      between: 0,
      migration: 0,
      'command line': 0,
    },
    pages: 0,
    released: 0,
    profiles: 0,
    requests: 0,
    replays: 0,
    problems: [],
  };
  const note = (problems: readonly Problem[]): void => {
    for (const problem of problems) figures.problems.push({ kill: figures.kills, problem });
  };
  while (figures.kills < options.kills && figures.problems.length === 0) {
    const folder = makeFolder('crash');
    const practice = await startStrictPractice(folder);
    try {
      const branch = new Branch({ folder, practice });
      const last = Math.min(options.kills, figures.kills + (options.killsOfAProfile ?? 40));
      while (figures.kills < last && figures.problems.length === 0) {
        figures.kills += 1;
        await practice.clearFaults();
        await practice.faults(...(options.faults ?? someFaults)(() => random.number()));
        const isLater = branch.pages.size > 0;
        if (isLater && figures.kills % MIGRATION_EVERY === 0) {
          note(await killMigration(branch, practice, program, () => random.number()));
          figures.phases.migration += 1;
          continue;
        }
        if (options.commandLine !== undefined && isLater && figures.kills % COMMAND_LINE_EVERY === 5) {
          await commandLineDay(branch, options.commandLine, folder, () => random.number());
          figures.phases['command line'] += 1;
        } else {
          const ended = await branch.run({
            program,
            kill: someMoment(() => random.number()),
          });
          if (ended.lastLine.startsWith('NOT OPENED')) note([{ kind: 'notOpened', what: ended.lastLine }]);
          else if (ended.signal !== 'SIGKILL') {
            throw new Error(`the branch ended by itself with ${ended.code}: ${ended.lastLine} ${ended.errors}`);
          }
          figures.phases[ended.phase] += 1;
        }
        note(await checkAfter(branch, practice));
      }
      if (figures.problems.length === 0) note(await settleAll(branch, practice, settling));
      const requests = await practice.requests();
      figures.pages += branch.pages.size;
      figures.released += branch.released.size;
      figures.requests += requests.length;
      figures.replays += requests.filter(({ isReplay }) => isReplay).length;
      figures.profiles += 1;
      options.onProfile?.(figures);
    } finally {
      await practice.close();
      removeFolder(folder);
    }
  }
  return figures;
}

/** The profile as an earlier version left it, with the same rows: the start migrates it and is killed in the middle. */
async function killMigration(
  branch: Branch,
  practice: PracticeForTests,
  program: string,
  random: () => number,
): Promise<Problem[]> {
  ageProfile(branch.profile);
  await branch.run({ program, kill: { line: 'OPENING', count: 1, afterMs: Math.floor(random() * 120) } });
  return checkAfter(branch, practice);
}

export function describeFigures(figures: Figures): string {
  const phases = Object.entries(figures.phases)
    .filter(([, count]) => count > 0)
    .map(([phase, count]) => `${phase} ${count}`)
    .join(', ');
  return `${figures.kills} kills (${phases}), ${figures.profiles} profiles, ${figures.pages} pages acknowledged, ${figures.released} releases acknowledged, ${figures.requests} requests at the server (${figures.replays} answered from an earlier one), ${figures.problems.length} problems`;
}
