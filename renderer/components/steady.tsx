import { memo, useInsertionEffect, useState } from 'react';
import type { ReactNode } from 'react';

type Handler = (...given: unknown[]) => unknown;

/** React's own way to name what a component calls. */
const isHandler = (name: string, value: unknown): value is Handler =>
  /^on[A-Z]/.test(name) && typeof value === 'function';

const isPlain = (value: object): boolean => {
  const kind: unknown = Object.getPrototypeOf(value);
  return kind === Object.prototype || kind === Array.prototype;
};

/** Whether both say the same: options made anew from the same answer do. Anything but plain lists and records has to be the same one. */
export function saysTheSame(before: unknown, after: unknown): boolean {
  if (Object.is(before, after)) return true;
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null) return false;
  if (!isPlain(before) || !isPlain(after) || Array.isArray(before) !== Array.isArray(after)) return false;
  const [one, other] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  return (
    one.size === other.size && [...one].every(([key, value]) => other.has(key) && saysTheSame(value, other.get(key)))
  );
}

/** For each handler of a component one that lasts and calls the newest. */
class LastingHandlers {
  readonly #lasting = new Map<string, Handler>();
  #newest: object = {};

  /** From now on these are called. */
  follow(props: object): void {
    this.#newest = props;
  }

  of(props: object): Record<string, Handler> {
    const names = Object.entries(props).flatMap(([name, value]) => (isHandler(name, value) ? [name] : []));
    return Object.fromEntries(names.map((name) => [name, this.#lastingOne(name)]));
  }

  #lastingOne(name: string): Handler {
    const known = this.#lasting.get(name);
    if (known !== undefined) return known;
    const handler: Handler = (...given) => {
      const now: unknown = Reflect.get(this.#newest, name);
      return isHandler(name, now) ? now(...given) : undefined;
    };
    this.#lasting.set(name, handler);
    return handler;
  }
}

/**
 * The component, drawn again only when it would look different: what it calls (`on…`) may be another function in each drawing of its parent, and what it
 * lists may be made anew. For what costs much and changes seldom: React Aria's fields draw some forty components each, and their lists twice.
 */
export function steady<Props extends object>(Component: (props: Props) => ReactNode): (props: Props) => ReactNode {
  const Drawn = memo(Component, saysTheSame);
  return function Steady(props: Props) {
    const [handlers] = useState(() => new LastingHandlers());
    // Before any other effect may call one.
    useInsertionEffect(() => handlers.follow(props));
    return <Drawn {...props} {...handlers.of(props)} />;
  };
}
