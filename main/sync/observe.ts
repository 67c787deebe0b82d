import type { Environment, Seen } from '../../shared/domain/index.ts';
import type { Clock } from '../../shared/util/clock.ts';
import { NetworkError, clockDifference } from '../network/index.ts';
import type { HttpPort, HttpRequest, HttpResponse } from '../network/index.ts';

const LONGEST_TEXT = 120;
/** A difference below this is the rounding of the header and the time on the way. */
const WORTH_TELLING_MS = 5_000;

/**
 * Stands before the network port and notes what was seen of the last call, so that a pause can say why without any
 * adapter having to. It also compares clocks: every answer carries the provider's time.
 */
export class Observer {
  readonly #http: HttpPort;
  readonly #clock: Clock;
  /** The provider's clock and our monotonic one at the same moment: tells later how far the wall clock is off. */
  #theirs: { atMs: number; monotonicMs: number } | null = null;

  constructor(http: HttpPort, clock: Clock) {
    this.#http = http;
    this.#clock = clock;
  }

  /** Provider's clock minus this PC's now, milliseconds; null while no answer has told. */
  clockOffByMs(): number | null {
    if (this.#theirs === null) return null;
    const theirsNow = this.#theirs.atMs + (this.#clock.monotonic() - this.#theirs.monotonicMs);
    const offMs = theirsNow - this.#clock.now();
    return Math.abs(offMs) < WORTH_TELLING_MS ? 0 : Math.round(offMs);
  }

  /** The PC was asleep, and the clock that never jumps may have stood still meanwhile: what it was set against says nothing any more. */
  forgetClock(): void {
    this.#theirs = null;
  }

  /**
   * The port for one operation at a connection; `seen` is what the last of its calls showed. The practice server runs on this PC, whose
   * clock it has, so it says nothing about that.
   */
  watch({ environment }: { readonly environment: Environment }): {
    readonly http: HttpPort;
    readonly seen: () => Seen | null;
  } {
    let last: Seen | null = null;
    return {
      http: {
        send: async (request) => {
          const began = this.#clock.now();
          try {
            const response = await this.#http.send(request);
            last = this.#ofAnswer(request, response, began);
            if (environment !== 'practice') this.#noteClock(last, began);
            return response;
          } catch (error) {
            if (!(error instanceof NetworkError)) throw error;
            const known = this.#withClock(error);
            last = this.#ofFault(request, known);
            throw known;
          }
        },
      },
      seen: () => last,
    };
  }

  /** Where the network could not tell the time of the other side, an earlier answer of a provider did. */
  #withClock(error: NetworkError): NetworkError {
    const clockOffByMs = this.clockOffByMs();
    if (error.facts.clockOffByMs !== undefined || clockOffByMs === null) return error;
    const facts = { ...error.facts, clockOffByMs };
    return new NetworkError(error.code, error.mayHaveArrived, { cause: error, facts });
  }

  #ofAnswer(request: HttpRequest, { status, headers }: HttpResponse, began: number): Seen {
    const contentType = headers['content-type'] ?? null;
    return {
      ...this.#nothing(request),
      status,
      contentType: contentType === null ? null : plain(contentType),
      redirectHost: redirectHost(headers['location'], request.url),
      clockOffByMs: clockDifference(headers['date'], began, this.#clock.now()),
      requestId: plain(headers['request-id'] ?? '') || null,
    };
  }

  #noteClock({ at, contentType, clockOffByMs: offMs }: Seen, began: number): void {
    // Only what looks like an API's answer is taken at its word: a portal's clock proves nothing.
    if (offMs === null || contentType?.includes('json') !== true) return;
    // A date within a long wait is no proof that the clock is right: it may have been set, or been slept over, meanwhile.
    if (Math.abs(offMs) < WORTH_TELLING_MS && Math.abs(at - began) > WORTH_TELLING_MS) return;
    this.#theirs = { atMs: at + offMs, monotonicMs: this.#clock.monotonic() };
  }

  #ofFault(request: HttpRequest, { code, facts }: NetworkError): Seen {
    return {
      ...this.#nothing(request),
      fault: code,
      certificate: facts.certificate ?? null,
      proxyStatus: facts.proxyStatus ?? null,
      clockOffByMs: facts.clockOffByMs ?? null,
    };
  }

  #nothing(request: HttpRequest): Seen {
    return {
      at: this.#clock.now(),
      host: new URL(request.url).host,
      status: null,
      contentType: null,
      redirectHost: null,
      fault: null,
      certificate: null,
      proxyStatus: null,
      clockOffByMs: null,
      requestId: null,
    };
  }
}

function redirectHost(location: string | undefined, base: string): string | null {
  return location !== undefined && URL.canParse(location, base) ? new URL(location, base).host : null;
}

/** What a stranger's server wrote, short and printable. */
function plain(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, '').slice(0, LONGEST_TEXT);
}
