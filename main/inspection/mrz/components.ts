import type { Grey } from './picture.ts';

/** A connected dark thing: its box (inclusive). */
export interface Component {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Half the side of the neighbourhood that says what is dark; characters between 6 and about 30 pixels high fit it. */
const RADIUS = 12;
/**
 * Darker than the neighbourhood's mean by this many of its deviations: everything that may be ink, or only what is darkest. Where faint
 * print lies on the lines of security print, both hang together as ink, and the print alone is darkest.
 */
export const INK = 0.55;
export const DARKEST = 1.5;
/** And by this many grey levels: less is noise. In deep shadow ink and paper are no farther apart than a part of the paper's own light. */
const LEAST_DIFFERENCE = 9;
const LEAST_IN_DARKNESS = 3;
const PART_OF_LIGHT = 0.1;
const SMALLEST_SIDE = 4;
const LARGEST_SIDE = 64;
const SMALLEST_AREA = 6;
/** More than this many runs of dark pixels in a row of the picture is noise: then nothing is looked for. */
const MOST_RUNS = 400_000;

/** Columns beside the picture, where there is nothing: so no pixel needs to ask whether its neighbourhood ends there. */
const BESIDE = RADIUS + 1;

/**
 * For each pixel whether it is dark for its neighbourhood: one byte each, 0 or 1. What is compared are sums and not means, both sides times the
 * number of neighbours: whole numbers, and no division for any of millions of pixels.
 */
function darkPixels({ data, width, height }: Grey, deviations: number): Uint8Array {
  const dark = new Uint8Array(width * height);
  const leastSpread = deviations * deviations;
  /** Of each column, over the rows of the neighbourhood. */
  const sums = new Int32Array(width + 2 * BESIDE);
  const squares = new Int32Array(width + 2 * BESIDE);
  const nothing = new Uint8Array(width);
  const rowAt = (y: number): Uint8Array =>
    y < 0 || y >= height ? nothing : data.subarray(y * width, y * width + width);
  const slide = (coming: Uint8Array, going: Uint8Array): void => {
    for (let x = 0, column = BESIDE; x < width; x += 1, column += 1) {
      const come = coming[x] ?? 0;
      const go = going[x] ?? 0;
      sums[column] = (sums[column] ?? 0) + come - go;
      squares[column] = (squares[column] ?? 0) + come * come - go * go;
    }
  };
  for (let y = 0; y < RADIUS; y += 1) slide(rowAt(y), nothing);
  for (let y = 0; y < height; y += 1) {
    slide(rowAt(y + RADIUS), rowAt(y - RADIUS - 1));
    const rows = Math.min(height - 1, y + RADIUS) - Math.max(0, y - RADIUS) + 1;
    let sum = 0;
    let square = 0;
    for (let column = BESIDE; column < BESIDE + RADIUS; column += 1) {
      sum += sums[column] ?? 0;
      square += squares[column] ?? 0;
    }
    let count = rows * Math.min(RADIUS, width);
    for (let x = 0, at = y * width; x < width; x += 1, at += 1) {
      const coming = x + BESIDE + RADIUS;
      sum += (sums[coming] ?? 0) - (sums[x] ?? 0);
      square += (squares[coming] ?? 0) - (squares[x] ?? 0);
      if (x + RADIUS < width) count += rows;
      if (x > RADIUS) count -= rows;
      const difference = sum - count * (data[at] ?? 0);
      const leastInDarkness = LEAST_IN_DARKNESS * count;
      // Most pixels are paper, and end here.
      if (difference <= leastInDarkness) continue;
      if (difference <= Math.min(LEAST_DIFFERENCE * count, leastInDarkness + PART_OF_LIGHT * sum)) continue;
      if (difference * difference > leastSpread * (square * count - sum * sum)) dark[at] = 1;
    }
  }
  return dark;
}

/** The connected dark things of about a character's size (diagonal neighbours count). */
function componentsOf(dark: Uint8Array, width: number, height: number): Component[] {
  const starts: number[] = [];
  const ends: number[] = [];
  const rows: number[] = [];
  const parents: number[] = [];
  const rootOf = (run: number): number => {
    let root = run;
    while ((parents[root] ?? root) !== root) root = parents[root] ?? root;
    let at = run;
    while (at !== root) {
      const next = parents[at] ?? root;
      parents[at] = root;
      at = next;
    }
    return root;
  };
  let above = 0;
  let aboveEnd = 0;
  for (let y = 0; y < height; y += 1) {
    const first = starts.length;
    let candidate = above;
    const row = y * width;
    let x = 0;
    while (x < width) {
      if (dark[row + x] !== 1) {
        x += 1;
        continue;
      }
      const start = x;
      while (x < width && dark[row + x] === 1) x += 1;
      const run = starts.length;
      starts.push(start);
      ends.push(x - 1);
      rows.push(y);
      parents.push(run);
      while (candidate < aboveEnd && (ends[candidate] ?? 0) < start - 1) candidate += 1;
      for (let other = candidate; other < aboveEnd && (starts[other] ?? 0) <= x; other += 1) {
        const [a, b] = [rootOf(run), rootOf(other)];
        if (a !== b) parents[Math.max(a, b)] = Math.min(a, b);
      }
    }
    above = first;
    aboveEnd = starts.length;
    if (aboveEnd > MOST_RUNS) return [];
  }
  const boxes = new Map<number, { left: number; top: number; right: number; bottom: number; area: number }>();
  for (let run = 0; run < starts.length; run += 1) {
    const root = rootOf(run);
    const [left, right, y] = [starts[run] ?? 0, ends[run] ?? 0, rows[run] ?? 0];
    const box = boxes.get(root);
    if (box === undefined) {
      boxes.set(root, { left, right, top: y, bottom: y, area: right - left + 1 });
      continue;
    }
    box.left = Math.min(box.left, left);
    box.right = Math.max(box.right, right);
    box.bottom = y;
    box.area += right - left + 1;
  }
  const components: Component[] = [];
  for (const box of boxes.values()) {
    const longer = Math.max(box.right - box.left, box.bottom - box.top) + 1;
    if (longer < SMALLEST_SIDE || longer > LARGEST_SIDE || box.area < SMALLEST_AREA) continue;
    components.push({ left: box.left, top: box.top, right: box.right, bottom: box.bottom });
  }
  return components;
}

/**
 * Everything dark in a picture that may be a character.
 * @param deviations how dark: `INK` or `DARKEST`
 */
export function thingsIn(picture: Grey, deviations = INK): Component[] {
  return componentsOf(darkPixels(picture, deviations), picture.width, picture.height);
}
