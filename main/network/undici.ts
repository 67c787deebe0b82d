import type { Dispatcher } from 'undici';
import { isStillAnswering } from './answering.ts';
import { OutgoingBody } from './body.ts';
import { faultOfNode } from './faults.ts';
import { MAX_RESPONSE_BYTES, NetworkError } from './port.ts';
import type { HttpPort, HttpRequest, HttpResponse, NetworkErrorCode, NetworkFacts } from './port.ts';
import { DirectRoads } from './direct.ts';
import type { DirectOptions } from './direct.ts';
import { Roads } from './roads.ts';
import type { RoadMap, RoadOptions } from './roads.ts';

/**
 * The port on undici: through the proxy that `HTTPS_PROXY` and `NO_PROXY` name, trusting what the system trusts and what
 * `NODE_EXTRA_CA_CERTS` adds.
 */
export function createUndiciHttp(options: RoadOptions = {}): HttpPort & { close(): Promise<void> } {
  return httpOn(new Roads(options));
}

/** The port for devices in the branch's own network: never through a proxy, trusting one certificate each. */
export function createDirectHttp(options: DirectOptions): HttpPort & { close(): Promise<void> } {
  return httpOn(new DirectRoads(options));
}

function httpOn(roads: RoadMap): HttpPort & { close(): Promise<void> } {
  return {
    async send(request) {
      try {
        return await new Promise((resolve, reject) => new Exchange(roads, request, resolve, reject).start());
      } catch (error) {
        if (!(error instanceof NetworkError) || !error.code.startsWith('certificate_')) throw error;
        const facts = await roads.lookAt(new URL(request.url));
        throw new NetworkError(error.code, error.mayHaveArrived, { cause: error.cause, facts });
      }
    },
    close: () => roads.close(),
  };
}

/** One request and its answer. Settles exactly once; after that no byte leaves and no callback of the caller runs. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #roads: RoadMap;
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
  #answeringSince = 0;

  constructor(
    roads: RoadMap,
    request: HttpRequest,
    resolve: (response: HttpResponse) => void,
    reject: (error: unknown) => void,
  ) {
    this.#roads = roads;
    this.#request = request;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#silenceMs = request.silenceTimeoutMs ?? roads.silenceMs;
    this.#maxResponseBytes = request.maxResponseBytes ?? MAX_RESPONSE_BYTES;
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
      this.#roads
        .to(url)
        .dispatch(byteLength > 0 ? Object.assign(options, { body: this.#outgoing.pieces() }) : options, this);
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
    if (status < 200) return;
    this.#watchdog?.refresh();
    this.#answeringSince = performance.now();
    this.#status = status;
    this.#headers = {};
    for (const [name, value] of Object.entries(headers)) {
      if (value !== undefined) this.#headers[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
    }
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#receivedBytes += chunk.byteLength;
    const tookMs = performance.now() - this.#answeringSince;
    if (isStillAnswering(tookMs, this.#receivedBytes, this.#silenceMs)) this.#watchdog?.refresh();
    if (this.#receivedBytes > this.#maxResponseBytes) this.#fail('too_large');
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (this.#isSettled || this.#status === null) return;
    this.#settle();
    this.#resolve({ status: this.#status, headers: this.#headers, body: Buffer.concat(this.#chunks) });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    const proxyStatus = /^Proxy response \((\d{3})\)/.exec(error.message)?.[1];
    if (proxyStatus !== undefined) {
      const code = proxyStatus === '407' ? 'proxy_authentication' : 'proxy_refused';
      this.#fail(code, error, { proxyStatus: Number(proxyStatus) });
    } else this.#fail(this.#faultOf(error), error);
  }

  #faultOf(error: Error): NetworkErrorCode {
    if (this.#roads.isOfProxy(error)) return this.#roads.hasNetwork() ? 'proxy_unreachable' : 'offline';
    const phase = this.#controller === null ? 'connecting' : this.#status === null ? 'sending' : 'answering';
    const code = faultOfNode(error, phase);
    // Without any network the name service is the first to be missed.
    return code === 'name_not_found' && !this.#roads.hasNetwork() ? 'offline' : code;
  }

  #settle(): void {
    this.#isSettled = true;
    this.#outgoing.stop();
    if (this.#watchdog !== null) clearTimeout(this.#watchdog);
    this.#request.signal.removeEventListener('abort', this.#onAbort);
  }

  #fail(code: NetworkErrorCode, cause?: unknown, facts: NetworkFacts = {}): void {
    if (this.#isSettled) return;
    this.#settle();
    const error =
      this.#outgoing.sourceError ??
      new NetworkError(code, this.#outgoing.isCommitted, { facts, ...(cause === undefined ? {} : { cause }) });
    this.#reject(error);
    this.#controller?.abort(new NetworkError('aborted', false));
  }
}
