/** `net`: requests of the main process, over Node's own http instead of Chromium's network stack. */

import { readFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import path from 'node:path';
import { Readable, Writable } from 'node:stream';
import { TLSSocket } from 'node:tls';
import type { PeerCertificate } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { guardObject, notImplemented } from './guard.ts';
import { defaultSession, HostSession, session as sessions } from './session.ts';
import { openTunnel } from './tunnel.ts';
import type { ProxyAddress } from './tunnel.ts';

/** Headers which Electron's network stack sets itself: a request with one of them fails. */
const RESERVED_HEADERS = new Set([
  'content-length',
  'host',
  'trailer',
  'te',
  'upgrade',
  'cookie2',
  'keep-alive',
  'transfer-encoding',
]);

/** Response headers of which only the first counts, as in Electron. */
const SINGLE_HEADERS = new Set(
  (
    'content-type content-length user-agent referer host authorization proxy-authorization if-modified-since ' +
    'if-unmodified-since from location max-forwards retry-after etag last-modified server age expires'
  ).split(' '),
);

const ERROR_NAMES: Record<string, string> = {
  ECONNREFUSED: 'ERR_CONNECTION_REFUSED',
  ECONNRESET: 'ERR_CONNECTION_RESET',
  EPIPE: 'ERR_CONNECTION_RESET',
  ENOTFOUND: 'ERR_NAME_NOT_RESOLVED',
  EAI_AGAIN: 'ERR_NAME_NOT_RESOLVED',
  ETIMEDOUT: 'ERR_CONNECTION_TIMED_OUT',
  EHOSTUNREACH: 'ERR_ADDRESS_UNREACHABLE',
  ENETUNREACH: 'ERR_INTERNET_DISCONNECTED',
  CERT_HAS_EXPIRED: 'ERR_CERT_DATE_INVALID',
  CERT_NOT_YET_VALID: 'ERR_CERT_DATE_INVALID',
  ERR_TLS_CERT_ALTNAME_INVALID: 'ERR_CERT_COMMON_NAME_INVALID',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'ERR_CERT_AUTHORITY_INVALID',
  SELF_SIGNED_CERT_IN_CHAIN: 'ERR_CERT_AUTHORITY_INVALID',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'ERR_CERT_AUTHORITY_INVALID',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'ERR_CERT_AUTHORITY_INVALID',
  EPROTO: 'ERR_SSL_PROTOCOL_ERROR',
};

/** Node's error with the words of Electron's network stack. */
function netError(error: unknown): Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const isParserError = code.startsWith('HPE_');
  const isTlsError = code.startsWith('ERR_SSL_');
  const other = isParserError ? 'ERR_INVALID_HTTP_RESPONSE' : isTlsError ? 'ERR_SSL_PROTOCOL_ERROR' : 'ERR_FAILED';
  return new Error(`net::${ERROR_NAMES[code] ?? other}`);
}

/** The host's `IncomingMessage`, with all members of Electron's (so it needs no guard, which Node's streams would trip). */
export class HostIncomingMessage extends Readable {
  readonly #message: http.IncomingMessage;

  constructor(message: http.IncomingMessage) {
    super();
    this.#message = message;
    message.on('data', (chunk: Buffer) => {
      if (!this.push(chunk)) message.pause();
    });
    message.on('end', () => this.push(null));
    message.on('error', () => this.destroy(this.#cutError()));
  }

  /** A body that ended too early, told apart as Chromium does. */
  #cutError(): Error {
    const hasLength = this.#message.headers['content-length'] !== undefined;
    const isChunked = this.#message.headers['transfer-encoding'] === 'chunked';
    const name = isChunked ? 'ERR_INCOMPLETE_CHUNKED_ENCODING' : 'ERR_CONNECTION_RESET';
    return new Error(`net::${hasLength ? 'ERR_CONTENT_LENGTH_MISMATCH' : name}`);
  }

  override _read(): void {
    this.#message.resume();
  }

  get statusCode(): number {
    return this.#message.statusCode ?? 0;
  }

  get statusMessage(): string {
    return this.#message.statusMessage ?? '';
  }

  get httpVersion(): string {
    return this.#message.httpVersion;
  }

  get httpVersionMajor(): number {
    return this.#message.httpVersionMajor;
  }

  get httpVersionMinor(): number {
    return this.#message.httpVersionMinor;
  }

  get rawHeaders(): string[] {
    return this.#message.rawHeaders;
  }

  get headers(): Record<string, string | string[]> {
    const headers: Record<string, string | string[]> = {};
    const { rawHeaders } = this;
    for (let at = 0; at < rawHeaders.length; at += 2) {
      const name = (rawHeaders[at] ?? '').toLowerCase();
      const value = rawHeaders[at + 1] ?? '';
      const known = headers[name];
      if (name === 'set-cookie') headers[name] = Array.isArray(known) ? [...known, value] : [value];
      else if (known === undefined) headers[name] = value;
      else if (!SINGLE_HEADERS.has(name)) headers[name] = `${String(known)}, ${value}`;
    }
    return headers;
  }
}

type RequestOptions = Electron.ClientRequestConstructorOptions;

const OPTION_NAMES = new Set([
  'method',
  'url',
  'headers',
  'session',
  'partition',
  'credentials',
  'useSessionCookies',
  'protocol',
  'host',
  'hostname',
  'port',
  'path',
  'redirect',
  'origin',
  'referrerPolicy',
  'cache',
  'bypassCustomProtocolHandlers',
]);

function urlOf(options: RequestOptions): URL {
  if (options.url !== undefined) return new URL(options.url);
  const { protocol = 'http:', hostname = 'localhost', port } = options;
  const host = options.host ?? (port === undefined ? hostname : `${hostname}:${port}`);
  return new URL(options.path ?? '/', `${protocol}//${host}`);
}

function sessionOf(options: RequestOptions): HostSession {
  const given: unknown = options.session;
  if (given instanceof HostSession) return given;
  if (given !== undefined) throw new TypeError('`session` should be an instance of the Session class');
  return options.partition === undefined ? defaultSession : sessions.fromPartition(options.partition);
}

let lastRequestId = 0;

/** The host's `ClientRequest`. Follows the order of events and the errors of Electron's own implementation. */
export class HostClientRequest extends Writable {
  readonly #method: string;
  readonly #redirect: 'follow' | 'error' | 'manual';
  readonly #session: HostSession;
  readonly #headers = new Map<string, { name: string; value: string }>();
  readonly #buffered: Buffer[] = [];
  #url: URL;
  #chunkedEncoding: boolean | undefined;
  #isStarted = false;
  #hasWritten = false;
  #isAborted = false;
  #isOver = false;
  #request: http.ClientRequest | undefined;
  #response: HostIncomingMessage | undefined;
  #followRedirect: (() => void) | undefined;
  #redirects = 0;
  #credentials: string | undefined;
  #uploaded = 0;

  constructor(given: RequestOptions | string, onResponse?: (response: HostIncomingMessage) => void) {
    super({ autoDestroy: true });
    const options: RequestOptions = typeof given === 'string' ? { url: given } : given;
    for (const name of Object.keys(options)) {
      if (!OPTION_NAMES.has(name)) throw notImplemented(`net.request option '${name}'`);
    }
    this.#url = urlOf(options);
    if (this.#url.protocol !== 'http:' && this.#url.protocol !== 'https:') {
      throw new Error('ClientRequest only supports http: and https: protocols');
    }
    this.#method = (options.method ?? 'GET').toUpperCase();
    this.#redirect = options.redirect ?? 'follow';
    this.#session = sessionOf(options);
    for (const [name, value] of Object.entries(options.headers ?? {})) this.setHeader(name, String(value));
    if (onResponse !== undefined) this.once('response', onResponse);
  }

  // --- Electron's API ---------------------------------------------------------------------------------------------

  get chunkedEncoding(): boolean {
    return this.#chunkedEncoding === true;
  }

  set chunkedEncoding(value: boolean) {
    if (this.#isStarted) throw new Error('chunkedEncoding can only be set before the request is started');
    if (this.#chunkedEncoding !== undefined) throw new Error('chunkedEncoding can only be set once');
    this.#chunkedEncoding = value;
  }

  setHeader(name: string, value: string): void {
    if (typeof name !== 'string') throw new TypeError('`name` should be a string in setHeader(name, value)');
    if (value === null || value === undefined) throw new Error(`\`value\` required in setHeader("${name}", value)`);
    if (this.#isStarted || this.#hasWritten) throw new Error("Can't set headers after they are sent");
    try {
      http.validateHeaderName(name);
    } catch {
      throw new Error(`Invalid header name: '${name}'`);
    }
    try {
      http.validateHeaderValue(name, value);
    } catch {
      throw new Error(`Invalid value for header '${name}': '${value}'`);
    }
    this.#headers.set(name.toLowerCase(), { name, value });
  }

  getHeader(name: string): string | undefined {
    return this.#headers.get(name.toLowerCase())?.value;
  }

  removeHeader(name: string): void {
    if (this.#isStarted || this.#hasWritten) throw new Error("Can't remove headers after they are sent");
    this.#headers.delete(name.toLowerCase());
  }

  followRedirect(): void {
    if (this.#followRedirect === undefined)
      throw new Error('followRedirect() called, but was not waiting for a redirect');
    this.#followRedirect();
  }

  abort(): void {
    if (!this.#isAborted) process.nextTick(() => this.emit('abort'));
    this.#isAborted = true;
    if (this.#response?.readableEnded === false) this.#response.emit('aborted');
    this.#die();
  }

  getUploadProgress(): Electron.UploadProgress {
    const total = this.#buffered.reduce((sum, chunk) => sum + chunk.length, 0);
    if (!this.#isStarted) return { active: false, started: false, current: 0, total: 0 };
    return { active: !this.writableFinished, started: true, current: this.#uploaded, total: total || this.#uploaded };
  }

  // --- the stream -------------------------------------------------------------------------------------------------

  override _write(chunk: Buffer | string, encoding: BufferEncoding, callback: (error?: Error) => void): void {
    this.#hasWritten = true;
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
    if (this.#chunkedEncoding !== true) {
      this.#buffered.push(bytes);
      callback();
      return;
    }
    // The callback waits until Node has handed the bytes to the system: that is the back-pressure.
    const written = (): void => {
      this.#uploaded += bytes.length;
      callback();
    };
    this.#withRequest((request) => request.write(bytes, written));
  }

  override _final(callback: (error?: Error) => void): void {
    this.#withRequest((request) => {
      if (this.#chunkedEncoding === true) {
        request.end(callback);
        return;
      }
      // As in Electron, what was gathered before counts as sent with the start, whatever becomes of the connection.
      request.end(Buffer.concat(this.#buffered));
      callback();
    });
  }

  /** Starts the request if need be, and runs `use` unless it is over already. */
  #withRequest(use: (request: http.ClientRequest) => void): void {
    const run = async (): Promise<void> => {
      const request = await this.#start();
      if (request !== undefined) use(request);
    };
    run().catch((error: unknown) => this.#die(netError(error)));
  }

  // --- the request ------------------------------------------------------------------------------------------------

  /** Asks the session's webRequest hook and opens the connection; undefined when the request is over already. */
  async #start(): Promise<http.ClientRequest | undefined> {
    if (this.#isStarted) return this.#request;
    this.#isStarted = true;
    lastRequestId += 1;
    const details = {
      id: lastRequestId,
      url: this.#url.href,
      method: this.#method,
      resourceType: 'other',
      referrer: '',
      timestamp: Date.now(),
    };
    if ([...this.#headers.keys()].some((name) => RESERVED_HEADERS.has(name))) {
      this.#die(new Error('net::ERR_INVALID_ARGUMENT'));
    } else if (await this.#session.webRequest.isCancelled(details)) {
      this.#die(new Error('net::ERR_BLOCKED_BY_CLIENT'));
    } else if (!this.#isOver) this.#open();
    return this.#isOver ? undefined : this.#request;
  }

  #open(): void {
    const headers: Record<string, string> = {};
    for (const { name, value } of this.#headers.values()) headers[name] = value;
    if (this.#credentials !== undefined) headers['Authorization'] = this.#credentials;
    const hasBody = this.#buffered.length > 0;
    if (this.#chunkedEncoding === true) headers['Transfer-Encoding'] = 'chunked';
    else if (hasBody || this.#method === 'POST' || this.#method === 'PUT') {
      headers['Content-Length'] = String(this.#buffered.reduce((sum, chunk) => sum + chunk.length, 0));
    }
    const { request } = this.#url.protocol === 'https:' ? https : http;
    const proxy = this.#session.proxyFor(this.#url);
    // One connection per request: Chromium repeats a request on a stale kept connection by itself, Node does not.
    const road = proxy === null ? { agent: false } : { createConnection: this.#throughTunnel(proxy) };
    const opened = request(this.#url, { method: this.#method, headers, ...road });
    this.#request = opened;
    this.#showCertificate(opened);
    opened.on('response', (message) => this.#respond(message));
    opened.on('error', (error) => {
      // Once there is a response its own stream reports what happens to it.
      if (this.#response === undefined && opened === this.#request) this.#die(netError(error));
    });
  }

  /** Makes the request's connection lead through a proxy. A proxy that gives no tunnel ends the request in Chromium's words. */
  #throughTunnel(proxy: ProxyAddress): NonNullable<http.RequestOptions['createConnection']> {
    if (this.#url.protocol !== 'https:') throw notImplemented('a proxy for plain http');
    return (_options, use) => {
      openTunnel(proxy, this.#url, (tunnel) => {
        if (tunnel.kind === 'open') use(null, tunnel.socket);
        else if (tunnel.kind === 'unreachable') this.#die(new Error('net::ERR_PROXY_CONNECTION_FAILED'));
        else if (tunnel.message.statusCode === 407) this.#refusedByProxy(tunnel.message);
        else this.#die(new Error('net::ERR_TUNNEL_CONNECTION_FAILED'));
      });
      return undefined;
    };
  }

  /**
   * The app is asked for a password. One that has none gets the proxy's answer, and an error as soon as its body is read
   * (`HttpNetworkTransaction::Read` of Chromium): whoever sits on the line could have written it.
   */
  #refusedByProxy(message: http.IncomingMessage): void {
    const challenge = message.headers['proxy-authenticate'] ?? '';
    if (this.#askLogin(challenge, true, message)) return;
    this.#deliver(message);
  }

  /** Shows the session's verify proc the server's certificate before Node judges it, and whatever it judges. */
  #showCertificate(opened: http.ClientRequest): void {
    let seen: PeerCertificate | null = null;
    const judge = (errorName: string | null): void => {
      if (seen !== null) this.#session.judgeCertificate(this.#url.hostname, seen, errorName);
      seen = null;
    };
    opened.on('socket', (socket) => {
      if (!(socket instanceof TLSSocket)) return;
      socket.prependListener('secure', () => {
        seen = socket.getPeerCertificate();
      });
      socket.once('secureConnect', () => judge(null));
    });
    opened.prependListener('error', (error) => judge(netError(error).message.replace('net::', '')));
  }

  #respond(message: http.IncomingMessage): void {
    const { statusCode = 0, headers } = message;
    if ([301, 302, 303, 307, 308].includes(statusCode) && headers.location !== undefined) {
      message.resume();
      this.#redirected(statusCode, headers.location, message);
      return;
    }
    const isProxy = statusCode === 407;
    const challenge = isProxy ? headers['proxy-authenticate'] : headers['www-authenticate'];
    if (
      (statusCode === 401 || isProxy) &&
      typeof challenge === 'string' &&
      this.#askLogin(challenge, isProxy, message)
    ) {
      return;
    }
    this.#deliver(message);
  }

  #deliver(message: http.IncomingMessage): void {
    const response = new HostIncomingMessage(message);
    this.#response = response;
    response.once('error', (error) => this.#die(error));
    this.emit('response', response);
    const isOfTunnel = message.statusCode === 407 && this.#session.proxyFor(this.#url) !== null;
    if (isOfTunnel) response.destroy(new Error('net::ERR_TUNNEL_CONNECTION_FAILED'));
  }

  /** Gives the app the chance to log in; false when nobody listens. */
  #askLogin(challenge: string, isProxy: boolean, message: http.IncomingMessage): boolean {
    if (this.listenerCount('login') === 0) return false;
    const [, scheme = '', realm = ''] = /^(\S+)(?:.*realm="([^"]*)")?/i.exec(challenge) ?? [];
    const { hostname, port } = this.#url;
    const details = { isProxy, scheme: scheme.toLowerCase(), host: hostname, port: Number(port), realm };
    this.emit('login', details, (username?: string, password?: string) => {
      if (username === undefined) {
        this.#deliver(message);
        return;
      }
      if (this.#chunkedEncoding === true || isProxy) {
        this.#die(notImplemented(isProxy ? 'login at a proxy' : 'login of a request with a streamed body'));
        return;
      }
      message.resume();
      this.#credentials = `Basic ${Buffer.from(`${username}:${password ?? ''}`).toString('base64')}`;
      this.#again();
    });
    return true;
  }

  #redirected(statusCode: number, location: string, message: http.IncomingMessage): void {
    const target = new URL(location, this.#url);
    const becomesGet = statusCode === 303 || ((statusCode === 301 || statusCode === 302) && this.#method === 'POST');
    const method = becomesGet ? 'GET' : this.#method;
    const headers = message.headersDistinct;
    if (this.#redirect === 'error') {
      this.#die(new Error("Attempted to redirect, but redirect policy was 'error'"));
      return;
    }
    let isFollowed = this.#redirect === 'follow';
    this.#followRedirect = () => {
      isFollowed = true;
    };
    try {
      this.emit('redirect', statusCode, method, target.href, headers);
    } finally {
      this.#followRedirect = undefined;
    }
    this.#redirects += 1;
    if (this.#isAborted) return;
    if (!isFollowed) this.#die(new Error('Redirect was cancelled'));
    else if (this.#redirects > 20) this.#die(new Error('net::ERR_TOO_MANY_REDIRECTS'));
    else if (method !== this.#method || this.#chunkedEncoding === true) {
      this.#die(notImplemented('following a redirect that changes the method or has a streamed body'));
    } else {
      this.#url = target;
      this.#again();
    }
  }

  #again(): void {
    this.#open();
    this.#request?.end(Buffer.concat(this.#buffered));
  }

  #die(error?: Error): void {
    this.#isOver = true;
    // A Writable that has ended is destroyed and emits no errors by itself any more; Electron's request still does.
    if (this.destroyed && error !== undefined) this.emit('error', error);
    this.destroy(error);
    this.#request?.destroy();
    this.#response?.destroy(error);
  }
}

const MEDIA_TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

async function hostFetch(input: string | Request, init?: RequestInit): Promise<Response> {
  const { protocol, href } = new URL(typeof input === 'string' ? input : input.url);
  if (protocol === 'http:' || protocol === 'https:') return fetch(input, init);
  if (protocol !== 'file:') throw notImplemented(`net.fetch for ${protocol}`);
  const file = fileURLToPath(href);
  const type = MEDIA_TYPES[path.extname(file).toLowerCase()] ?? 'application/octet-stream';
  return new Response(new Uint8Array(await readFile(file)), { headers: { 'content-type': type } });
}

/** The host's `net`. */
export const net = guardObject('net', {
  request: (options: RequestOptions | string) => new HostClientRequest(options),
  fetch: hostFetch,
  /** Without Chromium's network stack there is nothing to ask: always true. */
  isOnline: () => true,
  online: true,
});
