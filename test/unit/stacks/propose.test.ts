import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StackEdit, StackSettings } from '../../../shared/domain/index.ts';
import { proposeStack } from '../../../shared/stacks/index.ts';
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
