import type { DocumentReading } from '../../shared/domain/index.ts';
import { readingOfLicence } from '../../shared/identity/index.ts';
import type { PageFact } from '../../shared/rules/index.ts';
import type { InspectedCodes } from '../inspection/index.ts';
import { CARD_BACK } from './zone-facts.ts';

/**
 * What the codes of a page say about the page itself, as `factsOfZone`: nothing of whose it is. Whether it matters depends on
 * the slot (`shared/rules`).
 */
export function factsOfCodes(codes: InspectedCodes | undefined): PageFact[] {
  if (codes === undefined) return [];
  if (codes.separators === 'all') return [{ rule: 'page.separator', severity: 'blocking', params: {} }];
  if (codes.separators === 'some') return [{ rule: 'page.separatorWithin', severity: 'blocking', params: {} }];
  return codes.licence === null ? [] : [CARD_BACK];
}

/** What a licence's code says of its holder; kept sealed only. */
export function readingOfCodes(codes: InspectedCodes | undefined): DocumentReading | null {
  return codes === undefined || codes.licence === null ? null : readingOfLicence(codes.licence);
}
