import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { NetworkError, bytesBody, textBody } from '../../../main/network/index.ts';
import type { HttpBody, HttpRequest } from '../../../main/network/index.ts';
import { useWire } from '../../support/wire.ts';

const wire = useWire();

interface Watched {
  commits: number;
  progress: number[];
}

function request(body: HttpBody | null, more: Partial<HttpRequest> = {}): HttpRequest & { watched: Watched } {
  const watched: Watched = { commits: 0, progress: [] };
  return {
    method: 'POST',
    url: `${wire.server.url}/path?q=1`,
    headers: { 'x-test': 'yes' },
    body,
    signal: new AbortController().signal,
    beforeLastByte: () => void (watched.commits += 1),
    onProgress: (sentBytes) => void watched.progress.push(sentBytes),
    ...more,
    watched,
  };
}

async function failure(sent: Promise<unknown>): Promise<NetworkError> {
  const error: unknown = await sent.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof NetworkError)) throw new Error('expected a NetworkError', { cause: error });
  return error;
}

const large = (): HttpBody => bytesBody(Buffer.alloc(8_000_000, 7));

describe('a request that works', () => {
  it('sends the bytes with their length and gives the answer', async () => {
    wire.server.script({ do: 'answer', status: 201, headers: { 'X-One': 'a' }, body: { ok: true } });
    const sent = request(bytesBody(Buffer.from('hello')));
    const response = await wire.http.send(sent);
    expect(response.status).toBe(201);
    expect(response.headers['x-one']).toBe('a');
    expect(JSON.parse(Buffer.from(response.body).toString())).toEqual({ ok: true });
    expect(wire.server.seen[0]).toMatchObject({ method: 'POST', path: '/path?q=1', body: Buffer.from('hello') });
    expect(wire.server.seen[0]?.headers).toMatchObject({ 'content-length': '5', 'x-test': 'yes' });
    expect(sent.watched.commits).toBe(1);
    expect(sent.watched.progress.at(-1)).toBe(5);
  });

  it('sends a POST without a body as one of length 0, and keeps the connection for the next', async () => {
    wire.server.script({ do: 'answer', status: 200, body: {} }, { do: 'answer', status: 200, body: {} });
    await wire.http.send(request(null));
    await new Promise((resolve) => setTimeout(resolve, 20));
    await wire.http.send(request(null, { method: 'GET' }));
    expect(wire.server.seen.map((one) => [one.method, one.headers['content-length']])).toEqual([
      ['POST', '0'],
      ['GET', undefined],
    ]);
    expect(wire.server.connections()).toBe(1);
  });

  it('follows no redirect', async () => {
    wire.server.script({ do: 'answer', status: 302, headers: { location: `${wire.server.url}/login` } });
    expect((await wire.http.send(request(null))).status).toBe(302);
    expect(wire.server.seen).toHaveLength(1);
  });

  it('gives the answer that comes before the body was read, and does not call that a whole request', async () => {
    wire.server.script({ do: 'answer_early', status: 413, body: { errors: [] } });
    const slow: HttpBody = {
      byteLength: 30,
      async *stream() {
        yield Buffer.alloc(10);
        yield Buffer.alloc(10);
        await new Promise((resolve) => setTimeout(resolve, 300));
        yield Buffer.alloc(10);
      },
    };
    const sent = request(slow);
    expect((await wire.http.send(sent)).status).toBe(413);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(sent.watched.commits).toBe(0);
  });

  it('is not given up while bytes still come, longer than one silence may be', async () => {
    wire.server.script({ do: 'drip', status: 200, body: '0123456789', pauseMs: 60 });
    const response = await wire.http.send(request(null, { silenceTimeoutMs: 300 }));
    expect(Buffer.from(response.body).toString()).toBe('0123456789');
  });
});

describe('a request whose whole cannot have arrived', () => {
  it('is cut in the middle of the body', async () => {
    wire.server.script({ do: 'reset_after_bytes', bytes: 100_000 });
    const sent = request(large());
    expect(await failure(wire.http.send(sent))).toMatchObject({ code: 'reset', mayHaveArrived: false });
    expect(sent.watched.commits).toBe(0);
    expect(wire.server.cutBytes[0]).toBeLessThan(8_000_000);
  });

  it('gives up an answer that comes drop by drop without an end', async () => {
    wire.server.script({ do: 'drip', status: 200, body: { text: 'x'.repeat(400) }, pauseMs: 20 });
    const sent = request(null, { silenceTimeoutMs: 500 });
    expect(await failure(wire.http.send(sent))).toMatchObject({ code: 'silence' });
  });

  it('meets a server that stops reading: silence', async () => {
    wire.server.script({ do: 'stop_reading' });
    const sent = request(bytesBody(Buffer.alloc(60_000_000)), { silenceTimeoutMs: 300 });
    expect(await failure(wire.http.send(sent))).toMatchObject({ code: 'silence', mayHaveArrived: false });
    expect(sent.watched.commits).toBe(0);
  });

  it('finds no server', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const address = closed.address();
    await new Promise((resolve) => closed.close(resolve));
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const sent = request(null, { url: `http://127.0.0.1:${port}/` });
    expect(await failure(wire.http.send(sent))).toMatchObject({ code: 'refused', mayHaveArrived: false });
    expect(sent.watched.commits).toBe(0);
  });

  it('finds no such name', async () => {
    const error = await failure(wire.http.send(request(null, { url: 'http://satchel.invalid/' })));
    expect(['name_not_found', 'offline']).toContain(error.code);
    expect(error.mayHaveArrived).toBe(false);
  });

  it('meets a server that does not speak TLS', async () => {
    const plain = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    });
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    const address = plain.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const sent = request(null, { url: `https://127.0.0.1:${port}/` });
    expect(await failure(wire.http.send(sent))).toMatchObject({ code: 'tls', mayHaveArrived: false });
    expect(sent.watched.commits).toBe(0);
    plain.close();
  });

  it('fails with the own error of a source that breaks, and the server never sees it whole', async () => {
    class Broken extends Error {}
    wire.server.script({ do: 'silence' });
    const sent = request({
      byteLength: 200_000,
      async *stream() {
        yield Buffer.alloc(100_000);
        throw new Broken('damaged');
      },
    });
    await expect(wire.http.send(sent)).rejects.toBeInstanceOf(Broken);
    expect(sent.watched.commits).toBe(0);
    expect(wire.server.seen).toHaveLength(0);
  });

  it('is aborted before or during', async () => {
    const before = new AbortController();
    before.abort();
    expect(await failure(wire.http.send(request(null, { signal: before.signal })))).toMatchObject({
      code: 'aborted',
      mayHaveArrived: false,
    });
    const during = new AbortController();
    wire.server.script({ do: 'stop_reading' });
    const sent = request(bytesBody(Buffer.alloc(60_000_000)), {
      signal: during.signal,
      onProgress: () => during.abort(),
    });
    expect(await failure(wire.http.send(sent))).toMatchObject({ code: 'aborted', mayHaveArrived: false });
  });
});

describe('a request whose answer is lost', () => {
  it('was read whole before the connection was reset', async () => {
    wire.server.script({ do: 'reset_after_request' });
    const sent = request(large());
    expect(await failure(wire.http.send(sent))).toMatchObject({ code: 'reset', mayHaveArrived: true });
    expect(sent.watched.commits).toBe(1);
    expect(wire.server.seen).toHaveLength(1);
  });

  it('was read whole before the server fell silent', async () => {
    wire.server.script({ do: 'silence' });
    const sent = request(textBody('x'), { silenceTimeoutMs: 200 });
    expect(await failure(wire.http.send(sent))).toMatchObject({ code: 'silence', mayHaveArrived: true });
  });

  it('got an answer that ends before its announced length', async () => {
    wire.server.script({ do: 'raw', text: 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"half":' });
    expect(await failure(wire.http.send(request(textBody('x'))))).toMatchObject({
      code: 'truncated',
      mayHaveArrived: true,
    });
  });

  it('got a chunked answer without its end', async () => {
    wire.server.script({ do: 'raw', text: 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n8\r\n{"half":\r\n' });
    expect(await failure(wire.http.send(request(textBody('x'))))).toMatchObject({
      code: 'truncated',
      mayHaveArrived: true,
    });
  });

  it('got an answer that is no HTTP', async () => {
    wire.server.script({ do: 'raw', text: 'hello?\r\n\r\n' });
    expect(await failure(wire.http.send(request(textBody('x'))))).toMatchObject({ mayHaveArrived: true });
  });

  it('got an answer larger than allowed', async () => {
    wire.server.script({ do: 'answer', status: 200, body: 'x'.repeat(5000) });
    const sent = request(textBody('x'), { maxResponseBytes: 1000 });
    expect(await failure(wire.http.send(sent))).toMatchObject({ code: 'too_large', mayHaveArrived: true });
  });

  it('never makes undici send it again by itself', async () => {
    wire.server.script({ do: 'reset_after_request' }, { do: 'answer', status: 200, body: {} });
    await failure(wire.http.send(request(null, { method: 'GET' })));
    expect(wire.server.seen).toHaveLength(1);
  });
});
