import type { Sheet } from '../sheet.ts';

/** Longer side of the small picture: a millimetre of an A4 sheet has nearly two of its pixels, and noise is averaged away. */
const LONGEST = 500;

/** A small picture of a sheet: each pixel the mean of a square of the sheet's. */
export interface Small {
  readonly width: number;
  readonly height: number;
  /** Pixels of the sheet along a side of each square. */
  readonly factor: number;
  readonly rgb: Uint8Array;
  readonly grey: Uint8Array;
}

export function smallOf({ rgb, width, height }: Sheet): Small {
  const factor = Math.max(1, Math.ceil(Math.max(width, height) / LONGEST));
  const columns = Math.max(1, Math.floor(width / factor));
  const rows = Math.max(1, Math.floor(height / factor));
  const small = new Uint8Array(3 * columns * rows);
  const grey = new Uint8Array(columns * rows);
  const sums = new Float64Array(3 * columns);
  const size = Math.min(factor, width) * Math.min(factor, height);
  for (let row = 0; row < rows; row += 1) {
    sums.fill(0);
    for (let y = row * factor; y < Math.min(height, (row + 1) * factor); y += 1) {
      let from = 3 * y * width;
      for (let column = 0; column < columns; column += 1) {
        let r = 0;
        let g = 0;
        let b = 0;
        for (let x = 0; x < factor; x += 1, from += 3) {
          r += rgb[from] ?? 0;
          g += rgb[from + 1] ?? 0;
          b += rgb[from + 2] ?? 0;
        }
        sums[3 * column] = (sums[3 * column] ?? 0) + r;
        sums[3 * column + 1] = (sums[3 * column + 1] ?? 0) + g;
        sums[3 * column + 2] = (sums[3 * column + 2] ?? 0) + b;
      }
    }
    for (let column = 0; column < columns; column += 1) {
      const at = row * columns + column;
      const r = (sums[3 * column] ?? 0) / size;
      const g = (sums[3 * column + 1] ?? 0) / size;
      const b = (sums[3 * column + 2] ?? 0) / size;
      small[3 * at] = r;
      small[3 * at + 1] = g;
      small[3 * at + 2] = b;
      grey[at] = 0.299 * r + 0.587 * g + 0.114 * b;
    }
  }
  return { width: columns, height: rows, factor, rgb: small, grey };
}
