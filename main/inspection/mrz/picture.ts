/** A grey picture: one byte per pixel, rows from the top, 0 is black. */
export interface Grey {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** The value at a place between four pixels, straight from each to the next: `x` from 0 to below `width - 1`, `y` likewise. */
export function valueAt(data: ArrayLike<number>, width: number, x: number, y: number): number {
  const left = x | 0;
  const above = y | 0;
  const fx = x - left;
  const fy = y - above;
  const at = above * width + left;
  const upper = (data[at] ?? 0) * (1 - fx) + (data[at + 1] ?? 0) * fx;
  const lower = (data[at + width] ?? 0) * (1 - fx) + (data[at + width + 1] ?? 0) * fx;
  return upper * (1 - fy) + lower * fy;
}

/** Half the size in both directions, each pixel the mean of four; an odd last row or column is left out. */
function halved(picture: Grey): Grey {
  const width = picture.width >> 1;
  const height = picture.height >> 1;
  const data = new Uint8Array(width * height);
  const source = picture.data;
  for (let y = 0; y < height; y += 1) {
    let above = 2 * y * picture.width;
    let below = above + picture.width;
    for (let at = y * width, end = at + width; at < end; at += 1) {
      data[at] =
        ((source[above] ?? 0) + (source[above + 1] ?? 0) + (source[below] ?? 0) + (source[below + 1] ?? 0) + 2) >> 2;
      above += 2;
      below += 2;
    }
  }
  return { data, width, height };
}

/** The picture and its halves; level `n` is 2^n times smaller. Made when first asked for. */
export interface Pyramid {
  /** A deeper level than the last one is the last one. */
  readonly level: (index: number) => Grey;
  /** The last level. */
  readonly depth: number;
}

/** No level's shorter side is smaller, unless the picture's own is. */
const SMALLEST = 64;

export function pyramidOf(picture: Grey): Pyramid {
  const levels = [picture];
  const depth = Math.max(0, Math.floor(Math.log2(Math.min(picture.width, picture.height) / SMALLEST)));
  const level = (index: number): Grey => {
    const wanted = Math.min(index, depth);
    let last = levels.at(-1) ?? picture;
    while (levels.length <= wanted) {
      last = halved(last);
      levels.push(last);
    }
    return levels[wanted] ?? picture;
  };
  return { level, depth };
}

/** The first level whose longer side is at most `pixels`; the last one where the picture is too narrow for so many halves. */
export function levelWithin({ level, depth }: Pyramid, pixels: number): number {
  const { width, height } = level(0);
  return Math.min(depth, Math.max(0, Math.ceil(Math.log2(Math.max(width, height) / pixels))));
}
