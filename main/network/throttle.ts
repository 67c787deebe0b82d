import { smallPieces } from './body.ts';
import type { HttpBody, HttpPort } from './port.ts';

/** Small enough that a slow limit does not look like silence, and that bodies take turns. */
const SLICE_BYTES = 8_192;
/** So much may go at once after a quiet time. */
const BURST_MS = 250;

interface Waiting {
  readonly bytes: number;
  readonly go: () => void;
}

/** One line shared by all bodies: bytes pass in the order in which they asked. Time and timers are passed in. */
export class Line {
  readonly #monotonic: () => number;
  readonly #after: (delayMs: number, run: () => void) => unknown;
  readonly #bytesPerMs: () => number | null;
  readonly #queue: Waiting[] = [];
  #tokens = 0;
  #filledAt: number;
  #isWaiting = false;

  /** `bytesPerMs`: the limit as it is now, or null for none; asked again with every piece. */
  constructor(options: {
    readonly monotonic: () => number;
    readonly after: (delayMs: number, run: () => void) => unknown;
    readonly bytesPerMs: () => number | null;
  }) {
    this.#monotonic = options.monotonic;
    this.#after = options.after;
    this.#bytesPerMs = options.bytesPerMs;
    this.#filledAt = options.monotonic();
  }

  /** The port with every request's body on this line. */
  over(http: HttpPort): HttpPort {
    return {
      send: (request) => http.send(request.body === null ? request : { ...request, body: this.#slow(request.body) }),
    };
  }

  #slow(body: HttpBody): HttpBody {
    return { byteLength: body.byteLength, stream: () => this.#slices(body) };
  }

  async *#slices(body: HttpBody): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const piece of smallPieces(body)) {
      if (this.#isFree()) {
        yield piece;
        continue;
      }
      for (let start = 0; start < piece.byteLength; start += SLICE_BYTES) {
        const slice = piece.subarray(start, start + SLICE_BYTES);
        await this.#pass(slice.byteLength);
        yield slice;
      }
    }
  }

  #isFree(): boolean {
    return this.#bytesPerMs() === null && this.#queue.length === 0;
  }

  #pass(bytes: number): Promise<void> {
    if (this.#isFree()) return Promise.resolve();
    return new Promise((resolve) => {
      this.#queue.push({ bytes, go: resolve });
      this.#serve();
    });
  }

  #serve(): void {
    if (this.#isWaiting) return;
    for (;;) {
      const [next] = this.#queue;
      if (next === undefined) return;
      const rate = this.#bytesPerMs();
      const now = this.#monotonic();
      if (rate !== null) {
        this.#tokens = Math.min(this.#tokens + (now - this.#filledAt) * rate, Math.max(rate * BURST_MS, next.bytes));
        this.#filledAt = now;
        if (this.#tokens < next.bytes) {
          this.#isWaiting = true;
          this.#after(Math.max(Math.ceil((next.bytes - this.#tokens) / rate), 1), () => {
            this.#isWaiting = false;
            this.#serve();
          });
          return;
        }
        this.#tokens -= next.bytes;
      }
      this.#queue.shift();
      next.go();
    }
  }
}
