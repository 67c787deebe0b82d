import type { PracticeState } from '../state.ts';
import { badRequest, type Reply } from './reply.ts';
import type { PersonaRequest, ResourceObject } from './resource.ts';

const DEFAULT_SIZE = 10;
const MAX_SIZE = 100;

/** `filter[reference-id]=a,b` as a list; null when it is not asked for. Names may come in any casing. */
export function filterOf(request: PersonaRequest, name: string): readonly string[] | null {
  const text = request.query.get(`filter[${name}]`) ?? request.query.get(`filter[${name.replaceAll('-', '_')}]`);
  return text === null ? null : text.split(',');
}

/**
 * One page of a list, newest first: `page[size]` 1 to 100 (10 unless asked), `page[after]` and `page[before]` the id of an
 * object. The links are relative, with encoded brackets.
 */
export function pageOf<Row extends { readonly id: string }>(
  rows: readonly Row[],
  request: PersonaRequest,
  state: PracticeState,
  path: string,
  show: (row: Row) => ResourceObject,
): Reply {
  const asked = request.query.get('page[size]');
  const isFine = asked === null || (/^\d+$/.test(asked) && Number(asked) >= 1 && Number(asked) <= MAX_SIZE);
  if (!isFine && state.switches['persona.pageSizeOutOfRange'] === '400') {
    return badRequest('page.size must be between 1 and 100');
  }
  const size =
    asked === null ? DEFAULT_SIZE : Math.min(MAX_SIZE, Math.max(1, Math.trunc(Number(asked)) || DEFAULT_SIZE));
  const indexOf = (name: 'page[after]' | 'page[before]'): number | null => {
    const id = request.query.get(name);
    return id === null ? null : rows.findIndex((row) => row.id === id);
  };
  const after = indexOf('page[after]');
  const before = indexOf('page[before]');
  const from = after === null ? Math.max(0, (before ?? size) - size) : after + 1;
  const page = rows.slice(from, from + size);
  const link = (name: string, row: Row | undefined): string | null => {
    if (row === undefined) return null;
    const query = new URLSearchParams(request.query);
    query.delete('page[after]');
    query.delete('page[before]');
    query.set(name, row.id);
    return `/api/v1${path}?${query.toString()}`;
  };
  return {
    status: 200,
    body: {
      data: page.map((row) => show(row)),
      links: {
        prev: from === 0 ? null : link('page[before]', page[0]),
        next: from + size >= rows.length ? null : link('page[after]', page.at(-1)),
      },
    },
  };
}
