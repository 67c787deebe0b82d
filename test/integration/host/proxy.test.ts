/** The window's port (`main/electron/network.ts`) on the host's `net`, through a real proxy on loopback. */
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createElectronHttp } from '../../../main/electron/network.ts';
import { NetworkError } from '../../../main/network/index.ts';
import type { HttpBody, HttpRequest, HttpResponse } from '../../../main/network/index.ts';
import { createAuthority } from '../../support/certificates.ts';
import type { Authority } from '../../support/certificates.ts';
import { startFront, startProxy } from '../../support/faulty-front.ts';
import type { Proxy } from '../../support/faulty-front.ts';
import { session } from '../../host/session.ts';

vi.mock('electron', async () => {
  const { net } = await import('../../host/net.ts');
  const { session: sessions } = await import('../../host/session.ts');
  return { net, session: sessions };
});

const HOST = 'api.kyc.test';
let authority: Authority;
let port: number;
/** Bytes of the body of every whole request that arrived. */
let arrived: number[];
let proxy: Proxy;
let closing: (() => Promise<void>)[];

const trusted = getCACertificates('default');

beforeAll(() => {
  authority = createAuthority();
  setDefaultCACertificates([...trusted, authority.certificate]);
});
// The files after this one have authorities of the same name.
afterAll(() => {
  setDefaultCACertificates(trusted);
});
beforeEach(async () => {
  closing = [];
  arrived = [];
  const target = createServer((request, response) => {
    let received = 0;
    request.on('data', (piece: Buffer) => {
      received += piece.byteLength;
    });
    request.on('end', () => {
      arrived.push(received);
      if (request.url === '/drip') drip(response);
      else response.end('{}');
    });
  });
  port = await new Promise<number>((resolve) => {
    target.listen(0, '127.0.0.1', () => {
      const address = target.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  closing.push(
    () =>
      new Promise((resolve) => {
        target.close(() => resolve());
        target.closeAllConnections();
      }),
  );
  const front = await startFront(port, authority.issue({ names: [HOST] }));
  closing.push(() => front.close());
  proxy = await startProxy(front.port);
  closing.push(() => proxy.close());
  await session.fromPartition('network').setProxy({ proxyRules: proxy.url });
});
afterEach(async () => {
  await session.fromPartition('network').setProxy({ mode: 'direct' });
  for (const close of closing.toReversed()) await close();
});

/** A byte every 20 ms, for 3 s. */
function drip(response: ServerResponse): void {
  let drops = 0;
  const dripping = setInterval(() => {
    drops += 1;
    if (drops < 150) response.write('x');
    else response.end();
  }, 20);
  response.on('close', () => {
    clearInterval(dripping);
  });
}

function bytes(byteLength: number): HttpBody {
  return {
    byteLength,
    async *stream() {
      for (let sent = 0; sent < byteLength; sent += 65_536) {
        yield Promise.resolve(Buffer.alloc(Math.min(65_536, byteLength - sent), 7));
      }
    },
  };
}

function send(request: Partial<HttpRequest>): Promise<HttpResponse> {
  return createElectronHttp().send({
    method: 'POST',
    url: `https://${HOST}/`,
    headers: {},
    body: null,
    signal: new AbortController().signal,
    ...request,
  });
}

async function fault(request: Partial<HttpRequest>): Promise<NetworkError> {
  const error: unknown = await send(request).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof NetworkError)) throw new Error('expected a NetworkError', { cause: error });
  return error;
}

const REQUESTS: readonly (readonly [string, Partial<HttpRequest>])[] = [
  ['a question', { method: 'GET' }],
  ['a write without a body', {}],
  ['a small body', { body: bytes(400) }],
  ['a page', { body: bytes(3_000_000) }],
];

describe('a proxy, seen by the port of the window', () => {
  it.each(REQUESTS)('that lets through: %s arrives', async (_what, request) => {
    expect((await send(request)).status).toBe(200);
    expect(proxy.asked).toEqual([`${HOST}:443`]);
    expect(arrived).toEqual([request.body?.byteLength ?? 0]);
  });

  it.each(REQUESTS)('that wants a password is told apart, and %s is not in doubt', async (_what, request) => {
    proxy.answers(407);
    const error = await fault(request);
    expect(error).toMatchObject({ code: 'proxy_authentication', mayHaveArrived: false, facts: { proxyStatus: 407 } });
    expect(proxy.asked).toEqual([`${HOST}:443`]);
    expect(arrived).toEqual([]);
  });

  it.each(REQUESTS)('that does not let through is told apart, and %s is not in doubt', async (_what, request) => {
    proxy.answers(403);
    expect(await fault(request)).toMatchObject({ code: 'proxy_refused', mayHaveArrived: false });
  });

  it.each(REQUESTS)('that is not there is told apart, and %s is not in doubt', async (_what, request) => {
    await proxy.close();
    expect(await fault(request)).toMatchObject({ code: 'proxy_unreachable', mayHaveArrived: false });
  });

  it('that reads along under a certificate of its own is named', async () => {
    const other = await startFront(port, createAuthority('Filter of the Bank').issue({ names: [HOST] }));
    closing.push(() => other.close());
    const filter = await startProxy(other.port);
    closing.push(() => filter.close());
    await session.fromPartition('network').setProxy({ proxyRules: filter.url });
    const error = await fault({ body: bytes(400) });
    expect(error).toMatchObject({ code: 'certificate_untrusted', mayHaveArrived: false });
    expect(error.facts.certificate?.issuer).toContain('Filter of the Bank');
  });

  it('is not listened to for ever when an answer comes drop by drop', async () => {
    const request = { method: 'GET', url: `https://${HOST}/drip`, silenceTimeoutMs: 300 } as const;
    expect(await fault(request)).toMatchObject({ code: 'silence' });
  });

  it('is never asked about this PC itself', async () => {
    expect((await send({ url: `http://127.0.0.1:${port}/` })).status).toBe(200);
    expect(proxy.asked).toEqual([]);
  });
});
