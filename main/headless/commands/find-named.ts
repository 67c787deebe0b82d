import { SatchelFailure } from '../../../shared/util/failure.ts';

/**
 * The first that is the one a person named. Throws `SatchelFailure` with the sentence of `code`, which gets the wanted name and
 * those that there are.
 */
export function findNamed<Item extends { readonly name: string }>(
  all: readonly Item[],
  wanted: string,
  code: string,
  isMeant: (item: Item) => boolean,
): Item {
  const found = all.find(isMeant);
  if (found !== undefined) return found;
  const known = all.map(({ name }) => name).join(', ') || 'none';
  throw new SatchelFailure({ code: 'not_found', message: { code, params: { name: wanted, known } } });
}
