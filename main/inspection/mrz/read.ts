import type { Mrz, MrzFieldName } from '../../../shared/mrz/index.ts';
import { decode } from './decode.ts';
import type { Decoded } from './decode.ts';
import { CHARACTERS, CLASSES, NONE } from './network.ts';
import type { Weights } from './network.ts';
import { pyramidOf } from './picture.ts';
import type { Grey, Pyramid } from './picture.ts';
import { pitchOf, recognise, recogniseAgain, REPEATS, upright, UPRIGHT_PROBES } from './recognise.ts';
import type { Recognised } from './recognise.ts';
import { pointOn } from './strip.ts';
import { findZones, scaledZone } from './zones.ts';
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

const FILLER = CHARACTERS.indexOf('<');
const LIKELY = Math.log(0.5);
/** Characters per inch of every zone. */
const CHARACTERS_PER_INCH = 10;
/** Cells looked at beyond both ends of what was found. */
const BEYOND = 2;
const MOST_CELLS = 54;
/** Zones tried at one level of a picture, the best looking first, and characters recognised in all: half a second of work. */
const MOST_ZONES = 5;
const MOST_RECOGNISED = 2_500;
/** Below this the probed characters are no characters of a zone (mean logarithm of their probability). */
const LEAST_SURENESS = -1.6;
const SEEN_SURENESS = -0.9;
const WINDOWS_TRIED = 3;
/** Every zone has fillers; capitals at equal distances without any are something else. */
const LEAST_FILLERS = 3;
/** In a picture longer than this a zone's characters are large enough for half its size, and looking at all of it is slow. */
const LARGE_PIXELS = 1900;

/**
 * When a zone with right check digits is believed. One text in ten has a right check digit by chance, so they alone do not
 * suffice: what they overruled, the next best text, and the characters that none covers all count. Found by trying on drawn
 * pages other than those of the bench; see docs/capture.md.
 */
const ACCEPT = { margin: 2, overruled: 3, leastSure: 1.5 };

function isBelieved(decoded: Decoded): boolean {
  // What check digits had to overrule must be outweighed by what speaks against the next best text.
  if (decoded.margin < ACCEPT.margin + decoded.overruled || decoded.overruled > ACCEPT.overruled) return false;
  if (decoded.leastSure < ACCEPT.leastSure) return false;
  const { birthDate, expiryDate } = decoded.mrz;
  return [birthDate, expiryDate].every(({ printed, iso }) => iso !== null || printed.includes('<'));
}

interface Window {
  readonly start: number;
  readonly length: number;
  readonly score: number;
}

/** Where 30, 36 or 44 characters in a row are, and around them none; the likeliest first. */
function windowsOf({ lines, first, count }: Recognised): Window[] {
  const windows: Window[] = [];
  for (const length of lines.length === 3 ? [30] : [44, 36]) {
    for (let start = 0; start + length <= count; start += 1) {
      let score = 0;
      for (const line of lines) {
        for (let at = 0; at < count; at += 1) {
          const none = line[at * CLASSES + NONE] ?? 0;
          const isInside = at >= start && at < start + length;
          const some = Math.log(Math.max(1e-4, 1 - Math.exp(none)));
          score += isInside ? Math.max(-4, some) : Math.max(-4, none);
        }
      }
      windows.push({ start: first + start, length, score });
    }
  }
  return windows.toSorted((a, b) => b.score - a.score).slice(0, WINDOWS_TRIED);
}

function decodeWindow(read: Recognised, window: Window, today: string): Decoded | null {
  const offset = window.start - read.first;
  const scores = (line: number, at: number): Float32Array => {
    const cells = read.lines[line] ?? new Float32Array();
    return cells.subarray((offset + at) * CLASSES, (offset + at + 1) * CLASSES);
  };
  return decode(read.lines.length, window.length, scores, today);
}

function firstBelieved(read: Recognised, today: string): { decoded: Decoded; window: Window } | null {
  const [best, ...others] = windowsOf(read);
  if (best === undefined) return null;
  for (const window of [best, ...others.filter(({ score }) => score > best.score - 6)]) {
    const decoded = decodeWindow(read, window, today);
    if (decoded !== null && isBelieved(decoded)) return { decoded, window };
  }
  return null;
}

/** Characters that are most probably fillers. */
function fillersIn({ lines, count }: Recognised): number {
  let fillers = 0;
  for (const line of lines) {
    for (let at = 0; at < count; at += 1) if ((line[at * CLASSES + FILLER] ?? -99) > LIKELY) fillers += 1;
  }
  return fillers;
}

function cornersOf(zone: FoundZone, start: number, length: number): ReadZone['corners'] {
  const [top, bottom] = [zone.lines[0], zone.lines.at(-1)];
  if (top === undefined || bottom === undefined) throw new Error('a zone has lines');
  const [left, right] = [start - 0.5, start + length - 0.5];
  return [pointOn(top, left, -0.5), pointOn(top, right, -0.5), pointOn(bottom, right, 0.5), pointOn(bottom, left, 0.5)];
}

function tryZone(
  pyramid: Pyramid,
  weights: Weights,
  found: FoundZone,
  today: string,
  spent: { cells: number },
): ZoneResult | null {
  const { zone, sureness } = upright(pyramid, weights, found);
  spent.cells += UPRIGHT_PROBES * zone.lines.length;
  if (sureness < LEAST_SURENESS) return null;
  const first = zone.first - BEYOND;
  const count = Math.min(MOST_CELLS, zone.last - zone.first + 1 + 2 * BEYOND);
  spent.cells += count * zone.lines.length;
  const once = recognise(pyramid, weights, zone.lines, first, count);
  if (fillersIn(once) < LEAST_FILLERS) return null;
  let believed = firstBelieved(once, today);
  if (believed === null) {
    spent.cells += count * zone.lines.length * REPEATS;
    believed = firstBelieved(recogniseAgain(pyramid, weights, zone.lines, once), today);
  }
  const dpi = pitchOf(zone) * CHARACTERS_PER_INCH;
  if (believed !== null) {
    const { decoded, window } = believed;
    const corners = cornersOf(zone, window.start, window.length);
    return { kind: 'read', mrz: decoded.mrz, confidence: decoded.confidence, corners, dpi };
  }
  if (sureness < SEEN_SURENESS) return null;
  return { kind: 'seen', corners: cornersOf(zone, zone.first, zone.last - zone.first + 1), dpi };
}

/**
 * Looks for a zone in a page and reads it: null when there is none. The picture is looked at in half its size first, then in a
 * quarter and, unless it is large and nothing was seen, in full: characters of 8 to 100 pixels' distance are found.
 * @param today YYYY-MM-DD
 */
export function readZone(picture: Grey, weights: Weights, today: string): ZoneResult | null {
  const pyramid = pyramidOf(picture);
  let seen: SeenZone | null = null;
  const spent = { cells: 0 };
  for (const level of [1, 2, 0]) {
    if (level > pyramid.depth && level > 0) continue;
    if (level === 0 && seen === null && Math.max(picture.width, picture.height) > LARGE_PIXELS) continue;
    const zones = findZones(pyramid.level(level)).slice(0, MOST_ZONES);
    for (const zone of zones) {
      if (spent.cells > MOST_RECOGNISED) return seen;
      const result = tryZone(pyramid, weights, scaledZone(zone, 2 ** level), today, spent);
      if (result?.kind === 'read') return result;
      seen ??= result;
    }
  }
  return seen;
}
