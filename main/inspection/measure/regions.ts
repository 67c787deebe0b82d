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
    const stack = [start];
    left[start] = 0;
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      pixels.push(at);
      const x = at % width;
      const around = [x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, at - width, at + width];
      for (const next of around) {
        if (left[next] !== 1) continue;
        left[next] = 0;
        stack.push(next);
      }
    }
    regions.push({ pixels });
  }
  return regions.toSorted((a, b) => b.pixels.length - a.pixels.length);
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
