/**
 * The same day once without a fault and once with one in its middle: how long it takes until everything is sent, in the
 * app's own time. The provider's limit makes the day long, so that one test of the connection does not decide.
 */
import { describe, expect, it } from 'vitest';
import { OperationState } from '../../main/outbox/index.ts';
import { LONGEST_PROBE_MS } from '../../main/sync/pause.ts';
import type { ProviderId } from '../../shared/domain/index.ts';
import { median } from '../bench/harness.ts';
import type { WireFault } from '../support/fault-proxy.ts';
import { Records } from '../support/practice-over-days.ts';
import { ProxiedBranch } from './proxied-branch.ts';

const MINUTE = 60_000;
/** The whole day takes at most so many times as long as without the fault, and the fault itself. */
const GOAL = 1.2;
const CALLS_PER_MINUTE = 5;
/** Of two pages each, with four calls at either provider: forty minutes of the limit. */
const CUSTOMERS = 50;
const BEGINS_MS = 15 * MINUTE;
const LASTS_MS = 20 * MINUTE;
const LONGEST_WAIT_MS = 7 * 60 * MINUTE;
const SEED = Number(process.env['SATCHEL_DRAIN_SEED'] ?? 1);
/** What a day takes hangs on chance, by as much as a sixth: on when the last test before the end of the fault fell, and who decides when. */
const MOST_SEEDS = 3;

interface Fault {
  readonly name: string;
  begin(world: ProxiedBranch): Promise<void> | void;
  end(world: ProxiedBranch): Promise<void> | void;
}

function onTheWire(name: string, fault: WireFault): Fault {
  return {
    name,
    begin: ({ proxy }) => proxy.arm({ path: '/', times: Number.POSITIVE_INFINITY, fault }),
    end: ({ proxy }) => proxy.lift(),
  };
}

const FAULTS: readonly Fault[] = [
  { name: 'no connection', begin: ({ proxy }) => proxy.unplug(), end: ({ proxy }) => proxy.plug() },
  onTheWire('503', {
    kind: 'answerInstead',
    status: 503,
    contentType: 'application/json',
    body: JSON.stringify({ errors: [{ title: 'Unavailable' }], statusCode: 503, message: 'Unavailable' }),
  }),
  onTheWire('answers that get lost', { kind: 'cutAnswer', afterBytes: 0, how: 'reset' }),
];

interface Day {
  /** From the release of everything until everything is sent. */
  readonly tookMs: number;
  /** What the branch had not sent yet when the fault was over. */
  readonly leftAfterFault: number;
  readonly problems: readonly string[];
}

/** A person who looks at Attention all day answers what is asked. */
async function answerQuestions({ branch, decide }: Pick<ProxiedBranch, 'branch' | 'decide'>): Promise<void> {
  const asked = branch.db.all<{ id: string }>('SELECT id FROM submissions WHERE is_attention = 1 ORDER BY id');
  for (const { id } of asked) await decide(id);
}

async function goOnUntil(world: ProxiedBranch, what: string, isDone: () => boolean): Promise<void> {
  for (;;) {
    await world.settle();
    await answerQuestions({ branch: world.branch, decide: (id) => world.decide(id) });
    if (isDone()) return;
    if (!(await world.clock.step(LONGEST_WAIT_MS))) throw new Error(`it did not come to this: ${what}`);
  }
}

async function live(provider: ProviderId, fault: Fault | null, seed: number): Promise<Day> {
  const world = await ProxiedBranch.open(provider, {
    seed,
    switches: { [`${provider}.rateLimitPerMinute`]: CALLS_PER_MINUTE },
  });
  const { branch, clock } = world;
  const waiting = (): number => branch.dispatcher.status().waiting;
  try {
    const customers: string[] = [];
    while (customers.length < CUSTOMERS) customers.push(await world.captureAnother());
    for (const submissionId of customers) branch.capture.releaseSubmission(submissionId);
    branch.dispatcher.wake();
    const beganAt = clock.monotonic();
    const passed = async (ms: number): Promise<void> => {
      let isOver = false;
      clock.after(ms, () => {
        isOver = true;
      });
      await goOnUntil(world, 'time passes', () => isOver);
    };
    let leftAfterFault = 0;
    if (fault !== null) {
      await passed(BEGINS_MS);
      await fault.begin(world);
      await passed(LASTS_MS);
      await fault.end(world);
      leftAfterFault = waiting();
    }
    await goOnUntil(world, 'everything is sent', () => waiting() === 0);
    const tookMs = clock.monotonic() - beganAt;
    const undecided = (): unknown => branch.db.get("SELECT id FROM submissions WHERE state <> 'accepted' LIMIT 1");
    await goOnUntil(world, 'everything is decided', () => undecided() === undefined);
    return { tookMs, leftAfterFault, problems: await problemsAfter(world, customers) };
  } finally {
    await world.close();
  }
}

/** By the provider's own records: each page is there once, and what was made for it is submitted or checked once. */
async function problemsAfter(world: ProxiedBranch, customers: readonly string[]): Promise<string[]> {
  const problems: string[] = [];
  const { documents, applicants } = Records.parse(await world.practice.admin('GET', '/records'));
  const counts = new Map((await world.practice.files()).map(({ sha256, stored }) => [sha256, stored]));
  const pages = customers.flatMap((id) => world.branch.capture.submission(id).pages);
  for (const { sha256, isDelivered } of pages) {
    const stored = counts.get(sha256) ?? 0;
    if (stored !== 1) problems.push(`a page is there ${stored} times`);
    if (!isDelivered) problems.push('a page is not shown as sent');
  }
  if (counts.size !== pages.length) problems.push(`${counts.size} files for ${pages.length} pages`);
  for (const { isSubmitted, files } of documents) {
    if (!isSubmitted || files.length !== 1) problems.push(`a document with ${files.length} files: ${isSubmitted}`);
  }
  for (const { checksUsed, images } of applicants) {
    if (checksUsed !== 1 || images.length !== 2) problems.push(`${checksUsed} checks of ${images.length} pages`);
  }
  const made = documents.length > 0 ? documents.length / 2 : applicants.length;
  if (made !== customers.length) problems.push(`made for ${made} customers`);
  for (const { kind, state } of customers.flatMap((id) => world.operations(id))) {
    if (state !== OperationState.done && state !== OperationState.cancelled) problems.push(`${kind} is not done`);
  }
  return problems;
}

function minutes(ms: number): string {
  return (ms / MINUTE).toFixed(1);
}

describe.each<ProviderId>(['persona', 'personr'])('a day with a fault in its middle, %s', (provider) => {
  const undisturbed = new Map<number, Promise<Day>>();
  const withoutFault = (seed: number): Promise<Day> => {
    const day = undisturbed.get(seed) ?? live(provider, null, seed);
    undisturbed.set(seed, day);
    return day;
  };

  async function ratioWith(fault: Fault, seed: number): Promise<number> {
    const [without, day] = [await withoutFault(seed), await live(provider, fault, seed)];
    const ratio = (day.tookMs - LASTS_MS) / without.tookMs;
    // The same for what was left when the fault began alone.
    const ofTheRest = (day.tookMs - LASTS_MS - BEGINS_MS) / (without.tookMs - BEGINS_MS);
    console.log(
      `drain: ${provider}, ${fault.name}: ${minutes(day.tookMs)} min, ${minutes(without.tookMs)} without; ratio ${ratio.toFixed(2)}, of the rest ${ofTheRest.toFixed(2)}; ${day.leftAfterFault} of ${CUSTOMERS} customers left after the fault (seed ${seed})`,
    );
    expect(day.problems).toEqual([]);
    expect(day.leftAfterFault).toBeGreaterThan(0);
    return ratio;
  }

  it('is long enough for a figure, and nothing is amiss without a fault', async () => {
    const { problems, tookMs } = await withoutFault(SEED);
    expect(problems).toEqual([]);
    // The longest time between two tests of a connection, with its jitter.
    expect((GOAL - 1) * tookMs).toBeGreaterThan(LONGEST_PROBE_MS * 1.25);
  });

  it.each(FAULTS)(`$name: everything is sent once, in at most ${GOAL} times as long`, async (fault) => {
    const ratios = [await ratioWith(fault, SEED)];
    // One day that took longer may have had bad luck; of several it is the one in the middle that counts.
    while (median(ratios) > GOAL && ratios.length < MOST_SEEDS) {
      for (let day = 0; day < 2; day += 1) ratios.push(await ratioWith(fault, SEED + ratios.length));
    }
    expect(median(ratios)).toBeLessThanOrEqual(GOAL);
  });
});
