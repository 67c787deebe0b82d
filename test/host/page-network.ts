/** Answers a page's intercepted requests: navigation checks, webRequest hooks, custom schemes. */

import type { CdpSession, Protocol } from './cdp.ts';
import type { HostSession } from './session.ts';
import { isRegisteredScheme, mapContentSecurityPolicy, originOf, toAppUrl, toPageUrl } from './urls.ts';
import type { RequestDetails } from './web-request.ts';

type Paused = Protocol.Fetch.requestPausedPayload;

/** What the requests of a page need from it. */
export interface PageForNetwork {
  readonly id: number;
  readonly session: HostSession;
  readonly mainFrame: object;
  /** Asks the app about a navigation; false when it must not happen. */
  mayNavigate: (request: {
    url: string;
    frameId: string;
    isMainFrame: boolean;
    isRedirect: boolean;
  }) => Promise<boolean>;
}

/** One answer goes over the pipe in one message, and Chromium drops the connection at about 120 MB. */
const MAXIMUM_BODY_BYTES = 64 * 1024 * 1024;

const RESOURCE_TYPES: Partial<Record<Protocol.Network.ResourceType, string>> = {
  Stylesheet: 'stylesheet',
  Script: 'script',
  Image: 'image',
  Font: 'font',
  XHR: 'xhr',
  Fetch: 'xhr',
  Ping: 'ping',
  CSPViolationReport: 'cspReport',
  Media: 'media',
  WebSocket: 'webSocket',
};

let lastRequestId = 0;

/** Starts to intercept all requests of a page. */
export async function interceptRequests(cdp: CdpSession, page: PageForNetwork, mainFrameId: string): Promise<void> {
  cdp.on('Fetch.requestPaused', (paused) => {
    handle(cdp, page, mainFrameId, paused).catch((error: unknown) => {
      cdp.post('Fetch.failRequest', { requestId: paused.requestId, errorReason: 'Failed' });
      if (!isPageGone(error))
        process.stderr.write(`electron-host: ${toAppUrl(paused.request.url)}: ${String(error)}\n`);
    });
  });
  await cdp.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
}

function isPageGone(error: unknown): boolean {
  return (
    error instanceof Error &&
    /page closed|browser closed|Invalid InterceptionId|Session with given id/.test(error.message)
  );
}

async function handle(cdp: CdpSession, page: PageForNetwork, mainFrameId: string, paused: Paused): Promise<void> {
  const { requestId, request } = paused;
  const url = toAppUrl(request.url);
  const isMainFrame = paused.frameId === mainFrameId;
  const details = describe(page, paused, url, isMainFrame);
  if (paused.responseStatusCode !== undefined || paused.responseErrorReason !== undefined) {
    await passResponse(cdp, page, paused, details);
    return;
  }
  const parsed = new URL(url);
  if (parsed.pathname === '/favicon.ico' && paused.resourceType === 'Other') {
    // Chromium asks for it by itself; Electron does not.
    await cdp.send('Fetch.fulfillRequest', { requestId, responseCode: 204 });
    return;
  }
  if (paused.resourceType === 'Document') {
    const isRedirect = paused.redirectedRequestId !== undefined;
    if (!(await page.mayNavigate({ url, frameId: paused.frameId, isMainFrame, isRedirect }))) {
      await cdp.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
      return;
    }
  }
  if (await page.session.webRequest.isCancelled(details)) {
    await cdp.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
  } else if (isRegisteredScheme(parsed.protocol.slice(0, -1))) {
    await answerFromApp(cdp, page, paused, details);
  } else {
    await cdp.send('Fetch.continueRequest', { requestId, interceptResponse: page.session.webRequest.wantsHeaders });
  }
}

function describe(page: PageForNetwork, paused: Paused, url: string, isMainFrame: boolean): RequestDetails {
  lastRequestId += 1;
  const frameType = isMainFrame ? 'mainFrame' : 'subFrame';
  return {
    id: lastRequestId,
    url,
    method: paused.request.method,
    resourceType: paused.resourceType === 'Document' ? frameType : (RESOURCE_TYPES[paused.resourceType] ?? 'other'),
    referrer: toAppUrl(headerOf(paused, 'referer') ?? ''),
    timestamp: Date.now(),
    webContentsId: page.id,
    webContents: page,
    frame: page.mainFrame,
  };
}

function headerOf(paused: Paused, name: string): string | undefined {
  return Object.entries(paused.request.headers).find(([key]) => key.toLowerCase() === name)?.[1];
}

async function passResponse(
  cdp: CdpSession,
  page: PageForNetwork,
  paused: Paused,
  details: RequestDetails,
): Promise<void> {
  const { requestId, responseStatusCode } = paused;
  if (responseStatusCode === undefined) {
    await cdp.send('Fetch.continueRequest', { requestId });
    return;
  }
  const headers: Record<string, string[]> = {};
  for (const { name, value } of paused.responseHeaders ?? []) headers[name] = [...(headers[name] ?? []), value];
  const changed = await page.session.webRequest.changeHeaders(details, responseStatusCode, headers);
  if (changed === undefined) await cdp.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
  else {
    const responseHeaders = toEntries(changed);
    await cdp.send('Fetch.continueResponse', { requestId, responseCode: responseStatusCode, responseHeaders });
  }
}

/** The request as the app's protocol handler sees it: its own URL, its own origin, the body as sent. */
function toAppRequest(paused: Paused, url: string): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(paused.request.headers)) {
    const isOwnAddress = /^(origin|referer)$/i.test(name);
    const origin = originOf(toAppUrl(value));
    headers.set(name, isOwnAddress ? (name.toLowerCase() === 'origin' ? origin : toAppUrl(value)) : value);
  }
  const { method, hasPostData, postDataEntries } = paused.request;
  if (method === 'GET' || method === 'HEAD') return new Request(url, { method, headers });
  if (hasPostData === true && postDataEntries === undefined) {
    throw new Error('electron-host: a request body this large is not implemented');
  }
  const body = Buffer.concat((postDataEntries ?? []).map((entry) => Buffer.from(entry.bytes ?? '', 'base64')));
  return new Request(url, { method, headers, body });
}

async function answerFromApp(
  cdp: CdpSession,
  page: PageForNetwork,
  paused: Paused,
  details: RequestDetails,
): Promise<void> {
  const { requestId } = paused;
  const response = await page.session.protocol.respond(toAppRequest(paused, details.url));
  if (response === undefined || response.type === 'error') {
    await cdp.send('Fetch.failRequest', { requestId, errorReason: 'Failed' });
    return;
  }
  const body = Buffer.from(await response.arrayBuffer());
  if (body.byteLength > MAXIMUM_BODY_BYTES) {
    throw new Error(`electron-host: a body of more than ${MAXIMUM_BODY_BYTES} bytes is not implemented`);
  }
  const headers: Record<string, string[]> = {};
  for (const [name, value] of response.headers) headers[name] = [...(headers[name] ?? []), value];
  const changed = await page.session.webRequest.changeHeaders(details, response.status, headers);
  if (changed === undefined) {
    await cdp.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
    return;
  }
  await cdp.send('Fetch.fulfillRequest', {
    requestId,
    responseCode: response.status,
    responseHeaders: toEntries(changed),
    body: body.toString('base64'),
  });
}

function toEntries(headers: Record<string, string[]>): Protocol.Fetch.HeaderEntry[] {
  return Object.entries(headers).flatMap(([name, values]) =>
    values.map((value) => ({ name, value: mapHeader(name.toLowerCase(), value) })),
  );
}

/** Response headers that hold addresses speak of the app's scheme; the page needs the mapped ones. */
function mapHeader(name: string, value: string): string {
  if (name.startsWith('content-security-policy')) return mapContentSecurityPolicy(value);
  if (name === 'location' || name === 'access-control-allow-origin')
    return toPageUrl(value).replace(/\/$/, '') || value;
  return value;
}
