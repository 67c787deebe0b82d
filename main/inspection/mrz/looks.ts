import { hasRowsAskew } from './askew.ts';
import { DARKEST, thingsIn } from './components.ts';
import type { Component } from './components.ts';
import { cutFrom, partsOf } from './parts.ts';
import { levelWithin, pyramidOf } from './picture.ts';
import type { Pyramid } from './picture.ts';
import type { Point } from './strip.ts';
import { doubled, turnedBy } from './turn.ts';
import { movedZone, scaledZone, zonesAmong } from './zones.ts';
import type { FoundZone } from './zones.ts';

/** Of a larger picture only halves and quarters are looked at. */
const MOST_PIXELS = 2500;
/** A picture with a longer side below this has characters too small for half its size. */
const SMALL_PIXELS = 1100;
/** In one longer than this a zone's characters are large enough for half its size, and looking at all of it is slow. */
const LARGE_PIXELS = 1900;
/** And in one of this size all of it is looked at only where nothing was read: it takes 50 to 100 ms. */
const FINEST_PIXELS = 3000;
/** Zones tried of each part and each way of looking at it. */
const MOST_OF_PART = 2;
/** With 17 degrees of skew on either side of upright, of a quarter turn and of these, no angle is left out. */
const ASKEW = Math.PI / 6;

/**
 * Zones found in one way of looking at a picture, the best first, in the picture's own pixels.
 * @param isRead whether a place of the picture belongs to a zone that was read
 */
export type Look = (isRead: (place: Point) => boolean) => readonly FoundZone[];

/** Looks into a picture and its halves; the dark things of each are found once, whichever way they are looked at. */
function looksInto(pyramid: Pyramid) {
  const known = new Map<number, readonly Component[]>();
  const thingsAt = (level: number): readonly Component[] => {
    const things = known.get(level) ?? thingsIn(pyramid.level(level));
    known.set(level, things);
    return things;
  };
  return {
    inLevel: (level: number): Look => {
      return () => zonesAmong(thingsAt(level), pyramid.level(level).width).map((zone) => scaledZone(zone, 2 ** level));
    },
    inDarkest: (level: number): Look => {
      return () => {
        const picture = pyramid.level(level);
        return zonesAmong(thingsIn(picture, DARKEST), picture.width).map((zone) => scaledZone(zone, 2 ** level));
      };
    },
    inDouble: (): Look => {
      return () => {
        const picture = doubled(pyramid.level(0));
        return zonesAmong(thingsIn(picture), picture.width).map((zone) => scaledZone(zone, 0.5));
      };
    },
    inTurned: (level: number, angle: number): Look => {
      return (isRead) => {
        const size = 2 ** level;
        // What was read lies in rows for whoever looks from the side.
        const others = thingsAt(level).filter(
          ({ left, right, top, bottom }) => !isRead({ x: (size * (left + right)) / 2, y: (size * (top + bottom)) / 2 }),
        );
        if (!hasRowsAskew(others, pyramid.level(level), angle)) return [];
        const turned = turnedBy(pyramid.level(level), angle);
        if (turned === null) return [];
        const { picture, back } = turned;
        return zonesAmong(thingsIn(picture), picture.width).map((zone) =>
          scaledZone({ ...zone, lines: zone.lines.map(back) }, size),
        );
      };
    },
  };
}

/** The ways of looking for a zone, each list with the likeliest first. */
export interface Looks {
  /** Until a zone is read. */
  readonly always: readonly Look[];
  /** After those, when a zone was seen and not read. */
  readonly seen: readonly Look[];
  /** After those, when none was read. */
  readonly after: readonly Look[];
  /** After those, in any case: for documents that lie askew. */
  readonly askew: readonly Look[];
  /** After those, when none was read: for documents that are small beside the picture. */
  readonly closer: readonly Look[];
}

/** In the parts of a large picture that have something in them, each in full size, upright and askew. */
function inParts(pyramid: Pyramid): Look {
  return (isRead) => {
    const picture = pyramid.level(0);
    return partsOf(pyramid).flatMap((part) => {
      const { inLevel, inTurned } = looksInto(pyramidOf(cutFrom(picture, part)));
      const isReadHere = ({ x, y }: Point): boolean => isRead({ x: x + part.left, y: y + part.top });
      const found = [inLevel(0), inTurned(0, ASKEW), inTurned(0, -ASKEW)].flatMap((look) =>
        look(isReadHere).slice(0, MOST_OF_PART),
      );
      return found.map((zone) => movedZone(zone, part.left, part.top));
    });
  };
}

/** How to look at a picture: characters of 5 to 100 pixels' distance are found, in a large picture of its 2500 pixels. */
export function looksAt(pyramid: Pyramid): Looks {
  const { width, height } = pyramid.level(0);
  const side = Math.max(width, height);
  const { inLevel, inDarkest, inDouble, inTurned } = looksInto(pyramid);
  const inBoth = (level: number): Look[] => [inTurned(level, ASKEW), inTurned(level, -ASKEW)];
  const half = pyramid.depth >= 1 ? [inLevel(1)] : [];
  if (side < SMALL_PIXELS)
    return { always: [inLevel(0), inDouble(), ...half], seen: [], after: [inDarkest(0)], askew: inBoth(0), closer: [] };
  const full = levelWithin(pyramid, MOST_PIXELS);
  const reduced = [full + 1, full + 2].filter((level) => level <= pyramid.depth).map((level) => inLevel(level));
  // In the size of the first look, whose dark things are known.
  const first = Math.min(full + 1, pyramid.depth);
  const [after, askew] = [[inDarkest(first)], inBoth(first)];
  const finest = levelWithin(pyramid, FINEST_PIXELS);
  const isLooked = side / 2 ** full <= LARGE_PIXELS;
  const isLarge = full > 0 && (finest < full || !isLooked);
  const closer = [...(isLarge ? [inLevel(finest)] : []), ...(side > LARGE_PIXELS ? [inParts(pyramid)] : [])];
  return isLooked
    ? { always: [...reduced, inLevel(full)], seen: [], after, askew, closer }
    : { always: reduced, seen: [inLevel(full)], after, askew, closer };
}
