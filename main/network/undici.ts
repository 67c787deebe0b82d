import { Agent, type Dispatcher } from 'undici';
import { OutgoingBody } from './body.ts';
import { NetworkError } from './port.ts';
import type { HttpPort, HttpRequest, HttpResponse, NetworkErrorCode } from './port.ts';

const DEFAULT_SILENCE_MS = 60_000;
const DEFAULT_MAX_RESPONSE_BYTES = 8 * 1024 * 1024;
const CONNECT_TIMEOUT_MS = 20_000;
/** Shorter than the usual 5 s of servers, so that a connection is rarely used in the moment in which the server closes it. */
const KEEP_ALIVE_MS = 4_000;

/**
 * The port on undici. HTTP/1.1 only: with the 64 KiB stream window that many servers announce, HTTP/2 uses a fraction of
 * a branch's line. undici's own timeouts are off, because they do not see progress in both directions; the watchdog here does.
 */
export function createUndiciHttp(): HttpPort & { close(): Promise<void> } {
  const agent = new Agent({
    allowH2: false,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    connect: { timeout: CONNECT_TIMEOUT_MS },
  });
  return {
    send: (request) => new Promise((resolve, reject) => new Exchange(agent, request, resolve, reject).start()),
    close: () => agent.destroy(),
  };
}

/** One request and its answer. Settles exactly once; after that no byte leaves and no callback of the caller runs. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #agent: Agent;
  readonly #request: HttpRequest;
  readonly #outgoing: OutgoingBody;
  readonly #resolve: (response: HttpResponse) => void;
  readonly #reject: (error: unknown) => void;
  readonly #silenceMs: number;
  readonly #maxResponseBytes: number;
  readonly #onAbort = (): void => this.#fail('aborted', this.#request.signal.reason);
  #watchdog: NodeJS.Timeout | null = null;
  #controller: Dispatcher.DispatchController | null = null;
  #isSettled = false;
  #status: number | null = null;
  #headers: Record<string, string> = {};
  #chunks: Buffer[] = [];
  #receivedBytes = 0;

  constructor(
    agent: Agent,
    request: HttpRequest,
    resolve: (response: HttpResponse) => void,
    reject: (error: unknown) => void,
  ) {
    this.#agent = agent;
    this.#request = request;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#silenceMs = request.silenceTimeoutMs ?? DEFAULT_SILENCE_MS;
    this.#maxResponseBytes = request.maxResponseBytes ?? DEFAULT_MAX_RESPONSE_BYTES;
    this.#outgoing = new OutgoingBody(request.body, request, () => this.#watchdog?.refresh());
  }

  start(): void {
    const { method, signal, headers } = this.#request;
    if (signal.aborted) {
      this.#onAbort();
      return;
    }
    signal.addEventListener('abort', this.#onAbort, { once: true });
    this.#watchdog = setTimeout(() => this.#fail('silence'), this.#silenceMs);
    const { byteLength } = this.#outgoing;
    try {
      const url = new URL(this.#request.url);
      const options: Dispatcher.DispatchOptions = {
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method,
        headers: byteLength > 0 ? { ...headers, 'content-length': String(byteLength) } : { ...headers },
      };
      // undici takes any async iterable as a body and asks for a piece when the socket has drained (client-h1.js,
      // `writeIterable`), but its types name only streams. A real stream would read ahead: too early for `beforeLastByte`.
      this.#agent.dispatch(byteLength > 0 ? Object.assign(options, { body: this.#outgoing.pieces() }) : options, this);
    } catch (error) {
      this.#fail('other', error);
    }
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // A second start would be undici sending the request again by itself: only the outbox may repeat.
    const isRepeat = this.#controller !== null;
    this.#controller = controller;
    if (this.#isSettled || isRepeat) {
      this.#fail('reset');
      controller.abort(new NetworkError('aborted', false));
      return;
    }
    this.#watchdog?.refresh();
    if (this.#outgoing.byteLength === 0) {
      try {
        this.#outgoing.commitWithoutBody();
      } catch (error) {
        this.#fail('other', error);
      }
    }
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    this.#watchdog?.refresh();
    if (status < 200) return;
    this.#status = status;
    this.#headers = {};
    for (const [name, value] of Object.entries(headers)) {
      if (value !== undefined) this.#headers[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
    }
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#watchdog?.refresh();
    this.#receivedBytes += chunk.byteLength;
    if (this.#receivedBytes > this.#maxResponseBytes) this.#fail('too_large');
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (this.#isSettled || this.#status === null) return;
    this.#settle();
    this.#resolve({ status: this.#status, headers: this.#headers, body: Buffer.concat(this.#chunks) });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#fail(classify(error, this.#status !== null), error);
  }

  #settle(): void {
    this.#isSettled = true;
    this.#outgoing.stop();
    if (this.#watchdog !== null) clearTimeout(this.#watchdog);
    this.#request.signal.removeEventListener('abort', this.#onAbort);
  }

  #fail(code: NetworkErrorCode, cause?: unknown): void {
    if (this.#isSettled) return;
    this.#settle();
    const error =
      this.#outgoing.sourceError ??
      new NetworkError(code, this.#outgoing.isCommitted, cause === undefined ? {} : { cause });
    this.#reject(error);
    this.#controller?.abort(new NetworkError('aborted', false));
  }
}

/** Error codes of Node's sockets, resolver and TLS, and of undici, in the words of the port. */
function classify(error: unknown, hasAnswerStarted: boolean): NetworkErrorCode {
  const code = codeOf(error);
  if (/^(ENETUNREACH|EHOSTUNREACH|ENETDOWN|EADDRNOTAVAIL|EAI_AGAIN)$/.test(code)) return 'offline';
  if (code === 'ENOTFOUND') return 'name_not_found';
  if (code === 'ECONNREFUSED') return 'refused';
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT') return 'silence';
  if (/^(CERT_|ERR_TLS_CERT|ERR_SSL_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/.test(code)) return 'certificate';
  if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') return 'truncated';
  if (/^(ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_SOCKET|UND_ERR_ABORTED)$/.test(code)) {
    return hasAnswerStarted ? 'truncated' : 'reset';
  }
  return 'other';
}

/** The first `code` on the way down through causes and through the attempts at several addresses of one host. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error instanceof AggregateError) return error.errors.map(codeOf).find((code) => code !== '') ?? '';
  return codeOf(error.cause);
}
