/**
 * A proxy between the app and the practice server that spoils chosen requests on the wire: half-sent bodies, resets,
 * silences and answers that nobody's server would write. What it passes on it passes on whole, so the practice server's
 * own log says what the provider knows.
 */
import { createServer, request as openRequest } from 'node:http';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** How a connection ends: a reset (RST), or as if the other side had said goodbye (FIN). */
export type Ending = 'reset' | 'end';

export type WireFault =
  /** Passes the request on this much later. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Hangs up as soon as the request's head is read. */
  | { readonly kind: 'hangUp'; readonly how: Ending }
  /** Passes this many bytes of the request's body on, then hangs up on both sides. */
  | { readonly kind: 'cutRequest'; readonly afterBytes: number; readonly how: Ending }
  /** Takes this many bytes of the request's body, then nothing more from the socket: a closed window. */
  | { readonly kind: 'stallRequest'; readonly afterBytes: number }
  /** Takes the whole request and keeps it to itself, then hangs up: the provider never hears of it. */
  | { readonly kind: 'swallow'; readonly how: Ending }
  /** Takes the whole request, keeps it to itself, and says nothing. */
  | { readonly kind: 'swallowSilently' }
  /**
   * Lets the provider do the work, then sends this many bytes of its answer (head included; a negative number leaves that
   * many out at the end) and hangs up.
   */
  | { readonly kind: 'cutAnswer'; readonly afterBytes: number; readonly how: Ending }
  /** As `cutAnswer`, but then silence instead of an end. */
  | { readonly kind: 'stallAnswer'; readonly afterBytes: number }
  /** Lets the provider do the work and its whole answer through, then resets the connection that should have been kept. */
  | { readonly kind: 'resetAfterAnswer' }
  /** Lets the provider do the work and sends half of its JSON as if it were all: with its length, or ended by closing. */
  | { readonly kind: 'halfJson'; readonly hasLength: boolean }
  /** Lets the provider do the work and gives the answer another body. */
  | { readonly kind: 'otherBody'; readonly contentType: string; readonly body: string }
  /** Lets the provider do the work and answers in its place, with nothing of its answer. */
  | { readonly kind: 'otherAnswer'; readonly status: number; readonly contentType: string; readonly body: string }
  /** Answers in the provider's place, after the whole request and without passing it on. */
  | {
      readonly kind: 'answerInstead';
      readonly status: number;
      readonly contentType: string;
      readonly body: string;
      readonly headers?: OutgoingHttpHeaders;
    }
  /** The same as soon as the head is read, before any of the body; then closes. */
  | { readonly kind: 'answerEarly'; readonly status: number; readonly contentType: string; readonly body: string }
  /** Reads the body slowly and passes the whole of it on. */
  | { readonly kind: 'slowReader'; readonly bytes: number; readonly everyMs: number };

export interface ArmedFault {
  /** A part of the path. */
  readonly path: string;
  readonly method?: 'GET' | 'POST';
  /** How many requests meet it; the others pass untouched. */
  readonly times: number;
  readonly fault: WireFault;
}

export interface FaultProxy {
  readonly origin: string;
  /** Requests that met a fault since the last `arm`. */
  readonly hits: number;
  /** True when this request would meet a silence. */
  willStall(request: { readonly url: string; readonly method: string }): boolean;
  /** Takes the place of whatever was armed before. */
  arm(fault: ArmedFault): void;
  /** From now on everything passes; connections that stand still are ended. */
  lift(): void;
  /** Nobody listens any more and every connection is reset: the next one is refused. */
  unplug(): Promise<void>;
  /** Listens again where it did. */
  plug(): Promise<void>;
  close(): Promise<void>;
}

/** How long a connection stays after an answer that ends it. */
const LINGER_MS = 30;

interface Upstream {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

export async function startFaultProxy(targetPort: number): Promise<FaultProxy> {
  let armed: { fault: ArmedFault; left: number } | null = null;
  let hits = 0;
  const sockets = new Set<Socket>();
  const stalled = new Set<Socket>();

  function waitingFor(url: string, method: string): WireFault | null {
    if (armed === null || armed.left === 0 || !url.includes(armed.fault.path)) return null;
    return armed.fault.method === undefined || armed.fault.method === method ? armed.fault.fault : null;
  }

  function take(incoming: IncomingMessage): WireFault | null {
    const fault = waitingFor(incoming.url ?? '', incoming.method ?? '');
    if (armed === null || fault === null) return null;
    armed.left -= 1;
    hits += 1;
    return fault;
  }

  function stall(socket: Socket): void {
    stalled.add(socket);
    socket.pause();
  }

  /** Passes a whole request on and answers what came back; null when the server did not answer. */
  function ask(incoming: IncomingMessage, body: Buffer): Promise<Upstream | null> {
    return new Promise((resolve) => {
      const outgoing = openRequest(
        {
          host: '127.0.0.1',
          port: targetPort,
          method: incoming.method,
          path: incoming.url,
          headers: { ...incoming.headers, host: `127.0.0.1:${targetPort}`, connection: 'close' },
          agent: false,
        },
        (reply) => {
          resolve(upstream(reply));
        },
      );
      outgoing.on('error', () => resolve(null));
      outgoing.end(body);
    });
  }

  /** Passes on the head and `body`, which is less than was announced, then drops the connection. */
  function askInPart(incoming: IncomingMessage, body: Buffer): Promise<void> {
    return new Promise((resolve) => {
      const outgoing = openRequest({
        host: '127.0.0.1',
        port: targetPort,
        method: incoming.method,
        path: incoming.url,
        headers: { ...incoming.headers, host: `127.0.0.1:${targetPort}`, connection: 'close' },
        agent: false,
      });
      outgoing.on('error', () => resolve());
      outgoing.on('close', () => resolve());
      outgoing.write(body, () => outgoing.destroy());
    });
  }

  async function pass(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const fault = take(incoming);
    if (fault !== null && (await breakBeforeTheBody(incoming, fault))) return;
    const body = fault?.kind === 'slowReader' ? await collectSlowly(incoming, fault) : await collect(incoming);
    if (body === null || (fault !== null && breakAfterTheBody(incoming, answer, fault))) return;
    if (fault?.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.ms));
    const reply = await ask(incoming, body);
    if (reply === null) hangUp(incoming.socket, 'reset');
    else if (fault === null || !breakTheAnswer(incoming, answer, reply, fault)) {
      answer.writeHead(reply.status, reply.headers);
      answer.end(reply.body);
    }
  }

  /** Each of these answers whether the request has come to its end. */
  async function breakBeforeTheBody(incoming: IncomingMessage, fault: WireFault): Promise<boolean> {
    const { socket } = incoming;
    if (fault.kind === 'hangUp') hangUp(socket, fault.how);
    else if (fault.kind === 'answerEarly') {
      const headers = { ...headersOf(fault), connection: 'close' };
      socket.write(raw({ status: fault.status, headers, body: Buffer.from(fault.body) }));
      // A close with bytes that nobody has read is a reset, and would overtake the answer.
      setTimeout(() => hangUp(socket, 'end'), LINGER_MS);
    } else if (fault.kind === 'cutRequest') {
      const part = await collect(incoming, fault.afterBytes);
      if (part !== null && part.byteLength > 0) await askInPart(incoming, part);
      hangUp(socket, fault.how);
    } else if (fault.kind === 'stallRequest') {
      if (fault.afterBytes > 0) await collect(incoming, fault.afterBytes);
      stall(socket);
    } else return false;
    return true;
  }

  function breakAfterTheBody({ socket }: IncomingMessage, answer: ServerResponse, fault: WireFault): boolean {
    if (fault.kind === 'swallow') hangUp(socket, fault.how);
    else if (fault.kind === 'swallowSilently') stall(socket);
    else if (fault.kind === 'answerInstead') {
      answer.writeHead(fault.status, { ...headersOf(fault), ...fault.headers });
      answer.end(fault.body);
    } else return false;
    return true;
  }

  function breakTheAnswer(
    { socket }: IncomingMessage,
    answer: ServerResponse,
    reply: Upstream,
    fault: WireFault,
  ): boolean {
    if (fault.kind === 'cutAnswer') {
      if (fault.afterBytes === 0) hangUp(socket, fault.how);
      else socket.write(raw(reply).subarray(0, fault.afterBytes), () => hangUp(socket, fault.how));
    } else if (fault.kind === 'stallAnswer') {
      if (fault.afterBytes !== 0) socket.write(raw(reply).subarray(0, fault.afterBytes));
      stall(socket);
    } else if (fault.kind === 'halfJson') {
      const half = reply.body.subarray(0, Math.ceil(reply.body.byteLength / 2));
      const { 'content-length': _length, ...headers } = reply.headers;
      const length = fault.hasLength ? { 'content-length': half.byteLength } : { connection: 'close' };
      socket.end(raw({ ...reply, headers: { ...headers, ...length }, body: half }));
    } else if (fault.kind === 'otherAnswer') {
      answer.writeHead(fault.status, headersOf(fault));
      answer.end(fault.body);
    } else if (fault.kind === 'otherBody') {
      answer.writeHead(reply.status, { ...reply.headers, ...headersOf(fault) });
      answer.end(fault.body);
    } else if (fault.kind === 'resetAfterAnswer') {
      answer.writeHead(reply.status, reply.headers);
      answer.end(reply.body, () => setTimeout(() => hangUp(socket, 'reset'), LINGER_MS));
    } else return false;
    return true;
  }

  const server = createServer((incoming, answer) => {
    pass(incoming, answer).catch(() => {
      incoming.socket.destroy();
    });
  });
  server.requestTimeout = 0;
  server.headersTimeout = 0;
  server.keepAliveTimeout = 60_000;
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      stalled.delete(socket);
    });
  });
  const listen = (port: number): Promise<void> =>
    new Promise((resolve) => {
      server.listen(port, '127.0.0.1', resolve);
    });
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => {
        resolve();
      });
      for (const socket of sockets) socket.resetAndDestroy();
    });
  await listen(0);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the fault proxy has no port');
  const { port } = address;
  return {
    origin: `http://127.0.0.1:${port}`,
    get hits() {
      return hits;
    },
    willStall({ url, method }) {
      const kind = waitingFor(url, method)?.kind;
      return kind === 'stallRequest' || kind === 'swallowSilently' || kind === 'stallAnswer';
    },
    arm(fault) {
      armed = { fault, left: fault.times };
      hits = 0;
    },
    lift() {
      armed = null;
      for (const socket of stalled) socket.destroy();
    },
    unplug: close,
    plug: () => listen(port),
    close,
  };
}

async function upstream(reply: IncomingMessage): Promise<Upstream | null> {
  const { connection: _connection, 'keep-alive': _keepAlive, ...headers } = reply.headers;
  const body = await collect(reply);
  return body === null ? null : { status: reply.statusCode ?? 502, headers, body };
}

function headersOf({ contentType, body }: { contentType: string; body: string }): OutgoingHttpHeaders {
  return { 'content-type': contentType, 'content-length': Buffer.byteLength(body) };
}

function hangUp(socket: Socket, how: Ending): void {
  if (how === 'reset') socket.resetAndDestroy();
  else socket.destroySoon();
}

/** The bytes of a message's body, at most `limit` of them; null when the sender went away before its end. */
async function collect(message: IncomingMessage, limit = Number.POSITIVE_INFINITY): Promise<Buffer | null> {
  const pieces: Buffer[] = [];
  let byteLength = 0;
  // Leaving a `for await` would destroy the message and with it the connection.
  return new Promise((resolve) => {
    const finish = (isWhole: boolean): void => {
      message.off('data', onData);
      message.pause();
      resolve(isWhole || byteLength >= limit ? Buffer.concat(pieces).subarray(0, Math.min(byteLength, limit)) : null);
    };
    const onData = (piece: Buffer): void => {
      pieces.push(piece);
      byteLength += piece.byteLength;
      if (byteLength >= limit) finish(false);
    };
    message.on('data', onData);
    message.once('end', () => finish(true));
    message.once('close', () => finish(message.complete));
  });
}

/** The whole body, read at the given pace: the sender meets a window that is full most of the time. */
async function collectSlowly(
  message: IncomingMessage,
  { bytes, everyMs }: { bytes: number; everyMs: number },
): Promise<Buffer | null> {
  const pieces: Buffer[] = [];
  for (;;) {
    const piece: unknown = message.read(bytes) ?? message.read();
    if (Buffer.isBuffer(piece)) pieces.push(piece);
    else if (message.readableEnded || message.complete) return Buffer.concat(pieces);
    else if (message.destroyed) return null;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

/** An answer as the bytes that go over the wire. */
function raw({ status, headers, body }: Upstream): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}\r\n`);
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} Passed on\r\n${lines.join('')}\r\n`, 'latin1'), body]);
}
