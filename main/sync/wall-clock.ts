import type { Clock } from '../../shared/util/clock.ts';

/** A wall clock that fell back by more than this is taken as set, not as drifting. */
const JUMP_MS = 30_000;

/** Notices that somebody set the wall clock back, by comparing it with the clock that never jumps. */
export class WallClock {
  readonly #clock: Clock;
  #offset: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#offset = clock.now() - clock.monotonic();
  }

  /** Calls `follow` with the milliseconds by which the clock was set back, again and again until it does not throw. */
  whenSetBack(follow: (byMs: number) => void): void {
    const offset = this.#clock.now() - this.#clock.monotonic();
    const byMs = this.#offset - offset;
    if (byMs >= JUMP_MS) follow(byMs);
    this.#offset = offset;
  }
}
