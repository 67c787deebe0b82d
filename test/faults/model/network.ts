/**
 * The way between a branch and its providers, on virtual time: a request leaves, arrives and is answered at moments of its
 * own, and between them the process may die or the way may break. The body goes through the network room's own
 * `OutgoingBody`, so the point of no return is the real one.
 */
import { createHash } from 'node:crypto';
import { NetworkError, OutgoingBody } from '../../../main/network/index.ts';
import type { HttpPort, HttpRequest, HttpResponse, NetworkErrorCode } from '../../../main/network/index.ts';
import type { ProviderId } from '../../../shared/domain/index.ts';
import type { VirtualClock } from '../../support/virtual-clock.ts';
import { Provider } from './provider.ts';
import type { WholeRequest } from './provider.ts';

export const TROUBLES = [
  'refused',
  'offline',
  'resetInBody',
  'lostRequest',
  'lostAnswer',
  'silenceUnheard',
  'silenceAfterWork',
  'halfAnswer',
  'emptyAnswer',
  'otherAnswer',
  'loginPage',
  'loginPageAfterWork',
  'gatewayAfterWork',
  'slow',
  'hangs',
  401,
  403,
  409,
  422,
  429,
  500,
  502,
  503,
] as const;
export type Trouble = (typeof TROUBLES)[number];

const LEAVES_MS = 300;
const ARRIVES_MS = 100;
const ANSWERED_MS = 300;
const SILENCE_MS = 60_000;
const SLOW = 40;
/** Longer than the dispatcher waits for a call that shows no progress, and than the call has to obey an abort. */
const HANGS_MS = 7 * 60_000;

/** One run of the process. `ghost`: it was taken for dead, but what it has under way still comes to its end. */
export interface Life {
  state: 'alive' | 'gone' | 'ghost';
}

interface Exchange {
  readonly life: Life;
  readonly request: HttpRequest;
  readonly pieces: readonly Uint8Array[];
  /** The same in every run with the same seed, whichever page was read from the disk first. */
  readonly order: string;
  readonly resolve: (response: HttpResponse) => void;
  readonly reject: (error: unknown) => void;
  isCommitted: boolean;
  isSettled: boolean;
}

export interface Arrival {
  readonly api: ProviderId;
  readonly path: string;
  readonly request: WholeRequest;
  readonly status: number;
}

export class Network {
  readonly trace: string[] = [];
  /** Told about every request that the provider carried out, after it did. */
  onCarriedOut: (arrival: Arrival) => void = () => {};
  readonly #clock: VirtualClock;
  readonly #provider: Provider;
  readonly #armed: Trouble[] = [];
  readonly #fresh: Exchange[] = [];
  #busy = 0;

  constructor(clock: VirtualClock, provider: Provider) {
    this.#clock = clock;
    this.#provider = provider;
  }

  /** The next requests meet these, one each. */
  arm(troubles: readonly Trouble[]): void {
    this.#armed.push(...troubles);
  }

  heal(): void {
    this.#armed.length = 0;
  }

  /** Work that waits for the disk, not for the clock. */
  async whileBusy<Value>(work: () => Promise<Value>): Promise<Value> {
    this.#busy += 1;
    try {
      return await work();
    } finally {
      this.#busy -= 1;
    }
  }

  /** Resolves when nothing goes on that does not wait for the clock; then what is about to leave leaves, in order. */
  async whenQuiet(): Promise<void> {
    for (let calm = 0; calm < 2;) {
      await new Promise((resolve) => setImmediate(resolve));
      calm = this.#busy === 0 ? calm + 1 : 0;
    }
    const leaving = this.#fresh.splice(0).sort((a, b) => (a.order < b.order ? -1 : 1));
    for (const exchange of leaving) this.#leave(exchange);
  }

  port(life: Life): HttpPort {
    return {
      send: (request) =>
        this.whileBusy(async () => {
          const pieces: Uint8Array[] = [];
          if (request.body !== null) for await (const piece of request.body.stream()) pieces.push(Buffer.from(piece));
          return { pieces };
        }).then(
          ({ pieces }) =>
            new Promise<HttpResponse>((resolve, reject) => {
              const hash = createHash('sha256');
              for (const piece of pieces) hash.update(piece);
              const key = request.headers['idempotency-key'] ?? request.headers['Idempotency-Key'] ?? '';
              const order = `${request.url} ${key} ${hash.digest('hex')}`;
              const exchange: Exchange = {
                life,
                request,
                pieces,
                order,
                resolve,
                reject,
                isCommitted: false,
                isSettled: false,
              };
              this.#fresh.push(exchange);
            }),
        ),
    };
  }

  #leave(exchange: Exchange): void {
    const trouble = this.#armed.shift() ?? null;
    const { request } = exchange;
    const { api, path } = Provider.place(request.url);
    this.trace.push(`${this.#clock.monotonic()} ${request.method} ${api}${path} ${trouble ?? 'fine'}`);
    if (trouble !== 'hangs') {
      request.signal.addEventListener('abort', () => {
        this.#fail(exchange, 'aborted');
      });
    }
    if (trouble === 'refused' || trouble === 'offline') {
      this.#after(exchange, LEAVES_MS, () => this.#fail(exchange, trouble));
      return;
    }
    if (trouble === 'resetInBody') {
      this.#after(exchange, LEAVES_MS, () => this.#fail(exchange, 'reset'));
      return;
    }
    this.#after(exchange, trouble === 'slow' ? LEAVES_MS * SLOW : LEAVES_MS, () => {
      void this.#lastByte(exchange, trouble);
    });
  }

  /** The last byte leaves: from here on the provider may have it, whatever becomes of this process. */
  async #lastByte(exchange: Exchange, trouble: Trouble | null): Promise<void> {
    if (exchange.isSettled) return;
    const { request, pieces } = exchange;
    const byteLength = pieces.reduce((total, piece) => total + piece.byteLength, 0);
    const body =
      request.body === null
        ? null
        : {
            byteLength,
            async *stream() {
              yield* pieces;
            },
          };
    const outgoing = new OutgoingBody(body, request);
    const sent: Uint8Array[] = [];
    try {
      if (outgoing.byteLength === 0) outgoing.commitWithoutBody();
      else for await (const piece of outgoing.pieces()) sent.push(piece);
    } catch (error) {
      exchange.isSettled = true;
      exchange.reject(outgoing.sourceError ?? error);
      return;
    }
    exchange.isCommitted = true;
    if (trouble === 'lostRequest') {
      this.#after(exchange, ANSWERED_MS, () => this.#fail(exchange, 'reset'));
      return;
    }
    if (trouble === 'silenceUnheard') {
      this.#after(exchange, SILENCE_MS, () => this.#fail(exchange, 'silence'));
      return;
    }
    const whole = { method: request.method, url: request.url, headers: request.headers, body: Buffer.concat(sent) };
    // On its way it needs nobody: the process may be gone when it arrives.
    this.#clock.after(ARRIVES_MS, () => {
      this.#arrive(exchange, whole, trouble);
    });
  }

  #arrive(exchange: Exchange, whole: WholeRequest, trouble: Trouble | null): void {
    if (trouble === 'loginPage') {
      this.#answer(exchange, html(200));
      return;
    }
    const { api, path } = Provider.place(whole.url);
    const answer = this.#provider.handle(whole, typeof trouble === 'number' ? trouble : null);
    this.trace.push(
      `${this.#clock.monotonic()} arrived ${api}${path} ${answer.status}${answer.isReplay ? ' again' : ''}`,
    );
    if (answer.status < 300 && !answer.isReplay)
      this.onCarriedOut({ api, path, request: whole, status: answer.status });
    const text = answer.body === undefined ? '' : JSON.stringify(answer.body);
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    for (const [name, value] of Object.entries(answer.headers)) headers[name.toLowerCase()] = value;
    const response = (body: string): HttpResponse => ({ status: answer.status, headers, body: Buffer.from(body) });
    if (trouble === 'lostAnswer') this.#after(exchange, ANSWERED_MS, () => this.#fail(exchange, 'reset'));
    else if (trouble === 'silenceAfterWork') this.#after(exchange, SILENCE_MS, () => this.#fail(exchange, 'silence'));
    else if (trouble === 'halfAnswer') this.#answer(exchange, response(text.slice(0, text.length / 2)));
    else if (trouble === 'emptyAnswer') this.#answer(exchange, response(''));
    else if (trouble === 'otherAnswer') this.#answer(exchange, response('{"hello":"world"}'));
    else if (trouble === 'loginPageAfterWork') this.#answer(exchange, html(200));
    else if (trouble === 'gatewayAfterWork') this.#answer(exchange, html(502));
    else
      this.#answer(
        exchange,
        response(text),
        trouble === 'hangs' ? HANGS_MS : trouble === 'slow' ? ANSWERED_MS * SLOW : ANSWERED_MS,
      );
  }

  #answer(exchange: Exchange, response: HttpResponse, afterMs = ANSWERED_MS): void {
    this.#after(exchange, afterMs, () => {
      if (exchange.isSettled) return;
      exchange.isSettled = true;
      exchange.resolve(response);
    });
  }

  #fail(exchange: Exchange, code: NetworkErrorCode): void {
    if (exchange.isSettled || exchange.life.state === 'gone') return;
    exchange.isSettled = true;
    exchange.reject(new NetworkError(code, exchange.isCommitted));
  }

  /** What happens in the process; nothing does any more once it is gone. */
  #after(exchange: Exchange, delayMs: number, run: () => void): void {
    this.#clock.after(delayMs, () => {
      if (exchange.life.state !== 'gone') run();
    });
  }
}

function html(status: number): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'text/html' },
    body: Buffer.from('<!doctype html><title>Sign in</title>'),
  };
}
