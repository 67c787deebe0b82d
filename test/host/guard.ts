/** Makes everything outside the implemented subset fail by name instead of quietly doing nothing. */

import { EventEmitter } from 'node:events';
import { trusted } from './trusted.ts';

/** The error for every part of Electron's API that the host does not have. */
export function notImplemented(api: string): Error {
  return new Error(`electron-host: ${api} is not implemented`);
}

/**
 * Names that JavaScript itself, Node's inspector or a test runner look up on any object (is it a promise, how does it
 * print, is it an element). They must read as undefined, as they would on Electron's own objects.
 */
const PROBED_NAMES = new Set([
  'then',
  'catch',
  'toJSON',
  'constructor',
  'inspect',
  'nodeType',
  'tagName',
  'asymmetricMatch',
  'domain',
  '__esModule',
  '$$typeof',
  'default',
]);

/** The next link of a guarded object's prototype chain: known members come from `base`, unknown ones throw by name. */
function throwing<T extends object>(label: string, base: T): T {
  return new Proxy(base, {
    get(target, property, receiver): unknown {
      if (typeof property === 'symbol' || property in target || PROBED_NAMES.has(property)) {
        return Reflect.get(target, property, receiver);
      }
      throw notImplemented(`${label}.${property}`);
    },
  });
}

/** Gives a module-like object (`dialog`, `shell`) a prototype that throws for every member it does not have. */
export function guardObject<T extends object>(label: string, members: T): T {
  Object.setPrototypeOf(members, throwing(label, Object.prototype));
  return members;
}

/**
 * Makes the instances and the static side of a class throw for every member they do not have. The guard sits between
 * the class and its base, so it is asked only for what the class itself lacks.
 */
export function guardClass(label: string, target: { prototype: object }): void {
  const base: unknown = Object.getPrototypeOf(target.prototype);
  // An extra link, so that `instanceof` still finds the base's own prototype behind the guard.
  const link: unknown = Object.create(isObject(base) ? base : null);
  if (isObject(link)) Object.setPrototypeOf(target.prototype, throwing(label, link));
  const staticBase: unknown = Object.getPrototypeOf(target);
  if (isObject(staticBase)) Object.setPrototypeOf(target, throwing(label, staticBase));
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** A stand-in for a whole export (`Tray`, `autoUpdater`): importing it is allowed, any use throws. */
export function missingExport(name: string): unknown {
  const refuse = (): never => {
    throw notImplemented(name);
  };
  return new Proxy(function missing() {}, {
    apply: refuse,
    construct: refuse,
    set: refuse,
    get(_target, property): unknown {
      if (typeof property === 'symbol' || PROBED_NAMES.has(property)) return undefined;
      throw notImplemented(`${name}.${property}`);
    },
  });
}

/** Throws unless `event` is one the host knows how to emit (or that cannot happen here and is listed as such). */
function checkEvent(label: string, events: ReadonlySet<string>, event: string | symbol): void {
  if (typeof event === 'string' && !events.has(event)) throw notImplemented(`${label} event '${event}'`);
}

/** An event emitter which refuses listeners for events it will never emit, so that a missing event is noticed. */
export class HostEmitter extends EventEmitter {
  readonly #label: string;
  readonly #events: ReadonlySet<string>;

  constructor(label: string, events: ReadonlySet<string>) {
    super();
    this.#label = label;
    this.#events = new Set([...events, 'newListener', 'removeListener', 'error']);
  }

  override on(event: string | symbol, listener: (...values: never[]) => void): this {
    checkEvent(this.#label, this.#events, event);
    return super.on(event, trusted<(...values: unknown[]) => void>(listener));
  }

  override addListener(event: string | symbol, listener: (...values: never[]) => void): this {
    return this.on(event, listener);
  }

  override once(event: string | symbol, listener: (...values: never[]) => void): this {
    checkEvent(this.#label, this.#events, event);
    return super.once(event, trusted<(...values: unknown[]) => void>(listener));
  }

  override prependListener(event: string | symbol, listener: (...values: never[]) => void): this {
    checkEvent(this.#label, this.#events, event);
    return super.prependListener(event, trusted<(...values: unknown[]) => void>(listener));
  }
}

/** Electron's event object: what a listener gets first, and calls preventDefault on. */
export interface HostEvent {
  preventDefault: () => void;
  readonly defaultPrevented: boolean;
}

/** Makes an event object carrying `details` (Electron puts an event's parameters on the event itself). */
export function createEvent<T extends object>(details: T): HostEvent & T {
  let prevented = false;
  const event = {
    preventDefault: () => {
      prevented = true;
    },
    get defaultPrevented() {
      return prevented;
    },
  };
  return Object.assign(event, details);
}
