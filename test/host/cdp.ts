/** The Chrome DevTools Protocol over the two pipes of `--remote-debugging-pipe`: JSON messages ended by a NUL byte. */

import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { Protocol } from '../../node_modules/playwright-core/types/protocol.d.ts';
import { trusted } from './trusted.ts';

export type { Protocol };

type Method = keyof Protocol.CommandParameters & keyof Protocol.CommandReturnValues;

interface CdpMessage {
  id?: number;
  sessionId?: string;
  method?: string;
  params?: object;
  result?: object;
  error?: { message: string };
}

interface Waiting {
  method: string;
  sessionId: string | undefined;
  resolve: (result: object) => void;
  reject: (error: Error) => void;
}

/** One protocol session: the browser's own, or one attached to a page. */
export class CdpSession {
  readonly #connection: CdpConnection;
  readonly #id: string | undefined;
  readonly #events = new EventEmitter();

  constructor(connection: CdpConnection, id: string | undefined) {
    this.#connection = connection;
    this.#id = id;
    this.#events.setMaxListeners(0);
  }

  /** Sends a command; rejects with the protocol's message, or when the session or the browser has gone. */
  send<M extends Method>(
    method: M,
    parameters?: Protocol.CommandParameters[M],
  ): Promise<Protocol.CommandReturnValues[M]> {
    return this.#connection.send(this.#id, method, parameters);
  }

  /** Sends a command whose failure does not matter (the page may already be gone). */
  post<M extends Method>(method: M, parameters?: Protocol.CommandParameters[M]): void {
    this.send(method, parameters).catch(() => {});
  }

  on<E extends keyof Protocol.Events>(event: E, listener: (parameters: Protocol.Events[E]) => void): void {
    this.#events.on(event, listener);
  }

  /** Called by the connection for each event of this session. */
  deliver(event: string, parameters: object): void {
    this.#events.emit(event, parameters);
  }
}

/** The connection to one browser process. */
export class CdpConnection {
  readonly browser: CdpSession;
  /** Resolves when the browser's end of the pipe closes. */
  readonly closed: Promise<void>;
  readonly #input: Writable;
  readonly #sessions = new Map<string, CdpSession>();
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #isClosed = false;

  constructor(input: Writable, output: Readable) {
    this.#input = input;
    this.browser = new CdpSession(this, undefined);
    // Writing to a browser that just died fails on the pipe; the end of the other pipe reports it properly.
    input.on('error', () => {});
    output.on('error', () => {});
    let parts: Buffer[] = [];
    output.on('data', (chunk: Buffer) => {
      let start = 0;
      for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, start)) {
        parts.push(chunk.subarray(start, end));
        this.#receive(Buffer.concat(parts).toString('utf8'));
        parts = [];
        start = end + 1;
      }
      if (start < chunk.length) parts.push(chunk.subarray(start));
    });
    this.closed = new Promise((resolve) => {
      output.on('close', () => {
        this.#isClosed = true;
        for (const waiting of this.#waiting.values()) waiting.reject(new Error(`${waiting.method}: browser closed`));
        this.#waiting.clear();
        resolve();
      });
    });
  }

  /** Attaches to a page; its events start to arrive at the returned session. */
  async attach(targetId: string): Promise<CdpSession> {
    const { sessionId } = await this.browser.send('Target.attachToTarget', { targetId, flatten: true });
    return this.#session(sessionId);
  }

  send<M extends Method>(
    sessionId: string | undefined,
    method: M,
    parameters?: Protocol.CommandParameters[M],
  ): Promise<Protocol.CommandReturnValues[M]> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) {
        reject(new Error(`${method}: browser closed`));
        return;
      }
      this.#lastId += 1;
      const resolveTyped = (result: object): void => resolve(trusted<Protocol.CommandReturnValues[M]>(result));
      this.#waiting.set(this.#lastId, { method, sessionId, resolve: resolveTyped, reject });
      const message = { id: this.#lastId, method, params: parameters ?? {}, ...(sessionId && { sessionId }) };
      this.#input.write(`${JSON.stringify(message)}\0`);
    });
  }

  #session(id: string): CdpSession {
    const session = this.#sessions.get(id) ?? new CdpSession(this, id);
    this.#sessions.set(id, session);
    return session;
  }

  #receive(text: string): void {
    const message = trusted<CdpMessage>(JSON.parse(text));
    if (message.id !== undefined) {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.error) waiting?.reject(new Error(`${waiting.method}: ${message.error.message}`));
      else waiting?.resolve(message.result ?? {});
      return;
    }
    const parameters = message.params ?? {};
    if (message.method === 'Target.detachedFromTarget') this.#detached(parameters);
    const session = message.sessionId === undefined ? this.browser : this.#session(message.sessionId);
    if (message.method !== undefined) session.deliver(message.method, parameters);
  }

  #detached(parameters: object): void {
    if (!('sessionId' in parameters) || typeof parameters.sessionId !== 'string') return;
    this.#sessions.delete(parameters.sessionId);
    for (const [id, waiting] of this.#waiting) {
      if (waiting.sessionId !== parameters.sessionId) continue;
      this.#waiting.delete(id);
      waiting.reject(new Error(`${waiting.method}: page closed`));
    }
  }
}
