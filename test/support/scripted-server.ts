import { createServer, type Server, type Socket } from 'node:net';

/** One request as the scripted server read it, byte for byte. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What the server does with one request, in the order in which requests come. */
export type Step =
  | {
      readonly do: 'answer';
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body?: unknown;
    }
  /** Answers as soon as the head is read, without waiting for the body. */
  | { readonly do: 'answer_early'; readonly status: number; readonly body?: unknown }
  /** Writes exactly this text as the whole answer, then closes. */
  | { readonly do: 'raw'; readonly text: string }
  /** Reads the whole request, then resets the connection without a word. */
  | { readonly do: 'reset_after_request' }
  /** Resets the connection after this many bytes of the body. */
  | { readonly do: 'reset_after_bytes'; readonly bytes: number }
  /** Reads the whole request, then says nothing. */
  | { readonly do: 'silence' }
  /** Reads the head, then takes nothing more from the socket. */
  | { readonly do: 'stop_reading' }
  /** Reads the request and answers, with this pause between the bytes of the answer's body. */
  | { readonly do: 'drip'; readonly status: number; readonly body: unknown; readonly pauseMs: number };

export interface ScriptedServer {
  readonly url: string;
  /** Whole requests, in order. */
  readonly seen: SeenRequest[];
  /** Body bytes of requests that were cut. */
  readonly cutBytes: number[];
  readonly connections: () => number;
  script(...steps: Step[]): void;
  close(): Promise<void>;
}

/**
 * A raw HTTP/1.1 server on loopback that can cut, stall and truncate. It answers 500 "not scripted" when its script is
 * used up, so that a request too many is noticed.
 */
export async function startScriptedServer(): Promise<ScriptedServer> {
  const seen: SeenRequest[] = [];
  const cutBytes: number[] = [];
  const steps: Step[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;

  const server: Server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    let buffer: Buffer = Buffer.alloc(0);
    let step: Step | null = null;
    let isDone = false;

    socket.on('data', (chunk: Buffer) => {
      if (isDone) return;
      buffer = buffer.length === 0 ? chunk : Buffer.concat([buffer, chunk]);
      for (;;) {
        const end = buffer.indexOf('\r\n\r\n');
        if (end < 0) return;
        const { method, path, headers } = parseHead(buffer.subarray(0, end).toString('latin1'));
        step ??= steps.shift() ?? { do: 'answer', status: 500, body: { errors: [{ title: 'not scripted' }] } };
        if (step.do === 'stop_reading') {
          socket.pause();
          isDone = true;
          return;
        }
        if (step.do === 'answer_early') {
          isDone = true;
          writeAnswer(socket, step.status, { connection: 'close' }, step.body);
          return;
        }
        const length = Number(headers['content-length'] ?? '0');
        const body = buffer.subarray(end + 4, end + 4 + length);
        if (step.do === 'reset_after_bytes' && body.length >= step.bytes) {
          cutBytes.push(body.length);
          isDone = true;
          socket.resetAndDestroy();
          return;
        }
        if (body.length < length) return;
        seen.push({ method, path, headers, body: Buffer.from(body) });
        buffer = buffer.subarray(end + 4 + length);
        const current = step;
        step = null;
        if (current.do === 'answer') writeAnswer(socket, current.status, current.headers ?? {}, current.body);
        else if (current.do === 'raw') socket.end(current.text, 'latin1');
        else if (current.do === 'reset_after_request') socket.resetAndDestroy();
        else if (current.do === 'drip') void drip(socket, current);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  return {
    url: `http://127.0.0.1:${address.port}`,
    seen,
    cutBytes,
    connections: () => connections,
    script: (...next) => void steps.push(...next),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

function parseHead(text: string): { method: string; path: string; headers: Record<string, string> } {
  const [first = '', ...lines] = text.split('\r\n');
  const [method = '', path = ''] = first.split(' ');
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  return { method, path, headers };
}

function writeAnswer(socket: Socket, status: number, headers: Record<string, string>, body: unknown): void {
  const bytes = encodeBody(body);
  const all = { 'content-type': 'application/json', 'content-length': String(bytes.length), ...headers };
  const head = Object.entries(all)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
  socket.write(`HTTP/1.1 ${status} Scripted\r\n${head}\r\n`);
  socket.write(bytes);
  if (headers['connection'] === 'close') socket.end();
}

async function drip(socket: Socket, step: Extract<Step, { do: 'drip' }>): Promise<void> {
  const bytes = encodeBody(step.body);
  socket.write(
    `HTTP/1.1 ${step.status} Scripted\r\ncontent-type: application/json\r\ncontent-length: ${bytes.length}\r\n\r\n`,
  );
  for (const byte of bytes) {
    await new Promise((resolve) => setTimeout(resolve, step.pauseMs));
    if (socket.destroyed) return;
    socket.write(Buffer.from([byte]));
  }
}

/** Text is sent as it is (half JSON, HTML), anything else as JSON. */
function encodeBody(body: unknown): Buffer {
  if (body === undefined) return Buffer.alloc(0);
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body), 'utf8');
}
