import { valueOn } from './fit.ts';
import { activations, CLASSES, forward, logSoftmax, NONE } from './network.ts';
import type { Weights } from './network.ts';
import type { Pyramid } from './picture.ts';
import { CELL_HEIGHT, CELL_WIDTH, normalizedCell, pointOn, reversed, sampleStrip } from './strip.ts';
import type { LineShape, Strip } from './strip.ts';
import type { FoundZone } from './zones.ts';

/** Of one line, or of each: the logarithms of the probabilities of all classes, character after character. */
export type LineScores = Float32Array;

/** What the networks make of a zone's lines, from character `first` on. */
export interface Recognised {
  readonly first: number;
  readonly count: number;
  /** The networks' mean, line by line. */
  readonly lines: readonly LineScores[];
  /** Each network's own, line by line. */
  readonly networks: readonly (readonly LineScores[])[];
}

const acts = activations();
const cell = new Float32Array(CELL_WIDTH * CELL_HEIGHT);

/** What one network makes of the character in `cell`, good until the next one is asked for. */
function asked(weights: Weights): LineScores {
  forward(weights, cell, 0, acts);
  logSoftmax(acts.logits);
  return acts.logits;
}

/** Each network's scores of a line that was drawn straight. */
export function scoresIn(networks: readonly Weights[], strip: Strip): LineScores[] {
  const results = networks.map(() => new Float32Array(strip.cells * CLASSES));
  for (let index = 0; index < strip.cells; index += 1) {
    normalizedCell(strip, index, cell, 0);
    for (const [network, weights] of networks.entries()) results[network]?.set(asked(weights), index * CLASSES);
  }
  return results;
}

/** Each network's scores of one line. */
function recogniseLine(
  pyramid: Pyramid,
  networks: readonly Weights[],
  shape: LineShape,
  first: number,
  count: number,
): LineScores[] {
  return scoresIn(networks, sampleStrip(pyramid, shape, first, count));
}

/** One network's scores of a single character of a strip, good until the next one is asked for. */
export function scoresAt(weights: Weights, strip: Strip, index: number): LineScores {
  normalizedCell(strip, index, cell, 0);
  return asked(weights);
}

/** The logarithm of the probability of the likeliest character, "none" left out, at a place of a line. */
export function likeliestAt(scores: LineScores, at: number): number {
  let best = -Infinity;
  for (let kind = 0; kind < NONE; kind += 1) best = Math.max(best, scores[at * CLASSES + kind] ?? -Infinity);
  return best;
}

/** The mean of logarithms, made to probabilities again. */
export function meanOf(scores: readonly LineScores[]): LineScores {
  const mean = new Float32Array(scores[0]?.length ?? 0);
  for (const one of scores) for (let at = 0; at < mean.length; at += 1) mean[at] = (mean[at] ?? 0) + (one[at] ?? 0);
  for (let at = 0; at < mean.length; at += CLASSES) {
    const means = mean.subarray(at, at + CLASSES);
    for (let kind = 0; kind < CLASSES; kind += 1) means[kind] = (means[kind] ?? 0) / scores.length;
    logSoftmax(means);
  }
  return mean;
}

/** What the networks make of lines, out of what each network makes of each. */
export function combined(first: number, count: number, networks: readonly (readonly LineScores[])[]): Recognised {
  const lines = (networks[0] ?? []).map((_, line) => meanOf(networks.flatMap((own) => own[line] ?? [])));
  return { first, count, lines, networks };
}

/** Reads the characters `first` to `first + count - 1` of every line with every network. */
export function recognise(
  pyramid: Pyramid,
  networks: readonly Weights[],
  lines: readonly LineShape[],
  first: number,
  count: number,
): Recognised {
  const byLine = lines.map((shape) => recogniseLine(pyramid, networks, shape, first, count));
  return combined(
    first,
    count,
    networks.map((_, network) => byLine.flatMap((scores) => scores[network] ?? [])),
  );
}

/**
 * A small move of a line under which its characters stay what they are: in parts of a pitch, a capital, and of its height. `stretch` and
 * `tilt` are how far both ends move apart along the line and against each other across it, of a pitch and a capital.
 */
export interface Move {
  readonly along: number;
  readonly down: number;
  readonly height: number;
  readonly shear: number;
  readonly stretch: number;
  readonly tilt: number;
}
/** No move at all. */
export const AS_IS: Move = { along: 0, down: 0, height: 1, shear: 0, stretch: 0, tilt: 0 };
const MOVES: readonly Move[] = [
  { ...AS_IS, along: 0.05, down: 0.05 },
  { ...AS_IS, along: -0.05, down: -0.05, height: 1.04 },
  { ...AS_IS, down: 0.04, height: 1.07, shear: 0.05 },
  { ...AS_IS, along: 0.02, down: -0.04, height: 0.95, shear: -0.05 },
];

/** How many more times `recogniseAgain` reads each character. */
export const REPEATS = MOVES.length;

/** A line that was moved; it stretches and tilts around its character `middle`, and its ends are `half` characters from there. */
export function moved(shape: LineShape, move: Move, middle = 0, half = 1): LineShape {
  const [t0, t1, t2, t3] = shape.t;
  const [o0, o1, o2, o3] = shape.o;
  const longer = (move.stretch * t1) / half;
  const steeper = (move.tilt * shape.h[0]) / (half * t1);
  return {
    ...shape,
    t: [t0 + move.along * t1 - longer * middle, t1 + longer, t2, t3],
    o: [o0 + move.down * shape.h[0] - steeper * valueOn(shape.t, middle), o1 + steeper, o2, o3],
    h: [shape.h[0] * move.height, shape.h[1] * move.height],
    shear: [shape.shear[0] + move.shear, shape.shear[1]],
  };
}

/**
 * Reads the same characters several times from slightly other places, the networks in turn, and takes the mean: steadier where
 * it is hard to see.
 */
export function recogniseAgain(
  pyramid: Pyramid,
  networks: readonly Weights[],
  lines: readonly LineShape[],
  once: Recognised,
): Recognised {
  const looks = once.networks.map((own) => own.map((scores) => [scores]));
  for (const [turn, move] of MOVES.entries()) {
    const network = turn % networks.length;
    const own = networks.slice(network, network + 1);
    for (const [line, shape] of lines.entries()) {
      const again = recogniseLine(pyramid, own, moved(shape, move), once.first, once.count);
      looks[network]?.[line]?.push(...again);
    }
  }
  return combined(
    once.first,
    once.count,
    looks.map((own) => own.map(meanOf)),
  );
}

const PROBES = 5;
/** Heights that `upright` tries beside the one that was measured: blur and coarse pixels make characters seem larger than they are. */
const HEIGHTS = [0.9, 1.08];
/** Below this no other height makes characters of it. */
const HOPELESS = -2.5;
/** Characters that `upright` reads of each line at most. */
export const UPRIGHT_PROBES = (2 + HEIGHTS.length) * PROBES;

/** How surely the probed characters of the lines are characters at all: the mean logarithm. */
function sureness(
  pyramid: Pyramid,
  networks: readonly Weights[],
  lines: readonly LineShape[],
  first: number,
  last: number,
): number {
  let sum = 0;
  for (const shape of lines) {
    for (let probe = 0; probe < PROBES; probe += 1) {
      const at = Math.round(first + ((probe + 0.5) / PROBES) * (last - first));
      const [scores = new Float32Array()] = recogniseLine(pyramid, networks, shape, at, 1);
      sum += Math.max(-5, likeliestAt(scores, 0));
    }
  }
  return sum / (PROBES * lines.length);
}

/** The lines as somebody reads them who turned the page by half: the last line is the first. */
export function upsideDown(zone: FoundZone): FoundZone {
  const sum = zone.first + zone.last;
  return { ...zone, lines: zone.lines.map((line) => reversed(line, sum)).toReversed() };
}

interface Way {
  readonly zone: FoundZone;
  readonly sureness: number;
}

const surest = (one: Way, other: Way): Way => (other.sureness > one.sureness ? other : one);

/**
 * The zone in its reading direction with its characters' height, and how surely it is one (0 is certain, -5 is nothing). The first
 * network is asked.
 */
export function upright(pyramid: Pyramid, networks: readonly Weights[], zone: FoundZone): Way {
  const asked = (way: FoundZone): Way => ({
    zone: way,
    sureness: sureness(pyramid, networks.slice(0, 1), way.lines, way.first, way.last),
  });
  const way = surest(asked(zone), asked(upsideDown(zone)));
  if (way.sureness < HOPELESS) return way;
  return HEIGHTS.map((height) =>
    asked({ ...way.zone, lines: way.zone.lines.map((line) => moved(line, { ...AS_IS, height })) }),
  ).reduce(surest, way);
}

/** Picture pixels from one character to the next, on average from end to end: along the line, however it lies in the picture. */
export function pitchOf(zone: FoundZone): number {
  const steps = zone.last - zone.first;
  const pitches = zone.lines.map((line) => {
    const [from, to] = [pointOn(line, zone.first, 0), pointOn(line, zone.last, 0)];
    return Math.hypot(to.x - from.x, to.y - from.y) / steps;
  });
  return pitches.reduce((sum, pitch) => sum + pitch, 0) / Math.max(1, pitches.length);
}
