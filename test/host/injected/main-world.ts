// Functions injected as source text must hold all they need, and can import no helper for what they read.
// oxlint-disable unicorn/consistent-function-scoping, typescript/no-unsafe-type-assertion

/** The part of the injected runtime that lives in the page's own world. */

import type { Bridge } from './bridge.ts';

/** Injected as source text: must stay self-contained. Leaves nothing behind but the exposed keys and `window.open`. */
export function startMainWorld(bridge: Bridge): void {
  function deepFreeze(value: unknown): unknown {
    const isComposite = (typeof value === 'object' && value !== null) || typeof value === 'function';
    if (!isComposite || ArrayBuffer.isView(value) || Object.isFrozen(value)) return value;
    Object.freeze(value);
    for (const entry of Object.values(value)) deepFreeze(entry);
    return value;
  }

  bridge.offer('expose', (key, api) => {
    const name = String(key);
    if (Object.hasOwn(globalThis, name)) {
      throw new Error('Cannot bind an API on top of an existing property on the window object');
    }
    Object.defineProperty(globalThis, name, { value: deepFreeze(api), enumerable: true });
  });

  // The decision must be known before Chromium creates the popup: closing one afterwards can hang its opener.
  const open = (url?: string | URL, target?: string, features?: string): null => {
    const absolute = url === undefined || url === '' ? 'about:blank' : new URL(url, document.baseURI).href;
    bridge.call('open', [absolute, target ?? '', features ?? '']);
    return null;
  };
  Object.defineProperty(globalThis, 'open', { value: open, writable: true, configurable: true, enumerable: true });
}
