/**
 * A front before a practice server on loopback that can be broken as branches' networks are: other certificates, a closed
 * port, a stall, a sign-in page, a wrong clock; and a proxy that leads to it. What gets through is the practice server's.
 */
import { createServer as createPlain, request as openRequest } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createSecure } from 'node:https';
import { connect } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { Issued } from './certificates.ts';

export type FrontFault =
  | { readonly kind: 'none' }
  /** A sign-in page with 200. */
  | { readonly kind: 'portal' }
  | { readonly kind: 'redirect'; readonly location: string }
  /** A company's filter: 403 and a page. */
  | { readonly kind: 'filter' }
  | { readonly kind: 'status'; readonly status: number }
  /** Takes the request and says nothing. */
  | { readonly kind: 'stall' };

export interface Front {
  readonly port: number;
  readonly origin: string;
  /** Requests that came in since the start, whatever became of them. */
  readonly requests: () => number;
  /** Looks at its certificate (`HEAD /`), which are not among the requests. */
  readonly looks: () => number;
  fault(fault: FrontFault): void;
  /** What the `Date` header is off by; the answers are the provider's otherwise. */
  clockOff(ms: number): void;
  /** Stops listening, and cuts what is open. */
  close(): Promise<void>;
  /** Listens again on the same port, with another certificate if given. */
  open(certificate?: Issued): Promise<void>;
}

/** `certificate` null: plain HTTP. */
export async function startFront(targetPort: number, certificate: Issued | null): Promise<Front> {
  let current: FrontFault = { kind: 'none' };
  let offMs = 0;
  let requests = 0;
  let looks = 0;
  let server: Server | null = null;
  let port = 0;
  let issued = certificate;
  const sockets = new Set<Socket>();

  function answer(incoming: IncomingMessage, reply: ServerResponse): void {
    const date = new Date(Date.now() + offMs).toUTCString();
    if (incoming.method === 'HEAD') {
      looks += 1;
      reply.writeHead(200, { date }).end();
      return;
    }
    requests += 1;
    const fault = current;
    if (fault.kind === 'stall') {
      incoming.resume();
      return;
    }
    if (fault.kind !== 'none') {
      incoming.resume();
      incoming.on('end', () => {
        if (fault.kind === 'redirect') reply.writeHead(302, { location: fault.location }).end();
        else if (fault.kind === 'status')
          reply.writeHead(fault.status, { 'content-type': 'application/json' }).end('{}');
        else {
          reply.writeHead(fault.kind === 'portal' ? 200 : 403, { 'content-type': 'text/html; charset=utf-8' });
          reply.end('<!doctype html><title>Welcome to the network</title>');
        }
      });
      return;
    }
    const outgoing = openRequest(
      {
        host: '127.0.0.1',
        port: targetPort,
        method: incoming.method,
        path: incoming.url,
        headers: { ...incoming.headers, host: `127.0.0.1:${targetPort}` },
        agent: false,
      },
      (their) => {
        reply.writeHead(their.statusCode ?? 502, {
          ...their.headers,
          date,
        });
        their.pipe(reply);
      },
    );
    outgoing.on('error', () => reply.destroy());
    incoming.pipe(outgoing);
  }

  async function open(): Promise<void> {
    const made =
      issued === null ? createPlain(answer) : createSecure({ key: issued.key, cert: issued.certificate }, answer);
    made.requestTimeout = 0;
    made.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
    });
    await new Promise<void>((resolve) => made.listen(port, '127.0.0.1', resolve));
    port = portOf(made);
    server = made;
  }
  async function close(): Promise<void> {
    const closing = server;
    server = null;
    for (const socket of sockets) socket.destroy();
    if (closing !== null) await new Promise((resolve) => closing.close(resolve));
  }
  await open();
  return {
    port,
    origin: `${certificate === null ? 'http' : 'https'}://127.0.0.1:${port}`,
    requests: () => requests,
    looks: () => looks,
    fault: (fault) => {
      current = fault;
      // What stalls would keep its connection, and its place, for ever.
      for (const socket of sockets) socket.destroy();
    },
    clockOff: (ms) => {
      offMs = ms;
    },
    close,
    open: async (other) => {
      issued = other ?? issued;
      await open();
    },
  };
}

export interface Proxy {
  readonly url: string;
  /** `host:port` of every CONNECT it was asked for. */
  readonly asked: string[];
  /** Status of its answer to CONNECT; 200 lets through, to the front on loopback. */
  answers(status: number): void;
  close(): Promise<void>;
  open(): Promise<void>;
}

/** An HTTP proxy whose every road leads to `targetPort` on loopback, so that any host name can be asked for. */
export async function startProxy(targetPort: number): Promise<Proxy> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  let status = 200;
  let port = 0;
  let server: Server | null = null;
  async function open(): Promise<void> {
    const made = createPlain((_incoming, reply) => reply.writeHead(400).end());
    made.on('connect', (incoming, socket, head) => {
      asked.push(incoming.url ?? '');
      socket.on('error', () => undefined);
      if (status !== 200) {
        socket.end(
          `HTTP/1.1 ${status} No\r\nproxy-authenticate: Basic realm="branch"\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`,
        );
        return;
      }
      const target = connect(targetPort, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        target.write(head);
        target.pipe(socket);
        socket.pipe(target);
      });
      target.on('error', () => socket.destroy());
    });
    made.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
    await new Promise<void>((resolve) => made.listen(port, '127.0.0.1', resolve));
    port = portOf(made);
    server = made;
  }
  await open();
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    answers: (next) => {
      status = next;
    },
    open,
    close: async () => {
      const closing = server;
      server = null;
      for (const socket of sockets) socket.destroy();
      if (closing !== null) await new Promise((resolve) => closing.close(resolve));
    },
  };
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}
