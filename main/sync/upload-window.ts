/** Fewest and most uploads in flight at once. */
export const FEWEST_UPLOADS = 1;
export const MOST_UPLOADS = 6;

/** With one upload less, no more than this may be lost; with one more, at least that must be won. */
const KEPT = 0.97;
const WON = 1.08;
/** An upload that takes longer shares a thin line with too many others, and loses too much when it breaks. */
const SLOW_MS = 60_000;
/** How many rounds a size that was found good is kept before another one is tried: lines change over a day. */
const ROUNDS_BEFORE_TRYING_AGAIN = 12;

export interface FinishedUpload {
  /** What went over the line. */
  readonly bytes: number;
  readonly tookMs: number;
  /** Uploads in flight when it ended, itself included. */
  readonly inFlight: number;
}

interface Round {
  readonly startedAt: number;
  bytes: number;
  uploads: number;
  isSlow: boolean;
}

/**
 * How many uploads may be in flight at once on this PC's line: the fewest that carry as much as more would. Several bridge the
 * time in which one waits for its answer, and a long line needs them all; on a short or thin one they only make each other
 * slower, and every break dearer. It begins with the most, because a queue may be short, and looks after every round whether one
 * less carries as much. Pure: it is told what happened and when, by a clock that never jumps.
 */
export class UploadWindow {
  #size = MOST_UPLOADS;
  /** The most that was carried since a size was last found good, in bytes per millisecond; null: not measured yet. */
  #best: number | null = null;
  #trial: 'fewer' | 'more' | null = null;
  #roundsUntilTrial = 0;
  #round: Round | null = null;

  get size(): number {
    return this.#size;
  }

  /** An upload was answered. `monotonicMs` is the time of its end. */
  finished({ bytes, tookMs, inFlight }: FinishedUpload, monotonicMs: number): void {
    // With fewer under way than there may be, the line was not what held them up.
    if (inFlight < this.#size) {
      this.#round = null;
      return;
    }
    if (this.#round === null) {
      this.#begin(monotonicMs);
      return;
    }
    this.#round.bytes += bytes;
    this.#round.uploads += 1;
    this.#round.isSlow ||= tookMs > SLOW_MS;
    if (this.#round.uploads < this.#size) return;
    const { startedAt, bytes: total, isSlow } = this.#round;
    this.#begin(monotonicMs);
    if (isSlow) this.#settleAt(this.#size - 1);
    else this.#judge(total / Math.max(monotonicMs - startedAt, 1));
  }

  /** An upload broke on the way: fewer at once lose less the next time. */
  broke(): void {
    this.#settleAt(Math.floor(this.#size / 2));
  }

  #begin(startedAt: number): void {
    this.#round = { startedAt, bytes: 0, uploads: 0, isSlow: false };
  }

  #judge(rate: number): void {
    const best = this.#best ?? rate;
    if (this.#trial === 'fewer' && rate < best * KEPT) this.#settleAt(this.#size + 1);
    else if (this.#trial === 'more' && rate < best * WON) this.#settleAt(this.#size - 1);
    else if (this.#roundsUntilTrial > 0) {
      this.#roundsUntilTrial -= 1;
      this.#best = rate;
    } else {
      // What a trial has shown goes on in its direction. After a rest the first look is upwards: too few cost more than too many.
      const isAtRest = this.#trial === null && this.#best !== null;
      const direction = this.#trial ?? (isAtRest && this.#size < MOST_UPLOADS ? 'more' : 'fewer');
      this.#best = Math.max(rate, best);
      this.#try(direction);
    }
  }

  #try(direction: 'fewer' | 'more'): void {
    const size = this.#size + (direction === 'fewer' ? -1 : 1);
    if (size < FEWEST_UPLOADS || size > MOST_UPLOADS) {
      this.#settleAt(this.#size);
      return;
    }
    this.#size = size;
    this.#trial = direction;
    this.#round = null;
  }

  #settleAt(size: number): void {
    this.#size = Math.min(Math.max(size, FEWEST_UPLOADS), MOST_UPLOADS);
    this.#best = null;
    this.#trial = null;
    this.#roundsUntilTrial = ROUNDS_BEFORE_TRYING_AGAIN;
    this.#round = null;
  }
}
