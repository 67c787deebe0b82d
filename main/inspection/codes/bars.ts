import type { Grey } from '../mrz/index.ts';

/** A rectangle that lies askew: its middle in pixels, half its length along the rows of the code and across, its turn. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly halfLength: number;
  readonly halfHeight: number;
  /** Radians that the rows are turned clockwise from level, -π/2 to π/2: the bars stand across it. */
  readonly angle: number;
}

/** Side of a block in pixels: a few modules of a code, and a fifth of its height at 150 dpi. */
const BLOCK = 8;
/** Mean square of the difference between neighbours that bars leave, even blurred: 256 × contrast² of a weak copy. */
const LEAST_ENERGY = 100;
/** Pixels of a block that are looked at. */
const SAMPLES = (BLOCK / 2) ** 2;
/** 1: all edges of a block go one way; 0: as many as across. Rows of PDF417 have edges between them too. */
const LEAST_COHERENCE = 0.3;
/** Neighbouring blocks belong together when their edges go the same way within this much (radians). */
const SAME_WAY = 0.35;
const LEAST_BLOCKS = 12;
/** How much of its rectangle the blocks fill: bars do all of it, lines of text do not. */
const LEAST_FILL = 0.5;
/** No code on a card is squarer than this, its length to its height. */
const LEAST_ASPECT = 1.4;

interface Blocks {
  readonly columns: number;
  readonly rows: number;
  /** Per block: sums of gx², gy² and gx·gy (the structure tensor). */
  readonly xx: Float64Array;
  readonly yy: Float64Array;
  readonly xy: Float64Array;
}

/** Scharr's operator at every second pixel of every second row: an edge is as strong whichever way it goes. */
function blocksOf({ data, width, height }: Grey): Blocks {
  const columns = Math.floor(width / BLOCK);
  const rows = Math.floor(height / BLOCK);
  const xx = new Float64Array(columns * rows);
  const yy = new Float64Array(columns * rows);
  const xy = new Float64Array(columns * rows);
  const [lastX, lastY] = [Math.min(width - 1, columns * BLOCK), Math.min(height - 1, rows * BLOCK)];
  for (let y = 1; y < lastY; y += 2) {
    const inRow = Math.floor(y / BLOCK) * columns;
    for (let x = 1; x < lastX; x += 2) {
      const at = y * width + x;
      const west = data[at - 1] ?? 0;
      const east = data[at + 1] ?? 0;
      const north = data[at - width] ?? 0;
      const south = data[at + width] ?? 0;
      const falling = (data[at + width + 1] ?? 0) - (data[at - width - 1] ?? 0);
      const rising = (data[at - width + 1] ?? 0) - (data[at + width - 1] ?? 0);
      const gx = (3 * (falling + rising) + 10 * (east - west)) / 16;
      const gy = (3 * (falling - rising) + 10 * (south - north)) / 16;
      const block = inRow + (x >> 3);
      xx[block] = (xx[block] ?? 0) + gx * gx;
      yy[block] = (yy[block] ?? 0) + gy * gy;
      xy[block] = (xy[block] ?? 0) + gx * gy;
    }
  }
  return { columns, rows, xx: spread(xx, columns), yy: spread(yy, columns), xy: spread(xy, columns) };
}

/** Each block the mean of itself and its neighbours: one block alone shows a part of one row. */
function spread(values: Float64Array, columns: number): Float64Array {
  const result = new Float64Array(values.length);
  const inRow = (at: number): number => (values[at - 1] ?? 0) + (values[at] ?? 0) + (values[at + 1] ?? 0);
  for (let at = 0; at < values.length; at += 1) {
    result[at] = (inRow(at - columns) + inRow(at) + inRow(at + columns)) / 9;
  }
  return result;
}

/** The direction across the edges, radians from level, -π/2 to π/2. */
function directionOf(xx: number, yy: number, xy: number): number {
  return Math.atan2(2 * xy, xx - yy) / 2;
}

/** Per block its direction, or NaN where there are no bars. */
function barred({ xx, yy, xy }: Blocks): Float64Array {
  const directions = new Float64Array(xx.length).fill(Number.NaN);
  for (let at = 0; at < xx.length; at += 1) {
    const a = xx[at] ?? 0;
    const b = yy[at] ?? 0;
    const energy = a + b;
    if (energy < LEAST_ENERGY * SAMPLES) continue;
    const c = xy[at] ?? 0;
    if (Math.hypot(a - b, 2 * c) < LEAST_COHERENCE * energy) continue;
    directions[at] = directionOf(a, b, c);
  }
  return directions;
}

function isSameWay(a: number, b: number): boolean {
  const between = Math.abs(a - b) % Math.PI;
  return Math.min(between, Math.PI - between) < SAME_WAY;
}

/** Blocks that hang together and whose edges go one way. */
function componentsOf(directions: Float64Array, columns: number): number[][] {
  const isTaken = new Uint8Array(directions.length);
  const components: number[][] = [];
  for (let start = 0; start < directions.length; start += 1) {
    if (isTaken[start] === 1 || Number.isNaN(directions[start])) continue;
    isTaken[start] = 1;
    const members = [start];
    const take = (next: number, direction: number): void => {
      const other = directions[next] ?? Number.NaN;
      if (isTaken[next] === 1 || Number.isNaN(other) || !isSameWay(other, direction)) return;
      isTaken[next] = 1;
      members.push(next);
    };
    for (let index = 0; index < members.length; index += 1) {
      const at = members[index] ?? 0;
      const direction = directions[at] ?? 0;
      const column = at % columns;
      take(at - columns, direction);
      take(at + columns, direction);
      if (column > 0) take(at - 1, direction);
      if (column < columns - 1) take(at + 1, direction);
    }
    if (members.length >= LEAST_BLOCKS) components.push(members);
  }
  return components;
}

function regionOf(members: readonly number[], blocks: Blocks): Region | null {
  let [a, b, c] = [0, 0, 0];
  for (const at of members) {
    a += blocks.xx[at] ?? 0;
    b += blocks.yy[at] ?? 0;
    c += blocks.xy[at] ?? 0;
  }
  const angle = directionOf(a, b, c);
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const at of members) {
    const x = ((at % blocks.columns) + 0.5) * BLOCK;
    const y = (Math.floor(at / blocks.columns) + 0.5) * BLOCK;
    const along = x * cosine + y * sine;
    const across = y * cosine - x * sine;
    left = Math.min(left, along);
    right = Math.max(right, along);
    top = Math.min(top, across);
    bottom = Math.max(bottom, across);
  }
  const [length, height] = [right - left + BLOCK, bottom - top + BLOCK];
  if (length < LEAST_ASPECT * height || members.length * BLOCK * BLOCK < LEAST_FILL * length * height) return null;
  const [along, across] = [(left + right) / 2, (top + bottom) / 2];
  return {
    x: along * cosine - across * sine,
    y: along * sine + across * cosine,
    halfLength: length / 2,
    halfHeight: height / 2,
    angle,
  };
}

/**
 * Where bars stand close together, the largest place first: a PDF417 code, whichever way it lies. Found by the direction of the
 * edges in blocks of eight pixels; meant for a picture of 100 to 200 dpi. Text and patterns may be among them.
 */
export function findBars(picture: Grey): Region[] {
  const blocks = blocksOf(picture);
  return componentsOf(barred(blocks), blocks.columns)
    .flatMap((members) => regionOf(members, blocks) ?? [])
    .toSorted((a, b) => b.halfLength * b.halfHeight - a.halfLength * a.halfHeight);
}
