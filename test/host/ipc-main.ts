/** `ipcMain`, and the delivery of what a preload sends. */

import { EventEmitter } from 'node:events';
import { codec } from './codec.ts';
import { createEvent, guardClass } from './guard.ts';
import type { HostWebContents, HostWebFrame } from './web-contents.ts';

type Handler = (event: object, ...values: unknown[]) => unknown;

/** The host's `ipcMain`. Channels are the app's own names, so any event name is fine here. */
export class HostIpcMain extends EventEmitter {
  readonly #handlers = new Map<string, { handler: Handler; isOnce: boolean }>();

  /** @throws Error when the channel already has a handler. */
  handle(channel: string, handler: Handler): void {
    this.#add(channel, handler, false);
  }

  handleOnce(channel: string, handler: Handler): void {
    this.#add(channel, handler, true);
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }

  #add(channel: string, handler: Handler, isOnce: boolean): void {
    if (typeof handler !== 'function')
      throw new TypeError(`Expected handler to be a function, but found ${typeof handler}`);
    if (this.#handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.#handlers.set(channel, { handler, isOnce });
  }

  /** Delivers ipcRenderer.send. */
  receive(sender: HostWebContents, senderFrame: HostWebFrame, channel: string, args: string): void {
    const reply = (replyChannel: string, ...values: unknown[]): void => sender.send(replyChannel, ...values);
    const event = createEvent({ ...ipcEvent(sender, senderFrame), ports: [], reply });
    this.emit(channel, event, ...decodeValues(args));
  }

  /**
   * Delivers ipcRenderer.invoke. Returns the codec text of the result, or the message the renderer's promise is
   * rejected with, worded as Electron does.
   */
  async invoke(
    sender: HostWebContents,
    senderFrame: HostWebFrame,
    channel: string,
    args: string,
  ): Promise<{ isFulfilled: boolean; value: string }> {
    try {
      const entry = this.#handlers.get(channel);
      if (entry === undefined) throw new Error(`No handler registered for '${channel}'`);
      if (entry.isOnce) this.#handlers.delete(channel);
      const result = await entry.handler(createEvent(ipcEvent(sender, senderFrame)), ...decodeValues(args));
      return { isFulfilled: true, value: codec.encode(result) };
    } catch (error) {
      const text = String(error);
      return { isFulfilled: false, value: codec.encode(`Error invoking remote method '${channel}': ${text}`) };
    }
  }
}
guardClass('ipcMain', HostIpcMain);

function ipcEvent(sender: HostWebContents, senderFrame: HostWebFrame): object {
  return { type: 'frame', sender, senderFrame, processId: senderFrame.processId, frameId: senderFrame.routingId };
}

function decodeValues(args: string): unknown[] {
  const values = codec.decode(args);
  return Array.isArray(values) ? values : [];
}

/** The one ipcMain. */
export const ipcMain = new HostIpcMain();
