import { levelWithin } from './picture.ts';
import type { Grey, Pyramid } from './picture.ts';

/** A part of a picture, in its pixels. */
export interface Part {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The picture is looked at in this size at most, in squares of so many of its pixels. */
const COARSE_PIXELS = 1100;
const TILE = 12;
/** From the darkest to the brightest in a square with something in it: more than a table's own shade. */
const SOMETHING = 26;
/** So many empty squares may lie between two things of one document. */
const NEAR = 2;
/** In squares: less is no document. */
const LEAST_LONG = 6;
const LEAST_SHORT = 3;
/** Of the picture's longer side: what is larger has characters that were seen in the picture as a whole. */
const LARGEST = 0.4;
const MOST_PARTS = 3;

/** The squares with something in them, rows from the top. */
function filledTiles({ data, width, height }: Grey): { filled: Uint8Array; columns: number; rows: number } {
  const [columns, rows] = [Math.floor(width / TILE), Math.floor(height / TILE)];
  const filled = new Uint8Array(columns * rows);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      let [darkest, brightest] = [255, 0];
      for (let y = row * TILE; y < (row + 1) * TILE; y += 1) {
        for (let at = y * width + column * TILE, end = at + TILE; at < end; at += 1) {
          const value = data[at] ?? 0;
          if (value < darkest) darkest = value;
          if (value > brightest) brightest = value;
        }
      }
      if (brightest - darkest >= SOMETHING) filled[row * columns + column] = 1;
    }
  }
  return { filled, columns, rows };
}

/** Boxes around squares that lie near each other (in squares, ends excluded). */
function boxesOf(filled: Uint8Array, columns: number, rows: number): Part[] {
  const left = filled.slice();
  const boxes: Part[] = [];
  for (let start = 0; start < left.length; start += 1) {
    if (left[start] !== 1) continue;
    left[start] = 0;
    const stack = [start];
    let [west, east, north, south] = [columns, 0, rows, 0];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const [x, y] = [at % columns, Math.floor(at / columns)];
      [west, east] = [Math.min(west, x), Math.max(east, x)];
      [north, south] = [Math.min(north, y), Math.max(south, y)];
      for (let row = Math.max(0, y - NEAR); row <= Math.min(rows - 1, y + NEAR); row += 1) {
        for (let column = Math.max(0, x - NEAR); column <= Math.min(columns - 1, x + NEAR); column += 1) {
          const next = row * columns + column;
          if (left[next] !== 1) continue;
          left[next] = 0;
          stack.push(next);
        }
      }
    }
    boxes.push({ left: west, top: north, width: east - west + 1, height: south - north + 1 });
  }
  return boxes;
}

/**
 * Where things lie on an empty table or glass that are small beside the whole picture: a card in a photograph of a desk. The largest first.
 */
export function partsOf(pyramid: Pyramid): Part[] {
  const level = levelWithin(pyramid, COARSE_PIXELS);
  const { filled, columns, rows } = filledTiles(pyramid.level(level));
  const { width, height } = pyramid.level(0);
  const size = TILE * 2 ** level;
  return boxesOf(filled, columns, rows)
    .filter((box) => {
      const [longer, shorter] = [Math.max(box.width, box.height), Math.min(box.width, box.height)];
      return longer >= LEAST_LONG && shorter >= LEAST_SHORT && longer <= LARGEST * Math.max(columns, rows);
    })
    .toSorted((a, b) => b.width * b.height - a.width * a.height)
    .slice(0, MOST_PARTS)
    .map((box) => {
      const [left, top] = [Math.max(0, (box.left - 1) * size), Math.max(0, (box.top - 1) * size)];
      const right = Math.min(width, (box.left + box.width + 1) * size);
      const bottom = Math.min(height, (box.top + box.height + 1) * size);
      return { left, top, width: right - left, height: bottom - top };
    });
}

/** A part of a picture by itself. */
export function cutFrom(picture: Grey, { left, top, width, height }: Part): Grey {
  const data = new Uint8Array(width * height);
  for (let row = 0; row < height; row += 1) {
    const from = (top + row) * picture.width + left;
    data.set(picture.data.subarray(from, from + width), row * width);
  }
  return { data, width, height };
}
