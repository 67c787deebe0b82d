/** A set of pixels of a picture: 1 for each that belongs to it, rows from the top. */
export type Mask = Uint8Array;

/** Where the pixels of a mask are. */
export function placesOf(mask: Mask): number[] {
  const places: number[] = [];
  for (let at = 0; at < mask.length; at += 1) if (mask[at] === 1) places.push(at);
  return places;
}

/** Pixels that hang together, side by side or one above the other. */
export interface Region {
  readonly pixels: readonly number[];
}

/**
 * Everything that can be reached from the seeds over neighbours that `joins` lets through.
 * @param joins whether the walk goes on from one pixel to the next
 */
export function reached(
  width: number,
  height: number,
  seeds: Iterable<number>,
  joins: (from: number, to: number) => boolean,
): Mask {
  const mask = new Uint8Array(width * height);
  const stack: number[] = [];
  for (const seed of seeds) {
    if (mask[seed] === 1) continue;
    mask[seed] = 1;
    stack.push(seed);
  }
  const visit = (from: number, to: number): void => {
    if (mask[to] === 1 || !joins(from, to)) return;
    mask[to] = 1;
    stack.push(to);
  };
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const x = at % width;
    if (x > 0) visit(at, at - 1);
    if (x < width - 1) visit(at, at + 1);
    if (at >= width) visit(at, at - width);
    if (at < width * (height - 1)) visit(at, at + width);
  }
  return mask;
}

/** The regions of a mask, the largest first. */
export function regionsOf(mask: Mask, width: number): Region[] {
  const left = Uint8Array.from(mask);
  const regions: Region[] = [];
  for (let start = 0; start < left.length; start += 1) {
    if (left[start] !== 1) continue;
    const pixels: number[] = [];
    const stack: number[] = [];
    const take = (at: number): void => {
      if (left[at] !== 1) return;
      left[at] = 0;
      stack.push(at);
    };
    take(start);
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      pixels.push(at);
      const x = at % width;
      if (x > 0) take(at - 1);
      if (x < width - 1) take(at + 1);
      take(at - width);
      take(at + width);
    }
    regions.push({ pixels });
  }
  return regions.toSorted((a, b) => b.pixels.length - a.pixels.length);
}

/** The leftmost and the rightmost pixel of one row of a region. */
export interface RowEnds {
  readonly y: number;
  readonly least: number;
  readonly most: number;
}

/** The ends of each row that has any of these pixels, from the top: all that its extent in any direction needs. */
export function rowEndsOf(pixels: readonly number[], width: number): RowEnds[] {
  let last = -1;
  for (const at of pixels) if (at > last) last = at;
  const rows = Math.floor(last / width) + 1;
  const least = new Int32Array(rows).fill(width);
  const most = new Int32Array(rows).fill(-1);
  for (const at of pixels) {
    const x = at % width;
    const y = (at - x) / width;
    if (x < (least[y] ?? 0)) least[y] = x;
    if (x > (most[y] ?? 0)) most[y] = x;
  }
  const ends = Array.from(least, (first, y) => ({ y, least: first, most: most[y] ?? -1 }));
  return ends.filter((row) => row.most >= 0);
}

/** Without what is thinner than three pixels. */
export function eroded(mask: Mask, width: number, height: number): Mask {
  const thinner = new Uint8Array(mask.length);
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const at = y * width + x;
      if (
        mask[at] === 1 &&
        mask[at - 1] === 1 &&
        mask[at + 1] === 1 &&
        mask[at - width] === 1 &&
        mask[at + width] === 1
      ) {
        thinner[at] = 1;
      }
    }
  }
  return thinner;
}
