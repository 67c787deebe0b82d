import type { RateLimit } from '../providers/port.ts';
import { LONGEST_PROBE_MS } from './pause.ts';

/**
 * Shares one rate limit with desks that cannot be talked to. Pure: chance and time (milliseconds of a clock that never
 * jumps) are passed in, so that `npm run bench:fleet` runs this file as it is.
 *
 * What is seen with every answer: the limit of a fixed window, how much of it is left, when it ends. From how fast it falls a
 * desk knows the load of all desks together, and moves its own share by the same factor by which the load misses the aim:
 * if everybody does that, the load meets it, whatever their number. Nobody can see how many others there are, so what keeps
 * the shares alike is that all desks begin alike: after an outage each one knows how often it had been trying, and takes it
 * that the others tried as often. Every wait has chance in it, so that nothing brings desks together at one moment.
 */

/** Persona's window; a longer one is learnt from its `RateLimit-Reset`. */
const WINDOW_MS = 60_000;
/** What all desks together aim for, as a share of the limit: desks with few calls a window, and desks with many. */
const AIM_OF_SLOW = 0.99;
const AIM_OF_FAST = 0.97;
/** Below this load there is room for everybody's everyday work, and a desk takes a part of what is free. */
const ROOMY_LOAD = 0.9;
const PART_OF_FREE = 1 / 8;
/** After an outage and with room left, a desk begins with about this many calls per window, fewer the fuller it is. */
const FIRST_CALLS_PER_WINDOW = 2;
const MOST_FIRST_CALLS_PER_WINDOW = 3;
const FIRST_STEEPNESS = 4;
/** How long a desk looks before it believes that nobody else is there. */
const ALONE_AFTER_MS = 1_000;
const ALONE_AFTER_SHARE = 0.1;
/** A desk that is alone sends as fast as it can until this share of the window is left, then evenly. */
const ALONE_EVENLY_BELOW = 1 / 3;
/** Left over at a window's end, because not everybody has seen the same number. */
const MARGIN = 0.03;
/** Nobody waits longer between two calls than this: enough for 9,000 desks at 300 calls a minute. */
const LONGEST_GAP_MS = 30 * 60_000;

/** Variances of the logarithm of the share: unknown at first, growing with every step, never quite certain. */
const VARIANCE_UNKNOWN = 4;
const VARIANCE_FRESH = 0.5;
const FRESH_STEPS = 4;
const VARIANCE_PER_STEP = 0.02;
const VARIANCE_PER_STEP_FAST = 0.1;
const VARIANCE_PER_WINDOW = 0.0005;
const VARIANCE_OF_MODEL = 0.01;
const VARIANCE_OF_REFUSAL = 0.3;
/** What a window's first seconds tell is weak: `RateLimit-Reset` is rounded, and calls gather at the start. */
const START_OF_WINDOW_MS = 700;
const MOST_OF_A_STEP = 0.7;
/** `RateLimit-Reset` is in whole seconds. */
const RESET_ROUNDING_MS = 1_000;
const SAME_WINDOW_MS = 1_500;

/** Asking for decisions takes at most this share of the limit that the desk may use … */
export const FOLLOW_SHARE = 0.2;
/** … and, while the limit holds up what must be sent, one call for this many others. */
const SENDS_PER_FOLLOW = 100;
/** A provider that tells no limit is asked as if it had Persona's. */
const ASSUMED_LIMIT = 300;
/** So many questions may be asked at once after a quiet time. */
const FOLLOW_BURST = 10;

interface Window {
  startsAt: number;
  readonly endsAt: number;
  readonly limit: number;
  used: number;
  seenAt: number;
  /** Own answers in this window. */
  own: number;
}

/** One connection's place in the limit. Everything is in memory: what is forgotten is seen again with the next answer. */
export class Pacing {
  readonly #random: () => number;
  #window: Window | null = null;
  #windowMs = WINDOW_MS;
  /** Calls per millisecond that this desk takes; null until something is known. */
  #rate: number | null = null;
  #variance = VARIANCE_UNKNOWN;
  #steps = 0;
  #learntAt = 0;
  #isAlone = false;
  #opensAt = Number.NEGATIVE_INFINITY;
  #beganAt = Number.NEGATIVE_INFINITY;
  #inFlight = 0;
  /** How often this desk tried while the provider was away; null: there was no outage. */
  #probeRate: number | null = null;
  #sendsSinceFollow = 0;
  #followTokens = FOLLOW_BURST;
  #followTokensAt = Number.NEGATIVE_INFINITY;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** The connection answers again after an outage, in which it was tried about every `intervalMs`. Before `answered`. */
  returned(intervalMs: number): void {
    this.#probeRate = 1 / intervalMs;
    this.#rate = null;
    this.#variance = VARIANCE_UNKNOWN;
    this.#steps = 0;
    this.#window = null;
    this.#isAlone = false;
    this.#opensAt = Number.NEGATIVE_INFINITY;
  }

  /** When the next call may begin; not after `now`: at once. */
  get opensAt(): number {
    return this.#opensAt;
  }

  /** Calls per millisecond that this desk may make, or null while no limit is known. */
  get share(): number | null {
    return this.#rate;
  }

  /** The limit, not the work, decides how fast this desk is. */
  isHeldUp(now: number): boolean {
    return this.#rate !== null && !this.#isFree(now);
  }

  began(now: number, isFollow = false): void {
    this.#beganAt = now;
    this.#inFlight += 1;
    if (isFollow) {
      this.#refill(now);
      this.#followTokens -= 1;
      this.#sendsSinceFollow = 0;
    } else {
      this.#sendsSinceFollow += 1;
    }
    if (this.#rate === null) {
      // Until the first answer tells the limit, or that there is none. It is taken back by `answered`.
      this.#opensAt = this.#probeRate === null ? now : Number.POSITIVE_INFINITY;
      return;
    }
    this.#opensAt = this.#isFree(now) ? now : Math.max(this.#opensAt, now) + this.#gap();
    this.#stayInside(now);
  }

  /**
   * A call came to an end. `limit` null: the answer told none, or there was no answer. `isRefused`: it was 429.
   */
  answered(now: number, limit: RateLimit | null, isRefused = false): void {
    this.#inFlight = Math.max(this.#inFlight - 1, 0);
    if (limit === null || limit.limit <= 0) {
      if (this.#rate === null) this.#opensAt = now;
      return;
    }
    const seen = this.#see(now, limit, isRefused);
    if (seen.others <= 0 && !isRefused) {
      this.#nobodyElse(now, seen);
      return;
    }
    this.#isAlone &&= seen.others < seen.window.own * 0.05;
    this.#learn(now, seen, isRefused);
    if (isRefused) {
      this.#opensAt = seen.window.endsAt + this.#random() * this.#meanGap();
      return;
    }
    this.#opensAt = this.#isFree(now) ? now : this.#beganAt + this.#gap();
    this.#stayInside(now);
  }

  /** A question about a decision may take its turn before what is to be sent. */
  mayFollowFirst(now: number): boolean {
    return this.mayFollow(now) && (!this.isHeldUp(now) || this.#sendsSinceFollow >= SENDS_PER_FOLLOW);
  }

  /** A question about a decision may be asked when nothing else is to be done. */
  mayFollow(now: number): boolean {
    this.#refill(now);
    return this.#followTokens >= 1;
  }

  /** When `mayFollow` becomes true. */
  followOpensAt(now: number): number {
    this.#refill(now);
    return this.#followTokens >= 1 ? now : now + (1 - this.#followTokens) / this.#followRate();
  }

  #followRate(): number {
    return FOLLOW_SHARE * (this.#rate ?? ASSUMED_LIMIT / WINDOW_MS);
  }

  #refill(now: number): void {
    const sinceMs = Math.max(now - this.#followTokensAt, 0);
    this.#followTokensAt = now;
    if (sinceMs === Number.POSITIVE_INFINITY) return;
    this.#followTokens = Math.min(this.#followTokens + sinceMs * this.#followRate(), FOLLOW_BURST);
  }

  #see(now: number, limit: RateLimit, isRefused: boolean): Seen {
    const endsAt = now + limit.resetMs;
    this.#windowMs = Math.max(this.#windowMs, limit.resetMs);
    const used = isRefused ? limit.limit : limit.limit - limit.remaining;
    const before = this.#window;
    if (before !== null && Math.abs(endsAt - before.endsAt) < SAME_WINDOW_MS && now < before.endsAt + SAME_WINDOW_MS) {
      const more = used - before.used;
      const overMs = now - before.seenAt;
      before.used = Math.max(before.used, used);
      before.seenAt = now;
      before.own += 1;
      return { window: before, others: used - before.own - this.#inFlight, more, overMs, isFirst: false };
    }
    const elapsedMs = Math.max(this.#windowMs - limit.resetMs, 0) + RESET_ROUNDING_MS / 2;
    const startsAt = used === 1 ? now : endsAt - this.#windowMs;
    const window: Window = { startsAt, endsAt, limit: limit.limit, used, seenAt: now, own: 1 };
    this.#window = window;
    return { window, others: used - 1 - this.#inFlight, more: used, overMs: elapsedMs, isFirst: true };
  }

  /** Nobody else has been seen in this window: after a short look, all of it is this desk's. */
  #nobodyElse(now: number, { window }: Seen): void {
    const hasLooked = now - window.startsAt >= ALONE_AFTER_MS || window.used > window.limit * ALONE_AFTER_SHARE;
    if (window.own >= 2 && hasLooked) {
      this.#isAlone = true;
      this.#rate = (window.limit / this.#windowMs) * AIM_OF_FAST;
      this.#variance = Math.max(this.#variance, VARIANCE_FRESH);
      this.#learntAt = now;
      this.#opensAt = this.#isFree(now) ? now : this.#beganAt + this.#gap();
      this.#stayInside(now);
      return;
    }
    if (this.#isAlone && this.#isFree(now)) {
      this.#opensAt = now;
      return;
    }
    // One more call tells whether the window is empty or has only just begun.
    const lookMs = window.own >= 2 ? ALONE_AFTER_MS / 3 : ALONE_AFTER_MS * (0.7 + 0.6 * this.#random());
    const isNew = this.#rate === null && this.#probeRate === null;
    this.#opensAt = isNew ? now : Math.min(this.#opensAt, now + lookMs);
  }

  /** Moves the share towards what would have met the aim; the surer the desk is of its share, the less. */
  #learn(now: number, seen: Seen, isRefused: boolean): void {
    const { window, more, overMs, isFirst } = seen;
    if (!isRefused && (more <= 0 || overMs <= 0)) return;
    const capacity = window.limit / this.#windowMs;
    const elapsedMs = Math.min(
      isFirst ? overMs : Math.max(now - window.startsAt, RESET_ROUNDING_MS / 2),
      this.#windowMs,
    );
    // Refused at some moment of the window, it was full before that: the square is nearly unbiased for the logarithm.
    const load = isRefused ? Math.max((this.#windowMs / elapsedMs) ** 2, 1.02) : more / overMs / capacity;
    const rounding = isFirst && !isRefused ? (START_OF_WINDOW_MS / overMs) ** 2 : 0;
    const noise = isRefused ? VARIANCE_OF_REFUSAL : 1 / more + VARIANCE_OF_MODEL + rounding;
    if (this.#rate === null && this.#probeRate === null && !isRefused && load < ROOMY_LOAD) {
      this.#rate = (AIM_OF_FAST - load) * capacity * PART_OF_FREE;
      this.#variance = VARIANCE_FRESH;
      this.#learntAt = now;
      return;
    }
    const base = this.#rate ?? this.#probeRate ?? 1 / LONGEST_PROBE_MS;
    const callsPerWindow = base * this.#windowMs;
    const aim = (AIM_OF_SLOW + callsPerWindow * AIM_OF_FAST) / (1 + callsPerWindow);
    const surprise = Math.log(aim / load);
    this.#variance = Math.min(
      this.#variance + (VARIANCE_PER_WINDOW * Math.max(now - this.#learntAt, 0)) / this.#windowMs,
      VARIANCE_UNKNOWN,
    );
    this.#variance += VARIANCE_PER_STEP + VARIANCE_PER_STEP_FAST * Math.min(callsPerWindow, 1);
    if (this.#steps < FRESH_STEPS) this.#variance = Math.max(this.#variance, VARIANCE_FRESH);
    if (surprise ** 2 > 4 * (this.#variance + noise)) this.#variance += surprise ** 2;
    const gain = this.#variance / (this.#variance + noise);
    let step = gain * surprise;
    if (this.#rate !== null) {
      step = Math.max(
        this.#steps < FRESH_STEPS ? -2 : -MOST_OF_A_STEP,
        callsPerWindow > 0.5 ? Math.min(step, MOST_OF_A_STEP) : step,
      );
    }
    let rate = base * Math.exp(step);
    // On an ordinary day there is no crowd behind this desk: it takes a part of what is free with every answer.
    if (this.#probeRate === null && load < aim) rate += (aim - load) * capacity * PART_OF_FREE;
    if (this.#rate === null && !isRefused) {
      // Others have begun already, so that they no longer try as often as this desk did: the fuller it is, the fewer.
      const fullness = noise > 0.1 ? 0 : Math.max(load - 1, 0);
      const first = (FIRST_CALLS_PER_WINDOW / this.#windowMs) * Math.exp(-FIRST_STEEPNESS * fullness);
      rate = Math.min(Math.max(rate, first), MOST_FIRST_CALLS_PER_WINDOW / this.#windowMs);
    }
    this.#rate = Math.max(Math.min(rate, capacity), 1 / LONGEST_GAP_MS);
    this.#variance *= 1 - gain;
    this.#steps += 1;
    this.#learntAt = now;
  }

  #meanGap(): number {
    return this.#rate === null ? 0 : 1 / this.#rate;
  }

  #gap(): number {
    return this.#meanGap() * (0.5 + this.#random());
  }

  #isFree(now: number): boolean {
    const window = this.#window;
    if (!this.#isAlone || window === null) return false;
    if (now >= window.endsAt) return true;
    return window.limit - window.used - this.#inFlight > window.limit * ALONE_EVENLY_BELOW;
  }

  /** The window will be used up before the next call: that one moves to a moment of the next window drawn by lot. */
  #stayInside(now: number): void {
    const window = this.#window;
    if (window === null || this.#opensAt >= window.endsAt || now >= window.endsAt) return;
    const load = window.used / Math.max(window.seenAt - window.startsAt, RESET_ROUNDING_MS / 2);
    const expected =
      window.used + this.#inFlight + (this.#isAlone ? 0 : load * Math.max(this.#opensAt - window.seenAt, 0));
    if (window.limit - expected >= 1 + (this.#isAlone ? 0 : MARGIN * window.limit)) return;
    this.#opensAt = window.endsAt + this.#random() * Math.min(this.#meanGap(), this.#windowMs);
  }
}

interface Seen {
  readonly window: Window;
  /** Calls of others in this window so far. */
  readonly others: number;
  /** Calls of everybody since this desk saw the number last in this window, or since its start. */
  readonly more: number;
  readonly overMs: number;
  readonly isFirst: boolean;
}
