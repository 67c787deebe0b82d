import { IDENTITY_DOCUMENTS } from '../domain/index.ts';
import type { Finding } from '../domain/index.ts';
import { finding, placeOf, wantedSide, wantedType } from './place.ts';
import { CARD_BACK_RULE, PASSPORT_RULE } from './types.ts';
import type { RulePage } from './types.ts';

/** Facts that tell what a page is. They are nothing that people are told as such. */
export const KIND_RULES: ReadonlySet<string> = new Set([CARD_BACK_RULE, PASSPORT_RULE]);

/**
 * A page that is surely another document, or another side, than its place wants. Only what a zone or a licence's code tells without
 * doubt: TD1 and PDF417 stand on the back of a card, TD3 on the page of a passport (ICAO Doc 9303, parts 4 and 5; AAMVA DL/ID
 * Card Design Standard). Personr sends it back as `FRONT_SIDE_MISSING` or
 * `DOC_PAGE_MISSING`.
 */
export function kindFindings(page: RulePage): Finding[] {
  const type = wantedType(page);
  if (page.slot === null || !IDENTITY_DOCUMENTS.has(type)) return [];
  const is = (kind: string): boolean => page.facts.some(({ rule }) => rule === kind);
  const found = (rule: string): Finding[] => [finding(rule, 'warning', placeOf(page), { file: page.fileName })];
  if (type === 'passport') return is(CARD_BACK_RULE) ? found('page.cardForPassport') : [];
  if (is(PASSPORT_RULE)) return found('page.passportForCard');
  return is(CARD_BACK_RULE) && wantedSide(page) === 'front' ? found('page.backForFront') : [];
}
