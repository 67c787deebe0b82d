import type { Component } from './components.ts';
import { fitCurves, slopeOn, valueOn } from './fit.ts';
import type { Curve } from './fit.ts';
import { findLines, WHOLE } from './lines.ts';
import type { FoundLine } from './lines.ts';
import { scaledShape } from './strip.ts';
import type { LineShape } from './strip.ts';

/** Two or three rows that may be a zone. Character `i` of each line stands below character `i` of the line above. */
export interface FoundZone {
  readonly lines: readonly LineShape[];
  /** The range of characters in which marks were found. */
  readonly first: number;
  readonly last: number;
  /** How well it fits the idea of a zone: larger is better. */
  readonly score: number;
}

/** From one line of a zone to the next, in characters' distances: ICAO's are 1.7 to 2.6. */
const NEAREST = 1.35;
const FARTHEST = 3.6;
const MOST_PITCH_DIFFERENCE = 0.1;
const MOST_SLOPE_DIFFERENCE = 0.085;
/** So many more lines of the same pitch are a page of typed text, whose rows are a zone's nearest kin. */
const MOST_KIN = 4;
/** Lines of a zone. */
const MOST_LINES = 3;
/** Lines of 36 or 44 characters, and three of 30, are zones; so far off may what was found of one be. */
const FARTHEST_LENGTH = 5;
/**
 * A capital's height in that of a row's tallest marks: figures of OCR-B are 1.1 times as high as its capitals, and the dark thing that
 * stands for one is a little larger than its ink. Found by where the networks are surest, on drawn pages.
 */
const CAPITAL = 0.88;
/** So many characters off may a line below another seem that begins with it. */
const MOST_LEAN = 3;
const LENGTHS: Readonly<Record<number, readonly number[]>> = { 2: [36, 44], 3: [30] };

function levelOf(line: FoundLine, t: number): number {
  return valueOn(line.o, t);
}

function placeOf(line: FoundLine, index: number): number {
  return valueOn(line.t, index);
}

function slopeOf(line: FoundLine, t: number): number {
  return slopeOn(line.o, t);
}

/** From one character to the next, in the middle of the line. */
function pitchOf(line: FoundLine): number {
  return slopeOn(line.t, line.last / 2);
}

/** How line `below` continues line `above`: the index that stands below index 0; null when they do not belong together. */
function relation(above: FoundLine, below: FoundLine): number | null {
  const t =
    (Math.max(placeOf(above, 0), placeOf(below, 0)) +
      Math.min(placeOf(above, above.last), placeOf(below, below.last))) /
    2;
  const shared =
    Math.min(placeOf(above, above.last), placeOf(below, below.last)) - Math.max(placeOf(above, 0), placeOf(below, 0));
  const [pitchA, pitchB] = [pitchOf(above), pitchOf(below)];
  const pitch = (pitchA + pitchB) / 2;
  const distance = levelOf(below, t) - levelOf(above, t);
  if (distance < NEAREST * pitch || distance > FARTHEST * pitch) return null;
  if (Math.abs(pitchA - pitchB) > MOST_PITCH_DIFFERENCE * pitch) return null;
  if (Math.abs(slopeOf(above, t) - slopeOf(below, t)) > MOST_SLOPE_DIFFERENCE) return null;
  if (shared < 0.4 * pitch * Math.max(above.last, below.last)) return null;
  const indexAt = (line: FoundLine, target: number): number => {
    let index = (target - line.t[0]) / line.t[1];
    for (let round = 0; round < 3; round += 1) index += (target - placeOf(line, index)) / slopeOn(line.t, index);
    return index;
  };
  const slope = slopeOf(above, t);
  const upper = Math.round(indexAt(above, t));
  const under = indexAt(below, placeOf(above, upper) - slope * distance);
  const offset = Math.round(under) - upper;
  // Before a tilted camera what stands below is not what lies straight below; lines that were found whole begin and end together.
  const areWhole = above.last === below.last && WHOLE.has(above.last + 1);
  return areWhole && Math.abs(offset) <= MOST_LEAN ? 0 : offset;
}

/** A line as a member of a zone: its index 0 is character `offset` of its own. */
interface Member {
  readonly line: FoundLine;
  readonly offset: number;
}

/** With fewer marks than this on the zone's lines together, a bend that changes is chance. */
const LEAST_FOR_CHANGE = 50;
/** Marks farther than this from the curve that all have in common are none, in parts of the distance between two characters. */
const FARTHEST_MARK = 0.2;

/** Level and place of a zone's lines. */
interface Curves {
  readonly t: Curve;
  readonly o: Curve;
}

/**
 * The lines of a zone with the bend and the drift of the distances that they have in common, by the marks of all of them: where marks
 * were found of half a line only, its own would lead far off at the other end.
 */
function bentAlike(members: readonly Member[]): Curves[] {
  let sets = members.map(({ line, offset }) => line.marks.map((mark) => ({ ...mark, place: mark.place - offset })));
  const count = sets.reduce((sum, marks) => sum + marks.length, 0);
  const degree = count < LEAST_FOR_CHANGE ? 2 : 3;
  for (let round = 0; ; round += 1) {
    const ts = fitCurves(
      sets.map((marks) => ({ xs: marks.map(({ place }) => place), ys: marks.map(({ t }) => t) })),
      degree,
    );
    const os = fitCurves(
      sets.map((marks) => ({ xs: marks.map(({ t }) => t), ys: marks.map(({ o }) => o) })),
      degree,
    );
    const curves = ts.map((t, line) => ({ t, o: os[line] ?? t }));
    if (round > 0) return curves;
    sets = sets.map((marks, line) => {
      const { t, o } = curves[line] ?? { t: [0, 0, 0, 0], o: [0, 0, 0, 0] };
      const farthest = FARTHEST_MARK * slopeOn(t, 0);
      const near = marks.filter(
        (mark) =>
          Math.abs(valueOn(t, mark.place) - mark.t) < farthest && Math.abs(valueOn(o, mark.t) - mark.o) < farthest,
      );
      return near.length < marks.length / 2 ? marks : near;
    });
  }
}

/** The straight line through two values at two places: value at zero, and rise. */
function through(from: number, to: number, atFrom: number, atTo: number): [number, number] {
  const rise = (atTo - atFrom) / (to - from);
  return [atFrom - rise * from, rise];
}

/** How far a character stands from the one above it. */
interface Apart {
  readonly along: number;
  readonly across: number;
}

/** What of the zone each outer line must have been found of, to tell how the lines' distance changes along them. */
const LEAST_FOUND = 0.6;

function shapesOf(curves: readonly Curves[], first: number, last: number, cap: number, isWhole: boolean): LineShape[] {
  const [top, bottom] = [curves[0], curves.at(-1)];
  if (top === undefined || bottom === undefined) return [];
  /** From the top line's character to the one below it in the bottom line. */
  const apart = (index: number): Apart => {
    const [upper, lower] = [valueOn(top.t, index), valueOn(bottom.t, index)];
    return { along: lower - upper, across: valueOn(bottom.o, lower) - valueOn(top.o, upper) };
  };
  const middle = apart((first + last) / 2);
  const [leftEnd, rightEnd] = isWhole ? [apart(first), apart(last)] : [middle, middle];
  const sizeAt = ({ across }: Apart): number => (cap * across) / middle.across;
  return curves.map(({ t, o }): LineShape => {
    const [from, to] = [valueOn(t, first), valueOn(t, last)];
    return {
      x: 0,
      y: 0,
      ux: 1,
      uy: 0,
      t,
      o,
      h: through(from, to, sizeAt(leftEnd), sizeAt(rightEnd)),
      shear: through(from, to, leftEnd.along / leftEnd.across, rightEnd.along / rightEnd.across),
    };
  });
}

function zoneOf(members: readonly Member[]): FoundZone | null {
  const first = 0 - Math.max(...members.map(({ offset }) => offset));
  const last = Math.max(...members.map(({ line, offset }) => line.last - offset));
  const length = last - first + 1;
  const off = Math.min(...(LENGTHS[members.length] ?? []).map((wanted) => Math.abs(wanted - length)));
  if (off > FARTHEST_LENGTH) return null;
  const cap = CAPITAL * Math.max(...members.map(({ line }) => line.cap));
  const filled = members.reduce((sum, { line }) => sum + line.filled, 0) / (members.length * length);
  const outer = [members[0], members.at(-1)];
  const isWhole = outer.every((member) => (member?.line.last ?? 0) + 1 >= LEAST_FOUND * length);
  const lines = shapesOf(bentAlike(members), first, last, cap, isWhole);
  return { lines, first, last, score: filled * members.length - off * 0.08 };
}

/** Zones among rows that run along x: pairs, and triples of equal distances. */
function groupsOf(lines: readonly FoundLine[]): FoundZone[] {
  const zones: FoundZone[] = [];
  const add = (members: readonly Member[]): void => {
    const zone = zoneOf(members);
    if (zone !== null) zones.push(zone);
  };
  for (const top of lines) {
    const kin = kinOf(top, lines);
    if (kin > MOST_LINES + MOST_KIN) continue;
    for (const second of lines) {
      const first = top === second ? null : relation(top, second);
      if (first === null) continue;
      const pair = [
        { line: top, offset: 0 },
        { line: second, offset: first },
      ];
      if (kin <= pair.length + MOST_KIN) add(pair);
      for (const third of lines) {
        const next = third === second || third === top ? null : relation(second, third);
        if (next !== null) add([...pair, { line: third, offset: first + next }]);
      }
    }
  }
  return zones;
}

/**
 * How many of the rows have this one's pitch. Of those that are as long as a zone's lines no more count than one zone has: three cards lie on
 * one glass, and text has rows of any length.
 */
function kinOf(row: FoundLine, lines: readonly FoundLine[]): number {
  const pitch = pitchOf(row);
  const kin = lines.filter((line) => Math.abs(pitchOf(line) - pitch) < 0.06 * pitch);
  const whole = kin.filter(({ last }) => WHOLE.has(last + 1)).length;
  return kin.length - Math.max(0, whole - MOST_LINES);
}

/** A quarter turn: what ran down the picture runs along x. */
export function quarterTurned(components: readonly Component[], width: number): Component[] {
  return components.map(({ left, top, right, bottom }) => ({
    left: top,
    right: bottom,
    top: width - 1 - right,
    bottom: width - 1 - left,
  }));
}

/** The zone in a picture `scale` times as large. */
export function scaledZone(zone: FoundZone, scale: number): FoundZone {
  return { ...zone, lines: zone.lines.map((line) => scaledShape(line, scale)) };
}

/** The zone in a picture of which the one it was found in is a part that begins at `left` and `top`. */
export function movedZone(zone: FoundZone, left: number, top: number): FoundZone {
  return { ...zone, lines: zone.lines.map((line) => ({ ...line, x: line.x + left, y: line.y + top })) };
}

/**
 * Looks for zones among the dark things of a picture whose characters are 6 to 30 pixels high, upright or turned by a quarter (upside
 * down looks the same here); in the picture's own pixels, the best first.
 * @param width of the picture
 */
export function zonesAmong(things: readonly Component[], width: number): FoundZone[] {
  const along = groupsOf(findLines(things));
  const down = groupsOf(findLines(quarterTurned(things, width))).map((zone) => ({
    ...zone,
    lines: zone.lines.map((line): LineShape => ({ ...line, x: width - 1, y: 0, ux: 0, uy: 1 })),
  }));
  return [...along, ...down].toSorted((a, b) => b.score - a.score);
}
