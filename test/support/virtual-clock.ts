import { randomFrom } from '../../scripts/mrz/random.ts';
import type { Clock } from '../../shared/util/clock.ts';

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/**
 * Time that stands still until a test moves it. Timers fire in the order of their times; between two of them everything
 * that promises have to do is done, so that a run with the same seed takes the same way every time.
 */
export class VirtualClock implements Clock {
  #wall: number;
  #monotonic = 0;
  #order = 0;
  readonly #timers = new Set<Timer>();
  #soon = 0;
  readonly #settled: () => Promise<void>;

  /** `whenSettled` resolves when nothing goes on that does not wait for this clock; by default, what promises have to do. */
  constructor(startsAt = Date.UTC(2026, 8, 1, 9, 0, 0), whenSettled: () => Promise<void> = settled) {
    this.#wall = startsAt;
    this.#settled = whenSettled;
  }

  readonly now = (): number => this.#wall;
  readonly monotonic = (): number => this.#monotonic;

  /** As `Timers` of main/sync. */
  readonly after = (delayMs: number, run: () => void): (() => void) => {
    const timer = { at: this.#monotonic + delayMs, order: (this.#order += 1), run };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  };

  /** As `Timers` of main/sync: no time passes, so it happens whether a test moves the clock or not. */
  readonly soon = (run: () => void): void => {
    this.#soon += 1;
    setImmediate(() => {
      this.#soon -= 1;
      run();
    });
  };

  /** Waits `delayMs` of this time. */
  readonly sleep = (delayMs: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const cancel = this.after(delayMs, resolve);
      signal?.addEventListener('abort', () => {
        cancel();
        reject(new Error('aborted'));
      });
    });

  /** How many timers wait. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Milliseconds until the next timer; null when none waits. */
  get untilNextMs(): number | null {
    const next = this.#next();
    return next === null ? null : Math.max(next.at - this.#monotonic, 0);
  }

  /** Somebody sets the wall clock; time itself goes on as before. */
  setWallBy(ms: number): void {
    this.#wall += ms;
  }

  /** Moves time on, firing what becomes due on the way. */
  async advance(ms: number): Promise<void> {
    const until = this.#monotonic + ms;
    await this.#settle();
    for (;;) {
      const next = this.#next();
      if (next === null || next.at > until) break;
      this.#moveTo(next.at);
      this.#timers.delete(next);
      next.run();
      await this.#settle();
    }
    this.#moveTo(until);
  }

  /** Moves time on to the next timer, if it is due within `limitMs`, and fires it. False: there is none. */
  async step(limitMs: number): Promise<boolean> {
    await this.#settle();
    const next = this.#next();
    if (next === null || next.at > this.#monotonic + limitMs) return false;
    await this.advance(Math.max(next.at - this.#monotonic, 0));
    return true;
  }

  /** Moves time on from timer to timer until `isDone`, at most `limitMs`. Throws when it does not become so. */
  async until(isDone: () => boolean, limitMs = 60 * 60_000): Promise<void> {
    const last = this.#monotonic + limitMs;
    await this.#settle();
    while (!isDone()) {
      const next = this.#next();
      if (next === null || next.at > last) throw new Error('virtual clock: it did not come to that');
      await this.advance(next.at - this.#monotonic);
    }
  }

  async #settle(): Promise<void> {
    do await this.#settled();
    while (this.#soon > 0);
  }

  #next(): Timer | null {
    let first: Timer | null = null;
    for (const timer of this.#timers) {
      if (first === null || timer.at < first.at || (timer.at === first.at && timer.order < first.order)) first = timer;
    }
    return first;
  }

  #moveTo(monotonic: number): void {
    const delta = Math.max(monotonic - this.#monotonic, 0);
    this.#monotonic += delta;
    this.#wall += delta;
  }
}

/** Everything that promises have to do at this moment is done. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Numbers in [0, 1) and UUIDs that depend on the seed only. */
export function seededRandom(seed: number): { number(): number; uuid(): string } {
  const random = randomFrom(seed);
  let count = 0;
  return {
    number: () => random.next(),
    uuid: () => {
      count += 1;
      return `00000000-0000-4000-8${seed.toString(16).padStart(3, '0').slice(-3)}-${count.toString(16).padStart(12, '0')}`;
    },
  };
}
