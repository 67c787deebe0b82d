import type { DocumentReading } from '../../shared/domain/index.ts';
import { readingOfZone } from '../../shared/identity/index.ts';
import type { Mrz } from '../../shared/mrz/index.ts';
import { CARD_BACK_RULE, PASSPORT_RULE } from '../../shared/rules/index.ts';
import type { PageFact } from '../../shared/rules/index.ts';
import type { InspectedZone } from '../inspection/index.ts';

/** The page is the back of a card. */
export const CARD_BACK: PageFact = { rule: CARD_BACK_RULE, severity: 'info', params: {} };

const PASSPORT: PageFact = { rule: PASSPORT_RULE, severity: 'info', params: {} };

/** What kind of page has such a zone: TD1 stands on the back of its card (Doc 9303-5, 3.1), TD3 in a passport (9303-4). */
function kindOf({ format, documentCode }: Mrz): PageFact | null {
  if (format === 'TD1') return CARD_BACK;
  return format === 'TD3' && documentCode.startsWith('P') ? PASSPORT : null;
}

/** A visa stands in a passport or lies beside it, and says nothing of what the page is. */
function isVisa({ format }: Mrz): boolean {
  return format === 'MRV-A' || format === 'MRV-B';
}

/** What kind of page it is, if all its zones say the same: with another document beside it, it is no wrong one. */
function kindsOf(zones: readonly InspectedZone[]): PageFact[] {
  const kinds = zones.filter(({ mrz }) => mrz === null || !isVisa(mrz)).map(({ mrz }) => mrz && kindOf(mrz));
  const [kind] = kinds;
  return kind === undefined || kind === null || kinds.some((other) => other !== kind) ? [] : [kind];
}

/**
 * What the machine-readable zones of a page say about it, without a word of whose it is: facts lie in the database in clear. Whether
 * they matter depends on the slot, and whether the document is still good on the day (`shared/rules`). One that was seen beside others that
 * were read may be somebody else's.
 * @param zones those that were read first
 */
export function factsOfZones(zones: readonly InspectedZone[]): PageFact[] {
  const unread = zones.findIndex(({ mrz }) => mrz === null);
  const rule = unread === 0 ? 'mrz.unsure' : 'mrz.anotherUnsure';
  return [...(unread < 0 ? [] : [{ rule, severity: 'warning', params: {} } as const]), ...kindsOf(zones)];
}

/** What a zone that was read says of its holder; kept sealed only. */
export function readingOf({ mrz, confidence }: InspectedZone): DocumentReading | null {
  return mrz === null ? null : readingOfZone(mrz, confidence);
}
