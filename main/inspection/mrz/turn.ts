import { valueAt } from './picture.ts';
import type { Grey } from './picture.ts';
import type { LineShape } from './strip.ts';

/** A picture turned, and the way back from places in it. */
export interface Turned {
  readonly picture: Grey;
  /** A line found in the turned picture, in the pixels of the one that was turned. */
  readonly back: (shape: LineShape) => LineShape;
}

/** What lies outside of the picture. */
const OUTSIDE = 128;

/** Pixels of a turned picture at the most. A long strip needs hundreds of times its own, nearly all of which lie outside of it. */
const MOST_PIXELS = 16_000_000;

/**
 * Turns a picture clockwise by `angle` (radians) around its middle; the result is as large as its corners need. Null for a strip that
 * is too long for that.
 */
export function turnedBy(picture: Grey, angle: number): Turned | null {
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const width = Math.ceil(Math.abs(picture.width * cosine) + Math.abs(picture.height * sine));
  const height = Math.ceil(Math.abs(picture.width * sine) + Math.abs(picture.height * cosine));
  if (width * height > MOST_PIXELS) return null;
  const [fromX, fromY] = [(picture.width - 1) / 2, (picture.height - 1) / 2];
  const [toX, toY] = [(width - 1) / 2, (height - 1) / 2];
  const data = new Uint8Array(width * height).fill(OUTSIDE);
  for (let row = 0; row < height; row += 1) {
    let x = fromX - toX * cosine + (row - toY) * sine;
    let y = fromY + toX * sine + (row - toY) * cosine;
    for (let at = row * width, end = at + width; at < end; at += 1, x += cosine, y -= sine) {
      if (x < 0 || y < 0 || x >= picture.width - 1 || y >= picture.height - 1) continue;
      data[at] = valueAt(picture.data, picture.width, x, y) + 0.5;
    }
  }
  const back = (shape: LineShape): LineShape => {
    const [dx, dy] = [shape.x - toX, shape.y - toY];
    return {
      ...shape,
      x: fromX + dx * cosine + dy * sine,
      y: fromY - dx * sine + dy * cosine,
      ux: shape.ux * cosine + shape.uy * sine,
      uy: shape.uy * cosine - shape.ux * sine,
    };
  };
  return { picture: { data, width, height }, back };
}

/** Twice the size in both directions, straight between the pixels: for characters of five to eight pixels. */
export function doubled(picture: Grey): Grey {
  const [width, height] = [2 * picture.width, 2 * picture.height];
  const data = new Uint8Array(width * height);
  const source = picture.data;
  for (let y = 0; y < height; y += 1) {
    // The middle of pixel y lies a quarter of a pixel before or behind the middle of one of the source.
    const near = y >> 1;
    const other = Math.min(picture.height - 1, Math.max(0, near + (y & 1 ? 1 : -1)));
    const [row, beside] = [near * picture.width, other * picture.width];
    for (let x = 0; x < width; x += 1) {
      const here = x >> 1;
      const next = Math.min(picture.width - 1, Math.max(0, here + (x & 1 ? 1 : -1)));
      const own = 3 * (source[row + here] ?? 0) + (source[row + next] ?? 0);
      const far = 3 * (source[beside + here] ?? 0) + (source[beside + next] ?? 0);
      data[y * width + x] = (3 * own + far + 8) >> 4;
    }
  }
  return { data, width, height };
}
