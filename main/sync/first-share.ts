/**
 * The share with which a desk begins after an outage, from its first looks at the limit. Pure, as `pacing.ts`.
 *
 * Others come back in one of two ways, and a desk is told neither how nor how many they are. Each finds out by its own test: then
 * they come one after the other, and how fast the window fills tells how many, as each had tried about as often as this desk.
 * Or the operating system tells all of them: then they come within seconds, and how fast a window fills in these seconds tells
 * nothing. So a desk that sees only a window's first seconds looks again later. Did the window go on filling much more
 * slowly, they have come together, and have had as much of it as this desk: its part of all calls so far is its share.
 */

/** After an outage and with room left, a desk begins with about this many calls per window, fewer the fuller it is. */
const FIRST_CALLS_PER_WINDOW = 3;
const FIRST_CALLS_WHEN_REFUSED = 0.4;
const FIRST_STEEPNESS = 4;
/** What a desk sees first may be too vague to begin with. */
const TOO_VAGUE = 0.1;
/** What comes together comes within three seconds (`network-watch.ts`), and its first calls take some time. */
const YOUNG_MS = 4_500;
/** While these seconds last and few have come so far, the crowd may still be on its way. */
const COMING_MS = 2_000;
const COMING_BELOW = 1 / 10;
/** A window that filled so much faster in its first seconds than since then was filled by desks that came together. */
const TOGETHER_FACTOR = 1.5;
/** Desks that come one after the other, as many as there may be, fill a window in about this time at the earliest. */
const FULL_AFTER_MS = 15_000;
/** Refused within a window's first seconds, a desk is one of a crowd of unknown size, and waits as 5,000 would have to. */
const CROWD_GAP_MS = 25 * 60_000;
/** Refused later, it knows that the window was too small for all: its part of it is at most what it had. */
const PART_WHEN_REFUSED = 0.5;
/** Nobody waits longer between two calls than this: enough for 9,000 desks at 300 calls a minute. */
export const LONGEST_GAP_MS = 30 * 60_000;

/** What one answer tells a desk that has no share yet. */
export interface Look {
  readonly isRefused: boolean;
  /** When the window began, how long ago, and how many calls it allows and has had. Milliseconds. */
  readonly startsAt: number;
  readonly elapsedMs: number;
  readonly windowMs: number;
  readonly limit: number;
  readonly used: number;
  /** Calls of all desks by what the limit allows, and the variance of its logarithm. */
  readonly load: number;
  readonly noise: number;
}

/** Where a desk stands before it has a share: nothing seen, a crowd that may still be coming, or one that has come. */
type Stage = 'unseen' | 'coming' | 'come';

/** One desk's beginning, from `returned` of its pacing until it has a share. */
export class FirstShare {
  readonly #triedEveryMs: number;
  readonly #aim: number;
  #young: Look | null = null;
  #accepted = 0;

  /** `triedEveryMs`: how often this desk tried until now. `aim`: how much of the limit all of them together should use. */
  constructor(triedEveryMs: number, aim: number) {
    this.#triedEveryMs = triedEveryMs;
    this.#aim = aim;
  }

  /** Decides how soon to look again. */
  get stage(): Stage {
    const young = this.#young;
    if (young === null) return 'unseen';
    return young.elapsedMs < COMING_MS && young.used < young.limit * COMING_BELOW ? 'coming' : 'come';
  }

  /** Calls per millisecond, or null: it is to look again. */
  see(look: Look): number | null {
    if (!look.isRefused) this.#accepted += 1;
    const young = this.#young;
    if (look.isRefused && young === null && look.elapsedMs < YOUNG_MS) return 1 / CROWD_GAP_MS;
    const isSame = young !== null && young.startsAt === look.startsAt;
    const isYoung = look.elapsedMs < YOUNG_MS;
    if (isSame ? isYoung || this.stage === 'coming' : isYoung && young === null) {
      this.#young = look;
      return null;
    }
    if (young !== null && (isSame || !look.isRefused) && cameTogether(young, look)) {
      // Windows between the two looks are counted as used up.
      const windows = Math.round((look.startsAt - young.startsAt) / look.windowMs);
      const part = this.#accepted / (windows * look.limit + look.used);
      const share = (part * look.limit * this.#aim) / look.windowMs;
      return bounded(look.isRefused ? share * PART_WHEN_REFUSED : share, look.windowMs);
    }
    if (!look.isRefused && look.noise >= TOO_VAGUE) return null;
    return this.#among(look);
  }

  /** The share of a desk that finds others there, as if they had tried until now as often as it did. */
  #among({ load, isRefused, windowMs }: Look): number {
    // Others have begun already, so that they no longer try as often as this desk did: the fuller it is, the fewer.
    const calls = isRefused ? FIRST_CALLS_WHEN_REFUSED : FIRST_CALLS_PER_WINDOW;
    const room = (calls / windowMs) * Math.exp(-FIRST_STEEPNESS * Math.max(load - 1, 0));
    return bounded(Math.max(this.#aim / load / this.#triedEveryMs, room), windowMs);
  }
}

function cameTogether(young: Look, look: Look): boolean {
  // Refused, the window was full at some time before.
  const overMs = look.isRefused ? Math.min(look.elapsedMs, FULL_AFTER_MS) : look.elapsedMs;
  return young.used / young.elapsedMs > (TOGETHER_FACTOR * look.used) / overMs;
}

function bounded(share: number, windowMs: number): number {
  return Math.max(Math.min(share, FIRST_CALLS_PER_WINDOW / windowMs), 1 / LONGEST_GAP_MS);
}
