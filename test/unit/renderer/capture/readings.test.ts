import { describe, expect, it } from 'vitest';
import { readInstead } from '../../../../renderer/features/capture/readings.ts';
import type { Disagreement, Finding } from '../../../../shared/domain/index.ts';
import { differencesOf } from '../../../../shared/identity/index.ts';
import { detailInTrouble } from '../attention/details.ts';

function disagreement(
  field: Disagreement['field'],
  [first, value]: readonly [string | null, string],
  [pageId, other]: readonly [string, string],
  isDecided = false,
): Disagreement {
  const severity = field === 'documentExpiryDate' ? 'warning' : 'blocking';
  return {
    id: `${field}${first}${pageId}`,
    field,
    severity,
    first: { pageId: first, value },
    second: { pageId, value: other },
    isDecided,
  };
}

const [model] = detailInTrouble().pages;
if (model === undefined) throw new Error('the model has no page');
const pages = [
  { ...model, id: 'selfie', slot: 'selfie/selfie/single' },
  { ...model, id: 'passport', slot: 'identity/passport/single' },
  { ...model, id: 'permit', slot: 'permit/residence_permit/front' },
];
const all = [
  disagreement('givenName', [null, 'Anna'], ['selfie', 'Eva']),
  disagreement('familyName', [null, 'Berg'], ['passport', 'Tal']),
  disagreement('familyName', [null, 'Berg'], ['permit', 'Bach']),
  disagreement('familyName', ['passport', 'Tal'], ['permit', 'Bach']),
  disagreement('documentExpiryDate', [null, '2030-01-01'], ['passport', '2031-01-01']),
  disagreement('birthDate', [null, '2000-01-01'], ['passport', '2000-01-02'], true),
];

describe('what pages say in the place of what was typed', () => {
  it('comes from one identity document only, and leaves out what was decided', () => {
    expect(readInstead({ disagreements: all, pages })).toEqual([
      { field: 'familyName', value: 'Tal' },
      { field: 'documentExpiryDate', value: '2031-01-01' },
    ]);
    expect(readInstead({ disagreements: all.slice(0, 1), pages })).toEqual([]);
  });

  it('comes from no page of two people, and from several documents on one page each field once', () => {
    const again = disagreement('familyName', [null, 'Berg'], ['passport', 'Tahl']);
    expect(readInstead({ disagreements: [...all.slice(0, 2), again], pages })).toEqual([
      { field: 'familyName', value: 'Tal' },
    ]);
    const place = { pageId: 'passport', slot: null, field: null };
    const findings: Finding[] = [{ ...place, rule: 'page.twoPeopleTogether', severity: 'blocking', params: {} }];
    const ofTwo = pages.map((page) => (page.id === 'passport' ? { ...page, findings } : page));
    expect(readInstead({ disagreements: all, pages: ofTwo })).toEqual([{ field: 'familyName', value: 'Bach' }]);
    const [name] = differencesOf([...all.slice(1, 2), again]);
    expect(name?.claims.map(({ value }) => value)).toEqual(['Berg', 'Tal', 'Tahl']);
  });

  it('is shown field by field, each place once', () => {
    expect(differencesOf(all)).toEqual([
      {
        field: 'givenName',
        claims: [
          { pageId: null, value: 'Anna' },
          { pageId: 'selfie', value: 'Eva' },
        ],
      },
      {
        field: 'familyName',
        claims: [
          { pageId: null, value: 'Berg' },
          { pageId: 'passport', value: 'Tal' },
          { pageId: 'permit', value: 'Bach' },
        ],
      },
    ]);
  });
});
