/** Fewest and most uploads in flight at once. */
export const FEWEST_UPLOADS = 1;
export const MOST_UPLOADS = 6;
/** Enough for most lines: with four, a line of 20 Mbit/s and 100 ms is full. */
const FIRST_UPLOADS = 4;

/** One more upload at once has to bring this much, or it only makes each of them slower. */
const WORTHWHILE = 1.08;
/** An upload that takes longer shares a thin line with too many others, and loses too much when it breaks. */
const SLOW_MS = 60_000;
/** How many rounds a size that was found good is kept before a larger one is tried again: lines change over a day. */
const ROUNDS_BEFORE_TRYING_AGAIN = 12;

export interface FinishedUpload {
  /** What went over the line. */
  readonly bytes: number;
  readonly tookMs: number;
  /** Uploads in flight when it ended, itself included. */
  readonly inFlight: number;
}

/**
 * How many uploads may be in flight at once on this PC's line: found by trying one more and looking whether more arrives.
 * Several bridge the time in which one waits for its answer; more than the line carries only make each of them slower, and
 * every break dearer. Pure: it is told what happened and when, by a clock that never jumps.
 */
export class UploadWindow {
  #size = FIRST_UPLOADS;
  /** Bytes per millisecond with one upload less, while one more is tried. */
  #rateBefore: number | null = null;
  #roundsUntilTry = 0;
  #round: { startedAt: number; bytes: number; uploads: number; isSlow: boolean } | null = null;

  get size(): number {
    return this.#size;
  }

  /** An upload was answered. `monotonicMs` is the time of its end. */
  finished({ bytes, tookMs, inFlight }: FinishedUpload, monotonicMs: number): void {
    // With fewer under way than there may be, the line was not what held them up.
    if (inFlight < this.#size) {
      this.#round = null;
      if (tookMs > SLOW_MS && this.#size > inFlight) this.#shrinkTo(Math.max(inFlight, FEWEST_UPLOADS));
      return;
    }
    if (this.#round === null) {
      this.#round = { startedAt: monotonicMs, bytes: 0, uploads: 0, isSlow: false };
      return;
    }
    this.#round.bytes += bytes;
    this.#round.uploads += 1;
    this.#round.isSlow ||= tookMs > SLOW_MS;
    if (this.#round.uploads < this.#size) return;
    const { startedAt, bytes: total, isSlow } = this.#round;
    this.#round = { startedAt: monotonicMs, bytes: 0, uploads: 0, isSlow: false };
    if (isSlow) this.#shrinkTo(this.#size - 1);
    else this.#judge(total / Math.max(monotonicMs - startedAt, 1));
  }

  /** An upload broke on the way: fewer at once lose less the next time. */
  broke(): void {
    this.#shrinkTo(Math.floor(this.#size / 2));
  }

  #judge(rate: number): void {
    if (this.#rateBefore !== null && rate < this.#rateBefore * WORTHWHILE) {
      this.#shrinkTo(this.#size - 1);
      return;
    }
    if (this.#rateBefore === null && this.#roundsUntilTry > 0) {
      this.#roundsUntilTry -= 1;
      return;
    }
    if (this.#size === MOST_UPLOADS) {
      this.#rateBefore = null;
      return;
    }
    this.#rateBefore = rate;
    this.#size += 1;
    this.#round = null;
  }

  #shrinkTo(size: number): void {
    this.#size = Math.max(size, FEWEST_UPLOADS);
    this.#rateBefore = null;
    this.#roundsUntilTry = ROUNDS_BEFORE_TRYING_AGAIN;
    this.#round = null;
  }
}
