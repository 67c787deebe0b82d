import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const PAGE_BYTES = 64_000_000;
/** Less than the page: reading, encoding and joining it first takes three to five times its size, streaming about 20 MB. */
const MAX_GROWTH_BYTES = 50_000_000;

it('memory does not grow with the page that is uploaded', async () => {
  const received: number[] = [];
  const sink = createServer((request, response) => {
    let bytes = 0;
    request.on('data', (chunk: Buffer) => void (bytes += chunk.length));
    request.on('end', () => {
      received.push(bytes);
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve));
  const address = sink.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  try {
    const child = new URL('../../support/upload-memory.ts', import.meta.url).pathname;
    const { stdout } = await promisify(execFile)(process.execPath, [
      child,
      `http://127.0.0.1:${port}/`,
      String(PAGE_BYTES),
    ]);
    expect(received[1]).toBe('{"contents":""}'.length + 4 * Math.ceil(PAGE_BYTES / 3));
    expect(Number(stdout)).toBeGreaterThan(0);
    expect(Number(stdout)).toBeLessThan(MAX_GROWTH_BYTES);
  } finally {
    sink.close();
  }
});
