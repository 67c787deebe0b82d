import { LAYOUTS } from '../../../shared/mrz/index.ts';
import { median, quantile } from '../quantile.ts';
import type { Component } from './components.ts';
import { fitCurve, shiftedBy, valueOn } from './fit.ts';
import type { Curve } from './fit.ts';

/** A thing that may be a character, seen along a direction: middle, width along it and height across it. */
interface Mark {
  readonly t: number;
  readonly o: number;
  readonly width: number;
  readonly height: number;
}

/** A mark and its place in the row. */
export interface Placed {
  readonly place: number;
  readonly t: number;
  readonly o: number;
}

/**
 * A row of marks at equal distances, in the coordinates of the picture it was found in: see `LineShape` for t, o and h. Index
 * 0 is the first mark found, `last` the last one; there may be more characters beyond either.
 */
export interface FoundLine {
  readonly t: Curve;
  readonly o: Curve;
  readonly cap: number;
  readonly last: number;
  /** Places of the row that hold a mark. */
  readonly filled: number;
  /** The marks that it was found by. */
  readonly marks: readonly Placed[];
}

/** Skew that is looked for, as a slope: 17 degrees. */
const STEEPEST = 0.3;
const LEAST_CHAIN = 6;
const LEAST_MARKS = 11;
const LEAST_FILLED = 0.55;
/** Fewer marks do not tell a bend that changes from chance. */
const LEAST_FOR_CHANGE = 24;
const degreeFor = (marks: number): 2 | 3 => (marks < LEAST_FOR_CHANGE ? 2 : 3);
/** Characters of a zone's lines. */
export const WHOLE: ReadonlySet<number> = new Set(Object.values(LAYOUTS).map(({ lineLength }) => lineLength));
/** So many empty places in a row may lie between the end of a zone's line and other print beside the document. */
const LEAST_GAP = 2;
/** What an empty place counts of one too many or too few. */
const EMPTY = 0.5;
/** More lines than this is a page of text. */
const MOST_LINES = 60;
const BUCKET = 24;

/** Rows of equally distant marks that run along x, or nearly so. */
export function findLines(components: readonly Component[]): FoundLine[] {
  const marks: Mark[] = components
    .map(({ left, right, top, bottom }) => ({
      t: (left + right) / 2,
      o: (top + bottom) / 2,
      width: right - left + 1,
      height: bottom - top + 1,
    }))
    .filter((mark) => mark.height >= 5 && mark.width <= mark.height * 2.2)
    .toSorted((a, b) => a.t - b.t);
  const buckets = bucketsOf(marks);
  const chains = chainsOf(marks, buckets);
  const used = new Set<Mark>();
  /** Of lines that are as good as whole: what lies beside them is another document's. */
  const settled = new Set<Mark>();
  const lines: FoundLine[] = [];
  // What of a chain is left beside a line that was found may be the line of another document on the same level.
  const left = [...chains];
  for (let chain = left.shift(); chain !== undefined && lines.length < MOST_LINES; chain = left.shift()) {
    const fresh = chain.filter((mark) => !used.has(mark));
    if (fresh.length < LEAST_CHAIN || fresh.length < chain.length * 0.6) continue;
    const found = lineThrough(fresh, marks, buckets, settled);
    if (found === null) continue;
    const line = withoutStrays(found.line);
    lines.push(line);
    if (!isAsGoodAsWhole(line)) {
      for (const mark of found.marks) used.add(mark);
      continue;
    }
    for (const mark of found.marks.filter(({ t }) => isWithin(line, t))) {
      used.add(mark);
      settled.add(mark);
    }
    left.unshift(fresh.filter(({ t }) => !isWithin(line, t)));
  }
  return lines;
}

/** Whether a place along a line is between its ends. */
function isWithin(line: FoundLine, t: number): boolean {
  return t > valueOn(line.t, -0.5) && t < valueOn(line.t, line.last + 0.5);
}

/** Characters that a line may have too many or too few, and the part of its places that holds a mark. */
const MOST_OFF_WHOLE = 2;
const LEAST_OF_WHOLE = 0.9;

function isAsGoodAsWhole({ last, filled }: FoundLine): boolean {
  const off = Math.min(...Array.from(WHOLE, (whole) => Math.abs(whole - (last + 1))));
  return off <= MOST_OFF_WHOLE && filled >= LEAST_OF_WHOLE * (last + 1);
}

/** How far the places from `first` to `last` are from a whole line: what it has too many or too few, and what is empty in it. */
function farFromWhole(places: readonly number[], first: number, last: number): number {
  const length = last - first + 1;
  const filled = places.filter((place) => place >= first && place <= last).length;
  return EMPTY * (length - filled) + Math.min(...Array.from(WHOLE, (whole) => Math.abs(whole - length)));
}

/** The line from its place `first` to `last`. */
function partOf(line: FoundLine, first: number, last: number): FoundLine {
  const marks = line.marks
    .filter(({ place }) => place >= first && place <= last)
    .map((mark) => ({ ...mark, place: mark.place - first }));
  const filled = new Set(marks.map(({ place }) => place)).size;
  return { ...line, t: shiftedBy(line.t, first), last: last - first, filled, marks };
}

/**
 * Without what goes on behind a gap, where that leaves a line that is whole or nearer to it: print or a pattern beside the document happens to
 * lie at the right distance.
 */
function withoutStrays(line: FoundLine): FoundLine {
  const places = [...new Set(line.marks.map(({ place }) => place))].toSorted((a, b) => a - b);
  const begins = places.filter((place, index) => index === 0 || place - (places[index - 1] ?? 0) > LEAST_GAP);
  const ends = places.filter((place, index) => (places[index + 1] ?? Infinity) - place > LEAST_GAP);
  let [first, last] = [0, line.last];
  for (const begin of begins) {
    for (const end of ends) {
      if (end - begin + 1 < LEAST_MARKS) continue;
      if (farFromWhole(places, begin, end) < farFromWhole(places, first, last)) [first, last] = [begin, end];
    }
  }
  return first === 0 && last === line.last ? line : partOf(line, first, last);
}

type Buckets = ReadonlyMap<number, readonly number[]>;
const bucketOf = (t: number, o: number): number => Math.floor(t / BUCKET) * 65_536 + Math.floor(o / BUCKET);

function bucketsOf(marks: readonly Mark[]): Buckets {
  const buckets = new Map<number, number[]>();
  for (const [index, mark] of marks.entries()) {
    const key = bucketOf(mark.t, mark.o);
    const bucket = buckets.get(key);
    if (bucket === undefined) buckets.set(key, [index]);
    else bucket.push(index);
  }
  return buckets;
}

/** Marks linked to their nearest neighbour on the right of about their own size; the longest chains first. */
function chainsOf(marks: readonly Mark[], buckets: Buckets): Mark[][] {
  const next = new Int32Array(marks.length).fill(-1);
  const hasBefore = new Uint8Array(marks.length);
  for (const [index, mark] of marks.entries()) {
    let nearest = Infinity;
    const reach = 2.6 * mark.height;
    const rise = STEEPEST * reach + 0.3 * mark.height;
    for (let column = Math.floor(mark.t / BUCKET); column <= Math.floor((mark.t + reach) / BUCKET); column += 1) {
      for (let row = Math.floor((mark.o - rise) / BUCKET); row <= Math.floor((mark.o + rise) / BUCKET); row += 1) {
        for (const other of buckets.get(column * 65_536 + row) ?? []) {
          const { t, o, height } = marks[other] ?? mark;
          const along = t - mark.t;
          const across = Math.abs(o - mark.o);
          if (along < 0.4 * mark.height || along > reach || across > STEEPEST * along + 0.15 * mark.height) continue;
          if (height < 0.5 * mark.height || height > 2 * mark.height) continue;
          const distance = along + 1.5 * across;
          if (distance < nearest) {
            nearest = distance;
            next[index] = other;
          }
        }
      }
    }
    const chosen = next[index] ?? -1;
    if (chosen >= 0) hasBefore[chosen] = 1;
  }
  const chains: Mark[][] = [];
  const taken = new Uint8Array(marks.length);
  for (let index = 0; index < marks.length; index += 1) {
    if (hasBefore[index] === 1) continue;
    const chain: Mark[] = [];
    for (let at = index; at >= 0 && taken[at] === 0; at = next[at] ?? -1) {
      taken[at] = 1;
      const mark = marks[at];
      if (mark !== undefined) chain.push(mark);
    }
    if (chain.length >= LEAST_CHAIN) chains.push(chain);
  }
  return chains.toSorted((a, b) => b.length - a.length);
}

/** The slope that half of the pairs at some distance lie above: a few strange marks do not move it. */
function middleSlope(chain: readonly Mark[]): number {
  const half = Math.ceil(chain.length / 2);
  const slopes: number[] = [];
  for (let index = 0; index + half < chain.length; index += 1) {
    const [a, b] = [chain[index], chain[index + half]];
    if (a !== undefined && b !== undefined && b.t > a.t) slopes.push((b.o - a.o) / (b.t - a.t));
  }
  return median(slopes);
}

/** Where a row goes on: its level at `t`, as the marks say that were found last on this side. */
type Path = (t: number, before: readonly Mark[]) => number;

/** Along a curve that is known. */
function along(curve: Curve): Path {
  return (t) => valueOn(curve, t);
}

/** So many marks say where a row goes on, whatever bend it had before. */
const FOLLOWED = 7;

/** The straight line nearest to the last `FOLLOWED` of some marks. */
function straightThrough(marks: readonly Mark[]): Curve {
  const from = Math.max(0, marks.length - FOLLOWED);
  const count = marks.length - from;
  let [t, o, tt, to] = [0, 0, 0, 0];
  const base = marks[from]?.t ?? 0;
  for (let index = from; index < marks.length; index += 1) {
    const mark = marks[index];
    if (mark === undefined) continue;
    const along = mark.t - base;
    t += along;
    o += mark.o;
    tt += along * along;
    to += along * mark.o;
  }
  const spread = count * tt - t * t;
  const slope = spread === 0 ? 0 : (count * to - t * o) / spread;
  return [(o - slope * t) / Math.max(1, count) - slope * base, slope, 0, 0];
}

/** From mark to mark; where it begins, from those of the chain on its other side. */
function onward(chain: readonly Mark[], from: number): Path {
  const begin = chain[from]?.t ?? 0;
  const ahead = chain.slice(Math.max(0, from - FOLLOWED + 1), from + 1);
  const back = chain.slice(from, from + FOLLOWED).toReversed();
  let known: Curve = [0, 0, 0, 0];
  let knownOf: readonly [Mark | undefined, boolean] | null = null;
  return (t, before) => {
    const [last, isAhead] = [before.at(-1), t >= begin];
    if (knownOf === null || knownOf[0] !== last || knownOf[1] !== isAhead) {
      known = straightThrough(before.length < FOLLOWED ? [...(isAhead ? ahead : back), ...before] : before);
      knownOf = [last, isAhead];
    }
    return valueOn(known, t);
  };
}

/**
 * All marks near a path whose size fits, but for those of other lines that are settled, from left to right, as far as there is no gap
 * of `widestGap`.
 */
function marksAlong(
  path: Path,
  from: Mark,
  cap: number,
  widestGap: number,
  marks: readonly Mark[],
  buckets: Buckets,
  settled: ReadonlySet<Mark>,
): Mark[] {
  const near = (direction: 1 | -1): Mark[] => {
    const found: Mark[] = [];
    let edge = from.t;
    let column = Math.floor(from.t / BUCKET);
    while (Math.abs(column * BUCKET - edge) <= widestGap + 2 * BUCKET) {
      const level = path(column * BUCKET + BUCKET / 2, found);
      const here: Mark[] = [];
      for (let row = Math.floor((level - cap) / BUCKET); row <= Math.floor((level + cap) / BUCKET); row += 1) {
        for (const index of buckets.get(column * 65_536 + row) ?? []) {
          const mark = marks[index];
          if (mark === undefined || (mark.t - from.t) * direction <= 0 || settled.has(mark)) continue;
          const off = mark.o - path(mark.t, found);
          if (Math.abs(off) < 0.3 * cap && mark.height > 0.4 * cap && mark.height < 1.5 * cap) here.push(mark);
        }
      }
      for (const mark of here.toSorted((a, b) => (a.t - b.t) * direction)) {
        if (Math.abs(mark.t - edge) > widestGap) return found;
        found.push(mark);
        edge = mark.t;
      }
      column += direction;
    }
    return found;
  };
  return [...near(-1).toReversed(), from, ...near(1)];
}

/** From each of the marks to the next. */
function distancesOf(row: readonly Mark[]): number[] {
  return row.slice(1).map((mark, index) => mark.t - (row[index]?.t ?? 0));
}

/** So many marks on either side of one say how far apart they are there. */
const AROUND = 5;

/** Gives each mark its place in the row, from `start` to the right and to the left. NaN: it fits no place. */
function places(row: readonly Mark[], start: number): number[] {
  const pitch = median(distancesOf(row.slice(Math.max(0, start - AROUND), start + AROUND + 1)));
  const result = row.map(() => Number.NaN);
  result[start] = 0;
  for (const direction of [1, -1] as const) {
    let [t, place, local] = [row[start]?.t ?? 0, 0, pitch];
    for (let index = start + direction; index >= 0 && index < row.length; index += direction) {
      const distance = ((row[index]?.t ?? 0) - t) * direction;
      const steps = Math.round(distance / local);
      if (steps < 1 || Math.abs(distance - steps * local) > 0.24 * local + 0.02 * distance) continue;
      t = row[index]?.t ?? 0;
      place += steps * direction;
      local += 0.2 * (distance / steps - local);
      result[index] = place;
    }
  }
  return result;
}

function lineThrough(
  chain: readonly Mark[],
  marks: readonly Mark[],
  buckets: Buckets,
  settled: ReadonlySet<Mark>,
): { line: FoundLine; marks: readonly Mark[] } | null {
  const cap = quantile(
    chain.map((mark) => mark.height),
    0.75,
  );
  const slope = middleSlope(chain);
  const middle = chain[chain.length >> 1];
  if (middle === undefined) return null;
  const level = median(chain.map((mark) => mark.o - slope * mark.t));
  const gap = 5 * median(distancesOf(chain));
  // Strange marks in the chain lead a path astray that goes from mark to mark, and a bent row leaves a straight one.
  const tried = [along([level, slope, 0, 0]), onward(chain, chain.length >> 1)].map((path) =>
    marksAlong(path, middle, cap, gap, marks, buckets, settled),
  );
  let [row = []] = tried.toSorted((a, b) => b.length - a.length);
  // With the marks of the whole row the curve is known well enough to look along it once more.
  const curve = fitCurve(
    row.map((mark) => mark.t),
    row.map((mark) => mark.o),
    degreeFor(row.length),
  );
  row = marksAlong(along(curve), middle, cap, gap, marks, buckets, settled);
  if (row.length < LEAST_MARKS) return null;
  const pitch = median(distancesOf(row));
  if (pitch < 0.6 * cap || pitch > 2.2 * cap) return null;
  let best: number[] = [];
  let bestCount = 0;
  for (const share of [0.2, 0.5, 0.8]) {
    const placed = places(row, Math.floor(share * (row.length - 1)));
    const count = placed.filter((place) => !Number.isNaN(place)).length;
    if (count > bestCount) [best, bestCount] = [placed, count];
  }
  let inliers = row
    .map((mark, index) => ({ mark, place: best[index] ?? Number.NaN }))
    .filter(({ place }) => !Number.isNaN(place));
  if (inliers.length < LEAST_MARKS) return null;
  let t: Curve = [0, 0, 0, 0];
  for (let round = 0; round < 3; round += 1) {
    t = fitCurve(
      inliers.map(({ place }) => place),
      inliers.map(({ mark }) => mark.t),
      degreeFor(inliers.length),
    );
    const off = 0.2 * t[1];
    const kept = inliers.filter(({ mark, place }) => Math.abs(valueOn(t, place) - mark.t) < off);
    if (kept.length < LEAST_MARKS) return null;
    inliers = kept;
  }
  const first = Math.min(...inliers.map(({ place }) => place));
  const last = Math.max(...inliers.map(({ place }) => place)) - first;
  const filled = new Set(inliers.map(({ place }) => place)).size;
  if (filled < LEAST_FILLED * (last + 1)) return null;
  const o = fitCurve(
    inliers.map(({ mark }) => mark.t),
    inliers.map(({ mark }) => mark.o),
    degreeFor(inliers.length),
  );
  const lean = Math.abs(slope);
  // The box around a leaning character: h·cos + w·sin high, w·cos + h·sin wide. This leaves h·cos.
  const heights = inliers.map(({ mark }) => (mark.height - mark.width * lean) / (1 - lean * lean));
  const tall = quantile(heights, 0.9);
  return {
    line: {
      t: shiftedBy(t, first),
      o,
      cap: median(heights.filter((height) => height > 0.85 * tall)),
      last,
      filled,
      marks: inliers.map(({ mark, place }) => ({ place: place - first, t: mark.t, o: mark.o })),
    },
    marks: row,
  };
}
