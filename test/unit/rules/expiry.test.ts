import { describe, expect, it } from 'vitest';
import { DocumentReading } from '../../../shared/domain/index.ts';
import type { ReadingSource } from '../../../shared/domain/index.ts';
import { expiryFindings, isKeptExpiry } from '../../../shared/rules/expiry.ts';
import { rulePage } from '../../support/rule-pages.ts';

const SLOT = 'identity/passport/single';

const reading = (source: ReadingSource, day: string): DocumentReading =>
  DocumentReading.parse({
    source,
    fields: { documentExpiryDate: { value: day, confidence: 1, isChecked: true, mayGoOn: false } },
  });
const rulesOf = (slot: string | null, source: ReadingSource, now: number): string[] =>
  expiryFindings(rulePage(slot, { readings: [reading(source, '2026-11-30')] }), now).map(({ rule }) => rule);

describe('a document', () => {
  it.each([
    ['mrz', 'mrz.expired'],
    ['barcode', 'licence.expired'],
  ] as const)('is good to the end of the last day that its %s says', (source, rule) => {
    expect(rulesOf(SLOT, source, Date.UTC(2026, 10, 30, 23, 59))).toEqual([]);
    expect(rulesOf(SLOT, source, Date.UTC(2026, 11, 1))).toEqual([rule]);
  });

  it('matters only where one is wanted', () => {
    expect(rulesOf('address/utility_bill/single', 'mrz', Date.UTC(2030, 0, 1))).toEqual([]);
    expect(rulesOf(null, 'mrz', Date.UTC(2030, 0, 1))).toEqual([]);
  });

  it('is not judged by what an earlier version kept, when it says itself until when it is good', () => {
    const page = { readings: [reading('mrz', '2026-11-30')] };
    expect(isKeptExpiry('mrz.expired', page)).toBe(true);
    expect(isKeptExpiry('licence.expired', page)).toBe(false);
    expect(isKeptExpiry('mrz.unsure', page)).toBe(false);
  });
});
