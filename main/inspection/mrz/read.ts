import type { Mrz, MrzFieldName } from '../../../shared/mrz/index.ts';
import { firstBelieved } from './believe.ts';
import type { Believed } from './believe.ts';
import { looksAt } from './looks.ts';
import type { Look } from './looks.ts';
import type { Weights } from './network.ts';
import { isOnZone, isSharing } from './overlap.ts';
import type { Place } from './overlap.ts';
import type { Pyramid } from './picture.ts';
import { pitchOf, recognise, recogniseAgain, REPEATS, upright, UPRIGHT_PROBES } from './recognise.ts';
import type { Recognised } from './recognise.ts';
import { recogniseSettled } from './settle.ts';
import { pointOn } from './strip.ts';
import type { LineShape, Point } from './strip.ts';
import { fillersIn } from './windows.ts';
import type { Window } from './windows.ts';
import type { FoundZone } from './zones.ts';

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
/** Zones tried of one look, the best looking first; those that share print with one that was read are none. */
const MOST_ZONES = 5;
/** Zones read of one picture: more documents do not lie on one glass. */
const MOST_READ = 6;
/** Below this the probed characters are no characters of a zone (mean logarithm of their probability). */
const LEAST_SURENESS = -1.6;
const SEEN_SURENESS = -0.9;
/** Every zone has fillers; capitals at equal distances without any are something else. */
const LEAST_FILLERS = 3;

/** Times that a network is asked about a character, for all of a page: 0.3 s of work. The last look comes on top, about as much, once. */
const MOST_RECOGNISED = 1_500;
/** At least so many are left to look for another zone where one was read. */
const LEAST_FOR_ANOTHER = 700;

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
  /** What was read, and where. */
  readonly read: { readonly zone: ReadZone; readonly place: Place }[];
  /** What was seen, none of it where something was read. */
  doubted: Doubted[];
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

function zoneSeen({ zone }: Doubted): SeenZone {
  return { kind: 'seen', corners: cornersOf(zone, zone.first, zone.last - zone.first + 1), dpi: dpiOf(zone) };
}

/** Keeps what was read, and forgets what was seen of the same print. */
function keep(reader: Reader, zone: FoundZone, believed: Believed): void {
  const { start, length } = believed.window;
  const place = { lines: zone.lines, first: start, last: start + length - 1 };
  reader.read.push({ zone: zoneRead(zone, believed), place });
  reader.doubted = reader.doubted.filter((doubted) => !isSharing(doubted.zone, place));
  reader.budget.left = Math.max(reader.budget.left, LEAST_FOR_ANOTHER);
}

/** Reads a zone that was found, or keeps it as one that was seen. */
function tryZone(reader: Reader, found: FoundZone): void {
  const { pyramid, networks, today, budget } = reader;
  const { zone, sureness } = upright(pyramid, networks, found);
  budget.left -= UPRIGHT_PROBES * zone.lines.length;
  if (sureness < LEAST_SURENESS) return;
  const first = zone.first - BEYOND;
  // Blur takes fillers first: what was found may end before the zone does.
  const length = Math.max(zone.last - zone.first + 1, zone.lines.length === 3 ? 30 : 44);
  const count = Math.min(MOST_CELLS, length + 2 * BEYOND);
  const cells = count * zone.lines.length;
  budget.left -= cells * networks.length;
  let recognised = recognise(pyramid, networks, zone.lines, first, count);
  if (fillersIn(recognised) < LEAST_FILLERS) return;
  let believed = firstBelieved(recognised, today);
  if (believed === null) {
    budget.left -= cells * REPEATS;
    recognised = recogniseAgain(pyramid, networks, zone.lines, recognised);
    believed = firstBelieved(recognised, today);
  }
  if (believed !== null && isInPicture(pyramid, zone.lines, believed.window)) keep(reader, zone, believed);
  else if (sureness >= SEEN_SURENESS) reader.doubted.push({ zone, sureness, recognised });
}

/** The surest of those that were seen and not believed. */
function surestDoubted({ doubted }: Reader): Doubted | null {
  return doubted.reduce<Doubted | null>(
    (best, each) => (best === null || each.sureness > best.sureness ? each : best),
    null,
  );
}

/** Reads the zone that was seen and not believed, if it is once its lines lie where its characters are surest. */
function trySettled(reader: Reader): void {
  const { pyramid, networks, today } = reader;
  const doubted = surestDoubted(reader);
  if (doubted === null) return;
  const { zone, recognised } = doubted;
  const believed = firstBelieved(recogniseSettled(pyramid, networks, zone.lines, recognised), today);
  if (believed !== null && isInPicture(pyramid, zone.lines, believed.window)) keep(reader, zone, believed);
}

/** Whether there is nothing more to look for: something was read, and nothing else was seen. */
function isDone({ read, doubted }: Reader): boolean {
  return read.length > 0 && doubted.length === 0;
}

/** Tries what is found in one look, but for what shares print with a zone that was read. */
function tryLook(reader: Reader, look: Look): void {
  const { read, budget } = reader;
  let tried = 0;
  for (const zone of look((point) => read.some(({ place }) => isOnZone(point, place)))) {
    if (budget.left <= 0 || tried === MOST_ZONES || read.length === MOST_READ) return;
    if (read.some(({ place }) => isSharing(zone, place))) continue;
    tried += 1;
    tryZone(reader, zone);
  }
}

/** Looks until a zone is read and no other one is in sight. */
function tryLooks(reader: Reader, looks: readonly Look[]): void {
  for (const look of looks) {
    if (isDone(reader) || reader.budget.left <= 0) return;
    tryLook(reader, look);
  }
}

/**
 * Looks for zones on a page and reads them, in the picture's pixels: several documents may lie in one picture, of one person or of two. Those
 * that were read come first, as they were found; then the surest one that was seen and not read, if any. Of a large picture smaller ones are
 * looked at, but its characters are read in the size that suits them.
 * @param pyramid of a sheet in full size, whichever way up
 * @param today YYYY-MM-DD
 */
export function readPage(pyramid: Pyramid, networks: readonly Weights[], today: string): ZoneResult[] {
  const reader: Reader = { pyramid, networks, today, budget: { left: MOST_RECOGNISED }, read: [], doubted: [] };
  const { always, seen, askew, after, closer } = looksAt(pyramid);
  tryLooks(reader, always);
  // What lies askew may be seen from the side, where it cannot be read.
  if (reader.doubted.length > 0) tryLooks(reader, seen);
  tryLooks(reader, after);
  // Beside what was read something else may lie askew: whether there are rows is asked first, and that is cheap.
  for (const look of askew) tryLook(reader, look);
  tryLooks(reader, closer);
  if (!isDone(reader)) trySettled(reader);
  const last = surestDoubted(reader);
  return [...reader.read.map(({ zone }) => zone), ...(last === null ? [] : [zoneSeen(last)])];
}
