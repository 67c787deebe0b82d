/** A grey picture: one byte per pixel, rows from the top, 0 is black. */
export interface Grey {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Half the size in both directions, each pixel the mean of four; an odd last row or column is left out. */
export function halved(picture: Grey): Grey {
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
  readonly level: (index: number) => Grey;
}

const SMALLEST = 64;

/** @returns a pyramid whose levels stop at pictures of about 64 pixels: a deeper level is the last one. */
export function pyramidOf(picture: Grey): Pyramid & { readonly depth: number } {
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
