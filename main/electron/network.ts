import { net, session } from 'electron';
import type { ClientRequest, IncomingMessage } from 'electron';
import {
  MAX_RESPONSE_BYTES,
  NetworkError,
  OutgoingBody,
  SILENCE_MS,
  faultOfChromium,
  isBeforeConnection,
  isStillAnswering,
} from '../network/index.ts';
import type {
  HttpPort,
  HttpRequest,
  HttpResponse,
  NetworkErrorCode,
  NetworkFacts,
  SeenCertificate,
} from '../network/index.ts';

/** A session of its own, in memory: the window's session lets nothing out (session-policy.ts). */
const PARTITION = 'network';

/** Chromium's own verdict on a certificate is kept (https://www.electronjs.org/docs/latest/api/session). */
const USE_CHROMIUMS_VERDICT = -3;

/** How many hosts' refused certificates are remembered for the report. */
const MAX_REMEMBERED = 16;

/**
 * The port on Electron's `net`: it knows the system's proxy, client certificates and trust store, which branches need.
 * Bodies go out chunked, because Electron gathers a body of known length in memory before it sends it. A chunked request
 * is whole only with its last, empty chunk, so the point of no return holds here too.
 */
export function createElectronHttp(): HttpPort {
  const refused = rememberRefusedCertificates();
  return {
    send: (request) => new Promise((resolve, reject) => new Exchange(refused, request, resolve, reject).start()),
  };
}

/** `net` says only that a certificate is not trusted; this keeps which one it was, by host name. */
function rememberRefusedCertificates(): ReadonlyMap<string, SeenCertificate> {
  const refused = new Map<string, SeenCertificate>();
  session.fromPartition(PARTITION).setCertificateVerifyProc(({ hostname, certificate, errorCode }, callback) => {
    callback(USE_CHROMIUMS_VERDICT);
    refused.delete(hostname);
    if (errorCode === 0) return;
    if (refused.size >= MAX_REMEMBERED) refused.clear();
    refused.set(hostname, {
      issuer: certificate.issuerName,
      subject: certificate.subjectName,
      validFromMs: certificate.validStart * 1_000,
      validToMs: certificate.validExpiry * 1_000,
    });
  });
  return refused;
}

/** One request and its answer. Settles exactly once. */
class Exchange {
  readonly #refused: ReadonlyMap<string, SeenCertificate>;
  readonly #request: HttpRequest;
  readonly #resolve: (response: HttpResponse) => void;
  readonly #reject: (error: unknown) => void;
  readonly #outgoing: OutgoingBody;
  readonly #client: ClientRequest;
  readonly #onAbort = (): void => this.#fail('aborted');
  #watchdog: NodeJS.Timeout | null = null;
  #isSettled = false;
  #isProxyAsking = false;

  constructor(
    refused: ReadonlyMap<string, SeenCertificate>,
    request: HttpRequest,
    resolve: (response: HttpResponse) => void,
    reject: (error: unknown) => void,
  ) {
    this.#refused = refused;
    this.#request = request;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#outgoing = new OutgoingBody(request.body, request, () => this.#watchdog?.refresh());
    this.#client = net.request({
      method: request.method,
      url: request.url,
      headers: { ...request.headers },
      partition: PARTITION,
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
    this.#watchdog = setTimeout(() => this.#fail('silence'), silenceTimeoutMs ?? SILENCE_MS);
    this.#client.on('login', (authInfo, callback) => {
      // Without a user name Electron gives up: the queue says that the proxy wants a password.
      this.#isProxyAsking = authInfo.isProxy;
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
      this.#fail(this.#isProxyAsking ? 'proxy_authentication' : faultOfChromium(error.message), error);
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
        // A copy: Electron does not say that the memory of a piece is free when it calls back, and the next one may lie in it.
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
    const since = performance.now();
    const silenceMs = this.#request.silenceTimeoutMs ?? SILENCE_MS;
    response.on('data', (chunk: Buffer) => {
      receivedBytes += chunk.byteLength;
      if (isStillAnswering(performance.now() - since, receivedBytes, silenceMs)) this.#watchdog?.refresh();
      if (receivedBytes > (this.#request.maxResponseBytes ?? MAX_RESPONSE_BYTES)) this.#fail('too_large');
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
      this.#succeed({ status, headers: joined(response.headers), body: Buffer.concat(chunks) });
    });
    // Not at its end: Chromium lets nobody read the body of a proxy's answer in the place of a tunnel, and calls it an error of the
    // answer (`HttpNetworkTransaction::Read`), which would look like a lost one.
    if (response.statusCode === 407) this.#fail('proxy_authentication');
  }

  #succeed(response: HttpResponse): void {
    if (this.#isSettled) return;
    this.#settle();
    this.#resolve(response);
  }

  #fail(fault: NetworkErrorCode, cause?: unknown): void {
    if (this.#isSettled) return;
    this.#settle();
    // Without any network the name service is the first to be missed.
    const code = fault === 'name_not_found' && !net.isOnline() ? 'offline' : fault;
    // Electron takes a small body before there is a connection, so the point of no return alone does not say enough.
    const mayHaveArrived = this.#outgoing.isCommitted && !isBeforeConnection(code);
    const error =
      this.#outgoing.sourceError ??
      new NetworkError(code, mayHaveArrived, {
        facts: this.#facts(code),
        ...(cause === undefined ? {} : { cause }),
      });
    this.#reject(error);
    this.#client.abort();
  }

  #facts(code: NetworkErrorCode): NetworkFacts {
    if (code === 'proxy_authentication') return { proxyStatus: 407 };
    const certificate = this.#refused.get(new URL(this.#request.url).hostname);
    return code.startsWith('certificate_') && certificate !== undefined ? { certificate } : {};
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
