import type { Component } from './components.ts';
import { findLines } from './lines.ts';
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
const MOST_SLOPE_DIFFERENCE = 0.05;
/** So many more lines of the same pitch are a page of typed text, whose rows are a zone's nearest kin. */
const MOST_KIN = 4;
/** Lines of 36 or 44 characters, and three of 30, are zones; so far off may what was found of one be. */
const FARTHEST_LENGTH = 5;
/**
 * A capital's height in that of a row's tallest marks: figures of OCR-B are 1.1 times as high as its capitals, and the dark thing that
 * stands for one is a little larger than its ink. Found by where the networks are surest, on drawn pages.
 */
const CAPITAL = 0.88;
const LENGTHS: Readonly<Record<number, readonly number[]>> = { 2: [36, 44], 3: [30] };

function levelOf(line: FoundLine, t: number): number {
  return line.o[0] + line.o[1] * t + line.o[2] * t * t;
}

function placeOf(line: FoundLine, index: number): number {
  return line.t[0] + line.t[1] * index + line.t[2] * index * index;
}

function slopeOf(line: FoundLine, t: number): number {
  return line.o[1] + 2 * line.o[2] * t;
}

/** How line `below` continues line `above`: the index that stands below index 0, and the shear; null when they do not belong together. */
function relation(above: FoundLine, below: FoundLine): { offset: number; shear: number } | null {
  const t =
    (Math.max(placeOf(above, 0), placeOf(below, 0)) +
      Math.min(placeOf(above, above.last), placeOf(below, below.last))) /
    2;
  const shared =
    Math.min(placeOf(above, above.last), placeOf(below, below.last)) - Math.max(placeOf(above, 0), placeOf(below, 0));
  const [pitchA, pitchB] = [above.t[1] + above.t[2] * above.last, below.t[1] + below.t[2] * below.last];
  const pitch = (pitchA + pitchB) / 2;
  const distance = levelOf(below, t) - levelOf(above, t);
  if (distance < NEAREST * pitch || distance > FARTHEST * pitch) return null;
  if (Math.abs(pitchA - pitchB) > MOST_PITCH_DIFFERENCE * pitch) return null;
  if (Math.abs(slopeOf(above, t) - slopeOf(below, t)) > MOST_SLOPE_DIFFERENCE) return null;
  if (shared < 0.4 * pitch * Math.max(above.last, below.last)) return null;
  const indexAt = (line: FoundLine, target: number): number => {
    let index = (target - line.t[0]) / line.t[1];
    for (let round = 0; round < 3; round += 1)
      index += (target - placeOf(line, index)) / (line.t[1] + 2 * line.t[2] * index);
    return index;
  };
  const slope = slopeOf(above, t);
  const upper = Math.round(indexAt(above, t));
  const under = indexAt(below, placeOf(above, upper) - slope * distance);
  const offset = Math.round(under) - upper;
  return { offset, shear: ((Math.round(under) - under) * pitch) / distance };
}

/** Moves a line's index 0 by `offset` characters. */
function shifted(line: FoundLine, offset: number): FoundLine {
  const [t0, t1, t2] = line.t;
  return { ...line, t: [t0 + t1 * offset + t2 * offset * offset, t1 + 2 * t2 * offset, t2], last: line.last - offset };
}

/** How much a line says of the bend of all: that of a long one is measured, that of a short one is chance. */
const weightOf = ({ last }: FoundLine): number => (last + 1) ** 4;

const weighted = (lines: readonly FoundLine[], value: (line: FoundLine) => number): number =>
  lines.reduce((sum, line) => sum + weightOf(line) * value(line), 0) /
  lines.reduce((sum, line) => sum + weightOf(line), 0);

/** The parabola with another bend and the same value and slope at `middle`. */
function rebent([c0, c1, c2]: FoundLine['o'], middle: number, bend: number): FoundLine['o'] {
  const change = bend - c2;
  return [c0 + change * middle * middle, c1 - 2 * change * middle, bend];
}

/**
 * The lines of a zone with the bend and the drift of the pitch that they have in common, each around the middle of what was found of it:
 * where marks were found of half a line only, its own would lead far off at the other end.
 */
function bentAlike(lines: readonly FoundLine[]): FoundLine[] {
  const bend = weighted(lines, (line) => line.o[2]);
  const drift = weighted(lines, (line) => line.t[2]);
  return lines.map((line) => ({
    ...line,
    o: rebent(line.o, placeOf(line, line.last / 2), bend),
    t: rebent(line.t, line.last / 2, drift),
  }));
}

function zoneOf(members: readonly { line: FoundLine; offset: number }[], shear: number): FoundZone | null {
  const first = Math.min(...members.map(({ offset }) => -offset));
  const last = Math.max(...members.map(({ line, offset }) => line.last - offset));
  const length = last - first + 1;
  const off = Math.min(...(LENGTHS[members.length] ?? []).map((wanted) => Math.abs(wanted - length)));
  if (off > FARTHEST_LENGTH) return null;
  const cap = CAPITAL * Math.max(...members.map(({ line }) => line.cap));
  const filled = members.reduce((sum, { line }) => sum + line.filled, 0) / (members.length * length);
  const bent = bentAlike(members.map(({ line }) => line));
  const lines = bent.map((line, index): LineShape => {
    const moved = shifted(line, members[index]?.offset ?? 0);
    const middle = placeOf(moved, (first + last) / 2);
    return { x: 0, y: 0, ux: 1, uy: 0, t: moved.t, o: moved.o, h: [cap, 0], shear: shear - slopeOf(moved, middle) };
  });
  return { lines, first, last, score: filled * members.length - off * 0.08 };
}

/** Zones among rows that run along x: pairs, and triples of equal distances. */
function groupsOf(lines: readonly FoundLine[]): FoundZone[] {
  const zones: FoundZone[] = [];
  for (const top of lines) {
    for (const second of lines) {
      const first = top === second ? null : relation(top, second);
      if (first === null) continue;
      const pair = [
        { line: top, offset: 0 },
        { line: second, offset: first.offset },
      ];
      const two = zoneOf(pair, first.shear);
      if (two !== null) zones.push(two);
      for (const third of lines) {
        const next = third === second || third === top ? null : relation(second, third);
        if (next === null) continue;
        const three = zoneOf(
          [...pair, { line: third, offset: first.offset + next.offset }],
          (first.shear + next.shear) / 2,
        );
        if (three !== null) zones.push(three);
      }
    }
  }
  return zones.filter((zone) => kinOf(zone, lines) <= zone.lines.length + MOST_KIN);
}

/** How many of the rows have the zone's pitch. */
function kinOf(zone: FoundZone, lines: readonly FoundLine[]): number {
  const pitch = zone.lines[0]?.t[1] ?? 0;
  return lines.filter((line) => Math.abs(line.t[1] - pitch) < 0.06 * pitch).length;
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
