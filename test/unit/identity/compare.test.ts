import { describe, expect, it } from 'vitest';
import { EMPTY_SUBJECT } from '../../../shared/domain/index.ts';
import type { DocumentReading, ReadField, UnconfirmedFields } from '../../../shared/domain/index.ts';
import { disagreementsOf } from '../../../shared/identity/index.ts';
import type { IdentityInput, ReadPage } from '../../../shared/identity/index.ts';

const ANNA = {
  givenName: 'Anna Maria',
  familyName: 'Mueller',
  birthDate: '1964-08-12',
  documentNumber: 'C01X00T47',
  companyName: '',
  registrationNumber: '',
  documentExpiryDate: '2031-02-28',
};
const QUALITY = { confidence: 0.9, isChecked: true, mayGoOn: false };

function reading(values: Partial<Record<ReadField, string>>): DocumentReading {
  const fields = Object.fromEntries(Object.entries(values).map(([field, value]) => [field, { value, ...QUALITY }]));
  return { source: 'mrz', fields };
}

function page(id: string, slot: string | null, values: Partial<Record<ReadField, string>> = {}): ReadPage {
  return { id, slot, readings: [reading({ ...ANNA, ...values })] };
}

const found = (input: Partial<IdentityInput>) =>
  disagreementsOf({ subject: EMPTY_SUBJECT, unconfirmed: {}, pages: [], decided: new Set(), ...input }).map(
    ({ field, first, second }) => `${field} ${first.pageId} ${second.pageId}`,
  );

const PASSPORT = 'identity/passport/single';
const PERMIT = 'permit/residence_permit/front';
const typed = { ...EMPTY_SUBJECT, ...ANNA };

describe('pages and fields of one customer', () => {
  it('agree when they say the same, in their own writings', () => {
    const subject = { ...typed, givenName: 'Anna', familyName: 'Müller', documentNumber: 'CO1X OOT47' };
    expect(found({ subject, pages: [page('a', PASSPORT), page('b', PERMIT)] })).toEqual([]);
  });

  it('disagree field by field', () => {
    const subject = {
      ...typed,
      givenName: 'Eva',
      birthDate: '1964-08-13',
      documentNumber: 'X',
      documentExpiryDate: '2031-03-28',
    };
    expect(found({ subject, pages: [page('a', PASSPORT)] })).toEqual([
      'givenName null a',
      'birthDate null a',
      'documentNumber null a',
      'documentExpiryDate null a',
    ]);
  });

  it('are each compared where several documents lie on one page, which say what is the same once', () => {
    const [readings] = [[{ ...ANNA, documentNumber: 'R7' }, ANNA].map(reading)];
    const both = { id: 'a', slot: PASSPORT, readings };
    expect(found({ subject: typed, pages: [both] })).toEqual([]);
    expect(found({ subject: { ...typed, familyName: 'Berg' }, pages: [both] })).toEqual(['familyName null a']);
    const other = { ...both, readings: [reading(ANNA), reading({ ...ANNA, familyName: 'Berg' })] };
    expect(found({ subject: typed, pages: [other] })).toEqual(['familyName null a']);
    // Of one of the page's documents the next page is, of another it is not.
    expect(found({ pages: [both, page('b', PASSPORT)] })).toEqual([]);
    expect(found({ pages: [both, page('b', PASSPORT, { documentNumber: 'X1' })] })).toEqual(['documentNumber a b']);
  });

  it('may have several documents with numbers of their own, and the field one of them', () => {
    const permit = page('b', PERMIT, { documentNumber: 'R7', documentExpiryDate: '2028-01-01' });
    expect(found({ subject: typed, pages: [page('a', PASSPORT), permit] })).toEqual([]);
    expect(found({ subject: { ...typed, documentNumber: 'R8' }, pages: [page('a', PASSPORT), permit] })).toEqual([
      'documentNumber null a',
    ]);
  });

  it('have one number on both sides of a document', () => {
    const sides = [page('a', 'identity/id_card/front'), page('b', 'identity/id_card/back', { documentNumber: 'R7' })];
    expect(found({ pages: sides })).toEqual(['documentNumber a b']);
  });

  it('are compared pair by pair', () => {
    const pages = [
      page('a', PASSPORT),
      page('b', PERMIT, { birthDate: '1999-01-01' }),
      page('c', 'selfie/selfie/single'),
    ];
    expect(found({ pages })).toEqual(['birthDate a b', 'birthDate b c']);
  });

  it('are not compared with what lies in the tray, or with what a page itself filled', () => {
    expect(found({ subject: typed, pages: [page('a', null, { familyName: 'Other' })] })).toEqual([]);
    const unconfirmed: UnconfirmedFields = { familyName: { pageId: 'gone', source: 'mrz', ...QUALITY } };
    const pages = [page('a', PASSPORT, { familyName: 'Other' })];
    expect(found({ subject: typed, unconfirmed, pages })).toEqual([]);
    expect(found({ subject: typed, pages })).toEqual(['familyName null a']);
  });

  it('name a disagreement by its values, so that a decision holds for them only', () => {
    const input = { unconfirmed: {}, pages: [page('a', PASSPORT)], subject: { ...typed, familyName: 'Huber' } };
    const [first] = disagreementsOf({ ...input, decided: new Set() });
    const decided = new Set([first?.id ?? '']);
    expect(disagreementsOf({ ...input, decided }).map(({ isDecided }) => isDecided)).toEqual([true]);
    const subject = { ...typed, familyName: 'Hubert' };
    expect(disagreementsOf({ ...input, subject, decided }).map(({ isDecided }) => isDecided)).toEqual([false]);
  });
});
