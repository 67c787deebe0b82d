import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApiAnswer } from './answer.ts';
import { BodyTooLarge, type BodyReader } from './body.ts';
import type { FaultAction } from './faults.ts';
import type { StandIn } from './stand-in.ts';

/** The largest body that either API takes. */
export const MAX_BODY_BYTES = 160 * 1024 * 1024;

/** Reads to the end; false when the client went away or `cutAfter` bytes had arrived. Throws `BodyTooLarge`. */
export async function readBody(
  request: IncomingMessage,
  reader: BodyReader,
  cutAfter: number | null,
): Promise<boolean> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) throw new BodyTooLarge();
  if (cutAfter === 0) {
    request.socket.resetAndDestroy();
    return false;
  }
  try {
    for await (const chunk of request) {
      if (!Buffer.isBuffer(chunk)) continue;
      reader.write(chunk);
      if (cutAfter !== null && reader.byteLength >= cutAfter) {
        request.socket.resetAndDestroy();
        return false;
      }
    }
  } catch (error) {
    if (error instanceof BodyTooLarge) throw error;
    return false;
  }
  return request.complete;
}

/** Waits, or less when the client goes away. */
export function pause(ms: number, response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    response.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

export function send(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: unknown,
): void {
  const text = body === undefined ? '' : JSON.stringify(body);
  response.writeHead(status, {
    ...(body === undefined ? {} : { 'Content-Type': 'application/json; charset=utf-8' }),
    'Content-Length': String(Buffer.byteLength(text)),
    ...headers,
  });
  response.end(text);
}

/** A file's bytes, or the API's refusal of them. */
export function sendFile(response: ServerResponse, answer: StandIn | ApiAnswer): void {
  if ('body' in answer) {
    send(response, answer.status, answer.headers, answer.body);
    return;
  }
  const { mediaType, bytes } = answer;
  response.writeHead(200, { 'Content-Type': mediaType, 'Content-Length': String(bytes.byteLength) });
  response.end(bytes);
}

export function sendDamaged(
  request: IncomingMessage,
  response: ServerResponse,
  answer: ApiAnswer,
  fault: FaultAction | null,
): void {
  if (fault?.kind === 'emptyAnswer') {
    send(response, answer.status, answer.headers, undefined);
    return;
  }
  if (fault?.kind !== 'cutAnswer' && fault?.kind !== 'truncatedJson') {
    send(response, answer.status, answer.headers, answer.body);
    return;
  }
  const whole = Buffer.from(JSON.stringify(answer.body ?? {}));
  const half = whole.subarray(0, Math.ceil(whole.byteLength / 2));
  response.writeHead(answer.status, {
    ...answer.headers,
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': String(fault.kind === 'cutAnswer' ? whole.byteLength : half.byteLength),
  });
  if (fault.kind === 'truncatedJson') {
    response.end(half);
  } else {
    response.write(half, () => {
      request.socket.destroy();
    });
  }
}
