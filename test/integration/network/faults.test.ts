/** What can be wrong on the way, with real servers on loopback: each has a word of its own, in both implementations. */
import { createServer } from 'node:net';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NetworkError, openUndiciHttp } from '../../../main/network/index.ts';
import type { HttpPort, RoadOptions } from '../../../main/network/index.ts';
import { createAuthority } from '../../support/certificates.ts';
import type { Authority } from '../../support/certificates.ts';
import { startFront, startProxy } from '../../support/faulty-front.ts';
import type { Front, Proxy } from '../../support/faulty-front.ts';
import { startScriptedServer } from '../../support/scripted-server.ts';
import type { ScriptedServer } from '../../support/scripted-server.ts';

const DAY_MS = 86_400_000;
const HOST = 'api.kyc.test';

let authority: Authority;
let target: ScriptedServer;
let closing: (() => Promise<void>)[];

beforeAll(() => {
  authority = createAuthority();
});
beforeEach(async () => {
  closing = [];
  target = await startScriptedServer();
  closing.push(() => target.close());
});
afterEach(async () => {
  for (const close of closing.toReversed()) await close();
});

async function open(options: RoadOptions = {}): Promise<HttpPort> {
  const http = await openUndiciHttp({
    environment: {},
    extraCertificates: [authority.certificate],
    hasNetwork: () => true,
    ...options,
  });
  closing.push(() => http.close());
  return http;
}

async function frontWith(issued: Parameters<Authority['issue']>[0], by: Authority = authority): Promise<Front> {
  const front = await startFront(Number(new URL(target.url).port), by.issue(issued));
  closing.push(() => front.close());
  return front;
}

async function proxyTo(front: Front): Promise<Proxy> {
  const proxy = await startProxy(front.port);
  closing.push(() => proxy.close());
  return proxy;
}

async function fault(http: HttpPort, url: string): Promise<NetworkError> {
  const error: unknown = await get(http, url).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof NetworkError)) throw new Error('expected a NetworkError', { cause: error });
  expect(error.mayHaveArrived).toBe(false);
  return error;
}

function get(http: HttpPort, url: string) {
  return http.send({ method: 'GET', url, headers: {}, body: null, signal: new AbortController().signal });
}

const ok = { do: 'answer', status: 200, body: { ok: true } } as const;

describe('a certificate', () => {
  it('that is good lets the request through', async () => {
    const front = await frontWith({ names: ['127.0.0.1'] });
    target.script(ok);
    expect((await get(await open(), front.origin)).status).toBe(200);
  });

  it('of an issuer that nobody here knows is not trusted, and its issuer is told', async () => {
    const front = await frontWith({ names: ['127.0.0.1'] }, createAuthority('Somebody Else'));
    const error = await fault(await open(), front.origin);
    expect(error.code).toBe('certificate_untrusted');
    expect(error.facts.certificate).toMatchObject({
      issuer: 'Somebody Else, Satchel tests',
      subject: '127.0.0.1, Satchel tests',
    });
    expect([front.requests(), front.looks()]).toEqual([0, 1]);
  });

  it('that has expired says until when it was good', async () => {
    const validToMs = Math.floor((Date.now() - 3 * DAY_MS) / 1_000) * 1_000;
    const front = await frontWith({ names: ['127.0.0.1'], validToMs });
    const error = await fault(await open(), front.origin);
    expect(error.code).toBe('certificate_expired');
    expect(error.facts.certificate?.validToMs).toBe(validToMs);
  });

  it('that is not valid yet, and the clock of the other side', async () => {
    const front = await frontWith({ names: ['127.0.0.1'], validFromMs: Date.now() + DAY_MS });
    front.clockOff(2 * DAY_MS);
    const error = await fault(await open(), front.origin);
    expect(error.code).toBe('certificate_not_yet_valid');
    expect(error.facts.clockOffByMs).toBeGreaterThan(2 * DAY_MS - 60_000);
    expect(error.facts.clockOffByMs).toBeLessThan(2 * DAY_MS + 60_000);
  });

  it('for another host', async () => {
    const front = await frontWith({ names: ['elsewhere.test'] });
    expect((await fault(await open(), front.origin)).code).toBe('certificate_wrong_host');
  });
});

describe('a proxy', () => {
  it('of the environment is used for every host but this PC itself and those of NO_PROXY', async () => {
    const front = await frontWith({ names: [HOST, '127.0.0.1'] });
    const proxy = await proxyTo(front);
    const http = await open({ environment: { HTTPS_PROXY: proxy.url, NO_PROXY: 'other.kyc.test' } });
    target.script(ok, ok);
    expect((await get(http, `https://${HOST}/`)).status).toBe(200);
    expect((await get(http, front.origin)).status).toBe(200);
    expect((await fault(http, 'https://other.kyc.test/')).code).toBe('name_not_found');
    expect(proxy.asked).toEqual([`${HOST}:443`]);
  });

  it('that wants a password', async () => {
    const proxy = await proxyTo(await frontWith({ names: [HOST] }));
    proxy.answers(407);
    const error = await fault(await open({ environment: { https_proxy: proxy.url } }), `https://${HOST}/`);
    expect(error).toMatchObject({ code: 'proxy_authentication', facts: { proxyStatus: 407 } });
    expect(target.seen).toEqual([]);
  });

  it('that does not let the connection through', async () => {
    const proxy = await proxyTo(await frontWith({ names: [HOST] }));
    proxy.answers(403);
    const error = await fault(await open({ environment: { https_proxy: proxy.url } }), `https://${HOST}/`);
    expect(error).toMatchObject({ code: 'proxy_refused', facts: { proxyStatus: 403 } });
  });

  it('that is not there is not taken for a provider that is not there', async () => {
    const proxy = await proxyTo(await frontWith({ names: [HOST] }));
    await proxy.close();
    const environment = { https_proxy: proxy.url };
    expect((await fault(await open({ environment }), `https://${HOST}/`)).code).toBe('proxy_unreachable');
    expect((await fault(await open({ environment, hasNetwork: () => false }), `https://${HOST}/`)).code).toBe(
      'offline',
    );
  });

  it('that reads along under a certificate of its own is named', async () => {
    const proxy = await proxyTo(await frontWith({ names: [HOST] }, createAuthority('Filter of the Bank')));
    const error = await fault(await open({ environment: { https_proxy: proxy.url } }), `https://${HOST}/`);
    expect(error.code).toBe('certificate_untrusted');
    expect(error.facts.certificate?.issuer).toContain('Filter of the Bank');
  });
});

describe('no way at all', () => {
  it('tells a name that is not known from a PC without a network', async () => {
    expect((await fault(await open(), `https://${HOST}/`)).code).toBe('name_not_found');
    expect((await fault(await open({ hasNetwork: () => false }), `https://${HOST}/`)).code).toBe('offline');
  });

  it('tells a closed port', async () => {
    const front = await frontWith({ names: ['127.0.0.1'] });
    await front.close();
    expect((await fault(await open(), front.origin)).code).toBe('refused');
  });

  it('tells a server that speaks no TLS', async () => {
    const plain = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    });
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    closing.push(() => new Promise((resolve) => plain.close(() => resolve())));
    const address = plain.address();
    const port = typeof address === 'object' ? address?.port : 0;
    expect((await fault(await open(), `https://127.0.0.1:${port}/`)).code).toBe('tls');
  });
});
