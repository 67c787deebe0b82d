import type { Mrz, MrzFieldName } from '../../../shared/mrz/index.ts';
import { firstBelieved } from './believe.ts';
import type { Believed } from './believe.ts';
import { looksAt } from './looks.ts';
import type { Look } from './looks.ts';
import type { Weights } from './network.ts';
import type { Pyramid } from './picture.ts';
import { pitchOf, recognise, recogniseAgain, REPEATS, upright, UPRIGHT_PROBES } from './recognise.ts';
import type { Recognised } from './recognise.ts';
import { recogniseSettled } from './settle.ts';
import { pointOn } from './strip.ts';
import type { LineShape } from './strip.ts';
import { fillersIn } from './windows.ts';
import type { Window } from './windows.ts';
import type { FoundZone } from './zones.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A zone that was read: every check digit is right and every character sure enough. */
export interface ReadZone {
  readonly kind: 'read';
  readonly mrz: Mrz;
  /** Per field the probability that all its characters are right, as the network sees it; a person still confirms. */
  readonly confidence: Readonly<Partial<Record<MrzFieldName, number>>>;
  /** The zone's corners in the picture's pixels, from the top left of the text on, clockwise for a reader of it. */
  readonly corners: readonly [Point, Point, Point, Point];
  /**
   * Pixels per inch of the document itself, whatever the file says: ICAO prints ten characters to the inch (Doc 9303-3). In a
   * photograph it holds where the zone is.
   */
  readonly dpi: number;
}

/** Something that is most probably a zone, but could not be read surely. */
export interface SeenZone {
  readonly kind: 'seen';
  readonly corners: readonly [Point, Point, Point, Point];
  readonly dpi: number;
}

export type ZoneResult = ReadZone | SeenZone;

/** Characters per inch of every zone. */
const CHARACTERS_PER_INCH = 10;
/** Cells looked at beyond both ends of what was found. */
const BEYOND = 2;
const MOST_CELLS = 54;
/** Zones tried of one look, the best looking first. */
const MOST_ZONES = 5;
/** Below this the probed characters are no characters of a zone (mean logarithm of their probability). */
const LEAST_SURENESS = -1.6;
const SEEN_SURENESS = -0.9;
/** Every zone has fillers; capitals at equal distances without any are something else. */
const LEAST_FILLERS = 3;

/** Times that a network is asked about a character, for all of a page: 0.3 s of work. The last look comes on top, about as much, once. */
const MOST_RECOGNISED = 1_500;

/** A zone that was seen and not believed. */
interface Doubted {
  readonly zone: FoundZone;
  readonly sureness: number;
  readonly recognised: Recognised;
}

interface Reader {
  readonly pyramid: Pyramid;
  readonly networks: readonly Weights[];
  readonly today: string;
  /** How often a network may still be asked. */
  readonly budget: { left: number };
  /** The surest of those that were seen. */
  doubted: Doubted | null;
}

function dpiOf(zone: FoundZone): number {
  return pitchOf(zone) * CHARACTERS_PER_INCH;
}

function cornersOf(zone: FoundZone, start: number, length: number): ReadZone['corners'] {
  const [top, bottom] = [zone.lines[0], zone.lines.at(-1)];
  if (top === undefined || bottom === undefined) throw new Error('a zone has lines');
  const [left, right] = [start - 0.5, start + length - 0.5];
  return [pointOn(top, left, -0.5), pointOn(top, right, -0.5), pointOn(bottom, right, 0.5), pointOn(bottom, left, 0.5)];
}

/** So much of a character's height, up and down from its middle, must be in the picture. */
const SEEN_ACROSS = 0.3;

/**
 * Whether the middles of the lines' first and last characters are in the picture: beyond its edge nothing is to be seen, whatever is made of
 * the edge's pixels.
 */
export function isInPicture(pyramid: Pyramid, lines: readonly LineShape[], { start, length }: Window): boolean {
  const { width, height } = pyramid.level(0);
  return lines.every((line) =>
    [start, start + length - 1].every((index) =>
      [-SEEN_ACROSS, SEEN_ACROSS].every((across) => {
        const { x, y } = pointOn(line, index, across);
        return x >= 0 && y >= 0 && x < width && y < height;
      }),
    ),
  );
}

function zoneRead(zone: FoundZone, { decoded, window }: Believed): ReadZone {
  const corners = cornersOf(zone, window.start, window.length);
  return { kind: 'read', mrz: decoded.mrz, confidence: decoded.confidence, corners, dpi: dpiOf(zone) };
}

function tryZone(reader: Reader, found: FoundZone): ZoneResult | null {
  const { pyramid, networks, today, budget } = reader;
  const { zone, sureness } = upright(pyramid, networks, found);
  budget.left -= UPRIGHT_PROBES * zone.lines.length;
  if (sureness < LEAST_SURENESS) return null;
  const first = zone.first - BEYOND;
  // Blur takes fillers first: what was found may end before the zone does.
  const length = Math.max(zone.last - zone.first + 1, zone.lines.length === 3 ? 30 : 44);
  const count = Math.min(MOST_CELLS, length + 2 * BEYOND);
  const cells = count * zone.lines.length;
  budget.left -= cells * networks.length;
  let recognised = recognise(pyramid, networks, zone.lines, first, count);
  if (fillersIn(recognised) < LEAST_FILLERS) return null;
  let believed = firstBelieved(recognised, today);
  if (believed === null) {
    budget.left -= cells * REPEATS;
    recognised = recogniseAgain(pyramid, networks, zone.lines, recognised);
    believed = firstBelieved(recognised, today);
  }
  if (believed !== null && isInPicture(pyramid, zone.lines, believed.window)) return zoneRead(zone, believed);
  if (sureness < SEEN_SURENESS) return null;
  if (reader.doubted === null || sureness > reader.doubted.sureness) reader.doubted = { zone, sureness, recognised };
  return { kind: 'seen', corners: cornersOf(zone, zone.first, zone.last - zone.first + 1), dpi: dpiOf(zone) };
}

/** The zone that was seen and not believed, if it is once its lines lie where its characters are surest. */
function trySettled({ pyramid, networks, today, doubted }: Reader): ReadZone | null {
  if (doubted === null) return null;
  const { zone, recognised } = doubted;
  const believed = firstBelieved(recogniseSettled(pyramid, networks, zone.lines, recognised), today);
  return believed === null || !isInPicture(pyramid, zone.lines, believed.window) ? null : zoneRead(zone, believed);
}

/** The first zone that is read in any of the looks, else the first that is seen. */
function tryLooks(reader: Reader, looks: readonly Look[]): ZoneResult | null {
  let seen: ZoneResult | null = null;
  for (const look of looks) {
    for (const zone of look().slice(0, MOST_ZONES)) {
      if (reader.budget.left <= 0) return seen;
      const result = tryZone(reader, zone);
      if (result?.kind === 'read') return result;
      seen ??= result;
    }
  }
  return seen;
}

/**
 * Looks for a zone on a page and reads it, in the picture's pixels; null when there is none. Of a large picture smaller ones are
 * looked at, but its characters are read in the size that suits them.
 * @param pyramid of a sheet in full size, whichever way up
 * @param today YYYY-MM-DD
 */
export function readPage(pyramid: Pyramid, networks: readonly Weights[], today: string): ZoneResult | null {
  const reader: Reader = { pyramid, networks, today, budget: { left: MOST_RECOGNISED }, doubted: null };
  const { always, seen, after, closer } = looksAt(pyramid);
  const first = tryLooks(reader, always);
  if (first?.kind === 'read') return first;
  // What lies askew may be seen from the side, where it cannot be read.
  const second = tryLooks(reader, first === null ? after : [...seen, ...after]);
  if (second?.kind === 'read') return second;
  const third = tryLooks(reader, closer);
  if (third?.kind === 'read') return third;
  return trySettled(reader) ?? first ?? second ?? third;
}
