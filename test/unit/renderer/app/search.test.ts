import { expect, it } from 'vitest';
import { fitsSearch } from '../../../../renderer/app/search.ts';

it('finds by the beginnings of words, without case and accents', () => {
  expect(fitsSearch('Release batch', 'ba re')).toBe(true);
  expect(fitsSearch('Größere Ansicht', 'grossere')).toBe(false);
  expect(fitsSearch('Größere Ansicht', 'große')).toBe(true);
  expect(fitsSearch('Zoë', 'zoe')).toBe(true);
  expect(fitsSearch('Release batch', 'atch')).toBe(false);
  expect(fitsSearch('Release batch', ' ')).toBe(true);
});
