import type { PageFact } from '../../shared/rules/index.ts';
import type { Inspection } from '../inspection/index.ts';
import { factsOfCodes } from './code-facts.ts';
import { factsOfSheets, factsOfZone } from './zone-facts.ts';

/** What a page's zones and codes say about the page itself: nothing of whose it is. */
export function factsOfSeen({
  zone,
  moreZones = [],
  codes,
}: Pick<Inspection, 'zone' | 'moreZones' | 'codes'>): PageFact[] {
  return [
    ...factsOfZone(zone),
    ...factsOfSheets(zone === undefined ? [] : [zone, ...moreZones]),
    ...factsOfCodes(codes),
  ];
}
