import type { ApiRequest } from '../answer.ts';
import { isRecord } from '../body.ts';
import { toKebab } from '../inflection.ts';
import { badRequest, type Reply } from './reply.ts';

export interface Parsed {
  readonly values: Readonly<Record<string, unknown>>;
  readonly meta: Readonly<Record<string, unknown>>;
}

/**
 * `data.attributes` (and `meta`) of a request in any of the three casings, as kebab. `known`: the attributes of its request
 * schema, which says additionalProperties: false; `rejectsForeign`: others are refused.
 */
export function attributesOf(
  request: ApiRequest,
  known: readonly string[],
  { rejectsForeign, knownMeta = [] }: { rejectsForeign: boolean; knownMeta?: readonly string[] },
): Parsed | Reply {
  if (request.body.form === 'none') return badRequest('data is missing');
  if (request.body.form === 'broken' || request.body.form === 'urlencoded') {
    return badRequest('The request body could not be read');
  }
  const body = toKebab(request.body.value);
  if (!isRecord(body) || body['data'] === undefined) return badRequest('data is missing');
  const { data } = body;
  if (!isRecord(data)) return badRequest('data must be an object');
  const attributes = data['attributes'] ?? {};
  if (!isRecord(attributes)) return badRequest('data.attributes must be an object');
  const meta = body['meta'] ?? {};
  if (!isRecord(meta)) return badRequest('meta must be an object');
  if (rejectsForeign) {
    const foreign =
      foreignName(body, knownMeta.length === 0 ? ['data'] : ['data', 'meta'], '') ??
      foreignName(data, ['attributes'], 'data.') ??
      foreignName(attributes, known, 'data.attributes.') ??
      foreignName(meta, knownMeta, 'meta.');
    if (foreign !== null) return badRequest(`${foreign.replaceAll('-', '_')} is not permitted`);
  }
  return { values: attributes, meta };
}

function foreignName(
  value: Readonly<Record<string, unknown>>,
  known: readonly string[],
  prefix: string,
): string | null {
  const name = Object.keys(value).find((key) => !known.includes(key));
  return name === undefined ? null : prefix + name;
}

/** A text that must be there, may be there, or is refused for what it is. */
export function textOf(values: Parsed['values'], name: string, isRequired: boolean): string | null | Reply {
  const value = values[name];
  const where = `data.attributes.${name.replaceAll('-', '_')}`;
  if (value === undefined || value === null) return isRequired ? badRequest(`${where} is missing`) : null;
  if (typeof value !== 'string') return badRequest(`${where} must be a string`);
  return value === '' ? badRequest(`${where} must be filled`) : value;
}
