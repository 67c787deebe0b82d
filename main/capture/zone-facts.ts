import type { DocumentReading } from '../../shared/domain/index.ts';
import { isOtherPerson, readingOfZone } from '../../shared/identity/index.ts';
import type { Mrz } from '../../shared/mrz/index.ts';
import { CARD_BACK_RULE, PASSPORT_RULE } from '../../shared/rules/index.ts';
import type { PageFact } from '../../shared/rules/index.ts';
import type { InspectedZone } from '../inspection/index.ts';

/** The page is the back of a card. */
export const CARD_BACK: PageFact = { rule: CARD_BACK_RULE, severity: 'info', params: {} };

const PASSPORT: PageFact = { rule: PASSPORT_RULE, severity: 'info', params: {} };

/** What kind of page has such a zone: TD1 stands on the back of its card (Doc 9303-5, 3.1), TD3 in a passport (9303-4). */
function kindOf({ format, documentCode }: Mrz): PageFact[] {
  if (format === 'TD1') return [CARD_BACK];
  return format === 'TD3' && documentCode.startsWith('P') ? [PASSPORT] : [];
}

/**
 * What a machine-readable zone says about its page, without a word of whose it is: facts lie in the database in clear. Whether
 * they matter depends on the slot, and whether the document is still good on the day (`shared/rules`).
 */
export function factsOfZone(zone: InspectedZone | undefined): PageFact[] {
  if (zone === undefined) return [];
  return zone.mrz === null ? [{ rule: 'mrz.unsure', severity: 'warning', params: {} }] : kindOf(zone.mrz);
}

/** What a zone that was read says of its holder; kept sealed only. */
export function readingOf(zone: InspectedZone | undefined): DocumentReading | null {
  return zone === undefined || zone.mrz === null ? null : readingOfZone(zone.mrz, zone.confidence);
}

/**
 * Whether the sheets of one file say different people, without a word of who they are: such a file is no page of one customer.
 * `zones` in the order of their sheets.
 */
export function factsOfSheets(zones: readonly InspectedZone[]): PageFact[] {
  const [first, ...others] = zones.flatMap((zone) => {
    const reading = readingOf(zone);
    return reading === null ? [] : [{ sheet: zone.sheet, reading }];
  });
  const other = first === undefined ? undefined : others.find(({ reading }) => isOtherPerson(first.reading, reading));
  if (first === undefined || other === undefined) return [];
  return [{ rule: 'page.twoPeople', severity: 'blocking', params: { first: first.sheet, other: other.sheet } }];
}
