import { endOfDay } from '../../shared/domain/index.ts';
import type { DocumentReading } from '../../shared/domain/index.ts';
import { readingOfLicence } from '../../shared/identity/index.ts';
import type { PageFact } from '../../shared/rules/index.ts';
import type { InspectedCodes } from '../inspection/index.ts';
import { CARD_BACK } from './zone-facts.ts';

/**
 * What the codes of a page say about the page itself, as `factsOfZone`: nothing of whose it is. Whether it matters depends on
 * the slot (`shared/rules`). `now`: epoch milliseconds.
 */
export function factsOfCodes(codes: InspectedCodes | undefined, now: number): PageFact[] {
  if (codes === undefined) return [];
  if (codes.separators === 'all') return [{ rule: 'page.separator', severity: 'blocking', params: {} }];
  if (codes.separators === 'some') return [{ rule: 'page.separatorWithin', severity: 'blocking', params: {} }];
  if (codes.licence === null) return [];
  const { expiryDate } = codes.licence;
  if (expiryDate === null || endOfDay(expiryDate) > now) return [CARD_BACK];
  return [CARD_BACK, { rule: 'licence.expired', severity: 'blocking', params: {} }];
}

/** What a licence's code says of its holder; kept sealed only. */
export function readingOfCodes(codes: InspectedCodes | undefined): DocumentReading | null {
  return codes === undefined || codes.licence === null ? null : readingOfLicence(codes.licence);
}
