/** An element as it was parsed, or the text of one that holds nothing else. */
export type XmlElement = string | object;

export function isElement(value: unknown): value is XmlElement {
  return typeof value === 'string' || (typeof value === 'object' && value !== null);
}

/** Every child of this name, in order. */
export function children(element: XmlElement | null, name: string): XmlElement[] {
  if (typeof element !== 'object' || element === null || !Object.hasOwn(element, name)) return [];
  const found: unknown = Reflect.get(element, name);
  const all: readonly unknown[] = Array.isArray(found) ? found : [found];
  return all.filter(isElement);
}

/** The first element along a path of names; null: there is none. */
export function child(element: XmlElement | null, ...path: readonly string[]): XmlElement | null {
  let at = element;
  for (const name of path) {
    const [first] = children(at, name);
    if (first === undefined) return null;
    at = first;
  }
  return at;
}

/** The text of the first element along a path; null when there is none. An element with attributes has it inside. */
export function textOf(element: XmlElement | null, ...path: readonly string[]): string | null {
  const found = child(element, ...path);
  if (typeof found === 'string') return found.trim();
  const inner = child(found, '#text');
  return typeof inner === 'string' ? inner.trim() : null;
}

/** The texts of every child of this name. */
export function textsOf(element: XmlElement | null, name: string): string[] {
  return children(element, name).flatMap((found) => textOf({ found }, 'found') ?? []);
}

/** A whole number that is not negative; null when there is none. */
export function numberOf(element: XmlElement | null, ...path: readonly string[]): number | null {
  const text = textOf(element, ...path);
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;
}
