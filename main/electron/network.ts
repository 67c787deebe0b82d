import { net } from 'electron';
import type { ClientRequest, IncomingMessage } from 'electron';
import { NetworkError, OutgoingBody } from '../network/index.ts';
import type { HttpPort, HttpRequest, HttpResponse, NetworkErrorCode } from '../network/index.ts';

const DEFAULT_SILENCE_MS = 60_000;
const DEFAULT_MAX_RESPONSE_BYTES = 8 * 1024 * 1024;

/**
 * The port on Electron's `net`: it knows the system's proxy, client certificates and trust store, which branches need.
 * Bodies go out chunked, because Electron gathers a body of known length in memory before it sends it. A chunked request
 * is whole only with its last, empty chunk, so the point of no return holds here too.
 */
export function createElectronHttp(): HttpPort {
  return { send: (request) => new Promise((resolve, reject) => new Exchange(request, resolve, reject).start()) };
}

/** One request and its answer. Settles exactly once. */
class Exchange {
  readonly #request: HttpRequest;
  readonly #resolve: (response: HttpResponse) => void;
  readonly #reject: (error: unknown) => void;
  readonly #outgoing: OutgoingBody;
  readonly #client: ClientRequest;
  readonly #onAbort = (): void => this.#fail('aborted');
  #watchdog: NodeJS.Timeout | null = null;
  #isSettled = false;
  #isProxyAsking = false;

  constructor(request: HttpRequest, resolve: (response: HttpResponse) => void, reject: (error: unknown) => void) {
    this.#request = request;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#outgoing = new OutgoingBody(request.body, request, () => this.#watchdog?.refresh());
    this.#client = net.request({
      method: request.method,
      url: request.url,
      headers: { ...request.headers },
      // A session of its own, in memory: the window's session lets nothing out (session-policy.ts).
      partition: 'network',
      redirect: 'manual',
      credentials: 'omit',
      useSessionCookies: false,
      cache: 'no-store',
    });
  }

  start(): void {
    const { signal, silenceTimeoutMs } = this.#request;
    if (signal.aborted) {
      this.#fail('aborted');
      return;
    }
    signal.addEventListener('abort', this.#onAbort, { once: true });
    this.#watchdog = setTimeout(() => this.#fail('silence'), silenceTimeoutMs ?? DEFAULT_SILENCE_MS);
    this.#client.on('login', (_authInfo, callback) => {
      // Without a user name Electron gives up: the queue says that the proxy wants a password.
      this.#isProxyAsking = true;
      callback();
    });
    this.#client.on('redirect', (status, _method, _url, headers) => {
      this.#succeed({ status, headers: joined(headers), body: new Uint8Array() });
      this.#client.abort();
    });
    this.#client.on('response', (response) => {
      this.#receive(response);
    });
    this.#client.on('error', (error: Error) => {
      this.#fail(this.#isProxyAsking ? 'proxy_authentication' : classify(error.message), error);
    });
    this.#send().catch((error: unknown) => {
      this.#fail('other', error);
    });
  }

  async #send(): Promise<void> {
    if (this.#outgoing.byteLength === 0) {
      this.#outgoing.commitWithoutBody();
      this.#client.end();
      return;
    }
    this.#client.chunkedEncoding = true;
    for await (const piece of this.#outgoing.pieces()) {
      if (this.#isSettled) return;
      await new Promise<void>((resolve) => {
        this.#client.write(Buffer.from(piece), undefined, () => {
          resolve();
        });
      });
    }
    if (!this.#isSettled) this.#client.end();
  }

  #receive(response: IncomingMessage): void {
    const chunks: Buffer[] = [];
    let receivedBytes = 0;
    this.#watchdog?.refresh();
    response.on('data', (chunk: Buffer) => {
      this.#watchdog?.refresh();
      receivedBytes += chunk.byteLength;
      if (receivedBytes > (this.#request.maxResponseBytes ?? DEFAULT_MAX_RESPONSE_BYTES)) this.#fail('too_large');
      else chunks.push(chunk);
    });
    response.on('error', (error: Error) => {
      this.#fail('truncated', error);
    });
    response.on('aborted', () => {
      this.#fail('truncated');
    });
    response.on('end', () => {
      const { statusCode: status } = response;
      if (status === 407) this.#fail('proxy_authentication');
      else this.#succeed({ status, headers: joined(response.headers), body: Buffer.concat(chunks) });
    });
  }

  #succeed(response: HttpResponse): void {
    if (this.#isSettled) return;
    this.#settle();
    this.#resolve(response);
  }

  #fail(code: NetworkErrorCode, cause?: unknown): void {
    if (this.#isSettled) return;
    this.#settle();
    // Electron takes a small body before there is a connection, so the point of no return alone does not say enough.
    const hasConnected = !(this.#isProxyAsking || (cause instanceof Error && NEVER_CONNECTED.test(cause.message)));
    const error =
      this.#outgoing.sourceError ??
      new NetworkError(code, this.#outgoing.isCommitted && hasConnected, cause === undefined ? {} : { cause });
    this.#reject(error);
    this.#client.abort();
  }

  #settle(): void {
    this.#isSettled = true;
    this.#outgoing.stop();
    if (this.#watchdog !== null) clearTimeout(this.#watchdog);
    this.#request.signal.removeEventListener('abort', this.#onAbort);
  }
}

function joined(headers: Readonly<Record<string, string | string[]>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  );
}

/**
 * Errors of making the connection: nothing of the request can have reached the provider. Not ERR_NETWORK_CHANGED and the
 * ERR_SSL_ ones, which also end connections that were in use.
 */
const NEVER_CONNECTED =
  /ERR_(INTERNET_DISCONNECTED|ADDRESS_UNREACHABLE|NETWORK_ACCESS_DENIED|NAME_NOT_RESOLVED|NAME_RESOLUTION_FAILED|CONNECTION_REFUSED|CONNECTION_TIMED_OUT|CERT_|PROXY_AUTH|PROXY_CONNECTION_FAILED|TUNNEL_CONNECTION_FAILED)/;

/** Chromium's net error names (net/base/net_error_list.h), which Electron puts into the message as `net::ERR_…`. */
function classify(message: string): NetworkErrorCode {
  if (/ERR_(INTERNET_DISCONNECTED|NETWORK_CHANGED|ADDRESS_UNREACHABLE|NETWORK_ACCESS_DENIED)/.test(message))
    return 'offline';
  if (/ERR_NAME_(NOT_RESOLVED|RESOLUTION_FAILED)/.test(message)) return 'name_not_found';
  if (/ERR_CONNECTION_REFUSED/.test(message)) return 'refused';
  if (/ERR_(CERT_|SSL_|BAD_SSL)/.test(message)) return 'certificate';
  if (/ERR_PROXY_AUTH|ERR_PROXY_CONNECTION_FAILED|ERR_TUNNEL_CONNECTION_FAILED/.test(message))
    return 'proxy_authentication';
  if (/ERR_(CONNECTION_RESET|CONNECTION_CLOSED|CONNECTION_ABORTED|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED)/.test(message))
    return 'reset';
  if (/ERR_(TIMED_OUT|CONNECTION_TIMED_OUT)/.test(message)) return 'silence';
  if (/ERR_(CONTENT_LENGTH_MISMATCH|INCOMPLETE_CHUNKED_ENCODING)/.test(message)) return 'truncated';
  return 'other';
}
