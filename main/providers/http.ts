import { CLOCK_TOLERANCE_MS, clockMessage } from '../../shared/domain/index.ts';
import type { Message } from '../../shared/messages/index.ts';
import { BodyLengthMismatch, NetworkError } from '../network/index.ts';
import type { HttpBody, HttpResponse, NetworkErrorCode } from '../network/index.ts';
import { PageUnreadable } from './port.ts';
import type { ConnectionContext, Evidence, Outcome } from './port.ts';

/** Everything an attempt can come to except an answer that the adapter understands. */
export type FailedOutcome = Exclude<Outcome, { kind: 'done' | 'again' | 'replaced' }>;

/** One call of an adapter. Without `beforeLastByte` it is a read: a lost answer changes nothing. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: HttpBody | null;
  readonly beforeLastByte?: () => void;
  readonly onProgress?: (sentBytes: number) => void;
  /** Largest answer that is read, in bytes; default as the network port says. */
  readonly maxResponseBytes?: number;
}

/**
 * `isSent`: the whole request left, so the provider may have acted on it whatever the status says. `beganMs`: when it was asked, by
 * this PC's clock.
 */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly isSent: boolean;
  readonly beganMs: number;
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
  const beganMs = context.clock.now();
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
      ...(request.maxResponseBytes === undefined ? {} : { maxResponseBytes: request.maxResponseBytes }),
    });
    const answer: Answer = { status: response.status, headers: response.headers, isSent, beganMs };
    const text = new TextDecoder().decode(response.body);
    const isHtml = /text\/html/i.test(response.headers['content-type'] ?? '') || /^\s*</.test(text);
    const intercepted = interception(request.url, response, { isHtml, isInDoubt: isSent && !isRead });
    if (intercepted !== null) return { kind: 'failed', outcome: intercepted };
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

export type Download =
  | { readonly kind: 'bytes'; readonly status: number; readonly bytes: Uint8Array }
  | { readonly kind: 'failed'; readonly outcome: FailedOutcome };

/** A file's bytes as they come. What stands in their place (a sign-in page, a redirect) is sorted as for every call. */
export async function download(
  context: ConnectionContext,
  request: Pick<Call, 'url' | 'headers'> & { readonly maxResponseBytes: number },
): Promise<Download> {
  try {
    const response = await context.http.send({ ...request, method: 'GET', body: null, signal: context.signal });
    const isHtml = /text\/html/i.test(response.headers['content-type'] ?? '');
    const intercepted = interception(request.url, response, { isHtml, isInDoubt: false });
    return intercepted === null
      ? { kind: 'bytes', status: response.status, bytes: response.body }
      : { kind: 'failed', outcome: intercepted };
  } catch (error) {
    if (error instanceof NetworkError) return { kind: 'failed', outcome: networkOutcome(error, true) };
    throw error;
  }
}

export function evidence(status: number | null, requestId: string | null, message: Message): Evidence {
  return { status, requestId, message };
}

/** The provider itself says that it does not have what the call is about. */
export function isRecordGone(outcome: FailedOutcome): boolean {
  return outcome.kind === 'attention' && outcome.isRecordGone === true;
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

/**
 * Somebody between this PC and the provider answered in its place, or the provider has moved. What answers so has usually
 * let nothing through; but a filter that puts its own page in the place of an answer looks the same, so a write that had
 * left whole is in doubt. A proxy (407) and a network (511) say of themselves that they passed nothing on.
 */
function interception(
  url: string,
  { status, headers }: HttpResponse,
  { isHtml, isInDoubt }: { isHtml: boolean; isInDoubt: boolean },
): FailedOutcome | null {
  if (status === 407) {
    const outcome = NOT_ARRIVED.proxy_authentication;
    return { ...outcome, evidence: { ...outcome.evidence, hasNotArrived: true } };
  }
  if (status === 511) return captivePortal(status, false);
  if (status >= 300 && status < 400) {
    const host = hostOf(headers['location'], url);
    const { hostname, protocol } = new URL(url);
    // A certificate that is trusted is the provider's own: a network's sign-in page does not stand under the provider's name.
    if (host === null || protocol !== 'https:' || !isSameSite(host, hostname)) return captivePortal(status, isInDoubt);
    return {
      kind: 'pause',
      cause: 'call_it',
      evidence: evidence(status, null, { code: 'network.moved', params: { host } }),
      afterMs: NETWORK_SETTINGS_MS,
    };
  }
  if (!isHtml) return null;
  if (status < 300) return captivePortal(status, isInDoubt);
  // Neither API answers with a web page; filters and proxies of a company do.
  if (status === 403 || status === 451) {
    return pause('call_it', 'network.filtered', NETWORK_SETTINGS_MS, { status, mayHaveArrived: isInDoubt });
  }
  return null;
}

/** A page of a network that wants a sign-in first. */
function captivePortal(status: number, isInDoubt: boolean): FailedOutcome {
  return pause('wait', 'network.captivePortal', CAPTIVE_PORTAL_MS, {
    status,
    isNetworkWide: true,
    mayHaveArrived: isInDoubt,
  });
}

function hostOf(location: string | undefined, base: string): string | null {
  if (location === undefined || !URL.canParse(location, base)) return null;
  return new URL(location, base).hostname;
}

/** The same host, or one below the other: `withpersona.com` and `api.withpersona.com`. */
function isSameSite(host: string, other: string): boolean {
  return host === other || host.endsWith(`.${other}`) || other.endsWith(`.${host}`);
}

function networkOutcome(error: NetworkError, isRead: boolean): FailedOutcome {
  if (error.mayHaveArrived && !isRead) {
    return { kind: 'unknown', evidence: evidence(null, null, { code: 'network.answerLost' }) };
  }
  return clockWrong(error) ?? { ...NOT_ARRIVED[error.code] };
}

const OUT_OF_TIME: ReadonlySet<NetworkErrorCode> = new Set([
  'certificate_expired',
  'certificate_not_yet_valid',
  'certificate_date',
]);

/** A certificate that is out of its time on a PC whose clock is far from the server's: the clock is what is wrong. */
function clockWrong({ code, facts }: NetworkError): FailedOutcome | null {
  const offMs = Math.abs(facts.clockOffByMs ?? 0);
  if (!OUT_OF_TIME.has(code) || offMs < CLOCK_TOLERANCE_MS) return null;
  return {
    kind: 'pause',
    cause: 'call_it',
    evidence: { ...evidence(null, null, clockMessage('network.clockWrong', offMs)), isNetworkWide: true },
    afterMs: NETWORK_SETTINGS_MS,
  };
}

/** What each network error means for the operation when the provider cannot have the request (or it was a read). */
const NOT_ARRIVED: Readonly<Record<NetworkErrorCode, FailedOutcome>> = {
  offline: pause('wait', 'network.offline', OFFLINE_MS, { isNetworkWide: true }),
  name_not_found: pause('wait', 'network.nameNotFound', OFFLINE_MS),
  refused: pause('wait', 'network.refused', REFUSED_MS),
  unreachable: pause('wait', 'network.unreachable', REFUSED_MS),
  certificate_untrusted: pause('call_it', 'network.certificateUntrusted', NETWORK_SETTINGS_MS),
  certificate_expired: pause('call_it', 'network.certificateExpired', NETWORK_SETTINGS_MS),
  certificate_not_yet_valid: pause('call_it', 'network.certificateNotYetValid', NETWORK_SETTINGS_MS),
  certificate_date: pause('call_it', 'network.certificateDate', NETWORK_SETTINGS_MS),
  certificate_wrong_host: pause('call_it', 'network.certificateWrongHost', NETWORK_SETTINGS_MS),
  certificate_revoked: pause('call_it', 'network.certificateRevoked', NETWORK_SETTINGS_MS),
  tls: pause('call_it', 'network.tlsFailed', NETWORK_SETTINGS_MS),
  proxy_authentication: pause('call_it', 'network.proxyAuthentication', NETWORK_SETTINGS_MS, { isNetworkWide: true }),
  proxy_unreachable: pause('call_it', 'network.proxyUnreachable', REFUSED_MS, { isNetworkWide: true }),
  proxy_refused: pause('call_it', 'network.proxyRefused', NETWORK_SETTINGS_MS),
  aborted: { kind: 'retry', evidence: evidence(null, null, { code: 'network.aborted' }), afterMs: 0 },
  reset: retry('network.reset'),
  silence: retry('network.silence'),
  truncated: retry('network.truncated'),
  too_large: retry('network.tooLarge'),
  other: retry('network.other'),
};

function pause(
  cause: 'wait' | 'call_it',
  code: string,
  afterMs: number,
  {
    status = null,
    isNetworkWide = false,
    mayHaveArrived = false,
  }: { status?: number | null; isNetworkWide?: boolean; mayHaveArrived?: boolean } = {},
): FailedOutcome {
  return {
    kind: 'pause',
    cause,
    evidence: {
      ...evidence(status, null, { code }),
      ...(isNetworkWide ? { isNetworkWide } : {}),
      ...(mayHaveArrived ? { mayHaveArrived } : {}),
    },
    afterMs,
  };
}

function retry(code: string): FailedOutcome {
  return { kind: 'retry', evidence: evidence(null, null, { code }) };
}

/**
 * The wait that the answer asks for, or `otherwiseMs`. `Retry-After` is a number of seconds or a date (RFC 9110, 10.2.3), which is held
 * against the answer's own `Date`, so that this PC's clock does not matter. One that has gone by says nothing.
 */
export function retryAfterMs({ headers, beganMs }: Pick<Answer, 'headers' | 'beganMs'>, otherwiseMs: number): number {
  const asked = (headers['retry-after'] ?? '').trim();
  if (/^\d+$/.test(asked)) return askedWait(Number(asked) * 1000);
  const until = asked.endsWith(' GMT') ? Date.parse(asked) : Number.NaN;
  const answeredAt = Date.parse(headers['date'] ?? '');
  const waitMs = until - (Number.isNaN(answeredAt) ? beganMs : answeredAt);
  return waitMs > 0 ? askedWait(waitMs) : otherwiseMs;
}

/** A wait that a provider asks for, within reason: a wrong header must not stop a branch for days. */
export function askedWait(waitMs: number): number {
  return Math.min(LONGEST_ASKED_WAIT_MS, Math.max(1000, waitMs));
}

export const LONGEST_ASKED_WAIT_MS = 3_600_000;

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
