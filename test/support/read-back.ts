import type { SeenRequest } from './scripted-server.ts';

/** What the read-back tests of the providers' requests have in common. */

/** Every variant of a JSON value in which one object, at any depth, has one field too many; `isFree` names objects of open keys. */
export function withOneFieldMore(value: unknown, isFree: (key: string) => boolean = () => false): unknown[] {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return items.flatMap((item, index) => withOneFieldMore(item, isFree).map((variant) => items.with(index, variant)));
  }
  if (value === null || typeof value !== 'object') return [];
  const inside = Object.entries(value).flatMap(([key, item]) =>
    withOneFieldMore(item, isFree)
      .filter((variant) => !isFree(key) || !(variant !== null && typeof variant === 'object' && 'extra' in variant))
      .map((variant) => ({ ...value, [key]: variant })),
  );
  return [{ ...value, extra: 'x' }, ...inside];
}

/** A request's path and query below the API's own. */
export function pathBelow({ path }: SeenRequest, base: string): string {
  if (!path.startsWith(base)) throw new Error('a request to another API');
  return path.slice(base.length);
}
