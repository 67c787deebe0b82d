const WINDOW_MS = 10 * 60_000;
const MINIMUM_SAMPLES = 3;

/** Tells when the queue will be empty from how many submissions were sent lately. */
export class Forecast {
  #sentAt: number[] = [];

  /** `monotonicMs`: a clock that never jumps. */
  sent(monotonicMs: number): void {
    this.#sentAt.push(monotonicMs);
    this.#forget(monotonicMs);
  }

  /** Milliseconds until `waiting` submissions are sent at the present rate, or null when that cannot be told. */
  clearInMs(waiting: number, monotonicMs: number): number | null {
    this.#forget(monotonicMs);
    const [first] = this.#sentAt;
    if (waiting === 0 || first === undefined || this.#sentAt.length < MINIMUM_SAMPLES) return null;
    const spanMs = Math.max(monotonicMs - first, 1);
    return Math.round((waiting * spanMs) / this.#sentAt.length);
  }

  #forget(monotonicMs: number): void {
    const from = this.#sentAt.findIndex((at) => at >= monotonicMs - WINDOW_MS);
    this.#sentAt = from === -1 ? [] : this.#sentAt.slice(from);
  }
}
