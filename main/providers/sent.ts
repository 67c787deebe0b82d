import { z } from 'zod';
import { Base64Content } from '../network/index.ts';

/** What every provider's requests have in common: the files in them, and a table of the calls that are made at all. */

/** A text that something is called by. */
export const SentText = z.string().min(1).max(300);
/** ISO 3166-1 alpha-3 (Persona has alpha-2). */
export const SentAlpha3 = z.string().regex(/^[A-Z]{3}$/);
/** What a file may be called: providers judge by its ending, and refuse contents of another type. */
export const SentFileName = z.string().regex(/^[a-z0-9-]{1,40}\.(jpg|png|pdf)$/);
/** Streamed, or (as it is read back from the wire) plain base64 without a `data:` prefix. */
export const SentContents = z.union([z.instanceof(Base64Content), z.base64().min(1)]);

/** How base64 of each type begins. */
const BEGINNINGS: ReadonlyMap<string, string> = new Map([
  ['jpg', '/9j/'],
  ['png', 'iVBORw0KGg'],
  ['pdf', 'JVBERi0'],
]);

/** A streamed file is named after the type that the vault knows of it. */
export function isOfItsType(fileName: string, contents: Base64Content | string): boolean {
  const beginning = BEGINNINGS.get(fileName.slice(fileName.lastIndexOf('.') + 1));
  return contents instanceof Base64Content || (beginning !== undefined && contents.startsWith(beginning));
}

/** One kind of call: to what it goes, what its query may hold, and whether it has a body. */
export interface CallShape {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** The whole path after the base URL, still encoded. */
  readonly path: RegExp;
  /** Of the query's values by name. Absent: there is none. */
  readonly query?: z.ZodType;
  /** Of the body as it is read back from the wire. Absent: there is none. */
  readonly body?: z.ZodType;
}

const NO_QUERY = z.strictObject({});

/**
 * The shape of a call by its method and its path with the query. A call that fits none is a fault of this program and never
 * leaves; the error names neither path nor query, which may hold a customer's reference.
 */
export function shapeOfCall<Shape extends CallShape>(
  shapes: Readonly<Record<string, Shape>>,
  method: string,
  pathAndQuery: string,
  hasBody: boolean,
): Shape {
  const [path = '', ...rest] = pathAndQuery.split('?');
  const shape = Object.values(shapes).find((known) => known.method === method && known.path.test(path));
  if (shape === undefined) throw new TypeError(`no ${method} call of this form is known`);
  const entries = [...new URLSearchParams(rest.join('?'))];
  const query = Object.fromEntries(entries);
  if (Object.keys(query).length !== entries.length) throw new TypeError('a query names one value twice');
  (shape.query ?? NO_QUERY).parse(query);
  if (hasBody !== (shape.body !== undefined)) throw new TypeError('a body where none belongs, or none where one does');
  return shape;
}
