import type { Grey, Pyramid } from './picture.ts';
import { doubled, turnedBy } from './turn.ts';
import { findZones, scaledZone } from './zones.ts';
import type { FoundZone } from './zones.ts';

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

/**
 * The ways of looking for a zone, the likeliest first. `always`: until one is read. `unseen`: while none was seen even so.
 * Characters of 5 to 100 pixels' distance are found.
 */
export function looksAt(
  picture: Grey,
  pyramid: Pyramid & { readonly depth: number },
): { always: Look[]; unseen: Look[] } {
  const side = Math.max(picture.width, picture.height);
  let level = 0;
  while (side / 2 ** level > TURNED_PIXELS && level < pyramid.depth) level += 1;
  const turned = [inTurned(pyramid, level, ASKEW), inTurned(pyramid, level, -ASKEW)];
  if (side < SMALL_PIXELS) {
    const smaller = pyramid.depth >= 1 ? [inLevel(pyramid, 1)] : [];
    return { always: [inLevel(pyramid, 0), inDouble(picture), ...smaller], unseen: turned };
  }
  const reduced = [1, 2].filter((index) => index <= pyramid.depth).map((index) => inLevel(pyramid, index));
  const full = inLevel(pyramid, 0);
  return side > LARGE_PIXELS ? { always: reduced, unseen: turned } : { always: [...reduced, full], unseen: turned };
}
