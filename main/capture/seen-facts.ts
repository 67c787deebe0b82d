import type { DocumentReading } from '../../shared/domain/index.ts';
import { isSameSaying, otherPeople } from '../../shared/identity/index.ts';
import { TWO_PEOPLE_RULES } from '../../shared/rules/index.ts';
import type { PageFact } from '../../shared/rules/index.ts';
import type { InspectedZone, Inspection } from '../inspection/index.ts';
import { factsOfCodes, readingOfCodes } from './code-facts.ts';
import { factsOfZones, readingOf } from './zone-facts.ts';

/** What of a page says whose it is. */
type Seen = Pick<Inspection, 'zone' | 'moreZones' | 'codes'>;

/** What one document on a page says of its holder, and on which of the file's sheets; null where that is not known. */
interface Said {
  readonly sheet: number | null;
  readonly reading: DocumentReading;
}

function zonesOf({ zone, moreZones = [] }: Seen): InspectedZone[] {
  return zone === undefined ? [] : [zone, ...moreZones];
}

function saidBy(seen: Seen): Said[] {
  const ofZones = zonesOf(seen).map((zone) => ({ sheet: zone.sheet, reading: readingOf(zone) }));
  return [...ofZones, { sheet: null, reading: readingOfCodes(seen.codes) }].flatMap(({ sheet, reading }) =>
    reading === null ? [] : [{ sheet, reading }],
  );
}

/** What the documents on a page say of their holders, each once; kept sealed only. */
export function readingsOf(seen: Seen): DocumentReading[] {
  const all = saidBy(seen).map(({ reading }) => reading);
  return all.filter((reading, index) => !all.slice(0, index).some((other) => isSameSaying(other, reading)));
}

/**
 * Whether the documents of a file are of different people, without a word of who they are: such a file is no page of one customer. Where
 * both lie in one picture, parting its sheets does not help.
 */
function factsOfPeople(said: readonly Said[]): PageFact[] {
  const pair = otherPeople(said);
  if (pair === null) return [];
  const [{ sheet: first }, { sheet: other }] = pair;
  return [
    first === null || other === null || first === other
      ? { rule: TWO_PEOPLE_RULES.together, severity: 'blocking', params: {} }
      : { rule: TWO_PEOPLE_RULES.onSheets, severity: 'blocking', params: { first, other } },
  ];
}

/** What a page's zones and codes say about the page itself: nothing of whose it is. */
export function factsOfSeen(seen: Seen): PageFact[] {
  return [...factsOfZones(zonesOf(seen)), ...factsOfPeople(saidBy(seen)), ...factsOfCodes(seen.codes)];
}
