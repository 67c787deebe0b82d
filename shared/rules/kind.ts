import { IDENTITY_DOCUMENTS } from '../domain/index.ts';
import type { Finding } from '../domain/index.ts';
import { finding, placeOf, wantedSide, wantedType } from './place.ts';
import { isBlankPage, isFlatDocument, millimetresShown } from './quality.ts';
import { CARD_BACK_RULE, PASSPORT_RULE } from './types.ts';
import type { RulePage } from './types.ts';

/** Facts that tell what a page is. They are nothing that people are told as such. */
export const KIND_RULES: ReadonlySet<string> = new Set([CARD_BACK_RULE, PASSPORT_RULE]);

const is = (page: RulePage, kind: string): boolean => page.facts.some(({ rule }) => rule === kind);

/**
 * A picture that shows no more than this where a document's zone lies, longer side in millimetres, is one of the document: somebody
 * who holds their passport up beside their face needs more room.
 */
const MOST_SHOWN = 250;

/**
 * Whether a page in a selfie's place is the picture of a document, whose portrait may pass for a face: by what was read on it, or by an
 * outline. Sumsub, and Personr with it, sends such back for another try (label `BAD_SELFIE`).
 */
export function isDocumentForSelfie(page: RulePage): boolean {
  const [measures] = page.measures;
  if (wantedType(page) !== 'selfie' || measures === undefined || isBlankPage(page)) return false;
  if (isFlatDocument(measures)) return true;
  // Of a licence's code no scale is known; it stands on the back, which nobody shows beside their face.
  return (is(page, CARD_BACK_RULE) || is(page, PASSPORT_RULE)) && (millimetresShown(measures) ?? 0) <= MOST_SHOWN;
}

/**
 * A page that is surely another document, or another side, than its place wants. Only what a zone or a licence's code tells without
 * doubt: TD1 and PDF417 stand on the back of a card, TD3 on the page of a passport (ICAO Doc 9303, parts 4 and 5; AAMVA DL/ID
 * Card Design Standard). Personr sends it back as `FRONT_SIDE_MISSING` or
 * `DOC_PAGE_MISSING`. And a document in a selfie's place: where the picture does not tell, what came from a scanner is paper, whose
 * portrait may pass for the customer's face.
 */
export function kindFindings(page: RulePage): Finding[] {
  const type = wantedType(page);
  const found = (rule: string): Finding[] => [finding(rule, 'warning', placeOf(page), { file: page.fileName })];
  if (isDocumentForSelfie(page)) return found('page.documentForSelfie');
  if (type === 'selfie' && page.source === 'scanner' && !isBlankPage(page)) return found('page.scannedSelfie');
  if (page.slot === null || !IDENTITY_DOCUMENTS.has(type)) return [];
  if (type === 'passport') return is(page, CARD_BACK_RULE) ? found('page.cardForPassport') : [];
  if (is(page, PASSPORT_RULE)) return found('page.passportForCard');
  return is(page, CARD_BACK_RULE) && wantedSide(page) === 'front' ? found('page.backForFront') : [];
}
