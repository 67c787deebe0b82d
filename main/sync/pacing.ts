import type { RateLimit } from '../providers/port.ts';
import { FirstShare, LONGEST_GAP_MS } from './first-share.ts';
import type { Look } from './first-share.ts';
import { LONGEST_PROBE_MS } from './pause.ts';

/**
 * Shares one rate limit with desks that cannot be talked to. Pure: chance and time (milliseconds of a clock that never
 * jumps) are passed in, so that `npm run bench:fleet` runs this file as it is.
 *
 * What is seen with every answer: the limit of a fixed window, how much of it is left, when it ends. From how fast it falls a
 * desk knows the load of all desks together, and moves its own share by the same factor by which the load misses the aim:
 * if everybody does that, the load meets it, whatever their number. Within a window everybody goes faster or slower by what
 * is left of it, so that it is used up when it ends.
 *
 * Nobody can see how many others there are. What keeps the shares alike is that all desks begin alike (after an outage:
 * `first-share.ts`), and that a desk with a larger share is content with a lower load: it leaves room in which the others
 * grow. Every wait has chance in it, so that nothing brings desks together at one moment.
 */

/** Persona's window; a longer one is learnt from its `RateLimit-Reset`. */
const WINDOW_MS = 60_000;
/** What a desk wants all of them together to use of the limit: nearly all, … */
const AIM = 0.985;
/** … less by this for each factor e in `1 +` its own calls per window. */
const CONTENT = 0.1;
/** … but never less than this share of it, however large the limit is. */
const LEAST_AIM = 0.3;
/** Below this load there is room for everybody's everyday work, and a desk takes a part of what is free. */
const ROOMY_LOAD = 0.9;
const PART_OF_FREE = 1 / 8;
/** Below this load even a crowd has left too much: then, too, each desk takes a part of it. */
const IDLE_LOAD = 0.5;
/** A share grows as others get done: until its work is done, a desk of a crowd has on average about so many times as much. */
const GROWTH = 1.6;
/** A desk without a share looks again after about this long; after less while a crowd may still be coming, … */
const LOOK_AGAIN_MS = 10_000;
const LOOK_WHILE_COMING_MS = 3_000;
/** … and when it has come, later by as much as it has used up more of the window than of its time. */
const LOOK_AFTER_CROWD_MS = 20_000;
/** How long a desk looks before it believes that nobody else is there. */
const ALONE_AFTER_MS = 1_000;
const ALONE_AFTER_SHARE = 0.1;
/** A desk that is alone sends as fast as it can until this share of the window is left, then evenly. */
const ALONE_EVENLY_BELOW = 1 / 3;
/** With more of a window left than of its time, the desks go faster by the cube of that, and at most this much. */
const HASTE_POWER = 3;
const MOST_HASTE = 5;

/** Variances of the logarithm of the share: how far off a guess may be, and by how much that grows with time. */
const VARIANCE_OF_GUESS = 0.5;
const VARIANCE_PER_WINDOW = 0.005;
const VARIANCE_OF_MODEL = 0.01;
const VARIANCE_OF_REFUSAL = 0.3;
/** What a window's first and last seconds tell is weak: `RateLimit-Reset` is rounded, and calls take their time. */
const VAGUE_MS = 1_500;
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
  readonly startsAt: number;
  endsAt: number;
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
  #variance = VARIANCE_OF_GUESS;
  #learntAt = 0;
  #isAlone = false;
  #othersSeenAt = Number.NEGATIVE_INFINITY;
  #opensAt = Number.NEGATIVE_INFINITY;
  #beganAt = Number.NEGATIVE_INFINITY;
  #inFlight = 0;
  /** What this desk began or will begin with after the outage; null: there was none. */
  #firstShare: FirstShare | null = null;
  #sendsSinceFollow = 0;
  #followTokens = FOLLOW_BURST;
  #followTokensAt = Number.NEGATIVE_INFINITY;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** The connection answers again after an outage, in which it was tried about every `intervalMs`. Before `answered`. */
  returned(intervalMs: number): void {
    this.#firstShare = new FirstShare(intervalMs, AIM);
    this.#rate = null;
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

  /** Calls per millisecond that this desk will have made on average when its work is done, or null while no limit is known. */
  get prospect(): number | null {
    const window = this.#window;
    if (this.#rate === null || window === null) return this.#rate;
    return Math.max(Math.min(this.#rate * GROWTH, (window.limit / this.#windowMs) * AIM), this.#rate);
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
      this.#opensAt = this.#firstShare === null ? now : Number.POSITIVE_INFINITY;
      return;
    }
    this.#opensAt = this.#isFree(now) ? now : this.#nextAfter(Math.max(this.#opensAt, now), this.#rate);
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
    this.#isAlone = false;
    this.#othersSeenAt = now;
    this.#learn(now, seen, isRefused);
    if (this.#rate === null) this.#opensAt = this.#looksAgainAt(now);
    else if (isRefused) this.#opensAt = seen.window.endsAt + this.#random() / this.#rate;
    else this.#opensAt = this.#nextAfter(this.#beganAt, this.#rate);
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
      const left = before.limit - before.used;
      const leftMs = Math.max(before.endsAt - before.seenAt, RESET_ROUNDING_MS / 2);
      const more = used - before.used;
      const overMs = now - before.seenAt;
      before.used = Math.max(before.used, used);
      // Rounded up, so that the earliest is the nearest.
      before.endsAt = Math.min(before.endsAt, endsAt);
      before.seenAt = now;
      before.own += 1;
      return { window: before, others: used - before.own - this.#inFlight, more, overMs, left, leftMs };
    }
    const startsAt = used === 1 ? now : endsAt - this.#windowMs - RESET_ROUNDING_MS / 2;
    const window: Window = { startsAt, endsAt, limit: limit.limit, used, seenAt: now, own: 1 };
    this.#window = window;
    const overMs = Math.max(now - startsAt, RESET_ROUNDING_MS / 2);
    return { window, others: used - 1 - this.#inFlight, more: used, overMs, left: limit.limit, leftMs: this.#windowMs };
  }

  /** Nobody else has been seen in this window: after a short look, all of it is this desk's. */
  #nobodyElse(now: number, { window }: Seen): void {
    const hasLooked = now - window.startsAt >= ALONE_AFTER_MS || window.used > window.limit * ALONE_AFTER_SHARE;
    if (window.own >= 2 && hasLooked) {
      // A slow desk calls in few windows, and would take one that this desk uses up at once for a crowd.
      this.#isAlone = now - this.#othersSeenAt > LONGEST_GAP_MS;
      this.#rate = (window.limit / this.#windowMs) * AIM;
      this.#variance = VARIANCE_OF_GUESS;
      this.#learntAt = now;
      this.#opensAt = this.#isFree(now) ? now : this.#nextAfter(this.#beganAt, this.#rate);
      return;
    }
    if (this.#isFree(now)) {
      this.#opensAt = now;
      return;
    }
    // One more call tells whether the window is empty or has only just begun.
    const lookMs = window.own >= 2 ? ALONE_AFTER_MS / 3 : ALONE_AFTER_MS * (0.7 + 0.6 * this.#random());
    const isNew = this.#rate === null && this.#firstShare === null;
    this.#opensAt = isNew ? now : Math.min(this.#opensAt, now + lookMs);
  }

  /** Moves the share towards what would have met the aim; the surer the desk is of its share, the less. */
  #learn(now: number, seen: Seen, isRefused: boolean): void {
    const { window, more, overMs, left, leftMs } = seen;
    if (!isRefused && (more <= 0 || overMs <= 0)) return;
    const capacity = window.limit / this.#windowMs;
    const elapsedMs = Math.min(Math.max(now - window.startsAt, RESET_ROUNDING_MS / 2), this.#windowMs);
    // Refused at some moment of the window, it was full before that: the square is nearly unbiased for the logarithm.
    const load = isRefused ? Math.max((this.#windowMs / elapsedMs) ** 2, 1.02) : more / overMs / (left / leftMs);
    const noise = isRefused
      ? VARIANCE_OF_REFUSAL
      : 1 / more + VARIANCE_OF_MODEL + (VAGUE_MS / Math.min(elapsedMs, leftMs)) ** 2;
    const learntAt = this.#learntAt;
    this.#learntAt = now;
    if (this.#rate === null) {
      this.#begin({ ...window, isRefused, elapsedMs, windowMs: this.#windowMs, load, noise }, capacity);
      return;
    }
    const aim = Math.max(AIM - CONTENT * Math.log(1 + this.#rate * this.#windowMs), LEAST_AIM);
    const surprise = Math.log(aim / load);
    this.#variance += (VARIANCE_PER_WINDOW * (now - learntAt)) / this.#windowMs;
    if (surprise ** 2 > 4 * (this.#variance + noise)) this.#variance += surprise ** 2;
    const gain = this.#variance / (this.#variance + noise);
    const step = Math.max(Math.min(gain * surprise, MOST_OF_A_STEP), -MOST_OF_A_STEP);
    let rate = this.#rate * Math.exp(step);
    // On an ordinary day there is no crowd behind this desk: it takes a part of what is free with every answer.
    const upTo = this.#firstShare === null ? aim : IDLE_LOAD;
    if (load < upTo) rate += (upTo - load) * capacity * PART_OF_FREE;
    this.#rate = Math.max(Math.min(rate, capacity), 1 / LONGEST_GAP_MS);
    this.#variance *= 1 - gain;
  }

  /** The first share, if what is seen tells enough. */
  #begin(look: Look, capacity: number): void {
    if (this.#firstShare === null && !look.isRefused && look.load < ROOMY_LOAD) {
      this.#rate = (AIM - look.load) * capacity * PART_OF_FREE;
      this.#variance = VARIANCE_OF_GUESS;
      return;
    }
    const firstShare = this.#firstShare ?? new FirstShare(LONGEST_PROBE_MS, AIM);
    this.#rate = firstShare.see(look);
    // As if it were certain: shares stay alike as long as no desk moves more than the others by what all of them see.
    this.#variance = 0;
  }

  #looksAgainAt(now: number): number {
    const stage = this.#firstShare?.stage ?? 'unseen';
    if (stage === 'come') return this.#nextAfter(now, 1 / LOOK_AFTER_CROWD_MS, 1);
    if (stage === 'coming') return now + LOOK_WHILE_COMING_MS * (0.75 + 0.5 * this.#random());
    return now + LOOK_AGAIN_MS * (0.5 + this.#random());
  }

  #isFree(now: number): boolean {
    const window = this.#window;
    if (!this.#isAlone || window === null) return false;
    if (now >= window.endsAt) return true;
    return window.limit - window.used - this.#inFlight > window.limit * ALONE_EVENLY_BELOW;
  }

  /**
   * When the next call may begin after one at `from`. Time that passes counts by what is left of the window for it: nothing
   * when it is used up, and more than itself when the desks together have been too slow.
   */
  #nextAfter(from: number, rate: number, power = HASTE_POWER): number {
    const gap = (0.5 + this.#random()) / rate;
    const window = this.#window;
    const sinceMs = Math.max(from, window?.seenAt ?? from);
    if (window === null || sinceMs >= window.endsAt) return from + gap;
    const left = Math.max(window.limit - window.used - this.#inFlight, 0) / window.limit;
    const evenly = (left * this.#windowMs) / (window.endsAt - window.seenAt);
    const haste = this.#isAlone ? evenly : Math.min(evenly ** power, MOST_HASTE);
    const untilEnd = haste * (window.endsAt - sinceMs);
    return gap < untilEnd ? sinceMs + gap / haste : window.endsAt + gap - untilEnd;
  }
}

interface Seen {
  readonly window: Window;
  /** Calls of others in this window so far. */
  readonly others: number;
  /** Calls of everybody since this desk saw the number last in this window, or since its start. */
  readonly more: number;
  readonly overMs: number;
  /** What was left of the window, and for how long, before that. */
  readonly left: number;
  readonly leftMs: number;
}
