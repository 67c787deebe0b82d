import { createSecureContext, getCACertificates } from 'node:tls';
import type { SecureContext } from 'node:tls';
import { Agent, EnvHttpProxyAgent, Pool, buildConnector } from 'undici';
import type { Dispatcher } from 'undici';
import { hasNetworkCard, isLoopback } from './here.ts';
import { lookAtServer } from './look.ts';
import { SILENCE_MS } from './port.ts';
import type { NetworkFacts } from './port.ts';

const CONNECT_TIMEOUT_MS = 20_000;
/** Shorter than the usual 5 s of servers, so that a connection is rarely used in the moment in which the server closes it. */
const KEEP_ALIVE_MS = 4_000;

/**
 * HTTP/1.1 only: with the 64 KiB stream window that many servers announce, HTTP/2 uses a fraction of a branch's line.
 * undici's own timeouts are off, because they do not see progress in both directions; the port's watchdog does.
 */
const COMMON = {
  allowH2: false,
  pipelining: 1,
  headersTimeout: 0,
  bodyTimeout: 0,
  keepAliveTimeout: KEEP_ALIVE_MS,
  keepAliveMaxTimeout: KEEP_ALIVE_MS,
} as const;

/**
 * The lowest mark there is, so that any piece fills the socket and `drain` says that it has left. Until then undici asks
 * for no other piece, whose bytes may lie in the same memory.
 */
const SOCKET = { timeout: CONNECT_TIMEOUT_MS, highWaterMark: 1 } as const;

/** How this PC reaches others, where it differs from what the system says (tests). */
export interface RoadOptions {
  /** `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, in either case. Default: the process's own. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Certificates (PEM) that are trusted beside Node's own, the system's and those of `NODE_EXTRA_CA_CERTS`. */
  readonly extraCertificates?: readonly string[];
  /** Whether a network other than this PC itself is there. Default: a network card has an address. */
  readonly hasNetwork?: () => boolean;
  /** Longest silence where a request names none. Default `SILENCE_MS`. */
  readonly silenceMs?: number;
}

/** Which way a request takes, and how what goes wrong on it is told. */
export interface RoadMap {
  readonly silenceMs: number;
  to(url: URL): Dispatcher;
  isOfProxy(error: unknown): boolean;
  hasNetwork(): boolean;
  /** What can be seen of a host whose certificate was not taken. Never rejects. */
  lookAt(url: URL): Promise<NetworkFacts>;
  close(): Promise<void>;
}

/**
 * Direct connections to this PC itself; everything else through the proxy that the environment names, if any. What
 * `https` trusts is what the window trusts: the system's store too, where banks keep their own certificates.
 */
export class Roads implements RoadMap {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly hasNetwork: () => boolean;
  readonly silenceMs: number;
  readonly #extraCertificates: readonly string[];
  /** Errors of connecting to a proxy, which look like those of connecting to the provider. */
  readonly #proxyErrors = new WeakSet<object>();
  #own: Agent | null = null;
  #far: EnvHttpProxyAgent | null = null;
  #context: SecureContext | null = null;

  constructor(options: RoadOptions) {
    this.environment = options.environment ?? process.env;
    this.hasNetwork = options.hasNetwork ?? hasNetworkCard;
    this.silenceMs = options.silenceMs ?? SILENCE_MS;
    this.#extraCertificates = options.extraCertificates ?? [];
  }

  to(url: URL): Dispatcher {
    if (!isLoopback(url.hostname)) return (this.#far ??= this.#openFar());
    return (this.#own ??= new Agent({ ...COMMON, connect: this.#connectOptions(url.protocol === 'https:') }));
  }

  isOfProxy(error: unknown): boolean {
    return typeof error === 'object' && error !== null && this.#proxyErrors.has(error);
  }

  lookAt(url: URL): Promise<NetworkFacts> {
    return lookAtServer(url, this.environment, Date.now);
  }

  async close(): Promise<void> {
    await Promise.all([this.#own?.destroy(), this.#far?.destroy()]);
  }

  #openFar(): EnvHttpProxyAgent {
    const tls = this.#connectOptions(true);
    const read = (name: string): string => this.environment[name] ?? this.environment[name.toUpperCase()] ?? '';
    return new EnvHttpProxyAgent({
      ...COMMON,
      httpProxy: read('http_proxy'),
      httpsProxy: read('https_proxy'),
      noProxy: read('no_proxy'),
      connect: tls,
      connectTimeout: CONNECT_TIMEOUT_MS,
      requestTls: tls,
      proxyTls: tls,
      clientFactory: (origin) => new Pool(origin, { connect: this.#proxyConnector(tls) }),
    });
  }

  #proxyConnector(options: buildConnector.BuildOptions): buildConnector.connector {
    const connect = buildConnector({ ...options, allowH2: false });
    return (target, callback) => {
      connect(target, (...[error, socket]: Parameters<buildConnector.Callback>) => {
        if (error !== null) {
          this.#proxyErrors.add(error);
          callback(error, null);
        } else callback(null, socket);
      });
    };
  }

  #connectOptions(isSecure: boolean): buildConnector.BuildOptions {
    return { ...SOCKET, ...(isSecure ? { secureContext: this.secureContext() } : {}) };
  }

  /** Made at the first secure request: reading the system's store takes a tenth of a second. */
  secureContext(): SecureContext {
    this.#context ??= createSecureContext({
      ca: [...new Set([...getCACertificates('default'), ...getCACertificates('system'), ...this.#extraCertificates])],
    });
    return this.#context;
  }
}
