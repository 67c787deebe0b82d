/**
 * A link between the app and the practice server that can stop one upload at a chosen moment, so that a kill meets exactly
 * that moment and not the luck of a timer.
 */
import { createServer, request as openRequest } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * - `early`: the first piece of the body has passed, the rest waits.
 * - `lastByte`: the whole request has left the app; the server has all but its last piece, and never gets it.
 * - `delivered`: as `lastByte`, but the last piece arrives after the app has died.
 * - `answer`: the server has stored the page and answered; the answer waits in the link.
 */
export type Moment = 'early' | 'lastByte' | 'delivered' | 'answer';

export interface HeldLink {
  readonly origin: string;
  /** Stops the next upload whose path contains `path`. Resolves when it stands still. */
  hold(path: string, moment: Moment): Promise<void>;
  /** After the kill: lets go of what stood still. Resolves when the server has dealt with it. */
  letGo(): Promise<void>;
  close(): Promise<void>;
}

interface Hold {
  readonly path: string;
  readonly moment: Moment;
  readonly reached: () => void;
}

export async function startHeldLink(targetPort: number): Promise<HeldLink> {
  let armed: Hold | null = null;
  let release: (() => Promise<void>) | null = null;
  const sockets = new Set<Socket>();

  async function pass(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const hold =
      armed !== null && (incoming.url ?? '').includes(armed.path) && incoming.method === 'POST' ? armed : null;
    if (hold !== null) armed = null;
    const outgoing = openRequest({
      host: '127.0.0.1',
      port: targetPort,
      method: incoming.method,
      path: incoming.url,
      headers: { ...incoming.headers, host: `127.0.0.1:${targetPort}` },
      agent: false,
    });
    const answered = new Promise<IncomingMessage | null>((resolve) => {
      outgoing.on('response', resolve);
      outgoing.on('error', () => {
        resolve(null);
      });
    });
    /** Stands still until `letGo`; `then` is what happens at that moment. */
    const stand = (then: () => Promise<void>): void => {
      release = then;
      hold?.reached();
    };
    const drop = (): Promise<void> => {
      outgoing.destroy();
      return Promise.resolve();
    };

    let kept: Buffer | null = null;
    try {
      for await (const piece of incoming) {
        if (!Buffer.isBuffer(piece)) continue;
        if (kept !== null && !outgoing.write(kept)) await new Promise((resolve) => outgoing.once('drain', resolve));
        kept = piece;
        if (hold?.moment === 'early') {
          outgoing.write(piece.subarray(0, 16));
          incoming.pause();
          stand(drop);
          return;
        }
      }
    } catch {
      // The app died while it was sending: so does the request behind this link.
      outgoing.destroy();
      return;
    }
    if (hold?.moment === 'lastByte') {
      stand(drop);
      return;
    }
    if (hold?.moment === 'delivered') {
      const last = kept;
      stand(async () => {
        outgoing.end(last ?? undefined);
        (await answered)?.resume();
      });
      return;
    }
    outgoing.end(kept ?? undefined);
    const reply = await answered;
    if (reply === null) {
      answer.destroy();
      return;
    }
    if (hold?.moment === 'answer') {
      reply.resume();
      stand(() => Promise.resolve());
      return;
    }
    answer.writeHead(reply.statusCode ?? 502, reply.headers);
    reply.pipe(answer);
  }

  const server = createServer((incoming, answer) => {
    pass(incoming, answer).catch(() => {
      answer.destroy();
    });
  });
  server.requestTimeout = 0;
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {
      socket.destroy();
    });
    socket.on('close', () => {
      sockets.delete(socket);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the link has no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    hold: (path, moment) =>
      new Promise((reached) => {
        armed = { path, moment, reached };
      }),
    async letGo() {
      const then = release;
      release = null;
      await then?.();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
}
