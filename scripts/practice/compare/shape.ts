/** What a recording says of a JSON value: the type at each path, never a value. */
export type Shape = Readonly<Record<string, readonly string[]>>;

const ROOT = '$';
/** Names of fields as both providers write them; `Modified Date` has a space. */
const FIELD_NAME = /^[A-Za-z][A-Za-z0-9_ -]{0,59}$/;
/** An id, a number or a long run of letters and digits in the place of a name: a map by id, say. */
const NOT_A_NAME = /\d{4,}|[a-z]{2,10}_[A-Za-z0-9]{12,}/;

/** The types at each path: `$.data.files[].url: string`. A name that may be somebody's data is written `*`. */
export function shapeOf(value: unknown): Shape {
  const found = new Map<string, Set<string>>();
  walk(value, ROOT, found);
  return Object.fromEntries(
    [...found]
      .map(([path, types]) => [path, [...types].sort()] as const)
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

/** A body that is not JSON, by its media type; or an empty one. */
export function shapeOfText(text: string, contentType: string): Shape {
  const [mediaType = ''] = contentType.split(';', 1);
  return { [ROOT]: [text === '' ? 'empty' : `not JSON: ${safeName(mediaType.replace('/', ' '))}`] };
}

export function safeName(name: string): string {
  return FIELD_NAME.test(name) && !NOT_A_NAME.test(name) ? name : '*';
}

function walk(value: unknown, path: string, found: Map<string, Set<string>>): void {
  const types = found.get(path) ?? new Set();
  found.set(path, types.add(typeOf(value)));
  if (Array.isArray(value)) {
    for (const item of value) walk(item, `${path}[]`, found);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, item] of Object.entries(value)) walk(item, `${path}.${safeName(name)}`, found);
  }
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
