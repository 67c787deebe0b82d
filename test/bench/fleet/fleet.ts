import type { RateLimit } from '../../../main/providers/port.ts';
import { pollAfterMs } from '../../../main/providers/persona/operations.ts';
import { Forecast } from '../../../main/sync/forecast.ts';
import { Pacing } from '../../../main/sync/pacing.ts';
import { probeDelayMs, usualProbeMs } from '../../../main/sync/pause.ts';
import { seededRandom } from '../../support/virtual-clock.ts';
import { EventQueue } from './event-queue.ts';

const WINDOW_MS = 60_000;
const OUTAGE_MS = 8 * 3_600_000;
const OFFLINE_PROBE_MS = 15_000;
const SPREAD_MS = { together: 3_000, spread: 30 * 60_000 };
/** As the dispatcher: four at once, three of a size. */
const IN_FLIGHT = 4;
const OF_A_SIZE = 3;

/** What a desk of the fleet needs of `Pacing`; a planted mistake takes its place. */
export type Pacer = Pick<
  Pacing,
  | 'returned'
  | 'opensAt'
  | 'prospect'
  | 'isHeldUp'
  | 'began'
  | 'answered'
  | 'mayFollow'
  | 'mayFollowFirst'
  | 'followOpensAt'
>;

/**
 * How the desks find out that the network is back. `probes`: each by its own test, up to 6.25 minutes later. `together`: the
 * operating system tells all of them, and each looks within three seconds. `spread`: at some time of half an hour.
 */
export const RETURNS = ['probes', 'together', 'spread'] as const;
export type Return = (typeof RETURNS)[number];

export interface FleetOptions {
  readonly desks: number;
  readonly comeBack?: Return;
  readonly submissions?: number;
  readonly limit?: number;
  readonly seed?: number;
  readonly pacer?: (random: () => number) => Pacer;
}

/** Over the desks, of |forecast − truth| ÷ (truth − moment of the forecast). */
interface ForecastError {
  readonly mean: number;
  readonly median: number;
}

export interface FleetResult {
  readonly desks: number;
  readonly comeBack: Return;
  readonly calls: number;
  /** From the first answer after the outage until the last submission of the last desk was sent. */
  readonly drainMinutes: number;
  /** The limit's own minimum for the calls that had to be made; for one desk what it needs without any limit. */
  readonly minimumMinutes: number;
  readonly drainRatio: number;
  readonly refusedShare: number;
  readonly slowestToAverage: number;
  readonly forecastErrorAtStart: ForecastError;
  readonly forecastErrorHalfway: ForecastError;
  /** Share of all answers that were questions about decisions. */
  readonly followShare: number;
}

export const GOALS = { drainRatio: 1.1, refusedShare: 0.02, slowestToAverage: 1.5 };

/** Names of the goals that a result, or the mean of several, misses. */
export function missedGoals(result: Pick<FleetResult, keyof typeof GOALS>): (keyof typeof GOALS)[] {
  const names = ['drainRatio', 'refusedShare', 'slowestToAverage'] as const;
  return names.filter((name) => !(result[name] <= GOALS[name]));
}

/** The provider's side: one fixed window for all, started by the first request after the last one's end. */
class SharedLimit {
  readonly #limit: number;
  #startedAt = Number.NEGATIVE_INFINITY;
  #used = 0;
  accepted = 0;
  refused = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  request(now: number): { rateLimit: RateLimit; isRefused: boolean } {
    if (now >= this.#startedAt + WINDOW_MS) {
      this.#startedAt = now;
      this.#used = 0;
    }
    this.#used += 1;
    const isRefused = this.#used > this.#limit;
    if (isRefused) this.refused += 1;
    else this.accepted += 1;
    const resetSeconds = Math.ceil((this.#startedAt + WINDOW_MS - now) / 1_000);
    const remaining = Math.max(this.#limit - this.#used, 0);
    return { rateLimit: { limit: this.#limit, remaining, resetMs: resetSeconds * 1_000 }, isRefused };
  }
}

interface Submission {
  /** Sends left: create and submit of each of two documents, in this order. */
  sends: number;
  isBusy: boolean;
}

interface Following {
  dueAt: number;
  readonly submittedAt: number;
  readonly decidedAt: number;
}

interface World {
  readonly queue: EventQueue;
  readonly limit: SharedLimit;
  readonly random: () => number;
  readonly submissions: number;
  readonly comeBack: Return;
  firstAnswerAt: number | null;
  follows: number;
}

const SENDS = 4;

class Desk {
  readonly #world: World;
  readonly #pacer: Pacer;
  readonly #submissions: Submission[];
  readonly #following: Following[] = [];
  readonly #forecast = new Forecast();
  #left: number;
  #uploads = 0;
  #smalls = 0;
  #isProbing = true;
  #wakesAt = Number.POSITIVE_INFINITY;
  #probes = 0;
  sentAt: number | null = null;
  startForecast: { at: number; clearAt: number } | null = null;
  halfForecast: { at: number; clearAt: number } | null = null;

  constructor(world: World, pacer: Pacer) {
    this.#world = world;
    this.#pacer = pacer;
    this.#submissions = Array.from({ length: world.submissions }, () => ({ sends: SENDS, isBusy: false }));
    this.#left = world.submissions;
  }

  /** Tries through the outage by the ladder of the real pause, until it finds the provider or is told to try. */
  sleepThroughOutage(): void {
    const { random, queue, comeBack } = this.#world;
    let at = random() * OFFLINE_PROBE_MS;
    while (at < OUTAGE_MS) {
      at += probeDelayMs(OFFLINE_PROBE_MS, this.#probes, random());
      this.#probes += 1;
    }
    if (comeBack !== 'probes') at = OUTAGE_MS + SPREAD_MS[comeBack] * random();
    queue.at(at, () => {
      this.#pacer.returned(usualProbeMs(this.#probes));
      this.pump();
    });
  }

  pump(): void {
    const { queue } = this.#world;
    while (this.sentAt === null && this.#uploads + this.#smalls < (this.#isProbing ? 1 : IN_FLIGHT)) {
      const { now } = queue;
      if (this.#pacer.opensAt > now) {
        this.#wakeAt(this.#pacer.opensAt);
        return;
      }
      if (this.#pacer.mayFollowFirst(now) && this.#follow(now)) continue;
      if (this.#send()) continue;
      if (this.#pacer.mayFollow(now) && this.#follow(now)) continue;
      const due = Math.min(...this.#following.map(({ dueAt }) => dueAt));
      if (due < Number.POSITIVE_INFINITY && this.#uploads + this.#smalls === 0) {
        this.#wakeAt(Math.max(due, this.#pacer.followOpensAt(now)));
      }
      return;
    }
  }

  #wakeAt(time: number): void {
    if (this.#wakesAt <= time || time === Number.POSITIVE_INFINITY) return;
    this.#wakesAt = time;
    this.#world.queue.at(time, () => {
      if (this.#wakesAt !== time) return;
      this.#wakesAt = Number.POSITIVE_INFINITY;
      this.pump();
    });
  }

  #send(): boolean {
    const next = this.#submissions.find(
      ({ sends, isBusy }) => !isBusy && sends > 0 && (sends % 2 === 0 ? this.#uploads : this.#smalls) < OF_A_SIZE,
    );
    if (next === undefined) return false;
    const isUpload = next.sends % 2 === 0;
    next.isBusy = true;
    this.#call(isUpload, false, (isRefused, now) => {
      next.isBusy = false;
      if (isRefused) return;
      next.sends -= 1;
      this.#forecast.called();
      if (!isUpload) {
        const decidedAt = now + 20_000 - 60_000 * Math.log(1 - this.#world.random());
        this.#following.push({ dueAt: now, submittedAt: now, decidedAt });
      }
      if (next.sends > 0) return;
      this.#forecast.sent(now);
      this.#submissions.splice(this.#submissions.indexOf(next), 1);
      this.#left -= 1;
      if (this.#left === 0) this.sentAt = now;
    });
    return true;
  }

  #follow(now: number): boolean {
    const next = this.#following.find(({ dueAt }) => dueAt <= now);
    if (next === undefined || this.#smalls >= OF_A_SIZE) return false;
    next.dueAt = Number.POSITIVE_INFINITY;
    this.#world.follows += 1;
    this.#call(false, true, (isRefused, at) => {
      if (!isRefused && at >= next.decidedAt) this.#following.splice(this.#following.indexOf(next), 1);
      else next.dueAt = isRefused ? at : at + pollAfterMs(at - next.submittedAt);
    });
    return true;
  }

  #call(isUpload: boolean, isFollow: boolean, land: (isRefused: boolean, now: number) => void): void {
    const { queue, limit, random } = this.#world;
    if (isUpload) this.#uploads += 1;
    else this.#smalls += 1;
    this.#pacer.began(queue.now, isFollow);
    // Up (1.5 MB at some megabits a second, or next to nothing), then back.
    queue.at(queue.now + (isUpload ? 2_000 : 100) * (0.7 + 0.6 * random()), () => {
      const { rateLimit, isRefused } = limit.request(queue.now);
      queue.at(queue.now + 50 + 100 * random(), () => {
        const { now } = queue;
        this.#world.firstAnswerAt ??= now;
        if (isUpload) this.#uploads -= 1;
        else this.#smalls -= 1;
        this.#pacer.answered(now, { ...rateLimit }, isRefused);
        this.#isProbing = isRefused;
        land(isRefused, now);
        this.#foretell(now);
        this.pump();
      });
    });
  }

  #foretell(now: number): void {
    if (this.sentAt !== null || this.#pacer.prospect === null) return;
    const isHalf = this.#left * 2 <= this.#world.submissions;
    if (this.startForecast !== null && !(isHalf && this.halfForecast === null)) return;
    const inMs = this.#forecast.clearInMs(this.#left, now, this.#pacer.isHeldUp(now) ? this.#pacer.prospect : null);
    if (inMs === null) return;
    if (this.startForecast === null) this.startForecast = { at: now, clearAt: now + inMs };
    else this.halfForecast = { at: now, clearAt: now + inMs };
  }
}

function run(options: FleetOptions): { world: World; desks: Desk[] } {
  const seeded = seededRandom(options.seed ?? 1);
  const random = (): number => seeded.number();
  const world: World = {
    queue: new EventQueue(),
    limit: new SharedLimit(options.limit ?? 300),
    random,
    submissions: options.submissions ?? 20,
    comeBack: options.comeBack ?? 'probes',
    firstAnswerAt: null,
    follows: 0,
  };
  const make = options.pacer ?? ((chance: () => number): Pacer => new Pacing(chance));
  const desks = Array.from({ length: options.desks }, () => new Desk(world, make(random)));
  for (const desk of desks) desk.sleepThroughOutage();
  while (desks.some(({ sentAt }) => sentAt === null)) {
    for (let n = 0; n < 10_000; n += 1) if (!world.queue.step()) break;
    if (desks.every(({ sentAt }) => sentAt !== null)) break;
  }
  return { world, desks };
}

/** Desks that come back together after eight hours without a network, each with a day's work, on one limit. */
export function simulateFleet(options: FleetOptions): FleetResult {
  const { world, desks } = run(options);
  const limit = options.limit ?? 300;
  const firstAt = world.firstAnswerAt ?? 0;
  const ends = desks.map(({ sentAt }) => (sentAt ?? Number.NaN) - firstAt);
  const drainMs = Math.max(...ends);
  const needed = options.desks * world.submissions * SENDS;
  const byLimitMs = Math.floor((needed - 1) / limit) * WINDOW_MS;
  let minimumMs = byLimitMs;
  if (byLimitMs < WINDOW_MS) {
    const free = run({ ...options, limit: 1_000_000 });
    minimumMs = Math.max(...free.desks.map(({ sentAt }) => (sentAt ?? Number.NaN) - (free.world.firstAnswerAt ?? 0)));
  }
  const { accepted, refused } = world.limit;
  const error = (which: 'startForecast' | 'halfForecast'): ForecastError => {
    const errors = desks.flatMap((desk) => {
      const made = desk[which];
      if (made === null || desk.sentAt === null || desk.sentAt <= made.at) return [];
      return [Math.abs(made.clearAt - desk.sentAt) / (desk.sentAt - made.at)];
    });
    const median = errors.toSorted((a, b) => a - b)[Math.floor(errors.length / 2)] ?? Number.NaN;
    return { mean: errors.reduce((sum, each) => sum + each, 0) / errors.length, median };
  };
  return {
    desks: options.desks,
    comeBack: world.comeBack,
    calls: accepted + refused,
    drainMinutes: drainMs / 60_000,
    minimumMinutes: minimumMs / 60_000,
    drainRatio: drainMs / minimumMs,
    refusedShare: refused / (accepted + refused),
    slowestToAverage: drainMs / (ends.reduce((sum, end) => sum + end, 0) / ends.length),
    forecastErrorAtStart: error('startForecast'),
    forecastErrorHalfway: error('halfForecast'),
    followShare: world.follows / (accepted + refused),
  };
}

/** The planted mistake: no share, no chance; whoever is refused comes back the moment the window ends. */
export function herd(): Pacer {
  let opensAt = 0;
  return {
    returned: () => {},
    get opensAt() {
      return opensAt;
    },
    prospect: null,
    isHeldUp: () => false,
    began: () => {},
    answered: (now, limit, isRefused) => {
      if (isRefused === true) opensAt = now + (limit?.resetMs ?? 0);
    },
    mayFollow: () => true,
    mayFollowFirst: () => false,
    followOpensAt: (now) => now,
  };
}
