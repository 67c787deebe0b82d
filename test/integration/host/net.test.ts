// What comes from another process, or back out of a codec, has no type to check it by.
// oxlint-disable typescript/no-unsafe-type-assertion

import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { net } from '../../host/net.ts';
import type { HostClientRequest, HostIncomingMessage } from '../../host/net.ts';
import { defaultSession, session } from '../../host/session.ts';

const servers: http.Server[] = [];

async function serve(listener: http.RequestListener): Promise<string> {
  const server = http.createServer(listener);
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  return `http://127.0.0.1:${address.port}`;
}

async function readAll(stream: AsyncIterable<unknown>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Buffer));
  return Buffer.concat(chunks).toString();
}

async function respond(request: HostClientRequest): Promise<HostIncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve);
    request.once('error', reject);
    request.end();
  });
}

describe('net.request', () => {
  afterEach(() => {
    defaultSession.webRequest.onBeforeRequest(null);
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  it('streams a chunked body with back-pressure', async () => {
    let received = 0;
    let encoding: string | undefined;
    const url = await serve((request, response) => {
      encoding = request.headers['transfer-encoding'];
      request.on('data', (chunk: Buffer) => {
        received += chunk.length;
      });
      request.on('end', () => response.end('done'));
    });
    const request = net.request({ method: 'POST', url });
    request.chunkedEncoding = true;
    const answered = new Promise<HostIncomingMessage>((resolve, reject) => {
      request.once('response', resolve);
      request.once('error', reject);
    });
    const chunk = Buffer.alloc(256 * 1024, 1);
    for (let at = 0; at < 20; at += 1) {
      await new Promise<void>((resolve) => {
        request.write(chunk, () => resolve());
      });
    }
    request.end();
    const response = await answered;
    expect([response.statusCode, await readAll(response)]).toEqual([200, 'done']);
    expect([received, encoding]).toEqual([20 * 256 * 1024, 'chunked']);
  });

  it('sends a collected body with its length, and reads headers as Electron does', async () => {
    const url = await serve((request, response) => {
      response.setHeader('Set-Cookie', ['a=1', 'b=2']);
      response.setHeader('X-Length', request.headers['content-length'] ?? 'none');
      request.pipe(response);
    });
    const request = net.request({ method: 'POST', url, headers: { 'Content-Type': 'text/plain' } });
    request.write('two ');
    request.write('parts');
    const response = await respond(request);
    expect(await readAll(response)).toBe('two parts');
    expect(response.headers).toMatchObject({ 'set-cookie': ['a=1', 'b=2'], 'x-length': '9' });
  });

  it.each<[string, http.RequestListener, string]>([
    ['a reset before the answer', (request) => request.socket.destroy(), 'net::ERR_CONNECTION_RESET'],
    [
      'a body shorter than its length',
      (_request, response) => {
        response.writeHead(200, { 'content-length': '10' });
        response.write('five!', () => response.destroy());
      },
      'net::ERR_CONTENT_LENGTH_MISMATCH',
    ],
    [
      'a chunked body that stops',
      (_request, response) => void response.write('part', () => response.destroy()),
      'net::ERR_INCOMPLETE_CHUNKED_ENCODING',
    ],
  ])('names the failure: %s', async (_title, listener, message) => {
    const url = await serve(listener);
    const request = net.request(url);
    const failure = once(request, 'error') as Promise<[Error]>;
    request.on('response', (response: HostIncomingMessage) => response.on('error', () => {}).resume());
    request.end();
    expect((await failure)[0].message).toBe(message);
  });

  it('names a refused connection', async () => {
    const url = await serve(() => {});
    servers.splice(0).forEach((server) => server.close());
    await expect(respond(net.request(url))).rejects.toThrow('net::ERR_CONNECTION_REFUSED');
  });

  it("says 'close' when the request is sent, before the response, as Electron's stream does", async () => {
    const waiting: http.ServerResponse[] = [];
    const url = await serve((request, response) => {
      request.resume();
      waiting.push(response);
    });
    const request = net.request({ method: 'POST', url });
    request.chunkedEncoding = true;
    const closed = once(request, 'close');
    const arrived = once(servers[0] ?? request, 'request');
    const response = respond(request);
    await Promise.all([closed, arrived]);
    waiting[0]?.end('late');
    expect(await readAll(await response)).toBe('late');
  });

  it('aborts, also after what is to be sent is gone', async () => {
    const url = await serve(() => {});
    const request = net.request(url);
    const events: string[] = [];
    for (const event of ['abort', 'close', 'error']) request.on(event, () => events.push(event));
    request.end();
    setImmediate(() => request.abort());
    await once(request, 'abort');
    expect(events).toEqual(['close', 'abort']);
  });

  it('refuses headers that belong to the network stack, and changes after the start', async () => {
    const url = await serve((_request, response) => response.end());
    const request = net.request(url);
    request.setHeader('Content-Length', '5');
    await expect(respond(request)).rejects.toThrow('net::ERR_INVALID_ARGUMENT');
    expect(() => request.setHeader('X-Late', '1')).toThrow("Can't set headers after they are sent");
  });

  it("passes the default session's webRequest hook, and not another session's", async () => {
    const url = await serve((_request, response) => response.end('reached'));
    defaultSession.webRequest.onBeforeRequest((_details, decide) => decide({ cancel: true }));
    await expect(respond(net.request(url))).rejects.toThrow('net::ERR_BLOCKED_BY_CLIENT');
    const own = net.request({ url, partition: 'network' });
    expect(await readAll(await respond(own))).toBe('reached');
    expect(session.fromPartition('network')).toBe(session.fromPartition('network'));
  });

  it('gives 401 to an app that does not log in', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="desk"' });
      response.end('no');
    });
    expect((await respond(net.request(url))).statusCode).toBe(401);
    const asked = net.request(url);
    const login = once(asked, 'login') as Promise<[{ realm: string }, (name?: string) => void]>;
    const answered = respond(asked);
    const [details, decide] = await login;
    expect(details.realm).toBe('desk');
    decide();
    expect((await answered).statusCode).toBe(401);
  });
});
