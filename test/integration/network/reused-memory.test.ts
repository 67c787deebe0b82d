import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { expect, it } from 'vitest';
import { Line, base64Body, bytesBody, openUndiciHttp } from '../../../main/network/index.ts';
import { createAuthority } from '../../support/certificates.ts';

/** More than the two sockets' buffers in the kernel take, so that pieces have to wait in this process. */
const PAGE_BYTES = 12_000_000;
const PAUSE_MS = 100;

/** Reads nothing for a while, some, and nothing again, to its end; then answers with what it has read. */
function readHaltingly(request: IncomingMessage, response: ServerResponse): void {
  let sincePause = Number.MAX_SAFE_INTEGER;
  request.on('data', (piece: Buffer) => {
    response.write(piece);
    sincePause += piece.byteLength;
    if (sincePause < PAGE_BYTES / 4) return;
    sincePause = 0;
    request.pause();
    setTimeout(() => request.resume(), PAUSE_MS);
  });
  request.on('end', () => response.end());
}

it.each([
  ['http', 'unlimited'],
  ['https', 'unlimited'],
  ['http', 1e9],
  ['https', 1e9],
])(
  'a page arrives as it is over %s with %s bytes per millisecond, although its pieces share their memory',
  async (scheme, limit) => {
    const authority = createAuthority();
    const { certificate: cert, key } = authority.issue({ names: ['127.0.0.1'] });
    const server = scheme === 'http' ? createServer(readHaltingly) : createSecureServer({ cert, key }, readHaltingly);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const http = await openUndiciHttp({ extraCertificates: [authority.certificate] });
    const line = new Line({
      monotonic: () => performance.now(),
      after: (delayMs, run) => setTimeout(run, delayMs),
      bytesPerMs: () => (typeof limit === 'number' ? limit : null),
    });
    const page = randomBytes(PAGE_BYTES);
    try {
      const { body } = await line.over(http).send({
        method: 'POST',
        url: `${scheme}://127.0.0.1:${port}/`,
        headers: {},
        body: base64Body(bytesBody(page)),
        signal: new AbortController().signal,
        maxResponseBytes: 2 * PAGE_BYTES,
      });
      expect(Buffer.from(body).equals(Buffer.from(page.toString('base64')))).toBe(true);
    } finally {
      await http.close();
      server.close();
    }
  },
);
