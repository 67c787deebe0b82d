import { describe, expect, it } from 'vitest';
import { expiryOf } from '../../../main/capture/expiry.ts';

const identity = { requirementId: 'identity', documentType: 'passport' } as const;
const address = { requirementId: 'address', documentType: 'utility_bill' } as const;
const dated = { ...address, issuedOn: '2026-11-20' } as const;
const page = (slot: string | null, day: string) => ({ slot, capturedAt: Date.parse(`${day}T10:00:00Z`) });
const PASSPORT = page('identity/passport/single', '2026-11-26');
const BILL = page('address/utility_bill/single', '2026-11-26');

describe('when a submission is no longer good', () => {
  it.each([
    ['nothing has a date', [identity], [PASSPORT], '', null],
    ['the passport at the end of its last day', [identity], [PASSPORT], '2026-12-01', '2026-12-02T00:00:00.000Z'],
    ['a bill 90 days after it was captured', [address], [BILL], '', '2027-02-25T00:00:00.000Z'],
    ['a bill 90 days after it was issued', [dated], [BILL], '', '2027-02-19T00:00:00.000Z'],
    ['the first of both', [identity, address], [PASSPORT, BILL], '2026-12-01', '2026-12-02T00:00:00.000Z'],
    ['the first of both, the bill', [identity, address], [PASSPORT, BILL], '2036-12-01', '2027-02-25T00:00:00.000Z'],
    ['a passport that is not there says nothing', [identity], [page(null, '2026-11-26')], '2026-12-01', null],
    ['no identity document is asked for', [address], [], '2026-12-01', null],
  ] as const)('%s', (_name, documents, pages, date, expected) => {
    const end = expiryOf([{ id: 'identity' }, { id: 'address' }], documents, pages, date);
    expect(end === null ? null : new Date(end).toISOString()).toBe(expected);
  });

  it('a bill after as many days as its flow says, or never', () => {
    const ends = [30, 0].map((maxAgeDays) => expiryOf([{ id: 'address', maxAgeDays }], [dated], [BILL], ''));
    expect(ends).toEqual([Date.UTC(2026, 11, 21), null]);
  });
});
