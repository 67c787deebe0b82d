import { z } from 'zod';

const Json = z.json();

/**
 * One text for one value: keys sorted by UTF-16 code unit, no white space, undefined members left out (as
 * `JSON.stringify` does). Hashes are taken over it, so two writers of the same row must agree to the byte.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(Json.parse(JSON.parse(JSON.stringify(value)))));
}

function sorted(value: z.infer<typeof Json>): z.infer<typeof Json> {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  );
}
