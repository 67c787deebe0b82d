/** `session.webRequest`: the app's say over every request of a session's pages and of `net`. */

import { guardClass, notImplemented } from './guard.ts';

/** The part of a request that both pages and `net` can describe. URLs are the app's, not the page's. */
export interface RequestDetails {
  id: number;
  url: string;
  method: string;
  resourceType: string;
  referrer: string;
  timestamp: number;
  /** Absent for requests made by `net`. */
  webContentsId?: number;
  webContents?: object;
  frame?: object;
}

type Headers = Record<string, string[]>;
type BeforeAnswer = { cancel?: boolean; redirectURL?: string };
type HeadersAnswer = { cancel?: boolean; responseHeaders?: Record<string, string | string[]>; statusLine?: string };
type BeforeListener = (details: RequestDetails, callback: (answer: BeforeAnswer) => void) => void;
type HeadersListener = (
  details: RequestDetails & { responseHeaders: Headers; statusCode: number; statusLine: string },
  callback: (answer: HeadersAnswer) => void,
) => void;

interface Filter {
  urls: string[];
  excludeUrls?: string[];
  types?: string[];
}

interface Hook<L> {
  listener: L;
  filter: Filter;
}

const EVERYTHING: Filter = { urls: ['<all_urls>'] };

/** True when `url` matches a pattern such as `<all_urls>`, `*://*\/*` or `https://*.example.com/*`. */
function matchesPattern(pattern: string, url: string): boolean {
  if (pattern === '<all_urls>') return true;
  const source = pattern
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${source}$`).test(url);
}

function applies(filter: Filter, details: RequestDetails): boolean {
  const { urls, excludeUrls = [], types } = filter;
  if (types !== undefined && !types.includes(details.resourceType)) return false;
  if (excludeUrls.some((pattern) => matchesPattern(pattern, details.url))) return false;
  return urls.length === 0 || urls.some((pattern) => matchesPattern(pattern, details.url));
}

function isFilter(value: unknown): value is Filter {
  return typeof value === 'object' && value !== null && 'urls' in value;
}

function toHook<L>(filterOrListener: Filter | L | null, listener: L | null | undefined): Hook<L> | undefined {
  if (typeof filterOrListener === 'function') return { listener: filterOrListener, filter: EVERYTHING };
  if (listener === null || listener === undefined || !isFilter(filterOrListener)) return undefined;
  return { listener, filter: filterOrListener };
}

/** The hooks of one session. */
export class HostWebRequest {
  #before: Hook<BeforeListener> | undefined;
  #headers: Hook<HeadersListener> | undefined;

  onBeforeRequest(filterOrListener: Filter | BeforeListener | null, listener?: BeforeListener | null): void {
    this.#before = toHook<BeforeListener>(filterOrListener, listener);
  }

  onHeadersReceived(filterOrListener: Filter | HeadersListener | null, listener?: HeadersListener | null): void {
    this.#headers = toHook<HeadersListener>(filterOrListener, listener);
  }

  /** True when responses have to be shown to the app before they go on. */
  get wantsHeaders(): boolean {
    return this.#headers !== undefined;
  }

  /** Asks the app whether a request may start. */
  async isCancelled(details: RequestDetails): Promise<boolean> {
    const hook = this.#before;
    if (hook === undefined || !applies(hook.filter, details)) return false;
    const answer = await new Promise<BeforeAnswer>((resolve) => hook.listener(details, resolve));
    if (answer.redirectURL !== undefined) throw notImplemented('webRequest.onBeforeRequest redirectURL');
    return answer.cancel === true;
  }

  /** Lets the app look at and replace a response's headers; undefined when it cancels. */
  async changeHeaders(details: RequestDetails, statusCode: number, headers: Headers): Promise<Headers | undefined> {
    const hook = this.#headers;
    if (hook === undefined || !applies(hook.filter, details)) return headers;
    const statusLine = `HTTP/1.1 ${statusCode}`;
    const answer = await new Promise<HeadersAnswer>((resolve) =>
      hook.listener({ ...details, responseHeaders: headers, statusCode, statusLine }, resolve),
    );
    if (answer.cancel === true) return undefined;
    if (answer.statusLine !== undefined) throw notImplemented('webRequest.onHeadersReceived statusLine');
    if (answer.responseHeaders === undefined) return headers;
    return Object.fromEntries(
      Object.entries(answer.responseHeaders).map(([name, value]) => [name, Array.isArray(value) ? value : [value]]),
    );
  }
}
guardClass('webRequest', HostWebRequest);
