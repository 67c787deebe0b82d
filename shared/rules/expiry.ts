import { endOfDay, isIdentitySlot } from '../domain/index.ts';
import type { DocumentReading, Finding, ReadingSource } from '../domain/index.ts';
import { finding, placeOf } from './place.ts';
import type { RulePage } from './types.ts';

const RULES = { mrz: 'mrz.expired', barcode: 'licence.expired' } as const satisfies Record<ReadingSource, string>;

/** What earlier versions kept with a page when they looked at it, by the date of that day. */
const KEPT_RULES: ReadonlySet<string> = new Set(Object.values(RULES));

/**
 * The rules that say which of a page's readings are past the last day of their document, by the date of now: a document expires while
 * its customer waits, and a PC's date may have been wrong when the page was looked at. `now`: epoch milliseconds.
 */
export function expiredRules(readings: readonly DocumentReading[], now: number): string[] {
  const expired = readings.filter(({ fields: { documentExpiryDate: read } }) => read && endOfDay(read.value) <= now);
  return [...new Set(expired.map(({ source }) => RULES[source]))];
}

/** Whether a kept fact is out of date, because the page's own reading says until when its document is good. */
export function isKeptExpiry(rule: string, { readings }: Pick<RulePage, 'readings'>): boolean {
  return KEPT_RULES.has(rule) && readings.some(({ source }) => RULES[source] === rule);
}

/** A document that its own zone or code says to be past its last day, where such a document is wanted. */
export function expiryFindings(page: RulePage, now: number): Finding[] {
  if (!isIdentitySlot(page.slot)) return [];
  return expiredRules(page.readings, now).map((rule) =>
    finding(rule, 'blocking', placeOf(page), { file: page.fileName }),
  );
}
