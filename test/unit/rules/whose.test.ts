import { describe, expect, it } from 'vitest';
import { Subject } from '../../../shared/domain/index.ts';
import { disagreementsOf } from '../../../shared/identity/index.ts';
import { en } from '../../../shared/messages/index.ts';
import { isOverridable, preflight } from '../../../shared/rules/index.ts';
import {
  BILL,
  PASSPORT,
  SELFIE,
  SUBJECT,
  found,
  persona,
  personr,
  photos,
  read,
  sumsub,
} from '../../support/rule-inputs.ts';
import { rulePage as page } from '../../support/rule-pages.ts';

describe('whose the pages are', () => {
  const wrong = { familyName: 'Other', documentExpiryDate: '2031-01-01' };
  const typed = { ...SUBJECT, documentExpiryDate: '2030-01-01' };
  const inputs = {
    agreeing: persona({ pages: [read(PASSPORT), read(BILL)] }),
    disagreeing: persona({ pages: [read(PASSPORT, wrong), page(BILL)], subject: typed }),
    mixed: persona({ pages: [read(PASSPORT), read(BILL, wrong)], subject: Subject.parse({ reference: 'B-1' }) }),
    filled: persona({
      unconfirmed: {
        givenName: { pageId: 'p', source: 'mrz', confidence: 0.9, isChecked: false, mayGoOn: false },
        birthDate: { pageId: 'p', source: 'mrz', confidence: 0.9, isChecked: true, mayGoOn: false },
      },
    }),
    checked: persona({
      unconfirmed: { birthDate: { pageId: 'p', source: 'mrz', confidence: 0.4, isChecked: true, mayGoOn: false } },
    }),
    known: persona({
      pages: [page(PASSPORT, { sameNumberReference: 'K-1' }), page(BILL, { sameNumberReference: '' })],
    }),
    abroad: personr({ pages: [read(PASSPORT, { country: 'AUT' }), page(SELFIE)] }),
    abroadAtPersona: photos({ pages: [read(PASSPORT, { country: 'AUT' }), page(BILL)] }),
    abroadAtSumsub: sumsub({ pages: [read(PASSPORT, { country: 'AUT' }), page(SELFIE)] }),
  };

  it.each([
    ['agreeing', []],
    [
      'disagreeing',
      [
        ['identity.disagrees', 'blocking'],
        ['identity.otherExpiry', 'warning'],
      ],
    ],
    ['filled', [['subject.unconfirmed', 'warning']]],
    ['checked', []],
    [
      'known',
      [
        ['identity.sameNumber', 'warning'],
        ['identity.sameNumberUnnamed', 'warning'],
      ],
    ],
    ['abroad', [['personr.country.differs', 'warning']]],
    ['abroadAtPersona', [['persona.country.differs', 'warning']]],
    ['abroadAtSumsub', [['sumsub.country.differs', 'warning']]],
  ] as const)('%s', (name, rules) => {
    expect(found(inputs[name])).toEqual(rules);
  });

  it('is never overridden, and a decision is for one value and amber', () => {
    const findings = preflight(inputs.mixed).filter(({ rule }) => rule.startsWith('identity.'));
    expect(findings.map(({ rule }) => rule)).toEqual(['identity.pagesDisagree']);
    expect(findings.some(isOverridable)).toBe(false);
    const [one] = disagreementsOf(inputs.disagreeing);
    const decided = new Set([one?.id ?? '']);
    expect(found({ ...inputs.disagreeing, decided })).toEqual([
      ['identity.decided', 'warning'],
      ['identity.otherExpiry', 'warning'],
    ]);
    const subject = { ...typed, familyName: 'Musterfrau' };
    expect(found({ ...inputs.disagreeing, decided, subject })[0]).toEqual(['identity.disagrees', 'blocking']);
  });

  it('does not matter to the country of a provider that is not sent one', () => {
    expect(found(persona({ pages: [read(PASSPORT, { country: 'AUT' }), page(BILL)] }))).toEqual([]);
    const documents = [{ requirementId: 'identity', documentType: 'passport', country: 'AUT' }] as const;
    expect(found({ ...inputs.abroad, documents })).toEqual([]);
  });

  it('has two sentences for each, without a value in them', () => {
    for (const input of Object.values(inputs)) {
      for (const { rule, params } of preflight(input)) {
        expect([rule, en[`finding.${rule}`] ?? en[`finding.${rule}_other`], en[`finding.${rule}.next`]]).toEqual([
          rule,
          expect.any(String),
          expect.any(String),
        ]);
        expect(JSON.stringify(params)).not.toMatch(/Erika|Mustermann|Other|2031/);
      }
    }
  });
});
