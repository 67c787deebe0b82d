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

/** For each pixel whether it is dark for its neighbourhood: one byte each, 0 or 1. */
function darkPixels({ data, width, height }: Grey, deviations: number): Uint8Array {
  const dark = new Uint8Array(width * height);
  const sums = new Int32Array(width);
  const squares = new Int32Array(width);
  const addRow = (y: number, sign: 1 | -1): void => {
    const start = y * width;
    for (let x = 0; x < width; x += 1) {
      const value = data[start + x] ?? 0;
      sums[x] = (sums[x] ?? 0) + sign * value;
      squares[x] = (squares[x] ?? 0) + sign * value * value;
    }
  };
  for (let y = 0; y < Math.min(RADIUS, height); y += 1) addRow(y, 1);
  for (let y = 0; y < height; y += 1) {
    if (y + RADIUS < height) addRow(y + RADIUS, 1);
    if (y - RADIUS - 1 >= 0) addRow(y - RADIUS - 1, -1);
    const rows = Math.min(height - 1, y + RADIUS) - Math.max(0, y - RADIUS) + 1;
    let sum = 0;
    let square = 0;
    for (let x = 0; x < Math.min(RADIUS, width); x += 1) {
      sum += sums[x] ?? 0;
      square += squares[x] ?? 0;
    }
    let columns = Math.min(RADIUS, width);
    for (let x = 0; x < width; x += 1) {
      if (x + RADIUS < width) {
        sum += sums[x + RADIUS] ?? 0;
        square += squares[x + RADIUS] ?? 0;
        columns += 1;
      }
      if (x - RADIUS - 1 >= 0) {
        sum -= sums[x - RADIUS - 1] ?? 0;
        square -= squares[x - RADIUS - 1] ?? 0;
        columns -= 1;
      }
      const count = rows * columns;
      const mean = sum / count;
      const difference = mean - (data[y * width + x] ?? 0);
      if (difference <= Math.min(LEAST_DIFFERENCE, LEAST_IN_DARKNESS + PART_OF_LIGHT * mean)) continue;
      const variance = square / count - mean * mean;
      if (difference * difference > deviations * deviations * variance) dark[y * width + x] = 1;
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
