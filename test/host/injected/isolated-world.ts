// Functions injected as source text must hold all they need, and can import no helper for what they read.
// oxlint-disable unicorn/consistent-function-scoping, typescript/no-unsafe-type-assertion

/** The part of the injected runtime that lives in the preload's isolated world: `require('electron')` for the preload. */

import type { Codec } from '../codec.ts';
import type { Bridge } from './bridge.ts';

/** What the host tells the injected runtime. */
export interface RuntimeConfiguration {
  /** Known only to the host and this world. */
  secret: string;
  /** The name of the CDP binding that carries text to the host. */
  binding: string;
  /** The name under which the host finds this runtime in the isolated world. */
  runtimeName: string;
  /** Longer texts are sent in pieces of this many characters: one message of 120 MB ends the connection. */
  pieceCharacters: number;
  /** True when a person can see the window, and reach keys that Electron's windows do not have. */
  isVisible: boolean;
  /** The sandboxed preload's `process`. */
  process: { platform: string; arch: string; versions: NodeJS.ProcessVersions };
}

/** Text from this world to the host. `args` and `value` are codec texts. */
export type UpMessage =
  | { kind: 'hello' }
  | { kind: 'preload-error'; message: string }
  | { kind: 'send'; channel: string; args: string; url: string }
  | { kind: 'invoke'; id: number; channel: string; args: string; url: string }
  | { kind: 'bounds'; x: number; y: number; width: number; height: number }
  | { kind: 'focus'; isFocused: boolean }
  | { kind: 'answer'; id: number; value: string };

/** Text from the host to this world. */
export type DownMessage =
  | { kind: 'event'; channel: string; args: string }
  | { kind: 'result'; id: number; isFulfilled: boolean; value: string };

/** Questions answered while the page waits. */
export type SyncRequest =
  | { secret: string; kind: 'path' }
  | { secret: string; kind: 'open'; url: string; frameName: string; features: string };

/** The arguments of a sandboxed preload's module wrapper, in order. */
export const PRELOAD_PARAMETERS = [
  'require',
  'process',
  'Buffer',
  'global',
  'setImmediate',
  'clearImmediate',
  'exports',
  'module',
];

/** Injected as source text: must stay self-contained. */
export function startIsolatedWorld(
  configuration: RuntimeConfiguration,
  codec: Codec,
  bridge: Bridge,
  preload: ((...values: unknown[]) => void) | null,
): void {
  type Listener = (event: object, ...values: unknown[]) => void;
  type Text = (text: string) => void;
  const { secret, pieceCharacters } = configuration;
  const toHost = Reflect.get(globalThis, configuration.binding) as Text;
  const listeners = new Map<string, { listener: Listener; isOnce: boolean }[]>();
  const pending = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let lastInvoke = 0;
  let received = '';

  function post(message: UpMessage): void {
    const text = JSON.stringify(message);
    for (let at = 0; at < text.length; at += pieceCharacters) {
      const isLast = at + pieceCharacters >= text.length;
      toHost((isLast ? '.' : '+') + text.slice(at, at + pieceCharacters));
    }
  }

  function notImplemented(api: string): Error {
    return new Error(`electron-host: ${api} is not implemented`);
  }

  function guard(label: string, members: object): object {
    return new Proxy(members, {
      get(target, property, receiver): unknown {
        if (typeof property === 'symbol' || property in target || property === 'then' || property === 'toJSON') {
          return Reflect.get(target, property, receiver);
        }
        throw notImplemented(`${label}.${property}`);
      },
    });
  }

  /** The host reads `_request`, may look at `_subject`, writes into `reply` and lets the page go on. */
  function electronHostSync(_request: string, _subject: unknown): unknown {
    const reply: { value: unknown } = { value: null };
    // oxlint-disable-next-line no-debugger -- this pause is how the page waits for the host's answer
    debugger;
    return reply.value;
  }

  /** What came while the page waited for an answer: in Electron it comes afterwards, and the page could not be called now. */
  let held: DownMessage[] | null = null;

  function ask(request: SyncRequest, subject: unknown): unknown {
    held ??= [];
    try {
      return electronHostSync(JSON.stringify(request), subject);
    } finally {
      queueMicrotask(release);
    }
  }

  function release(): void {
    const messages = held ?? [];
    held = null;
    for (const message of messages) deliver(message);
  }

  const ipcRenderer = guard('ipcRenderer', {
    send(channel: string, ...values: unknown[]) {
      post({ kind: 'send', channel, args: codec.encode(values), url: location.href });
    },
    invoke(channel: string, ...values: unknown[]) {
      return new Promise((resolve, reject) => {
        const args = codec.encode(values);
        lastInvoke += 1;
        pending.set(lastInvoke, { resolve, reject });
        post({ kind: 'invoke', id: lastInvoke, channel, args, url: location.href });
      });
    },
    on: (channel: string, listener: Listener) => add(channel, listener, false),
    addListener: (channel: string, listener: Listener) => add(channel, listener, false),
    once: (channel: string, listener: Listener) => add(channel, listener, true),
    off: (channel: string, listener: Listener) => remove(channel, listener),
    removeListener: (channel: string, listener: Listener) => remove(channel, listener),
    removeAllListeners: (channel?: string) => {
      if (channel === undefined) listeners.clear();
      else listeners.delete(channel);
      return ipcRenderer;
    },
    listenerCount: (channel: string) => listeners.get(channel)?.length ?? 0,
  });

  function add(channel: string, listener: Listener, isOnce: boolean): object {
    listeners.set(channel, [...(listeners.get(channel) ?? []), { listener, isOnce }]);
    return ipcRenderer;
  }

  function remove(channel: string, listener: Listener): object {
    const entries = [...(listeners.get(channel) ?? [])];
    const at = entries.findLastIndex((entry) => entry.listener === listener);
    if (at !== -1) entries.splice(at, 1);
    listeners.set(channel, entries);
    return ipcRenderer;
  }

  function deliver(message: DownMessage): void {
    if (message.kind === 'result') {
      const waiting = pending.get(message.id);
      pending.delete(message.id);
      const value = codec.decode(message.value);
      if (message.isFulfilled) waiting?.resolve(value);
      else waiting?.reject(new Error(String(value)));
      return;
    }
    const values = codec.decode(message.args);
    // add and remove replace the list, so that a listener may take itself off while it is called.
    for (const entry of listeners.get(message.channel) ?? []) {
      if (entry.isOnce) remove(message.channel, entry.listener);
      try {
        entry.listener({ sender: ipcRenderer, senderId: 0, ports: [] }, ...(values as unknown[]));
      } catch (error) {
        reportError(error);
      }
    }
  }

  Object.defineProperty(globalThis, configuration.runtimeName, {
    value: {
      receive(piece: string, isLast: boolean) {
        received += piece;
        if (!isLast) return;
        const text = received;
        received = '';
        const message = JSON.parse(text) as DownMessage;
        if (held === null) deliver(message);
        else held.push(message);
      },
      answer(id: number, value: unknown) {
        post({ kind: 'answer', id, value: codec.encode(value) });
      },
    },
  });

  bridge.offer('open', (url, frameName, features) =>
    ask({ secret, kind: 'open', url: String(url), frameName: String(frameName), features: String(features) }, null),
  );

  const electron = guard('electron (in a sandboxed preload)', {
    contextBridge: guard('contextBridge', {
      exposeInMainWorld(key: string, api: unknown) {
        bridge.call('expose', [key, api]);
      },
    }),
    ipcRenderer,
    webUtils: guard('webUtils', {
      getPathForFile(file: unknown) {
        if (!(file instanceof File)) throw new TypeError('getPathForFile expected a File');
        return String(ask({ secret, kind: 'path' }, file));
      },
    }),
  });

  function require(name: string): unknown {
    if (name === 'electron' || name === 'electron/renderer' || name === 'electron/common') return electron;
    if (['events', 'timers', 'url', 'node:events', 'node:timers', 'node:url'].includes(name)) {
      throw notImplemented(`require('${name}') in a sandboxed preload`);
    }
    throw new Error(`module not found: ${name}`);
  }

  /** A link that opens elsewhere than in this window: Electron asks the window-open handler instead of opening it. */
  function onClick(event: Event): void {
    if (!(event instanceof MouseEvent) || event.defaultPrevented) return;
    const link = event
      .composedPath()
      .find((node) => node instanceof HTMLAnchorElement || node instanceof HTMLAreaElement);
    if (link === undefined || link.href === '') return;
    const isElsewhere = link.target !== '' && !/^_(self|top|parent)$/i.test(link.target);
    const isModified = event.ctrlKey || event.metaKey || event.shiftKey || event.button === 1;
    if (!isElsewhere && !isModified) return;
    event.preventDefault();
    ask({ secret, kind: 'open', url: link.href, frameName: link.target, features: '' }, null);
  }
  addEventListener('click', onClick);
  addEventListener('auxclick', onClick);

  // Keys of Chromium's app windows that an Electron window does not have unless its menu says so.
  if (configuration.isVisible) {
    addEventListener('keydown', (event) => {
      const isReload = event.key === 'F5' || ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'r');
      const isNewWindow = (event.ctrlKey || event.metaKey) && ['n', 't'].includes(event.key.toLowerCase());
      if (isReload || isNewWindow) event.preventDefault();
    });
  }
  addEventListener('focus', () => post({ kind: 'focus', isFocused: true }));
  addEventListener('blur', () => post({ kind: 'focus', isFocused: false }));
  addEventListener('resize', () => {
    post({ kind: 'bounds', x: screenX, y: screenY, width: outerWidth, height: outerHeight });
  });
  post({ kind: 'hello' });
  if (preload === null) return;
  try {
    const module = { exports: {} };
    const process = guard('process (in a sandboxed preload)', {
      ...configuration.process,
      type: 'renderer',
      sandboxed: true,
      contextIsolated: true,
    });
    const later = (callback: () => void): unknown => setTimeout(callback, 0);
    const buffer = guard('Buffer (in a sandboxed preload)', {});
    preload(require, process, buffer, globalThis, later, clearTimeout, module.exports, module);
  } catch (error) {
    post({ kind: 'preload-error', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}
