import { Base64Content, jsonBody, openUndiciHttp } from '../../main/network/index.ts';
import { forgetPeak, peakBytes } from './peak-memory.ts';

/**
 * Run as a process of its own: uploads a made-up page of `argv[3]` bytes as base64 JSON to `argv[2]` and prints by how many
 * bytes the resident memory grew at its highest.
 */
const [, , url = '', sizeText = '0'] = process.argv;
const byteLength = Number(sizeText);

const page = {
  byteLength,
  async *stream() {
    for (let left = byteLength; left > 0; left -= 1_048_576) yield Buffer.alloc(Math.min(left, 1_048_576), left & 255);
  },
};

const http = await openUndiciHttp();
const send = (contents: Base64Content) =>
  http.send({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json' },
    body: jsonBody({ contents }),
    signal: new AbortController().signal,
  });
// A small one first, so that what is loaded once is not counted.
await send(
  new Base64Content({
    byteLength: 3,
    stream: async function* three() {
      yield Buffer.from('abc');
    },
  }),
);
const beforeBytes = process.memoryUsage().rss;
forgetPeak();
await send(new Base64Content(page));
await http.close();
console.log(String(peakBytes() - beforeBytes));
