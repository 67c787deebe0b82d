// Functions injected as source text must hold all they need, and can import no helper for what they read.
// oxlint-disable unicorn/consistent-function-scoping, typescript/no-unsafe-type-assertion

/**
 * Joins a page's main world and the preload's isolated world, as Electron's contextBridge does. Both worlds share DOM
 * events, and a CustomEvent's `detail` is structured-cloned across them synchronously; functions, promises and errors
 * would not survive that, so they travel as references beside the value.
 * `createBridge` is injected into both worlds as source text, so it must stay self-contained.
 */

/** One world's end of the bridge. */
export interface Bridge {
  /** Calls one of the other world's well-known functions and returns (or throws) what it returned (or threw). */
  call: (name: string, values: unknown[]) => unknown;
  /** Offers a well-known function to the other world. */
  offer: (name: string, listener: (...values: unknown[]) => unknown) => void;
}

/** Creates the end of `side`. `secret` names the events; the page cannot guess it. */
export function createBridge(secret: string, side: 'main' | 'isolated'): Bridge {
  type Callable = (...values: unknown[]) => unknown;
  interface Reference {
    path: (string | number)[];
    kind: 'function' | 'original' | 'promise' | 'error';
    id: string;
    error?: { name: string; message: string; stack: string };
  }
  interface Packed {
    value: unknown;
    references: Reference[];
  }
  type Message =
    | { type: 'call'; id: string; values: Packed }
    | { type: 'return' | 'throw'; value: Packed }
    | { type: 'settle'; id: string; isFulfilled: boolean; value: Packed };

  const otherSide = side === 'main' ? 'isolated' : 'main';
  // Taken now, before page code can replace them.
  const dispatch = EventTarget.prototype.dispatchEvent.bind(globalThis);
  const CustomEventClass = CustomEvent;
  const functions = new Map<string, Callable>();
  const idsOfProxies = new WeakMap<object, string>();
  const promises = new Map<string, { resolve: (value: unknown) => void; reject: (reason: unknown) => void }>();
  const answers: Message[] = [];
  let lastId = 0;

  function isPlain(value: unknown): value is Record<string, unknown> {
    return Object.prototype.toString.call(value) === '[object Object]';
  }

  function newId(): string {
    lastId += 1;
    return `${side}:${lastId}`;
  }

  function pack(root: unknown): Packed {
    const references: Reference[] = [];
    const copies = new Map<object, unknown>();
    function copy(value: unknown, path: (string | number)[]): unknown {
      if (typeof value === 'symbol') throw new Error('An object could not be cloned.');
      if (typeof value === 'function') {
        const original = idsOfProxies.get(value);
        const id = original ?? newId();
        if (original === undefined) functions.set(id, value as Callable);
        references.push({ path, kind: original === undefined ? 'function' : 'original', id });
        return null;
      }
      if (value instanceof Promise) {
        const id = newId();
        references.push({ path, kind: 'promise', id });
        value.then(
          (result: unknown) => settle(id, true, result),
          (reason: unknown) => settle(id, false, reason),
        );
        return null;
      }
      if (value instanceof Error) {
        const { name, message, stack } = value;
        references.push({ path, kind: 'error', id: '', error: { name, message, stack: stack ?? '' } });
        return null;
      }
      if (!Array.isArray(value) && !isPlain(value)) return value;
      if (copies.has(value)) return copies.get(value);
      const target: unknown = Array.isArray(value) ? [] : {};
      copies.set(value, target);
      for (const [key, entry] of Object.entries(value)) {
        const made = copy(entry, [...path, key]);
        Object.defineProperty(target, key, { value: made, writable: true, enumerable: true, configurable: true });
      }
      return target;
    }
    return { value: copy(root, []), references };
  }

  function makeReference(reference: Reference): unknown {
    switch (reference.kind) {
      case 'original':
        return functions.get(reference.id);
      case 'promise':
        return new Promise((resolve, reject) => promises.set(reference.id, { resolve, reject }));
      case 'error': {
        const error = new Error(reference.error?.message);
        if (reference.error && reference.error.name !== 'Error') {
          Object.defineProperty(error, 'name', { value: reference.error.name, configurable: true, writable: true });
        }
        Object.defineProperty(error, 'stack', { value: reference.error?.stack, configurable: true, writable: true });
        return error;
      }
      case 'function':
      default: {
        const proxy = (...values: unknown[]): unknown => request(reference.id, values);
        idsOfProxies.set(proxy, reference.id);
        return proxy;
      }
    }
  }

  function unpack(packed: Packed): unknown {
    const holder: Record<string | number, unknown> = { root: packed.value };
    for (const reference of packed.references) {
      let at = holder;
      let key: string | number = 'root';
      for (const step of reference.path) {
        at = at[key] as Record<string | number, unknown>;
        key = step;
      }
      at[key] = makeReference(reference);
    }
    return holder['root'];
  }

  function post(message: Message): void {
    let event: CustomEvent<Message>;
    try {
      event = new CustomEventClass(`${secret}:${otherSide}`, { detail: message });
    } catch {
      throw new Error('An object could not be cloned.');
    }
    dispatch(event);
  }

  function settle(id: string, isFulfilled: boolean, value: unknown): void {
    let packed: Packed;
    try {
      packed = pack(value);
    } catch (error) {
      isFulfilled = false;
      packed = pack(error);
    }
    post({ type: 'settle', id, isFulfilled, value: packed });
  }

  function request(id: string, values: unknown[]): unknown {
    const depth = answers.length;
    post({ type: 'call', id, values: pack(values) });
    // No answer: the other world could not read the message, which means it holds something not cloneable.
    const answer = answers.length > depth ? answers.pop() : undefined;
    if (answer === undefined) throw new Error('An object could not be cloned.');
    if (answer.type === 'throw') throw unpack(answer.value);
    return answer.type === 'return' ? unpack(answer.value) : undefined;
  }

  function respond(message: { id: string; values: Packed }): void {
    let answer: Message;
    try {
      const values = unpack(message.values);
      const target = functions.get(message.id);
      if (target === undefined) throw new Error('The function is gone.');
      answer = { type: 'return', value: pack(target(...(values as unknown[]))) };
    } catch (error) {
      answer = { type: 'throw', value: pack(error) };
    }
    post(answer);
  }

  function receive(message: Message | null): void {
    if (message === null) return;
    if (message.type === 'call') respond(message);
    else if (message.type === 'settle') {
      const waiting = promises.get(message.id);
      promises.delete(message.id);
      if (message.isFulfilled) waiting?.resolve(unpack(message.value));
      else waiting?.reject(unpack(message.value));
    } else answers.push(message);
  }

  globalThis.addEventListener(`${secret}:${side}`, (event) => {
    event.stopImmediatePropagation();
    if (event instanceof CustomEventClass) receive(event.detail as Message | null);
  });

  return {
    call: (name, values) => request(`${otherSide}:${name}`, values),
    offer: (name, listener) => {
      functions.set(`${side}:${name}`, listener);
    },
  };
}
