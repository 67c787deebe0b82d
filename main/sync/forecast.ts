const WINDOW_MS = 10 * 60_000;
const MINIMUM_SAMPLES = 3;
/** Calls that a submission needs, until this run has seen some: two documents, each created and submitted. */
const USUAL_CALLS = 4;

/** Tells when the queue will be empty: from how many submissions were sent lately, and from the share of the rate limit. */
export class Forecast {
  #sentAt: number[] = [];
  #calls = 0;
  #sent = 0;

  /** A call that had to be sent was acknowledged. */
  called(): void {
    this.#calls += 1;
  }

  /** A submission was sent. `monotonicMs`: a clock that never jumps. */
  sent(monotonicMs: number): void {
    this.#sent += 1;
    this.#sentAt.push(monotonicMs);
    this.#forget(monotonicMs);
  }

  /**
   * Milliseconds until `waiting` submissions are sent, or null when that cannot be told. `share`: calls per millisecond that
   * the rate limit leaves to this desk, or null when it does not hold anything up.
   */
  clearInMs(waiting: number, monotonicMs: number, share: number | null = null): number | null {
    this.#forget(monotonicMs);
    if (waiting === 0) return null;
    const callsEach = this.#sent < MINIMUM_SAMPLES ? USUAL_CALLS : this.#calls / this.#sent;
    const byShareMs = share === null ? null : (waiting * callsEach) / share;
    const [first] = this.#sentAt;
    if (first === undefined || this.#sentAt.length < MINIMUM_SAMPLES)
      return byShareMs === null ? null : Math.round(byShareMs);
    const bySpeedMs = (waiting * Math.max(monotonicMs - first, 1)) / this.#sentAt.length;
    // The share does not count what others leave of a window, nor the speed that there is more room now.
    return Math.round(Math.min(bySpeedMs, byShareMs ?? bySpeedMs));
  }

  #forget(monotonicMs: number): void {
    const from = this.#sentAt.findIndex((at) => at >= monotonicMs - WINDOW_MS);
    this.#sentAt = from === -1 ? [] : this.#sentAt.slice(from);
  }
}
