import type { Weights } from './network.ts';
import { halved } from './picture.ts';
import type { Grey } from './picture.ts';
import { readZone } from './read.ts';
import type { ZoneResult } from './read.ts';

/** The longer side of the picture that is looked at first lies below this. */
const FIRST_PIXELS = 2500;
/** Times that a network is asked about a character, for all of a page: a third of a second of work. */
const MOST_RECOGNISED = 1_800;

/**
 * Looks for a zone on a page and reads it, in the picture's pixels; null when there is none. A large picture is looked at in
 * half or a quarter of its size; where a zone is seen but not read, in twice that size too.
 * @param today YYYY-MM-DD
 */
export function readPage(picture: Grey, networks: readonly Weights[], today: string): ZoneResult | null {
  const budget = { left: MOST_RECOGNISED };
  let larger = picture;
  let looked = picture;
  let factor = 1;
  while (Math.max(looked.width, looked.height) > FIRST_PIXELS) {
    larger = looked;
    looked = halved(looked);
    factor *= 2;
  }
  const first = readZone(looked, networks, today, budget);
  if (factor === 1 || first === null) return first;
  if (first.kind === 'seen') {
    const again = readZone(larger, networks, today, budget);
    if (again?.kind === 'read') return enlarged(again, factor / 2);
  }
  return enlarged(first, factor);
}

function enlarged(zone: ZoneResult, factor: number): ZoneResult {
  const [a, b, c, d] = zone.corners;
  const point = ({ x, y }: { x: number; y: number }): { x: number; y: number } => ({ x: x * factor, y: y * factor });
  return { ...zone, corners: [point(a), point(b), point(c), point(d)], dpi: zone.dpi * factor };
}
