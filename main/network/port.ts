/**
 * The one way out of this PC. Two implementations: Electron's `net` (system proxy, client certificates, the system's
 * trust store) and undici (command line, tests). Neither follows redirects, neither retries, neither touches cookies.
 */
export interface HttpPort {
  send(request: HttpRequest): Promise<HttpResponse>;
}

/** A body that can be produced again from the start, piece by piece, and whose length is known before. */
export interface HttpBody {
  readonly byteLength: number;
  stream(): AsyncIterable<Uint8Array>;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: HttpBody | null;
  readonly signal: AbortSignal;
  /** Longest silence in either direction before the request is given up; progress resets it. Default 60,000 ms. */
  readonly silenceTimeoutMs?: number;
  /** Largest answer that is read; more is an error. Default 8 MiB. */
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

export type NetworkErrorCode =
  | 'offline'
  | 'name_not_found'
  | 'refused'
  | 'certificate'
  | 'proxy_authentication'
  | 'reset'
  | 'silence'
  | 'truncated'
  | 'too_large'
  | 'aborted'
  | 'page_unreadable'
  | 'other';

/** `mayHaveArrived`: the whole request may have reached the server, so its answer is lost and the outcome unknown. */
export class NetworkError extends Error {
  readonly code: NetworkErrorCode;
  readonly mayHaveArrived: boolean;
  constructor(code: NetworkErrorCode, mayHaveArrived: boolean, options?: ErrorOptions) {
    super(`network: ${code}${mayHaveArrived ? ' after the whole request was sent' : ''}`, options);
    this.name = 'NetworkError';
    this.code = code;
    this.mayHaveArrived = mayHaveArrived;
  }
}
