import { levelWithin } from './picture.ts';
import type { Grey, Pyramid } from './picture.ts';
import { doubled, turnedBy } from './turn.ts';
import { findZones, scaledZone } from './zones.ts';
import type { FoundZone } from './zones.ts';

/** Of a larger picture only halves and quarters are looked at. */
const MOST_PIXELS = 2500;
/** A picture with a longer side below this has characters too small for half its size. */
const SMALL_PIXELS = 1100;
/** In one longer than this a zone's characters are large enough for half its size, and looking at all of it is slow. */
const LARGE_PIXELS = 1900;
/** A turned picture is looked at in this size at most: documents that lie askew in a photograph fill much of it. */
const TURNED_PIXELS = 1100;
/** With 17 degrees of skew on either side of upright, of a quarter turn and of these, no angle is left out. */
const ASKEW = Math.PI / 6;

/** Zones found in one way of looking at a picture, the best first, in the picture's own pixels. */
export type Look = () => readonly FoundZone[];

function inLevel(pyramid: Pyramid, level: number): Look {
  return () => findZones(pyramid.level(level)).map((zone) => scaledZone(zone, 2 ** level));
}

function inDouble(picture: Grey): Look {
  return () => findZones(doubled(picture)).map((zone) => scaledZone(zone, 0.5));
}

function inTurned(pyramid: Pyramid, level: number, angle: number): Look {
  return () => {
    const { picture, back } = turnedBy(pyramid.level(level), angle);
    return findZones(picture).map((zone) => scaledZone({ ...zone, lines: zone.lines.map(back) }, 2 ** level));
  };
}

/** The ways of looking for a zone, each list with the likeliest first. */
export interface Looks {
  /** Until a zone is read. */
  readonly always: readonly Look[];
  /** After those, when a zone was seen and not read. */
  readonly seen: readonly Look[];
  /** After those, when none was seen. */
  readonly unseen: readonly Look[];
}

/** How to look at a picture: characters of 5 to 100 pixels' distance are found, in a large picture of its 2500 pixels. */
export function looksAt(pyramid: Pyramid): Looks {
  const picture = pyramid.level(0);
  const side = Math.max(picture.width, picture.height);
  const askew = levelWithin(pyramid, TURNED_PIXELS);
  const unseen = [inTurned(pyramid, askew, ASKEW), inTurned(pyramid, askew, -ASKEW)];
  const half = pyramid.depth >= 1 ? [inLevel(pyramid, 1)] : [];
  if (side < SMALL_PIXELS) return { always: [inLevel(pyramid, 0), inDouble(picture), ...half], seen: [], unseen };
  const full = levelWithin(pyramid, MOST_PIXELS);
  const reduced = [full + 1, full + 2]
    .filter((level) => level <= pyramid.depth)
    .map((level) => inLevel(pyramid, level));
  return side / 2 ** full > LARGE_PIXELS
    ? { always: reduced, seen: [inLevel(pyramid, full)], unseen }
    : { always: [...reduced, inLevel(pyramid, full)], seen: [], unseen };
}
