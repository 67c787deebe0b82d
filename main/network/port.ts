/**
 * The one way out of this PC. Two implementations: Electron's `net` (system proxy, client certificates, the system's
 * trust store) and undici (command line, tests, and devices in the branch's own network). Neither follows redirects, neither
 * retries, neither touches cookies.
 */
export interface HttpPort {
  send(request: HttpRequest): Promise<HttpResponse>;
}

/** A body that can be produced again from the start, piece by piece, and whose length is known before. */
export interface HttpBody {
  readonly byteLength: number;
  /** A piece is good until the next one is asked for: its memory may then hold the next. The last one stays as it is. */
  stream(): AsyncIterable<Uint8Array>;
  /**
   * Gives the memory of a piece back at once, instead of when the collector comes by. Only for who has copied it: afterwards
   * the piece is empty. Left out where pieces belong to somebody else.
   */
  release?(piece: Uint8Array): void;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: HttpBody | null;
  readonly signal: AbortSignal;
  /** Longest silence in either direction before the request is given up; progress resets it (see `isStillAnswering`). Default `SILENCE_MS`. */
  readonly silenceTimeoutMs?: number;
  /** Largest answer that is read; more is an error. Default `MAX_RESPONSE_BYTES`. */
  readonly maxResponseBytes?: number;
  /**
   * Called once, before the last piece of the request leaves (before the request itself when it has no body). What it
   * does must be durable when it returns: until then the server cannot have a whole request, afterwards it may have one.
   */
  readonly beforeLastByte?: () => void;
  readonly onProgress?: (sentBytes: number) => void;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case; repeated headers joined by ", ". */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Defaults of both implementations. */
export const SILENCE_MS = 60_000;
export const MAX_RESPONSE_BYTES = 8 * 1024 * 1024;

/**
 * Everything that can go wrong on the way, whatever the implementation calls it (faults.ts maps Node's, undici's and
 * Chromium's names to these).
 *
 * - `offline`: this PC has no network. `name_not_found`: it has one, but the name service does not know the host.
 * - `refused`: nobody listens there. `unreachable`: no answer to any attempt at connecting.
 * - `proxy_authentication`: the proxy wants a password. `proxy_unreachable`: it is not there. `proxy_refused`: it does not
 *   let the connection through (`facts.proxyStatus`).
 * - `certificate_…`: the server's certificate was looked at and not taken. `certificate_date`: out of its time, and it is
 *   not known on which side.
 * - `tls`: no secure connection could be agreed on.
 */
export type NetworkErrorCode =
  | 'offline'
  | 'name_not_found'
  | 'refused'
  | 'unreachable'
  | 'proxy_authentication'
  | 'proxy_unreachable'
  | 'proxy_refused'
  | 'certificate_untrusted'
  | 'certificate_expired'
  | 'certificate_not_yet_valid'
  | 'certificate_date'
  | 'certificate_wrong_host'
  | 'certificate_revoked'
  | 'tls'
  | 'reset'
  | 'silence'
  | 'truncated'
  | 'too_large'
  | 'aborted'
  | 'other';

/** A server's certificate as it was seen, for a report to IT. Names as the certificate has them; nothing is secret. */
export interface SeenCertificate {
  readonly issuer: string;
  readonly subject: string;
  /** Epoch milliseconds. */
  readonly validFromMs: number;
  readonly validToMs: number;
}

/** What is known beside the code. Host names and numbers only: never a path, a header's value or a credential. */
export interface NetworkFacts {
  readonly certificate?: SeenCertificate;
  /** Status with which a proxy refused to connect. */
  readonly proxyStatus?: number;
  /** The other side's clock minus ours, milliseconds. */
  readonly clockOffByMs?: number;
}

/** `mayHaveArrived`: the whole request may have reached the server, so its answer is lost and the outcome unknown. */
export class NetworkError extends Error {
  readonly code: NetworkErrorCode;
  readonly mayHaveArrived: boolean;
  readonly facts: NetworkFacts;
  constructor(code: NetworkErrorCode, mayHaveArrived: boolean, options: ErrorOptions & { facts?: NetworkFacts } = {}) {
    super(`network: ${code}${mayHaveArrived ? ' after the whole request was sent' : ''}`, options);
    this.name = 'NetworkError';
    this.code = code;
    this.mayHaveArrived = mayHaveArrived;
    this.facts = options.facts ?? {};
  }
}
