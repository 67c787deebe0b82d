import { shiftedBy, slopeOn, valueOn } from './fit.ts';
import type { Curve } from './fit.ts';
import { valueAt } from './picture.ts';
import type { Pyramid } from './picture.ts';

/** What the network looks at: one character with a little of its neighbours. */
export const CELL_WIDTH = 20;
export const CELL_HEIGHT = 24;
/** Strip pixels from one character to the next, and of a capital letter's height. */
export const STRIP_PITCH = 16;
export const STRIP_CAP = 14.5;
const CELL_MARGIN = (CELL_WIDTH - STRIP_PITCH) / 2;

/** A place in a picture, in its pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Where the characters of one line lie, in pixels of the picture (level 0). Along the reading direction `(ux, uy)` from the
 * origin the middle of character `i` is at `t(i)`; at `t` the line's middle is `o(t)` to the right of that direction (below, for
 * an upright line), and capitals are `h0 + h1·t` high. `shear`: how far a point moves along the line for each pixel to the right
 * of it, `s0 + s1·t`.
 */
export interface LineShape {
  readonly x: number;
  readonly y: number;
  readonly ux: number;
  readonly uy: number;
  readonly t: Curve;
  readonly o: Curve;
  readonly h: readonly [number, number];
  readonly shear: readonly [number, number];
}

/** The picture's point for a place on the line: character `i` (may be a fraction), `v` capital heights below the middle. */
export function pointOn(shape: LineShape, i: number, v: number): Point {
  const along = valueOn(shape.t, i);
  const down = v * (shape.h[0] + shape.h[1] * along);
  const t = along + (shape.shear[0] + shape.shear[1] * along) * down;
  const o = valueOn(shape.o, along) + down;
  return { x: shape.x + shape.ux * t - shape.uy * o, y: shape.y + shape.uy * t + shape.ux * o };
}

/** Pixels from character `i` to the next. */
export function pitchAt(shape: LineShape, i: number): number {
  return Math.abs(slopeOn(shape.t, i));
}

/** The line in a picture `scale` times as large. */
export function scaledShape(shape: LineShape, scale: number): LineShape {
  const [t0, t1, t2, t3] = shape.t;
  const [o0, o1, o2, o3] = shape.o;
  return {
    ...shape,
    x: (shape.x + 0.5) * scale - 0.5,
    y: (shape.y + 0.5) * scale - 0.5,
    t: [t0 * scale, t1 * scale, t2 * scale, t3 * scale],
    o: [o0 * scale, o1, o2 / scale, o3 / scale ** 2],
    h: [shape.h[0] * scale, shape.h[1]],
    shear: [shape.shear[0], shape.shear[1] / scale],
  };
}

/** The same line read from the other end, by somebody who turned the page upside down. */
export function reversed(shape: LineShape, lastIndex: number): LineShape {
  const [t0, t1, t2, t3] = shiftedBy(shape.t, lastIndex);
  // Character j from the other end is character last - j; along the opposite direction t changes its sign, and so does o.
  return {
    ...shape,
    ux: -shape.ux,
    uy: -shape.uy,
    t: [-t0, t1, -t2, t3],
    o: [-shape.o[0], shape.o[1], -shape.o[2], shape.o[3]],
    h: [shape.h[0], -shape.h[1]],
    shear: [shape.shear[0], -shape.shear[1]],
  };
}

/** A line drawn straight: rows of `width`, `CELL_HEIGHT` of them. Character `k` begins at column `16·k` and is 20 wide. */
export interface Strip {
  readonly data: Float32Array;
  readonly width: number;
  readonly cells: number;
}

/** Below this many picture pixels for one strip pixel nothing is gained by a smaller level. */
const LARGEST_STEP = 2;

/** Samples the characters `first` to `first + cells - 1` of a line out of the picture. Outside the picture its edge goes on. */
export function sampleStrip(pyramid: Pyramid, shape: LineShape, first: number, cells: number): Strip {
  const width = STRIP_PITCH * cells + 2 * CELL_MARGIN;
  const data = new Float32Array(width * CELL_HEIGHT);
  const pitch = pitchAt(shape, first + cells / 2);
  const index = Math.max(0, Math.floor(Math.log2(pitch / STRIP_PITCH / LARGEST_STEP) + 1));
  const { data: source, width: sourceWidth, height: sourceHeight } = pyramid.level(index);
  const scale = 2 ** -index;
  for (let column = 0; column < width; column += 1) {
    const i = first - 0.5 + (column - CELL_MARGIN + 0.5) / STRIP_PITCH;
    const top = pointOn(shape, i, (0.5 - CELL_HEIGHT / 2) / STRIP_CAP);
    const bottom = pointOn(shape, i, (CELL_HEIGHT / 2 - 0.5) / STRIP_CAP);
    let x = (top.x + 0.5) * scale - 0.5;
    let y = (top.y + 0.5) * scale - 0.5;
    const stepX = ((bottom.x - top.x) * scale) / (CELL_HEIGHT - 1);
    const stepY = ((bottom.y - top.y) * scale) / (CELL_HEIGHT - 1);
    for (let row = 0; row < CELL_HEIGHT; row += 1) {
      const px = Math.min(Math.max(x, 0), sourceWidth - 1.001);
      const py = Math.min(Math.max(y, 0), sourceHeight - 1.001);
      data[row * width + column] = valueAt(source, sourceWidth, px, py);
      x += stepX;
      y += stepY;
    }
  }
  return { data, width, cells };
}

/** The paper is lighter than this share of a neighbourhood, ink darker than that one. */
const PAPER_SHARE = 0.7;
const INK_SHARE = 0.03;
const NEIGHBOURS = 2;
const LEAST_CONTRAST = 8;
const LEVELS = 256;

/**
 * The network's input for character `cell` of a strip: 0 is paper and 1 is ink, both as they are around this character, so
 * that shadows and faint print do not matter. Written to `target` from `offset` on, `CELL_WIDTH * CELL_HEIGHT` numbers.
 * @returns the difference in grey between paper and ink
 */
export function normalizedCell(strip: Strip, cell: number, target: Float32Array, offset: number): number {
  const from = Math.max(0, STRIP_PITCH * (cell - NEIGHBOURS));
  const to = Math.min(strip.width, STRIP_PITCH * (cell + NEIGHBOURS) + CELL_WIDTH);
  const histogram = new Uint16Array(LEVELS);
  for (let row = 2; row < CELL_HEIGHT - 2; row += 1) {
    for (let at = row * strip.width + from, end = row * strip.width + to; at < end; at += 1) {
      const level = Math.min(LEVELS - 1, Math.max(0, Math.round(strip.data[at] ?? 0)));
      histogram[level] = (histogram[level] ?? 0) + 1;
    }
  }
  const total = (to - from) * (CELL_HEIGHT - 4);
  let ink = -1;
  let paper = 0;
  let below = 0;
  for (let level = 0; level < LEVELS; level += 1) {
    below += histogram[level] ?? 0;
    if (ink < 0 && below >= total * INK_SHARE) ink = level;
    if (below >= total * PAPER_SHARE) {
      paper = level;
      break;
    }
  }
  const contrast = Math.max(LEAST_CONTRAST, paper - ink);
  for (let row = 0; row < CELL_HEIGHT; row += 1) {
    const start = row * strip.width + STRIP_PITCH * cell;
    for (let column = 0; column < CELL_WIDTH; column += 1) {
      const value = (paper - (strip.data[start + column] ?? 0)) / contrast;
      target[offset + row * CELL_WIDTH + column] = Math.min(1.3, Math.max(-0.3, value));
    }
  }
  return paper - ink;
}
