import type { Message } from '../../shared/messages/index.ts';
import { BodyLengthMismatch, NetworkError } from '../network/index.ts';
import type { HttpBody, NetworkErrorCode } from '../network/index.ts';
import { PageUnreadable } from './port.ts';
import type { ConnectionContext, Evidence, Outcome } from './port.ts';

/** Everything an attempt can come to except an answer that the adapter understands. */
export type FailedOutcome = Exclude<Outcome, { kind: 'done' | 'again' | 'replaced' }>;

/** One call of an adapter. Without `beforeLastByte` it is a read: a lost answer changes nothing. */
export interface Call {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: HttpBody | null;
  readonly beforeLastByte?: () => void;
  readonly onProgress?: (sentBytes: number) => void;
}

/** `isSent`: the whole request left, so the provider may have acted on it whatever the status says. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly isSent: boolean;
}

export type Reply =
  | (Answer & { readonly kind: 'json'; readonly json: unknown })
  /** Empty, cut, or not JSON at all. */
  | (Answer & { readonly kind: 'not_json'; readonly isHtml: boolean })
  | { readonly kind: 'failed'; readonly outcome: FailedOutcome };

const OFFLINE_MS = 15_000;
const REFUSED_MS = 30_000;
const CAPTIVE_PORTAL_MS = 60_000;
/** A machine's network settings change rarely, but a captive portal on https looks the same and does go away. */
const NETWORK_SETTINGS_MS = 300_000;

/**
 * Sends one request and sorts what came back. Never throws for anything the network does; what the vault or the
 * database throws is either an unreadable page (an outcome) or goes on to the caller.
 */
export async function call(context: ConnectionContext, request: Call): Promise<Reply> {
  let isSent = false;
  const isRead = request.beforeLastByte === undefined;
  try {
    const response = await context.http.send({
      method: request.method,
      url: request.url,
      headers: request.headers,
      body: request.body,
      signal: context.signal,
      beforeLastByte: () => {
        request.beforeLastByte?.();
        isSent = true;
      },
      ...(request.onProgress === undefined ? {} : { onProgress: request.onProgress }),
    });
    const answer: Answer = { status: response.status, headers: response.headers, isSent };
    const intercepted = interception(response.status);
    if (intercepted !== null) return { kind: 'failed', outcome: intercepted };
    const text = new TextDecoder().decode(response.body);
    const isHtml = /text\/html/i.test(response.headers['content-type'] ?? '') || /^\s*</.test(text);
    if (isHtml && response.status < 300) return { kind: 'failed', outcome: captivePortal(response.status) };
    try {
      const json: unknown = JSON.parse(text);
      return { ...answer, kind: 'json', json };
    } catch {
      return { ...answer, kind: 'not_json', isHtml };
    }
  } catch (error) {
    if (error instanceof PageUnreadable || error instanceof BodyLengthMismatch) {
      return { kind: 'failed', outcome: unreadablePage() };
    }
    if (error instanceof NetworkError) {
      const outcome = networkOutcome(error, isRead);
      if (!isSent || error.mayHaveArrived) return { kind: 'failed', outcome };
      return { kind: 'failed', outcome: { ...outcome, evidence: { ...outcome.evidence, hasNotArrived: true } } };
    }
    throw error;
  }
}

export function evidence(status: number | null, requestId: string | null, message: Message): Evidence {
  return { status, requestId, message };
}

export function unreadablePage(): FailedOutcome {
  return { kind: 'attention', cause: 'rescan', evidence: evidence(null, null, { code: 'provider.pageUnreadable' }) };
}

/** The connection has no usable credential: nothing is sent until a person enters one. */
export function noCredential(): FailedOutcome {
  return {
    kind: 'pause',
    cause: 'sign_in',
    evidence: evidence(null, null, { code: 'provider.noCredential' }),
    afterMs: null,
  };
}

/** Somebody between this PC and the provider answered in its place. */
function interception(status: number): FailedOutcome | null {
  if (status === 407) return networkOutcome(new NetworkError('proxy_authentication', false), true);
  if ((status >= 300 && status < 400) || status === 511) return captivePortal(status);
  return null;
}

/** A page of a network that wants a sign-in first. It answered instead of the provider, which therefore has nothing. */
function captivePortal(status: number): FailedOutcome {
  return {
    kind: 'pause',
    cause: 'wait',
    evidence: evidence(status, null, { code: 'network.captivePortal' }),
    afterMs: CAPTIVE_PORTAL_MS,
  };
}

function networkOutcome(error: NetworkError, isRead: boolean): FailedOutcome {
  if (error.mayHaveArrived && !isRead) {
    return { kind: 'unknown', evidence: evidence(null, null, { code: 'network.answerLost' }) };
  }
  return NOT_ARRIVED[error.code];
}

/** What each network error means for the operation when the provider cannot have the request (or it was a read). */
const NOT_ARRIVED: Readonly<Record<NetworkErrorCode, FailedOutcome>> = {
  offline: pause('wait', 'network.offline', OFFLINE_MS),
  name_not_found: pause('wait', 'network.nameNotFound', OFFLINE_MS),
  refused: pause('wait', 'network.refused', REFUSED_MS),
  certificate: pause('call_it', 'network.certificate', NETWORK_SETTINGS_MS),
  proxy_authentication: pause('call_it', 'network.proxyAuthentication', NETWORK_SETTINGS_MS),
  aborted: { kind: 'retry', evidence: evidence(null, null, { code: 'network.aborted' }), afterMs: 0 },
  page_unreadable: unreadablePage(),
  reset: retry('network.reset'),
  silence: retry('network.silence'),
  truncated: retry('network.truncated'),
  too_large: retry('network.tooLarge'),
  other: retry('network.other'),
};

function pause(cause: 'wait' | 'call_it', code: string, afterMs: number): FailedOutcome {
  return { kind: 'pause', cause, evidence: evidence(null, null, { code }), afterMs };
}

function retry(code: string): FailedOutcome {
  return { kind: 'retry', evidence: evidence(null, null, { code }) };
}

/** A header value must not end the header: a credential with a line break in it is a wrong credential. */
export function isHeaderSafe(text: string): boolean {
  return /^[\x20-\x7e]+$/.test(text);
}

/**
 * The name under which a page is sent. Never the customer's own file name, which may hold a name or a number; the
 * extension follows the true type, because providers refuse a PDF that is called `.jpg`. Null: a type no provider takes.
 */
export function neutralFileName(stem: string, mediaType: string): string | null {
  const extension = EXTENSIONS.get(mediaType);
  return extension === undefined ? null : `${stem}.${extension}`;
}

const EXTENSIONS: ReadonlyMap<string, string> = new Map([
  ['image/jpeg', 'jpg'],
  ['image/png', 'png'],
  ['application/pdf', 'pdf'],
]);
