import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DocumentReading } from '../../../shared/domain/index.ts';
import type { StackEdit, StackSettings } from '../../../shared/domain/index.ts';
import { peopleOf, proposeStack } from '../../../shared/stacks/index.ts';
import type { StackPage } from '../../../shared/stacks/index.ts';

/** `S` a separator, `_` a blank page, `W` a file with sheets of several customers, a letter the document of that person, a letter and `'` the back of their card, `.` any page. */
function pagesOf(text: string): StackPage[] {
  return text.split(' ').map((mark, index) => ({
    id: `${index}`,
    isSeparator: mark === 'S',
    isBlank: mark === '_',
    isOfSeveral: mark === 'W',
    identity: /^[a-z]/.test(mark) ? (mark[0] ?? null) : null,
    isCardBack: mark.endsWith("'"),
  }));
}

const by = (splitBy: StackSettings['splitBy'], pagesEach = 2): StackSettings => ({
  splitBy,
  pagesEach,
  expectedCustomers: null,
});

/** Page ids and why, for example `first 0 1 | separator 3`. */
function shown(text: string, settings: StackSettings, edits: Record<string, StackEdit> = {}): string {
  const { groups } = proposeStack(pagesOf(text), settings, edits);
  return groups.map(({ reason, pageIds }) => [reason, ...pageIds].join(' ')).join(' | ');
}

describe('a stack is parted', () => {
  it('where a separator lies; two of them, or one with a blank back, are one cut', () => {
    expect(shown('. . S . S _ S . .', by('separator'))).toBe('first 0 1 | separator 3 | separator 7 8');
    expect(shown('S . . S', by('separator'))).toBe('first 1 2');
  });

  it('after so many pages; blank ones are none, and a separator begins anew', () => {
    expect(shown('. _ . . _ . .', by('count'))).toBe('first 0 2 | count 3 5 | count 6');
    expect(shown('. . . S . . .', by('count'))).toBe('first 0 1 | count 2 | separator 4 5 | count 6');
  });

  it('where another person’s document lies', () => {
    expect(shown('a . b . . c', by('identity'))).toBe('first 0 1 | identity 2 3 4 | identity 5');
    expect(shown('. a a .', by('identity'))).toBe('first 0 1 2 3');
  });

  it('before the front of a card whose back says another name', () => {
    expect(shown(". a' . b' c . d'", by('identity'))).toBe('first 0 1 | identity 2 3 | identity 4 | identity 5 6');
  });

  it('as a person says, whatever it looks like', () => {
    expect(shown('. . S . .', by('separator'), { 1: 'cut', 3: 'join' })).toBe('first 0 | person 1 3 4');
    expect(shown('. S . _', by('separator'), { 1: 'keep', 3: 'keep', 2: 'aside' })).toBe('first 0 1 3');
    expect(shown('. . S . .', by('separator'), { 1: { with: '4' } })).toBe('first 0 | separator 3 4 1');
  });
});

describe('several documents', () => {
  interface Said {
    readonly family?: string | undefined;
    readonly given?: string | undefined;
    readonly born?: string | undefined;
    readonly mayGoOn?: boolean;
  }
  const reading = ({ family, given, born, mayGoOn = false }: Said): DocumentReading => {
    const said = Object.entries({ familyName: family, givenName: given, birthDate: born });
    const fields = said.flatMap(([field, value]) =>
      value === undefined ? [] : [[field, { value, confidence: 1, isChecked: false, mayGoOn }]],
    );
    const known: unknown = Object.fromEntries(fields);
    return DocumentReading.parse({ source: 'mrz', fields: known });
  };
  const ANNA: Said = { family: 'Müller', given: 'Anna Maria', born: '1984-08-12' };

  /** One page for each, with a document's number and what it says of its holder, or null for a page that says nothing. */
  function parted(pages: readonly (readonly [number: string, said: Said] | null)[]): string {
    const known = pages.flatMap((page, index) =>
      page === null ? [] : [{ pageId: `${index}`, number: page[0], reading: reading(page[1]) }],
    );
    const people = peopleOf(known);
    const stack = pagesOf(pages.map(() => '.').join(' ')).map((page) => ({
      ...page,
      identity: people.get(page.id) ?? null,
    }));
    const { groups } = proposeStack(stack, by('identity'), {});
    return groups.map(({ pageIds }) => pageIds.join(' ')).join(' | ');
  }

  it('of one person are one customer', () => {
    const permit = { ...ANNA, family: 'Mueller', given: 'Anna' };
    expect(parted([['P1', ANNA], ['R7', permit], null, ['P2', { ...ANNA, given: 'Bernd' }]])).toBe('0 1 2 | 3');
  });

  it('of people who were born on one day, or have one name, are of several', () => {
    expect(
      parted([
        ['P1', ANNA],
        ['P2', { ...ANNA, given: 'Bernd' }],
      ]),
    ).toBe('0 | 1');
    expect(
      parted([
        ['P1', ANNA],
        ['P2', { ...ANNA, born: '1985-08-12' }],
      ]),
    ).toBe('0 | 1');
  });

  it('are of several when it is in doubt whose they are', () => {
    const inOtherLetters = { ...ANNA, given: 'Άννα Μαρία' };
    for (const doubt of [
      inOtherLetters,
      { ...ANNA, born: undefined },
      { ...ANNA, given: undefined },
      { ...ANNA, mayGoOn: true },
      {},
    ]) {
      expect(
        parted([
          ['P1', ANNA],
          ['P2', doubt],
        ]),
      ).toBe('0 | 1');
      expect(
        parted([
          ['P1', doubt],
          ['P2', doubt],
        ]),
      ).toBe('0 | 1');
    }
  });

  it('with one number are one, whatever the names say', () => {
    expect(
      parted([
        ['P1', ANNA],
        ['P1', { family: 'Smudged' }],
      ]),
    ).toBe('0 1');
  });
});

it('lays a file with sheets of several customers into the tray, and lets nobody have what comes after it by mistake', () => {
  expect(shown('. . W . .', by('separator'))).toBe('first 0 1 | separator 3 4');
  expect(shown('. W .', by('separator'), { 1: 'keep' })).toBe('first 0 1 2');
  expect(proposeStack(pagesOf('. W .'), by('separator'), {}).tray).toEqual([{ pageId: '1', why: 'several' }]);
});

it('says why a page goes to nobody', () => {
  const { tray } = proposeStack(pagesOf('. S _ . .'), by('separator'), { 3: 'aside', 4: { with: '3' } });
  expect(tray).toEqual([
    { pageId: '1', why: 'separator' },
    { pageId: '2', why: 'blank' },
    { pageId: '3', why: 'person' },
    { pageId: '4', why: 'person' },
  ]);
});

it('loses no page and deals none twice, whatever is said', () => {
  const marks = fc.constantFrom('.', 'S', '_', 'a', 'b', "a'", "b'");
  const edit = fc.oneof(
    fc.constantFrom<StackEdit>('cut', 'join', 'aside', 'keep'),
    fc.nat(30).map((page): StackEdit => ({ with: `${page}` })),
  );
  fc.assert(
    fc.property(
      fc.array(marks, { minLength: 1, maxLength: 25 }),
      fc.dictionary(fc.nat(30).map(String), edit),
      fc.constantFrom<StackSettings['splitBy']>('separator', 'count', 'identity'),
      fc.integer({ min: 1, max: 4 }),
      (list, edits, splitBy, pagesEach) => {
        const pages = pagesOf(list.join(' '));
        const { groups, tray } = proposeStack(pages, by(splitBy, pagesEach), edits);
        const found = [...groups.flatMap(({ pageIds }) => pageIds), ...tray.map(({ pageId }) => pageId)];
        expect(found.toSorted()).toEqual(pages.map(({ id }) => id).toSorted());
        expect(groups.every(({ pageIds }) => pageIds.length > 0)).toBe(true);
      },
    ),
  );
});
