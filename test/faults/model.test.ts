/**
 * The whole branch against what must never happen: long random lists of what people do, what breaks, kills, restarts and
 * clock jumps, on virtual time. `SATCHEL_MODEL_RUNS` makes it longer, `SATCHEL_MODEL_SEED` repeats one.
 */
import {
  asyncModelRun,
  asyncProperty,
  check as checkProperty,
  commands as commandList,
  defaultReportMessage,
  nat,
} from 'fast-check';
import type { AsyncCommand, RunDetails } from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InspectionPort } from '../../main/inspection/index.ts';
import { readLedger } from '../../main/ledger/index.ts';
import { jpeg } from '../integration/capture/files.ts';
import { lendInspection } from '../support/lent-inspection.ts';
import { rememberingInspection } from '../support/pictures.ts';
import { STEPS, drain } from './model/commands.ts';
import type { Model } from './model/commands.ts';
import { finalProblemsOf, mustHold, problemsOf, watch } from './model/invariants.ts';
import { MISTAKES } from './model/mistakes.ts';
import { World } from './model/world.ts';
import type { Mistake } from './model/world.ts';

const RUNS = Number(process.env['SATCHEL_MODEL_RUNS'] ?? 8);
const SEED = Number(process.env['SATCHEL_MODEL_SEED'] ?? 20_260_901);
/** A mistake must be found within so many lists. */
const LISTS_TO_FIND_IT = 40;
const SEED_OF_MISTAKES = 1;
/** Lists must be long for what shows only after several steps: a stale worker was missed by short ones altogether. */
const LISTS = { size: '+2', maxCommands: 120 } as const;

let inspection: InspectionPort;
let picture: Buffer;
beforeAll(async () => {
  inspection = rememberingInspection(lendInspection());
  picture = await jpeg({ width: 320, height: 240, seed: 3 });
});
afterAll(async () => {
  await inspection.close();
});

const steps = commandList(
  STEPS.map((Kind) => nat({ max: 30 }).map((pick) => new Kind(pick))),
  LISTS,
);

type Details = RunDetails<[Iterable<AsyncCommand<Model, World>>]>;

/** One list of steps on a branch of its own, then the end of all faults. Answers everything that happened, in order. */
async function live(list: Iterable<AsyncCommand<Model, World>>, seed: number, mistake?: Mistake): Promise<string[]> {
  const world = await World.open({ seed, inspection, picture, ...(mistake === undefined ? {} : { mistake }) });
  world.network.onCarriedOut = (arrival) => {
    watch(world, arrival);
  };
  try {
    await asyncModelRun(() => ({ model: {}, real: world }), list);
    mustHold(await drain(world));
    mustHold(problemsOf(world));
    mustHold(await finalProblemsOf(world));
    const ledger = readLedger(world.branch.db, { limit: 100_000 }).map(
      ({ at, kind, submissionId, operationId, data }) =>
        `${at} ${kind} ${submissionId ?? '-'} ${operationId ?? '-'} ${data.message.code}`,
    );
    return [...world.network.trace, ...ledger];
  } finally {
    await world.close();
  }
}

function check(numRuns: number, seed: number, mistake?: Mistake): Promise<Details> {
  return checkProperty(
    asyncProperty(steps, async (list) => {
      await live(list, seed, mistake);
    }),
    // A mistake only has to be found; a real fault is worth its shortest list.
    { numRuns, seed, endOnFailure: mistake !== undefined },
  );
}

/** The shortest list that fails, and why. */
function reportOf(result: Details): string {
  const why = result.errorInstance instanceof Error ? result.errorInstance.message : '';
  return result.failed ? `${defaultReportMessage(result) ?? ''}\n${why}` : 'holds';
}

describe('the branch as a whole', () => {
  it(`loses nothing, doubles nothing, claims nothing, whatever happens (${RUNS} lists, seed ${SEED})`, async () => {
    const result = await check(RUNS, SEED);
    expect(reportOf(result)).toBe('holds');
  });

  it('takes the same way again with the same seed', async () => {
    const traces: string[][] = [];
    for (let turn = 0; turn < 2; turn += 1) {
      await checkProperty(
        asyncProperty(steps, async (list) => {
          traces.push(await live(list, SEED));
        }),
        { numRuns: 1, seed: SEED + 1 },
      );
    }
    const [first, second] = traces;
    expect(first?.length).toBeGreaterThan(20);
    expect(second).toEqual(first);
  });

  it.each(Object.entries(MISTAKES))('finds %s', async (_name, mistake) => {
    const result = await check(LISTS_TO_FIND_IT, SEED_OF_MISTAKES, mistake);
    expect(result.failed).toBe(true);
  });
});
