import { activations, CLASSES, forward, logSoftmax, NONE } from './network.ts';
import type { Weights } from './network.ts';
import type { Pyramid } from './picture.ts';
import { CELL_HEIGHT, CELL_WIDTH, normalizedCell, pitchAt, reversed, sampleStrip } from './strip.ts';
import type { LineShape } from './strip.ts';
import type { FoundZone } from './zones.ts';

/** For each line, from character `first` on, the logarithms of the probabilities of all classes. */
export interface Recognised {
  readonly first: number;
  readonly count: number;
  readonly lines: readonly Float32Array[];
}

const acts = activations();
const cell = new Float32Array(CELL_WIDTH * CELL_HEIGHT);

function recogniseLine(
  pyramid: Pyramid,
  weights: Weights,
  shape: LineShape,
  first: number,
  count: number,
): Float32Array {
  const strip = sampleStrip(pyramid, shape, first, count);
  const result = new Float32Array(count * CLASSES);
  for (let index = 0; index < count; index += 1) {
    normalizedCell(strip, index, cell, 0);
    forward(weights, cell, 0, acts);
    logSoftmax(acts.logits);
    result.set(acts.logits, index * CLASSES);
  }
  return result;
}

/** Reads the characters `first` to `first + count - 1` of every line. */
export function recognise(
  pyramid: Pyramid,
  weights: Weights,
  lines: readonly LineShape[],
  first: number,
  count: number,
): Recognised {
  return { first, count, lines: lines.map((shape) => recogniseLine(pyramid, weights, shape, first, count)) };
}

/** Small moves of the line under which its characters stay what they are: in parts of a pitch, a capital, and of its height. */
const MOVES: readonly { along: number; down: number; height: number; shear: number }[] = [
  { along: 0.05, down: 0.05, height: 1, shear: 0 },
  { along: -0.05, down: -0.05, height: 1.04, shear: 0 },
  { along: 0, down: 0.04, height: 1.07, shear: 0.05 },
  { along: 0.02, down: -0.04, height: 0.95, shear: -0.05 },
];

/** How many more times `recogniseAgain` reads each character. */
export const REPEATS = MOVES.length;

function moved(shape: LineShape, move: (typeof MOVES)[number]): LineShape {
  const [t0, t1, t2] = shape.t;
  const [o0, o1, o2] = shape.o;
  return {
    ...shape,
    t: [t0 + move.along * t1, t1, t2],
    o: [o0 + move.down * shape.h[0], o1, o2],
    h: [shape.h[0] * move.height, shape.h[1] * move.height],
    shear: shape.shear + move.shear,
  };
}

/** Reads the same characters several times from slightly other places and takes the mean: steadier where it is hard to see. */
export function recogniseAgain(
  pyramid: Pyramid,
  weights: Weights,
  lines: readonly LineShape[],
  once: Recognised,
): Recognised {
  const sums = once.lines.map((line) => Float32Array.from(line));
  for (const move of MOVES) {
    for (const [index, shape] of lines.entries()) {
      const again = recogniseLine(pyramid, weights, moved(shape, move), once.first, once.count);
      const sum = sums[index];
      if (sum !== undefined) for (let at = 0; at < sum.length; at += 1) sum[at] = (sum[at] ?? 0) + (again[at] ?? 0);
    }
  }
  for (const sum of sums) {
    for (let at = 0; at < sum.length; at += CLASSES) {
      const means = sum.subarray(at, at + CLASSES).map((value) => value / (MOVES.length + 1));
      logSoftmax(means);
      sum.set(means, at);
    }
  }
  return { ...once, lines: sums };
}

const PROBES = 5;
/** Characters that `upright` reads of each line. */
export const UPRIGHT_PROBES = 2 * PROBES;

/** How surely the probed characters of the lines are characters at all: the mean logarithm. */
function sureness(
  pyramid: Pyramid,
  weights: Weights,
  lines: readonly LineShape[],
  first: number,
  last: number,
): number {
  let sum = 0;
  for (const shape of lines) {
    for (let probe = 0; probe < PROBES; probe += 1) {
      const at = Math.round(first + ((probe + 0.5) / PROBES) * (last - first));
      const logits = recogniseLine(pyramid, weights, shape, at, 1);
      let best = -Infinity;
      for (let kind = 0; kind < NONE; kind += 1) best = Math.max(best, logits[kind] ?? -Infinity);
      sum += Math.max(-5, best);
    }
  }
  return sum / (PROBES * lines.length);
}

/** The lines as somebody reads them who turned the page by half: the last line is the first. */
export function upsideDown(zone: FoundZone): FoundZone {
  const sum = zone.first + zone.last;
  return { ...zone, lines: zone.lines.map((line) => reversed(line, sum)).toReversed() };
}

/** The zone in its reading direction, and how surely it is one (0 is certain, -5 is nothing). */
export function upright(pyramid: Pyramid, weights: Weights, zone: FoundZone): { zone: FoundZone; sureness: number } {
  const turned = upsideDown(zone);
  const ways = [zone, turned].map((way) => ({
    zone: way,
    sureness: sureness(pyramid, weights, way.lines, way.first, way.last),
  }));
  const [asIs, other] = ways;
  if (asIs === undefined || other === undefined) return { zone, sureness: -5 };
  return other.sureness > asIs.sureness ? other : asIs;
}

/** Picture pixels from one character to the next, in the middle of the zone. */
export function pitchOf(zone: FoundZone): number {
  const middle = (zone.first + zone.last) / 2;
  const pitches = zone.lines.map((line) => pitchAt(line, middle));
  return pitches.reduce((sum, pitch) => sum + pitch, 0) / Math.max(1, pitches.length);
}
