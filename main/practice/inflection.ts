import { isReceivedFile, isRecord } from './body.ts';

export type Inflection = 'kebab' | 'camel' | 'snake';

export function isInflection(text: string): text is Inflection {
  return text === 'kebab' || text === 'camel' || text === 'snake';
}

function kebab(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replaceAll('_', '-');
}

function inflectKey(key: string, inflection: Inflection): string {
  if (inflection === 'snake') return key.replaceAll('-', '_');
  if (inflection === 'camel') return key.replace(/-([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
  return key;
}

function mapKeys(value: unknown, map: (key: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => mapKeys(item, map));
  if (!isRecord(value) || isReceivedFile(value)) return value;
  return Object.fromEntries(
    // The names inside `fields` are the customer's own and stay as they are.
    Object.entries(value).map(([key, inner]) => [map(key), key === 'fields' ? inner : mapKeys(inner, map)]),
  );
}

/** Casing of an answer: keys only, never the keys inside `fields`. */
export function inflect(value: unknown, inflection: Inflection): unknown {
  return mapKeys(value, (key) => inflectKey(key, inflection));
}

/** A request in any of the three casings, as kebab. */
export function toKebab(value: unknown): unknown {
  return mapKeys(value, kebab);
}
