import { ANCHORS, BOX_NUMBERS, CELL_PIXELS, forward, planes } from './network.ts';
import type { DetectorWeights, Planes } from './network.ts';

/** A picture in colour: three bytes a pixel, rows from the top. */
export interface Colours {
  readonly rgb: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** A face, in parts of the picture's width and height; it may reach over the border. */
export interface Face {
  /** 0 to 1: how much it looks like one. */
  readonly score: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Usual sides of a face in cells, and the mean colour of the pictures that it was trained with (`tinyFaceDetector/const.ts`). */
const USUAL_SIDES = [
  [1.603231, 2.094468],
  [6.041143, 7.080126],
  [2.882459, 3.518061],
  [4.266906, 5.178857],
  [9.041765, 10.66308],
] as const;
const MEAN_COLOUR = [117.001, 114.697, 97.404] as const;
/** Two boxes that have more in common are one face (`tinyFaceDetector/const.ts`). */
const SAME_FACE = 0.4;

const wholeCells = (pixels: number): number => Math.ceil(pixels / CELL_PIXELS) * CELL_PIXELS;

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

/** A picture as the network is shown it. */
export interface Field {
  /** Sides are multiples of a cell's, as the picture fills it from the upper left corner; what is left over is black. */
  readonly planes: Planes;
  /** Pixels of the picture in it. */
  readonly columns: number;
  readonly rows: number;
}

/**
 * The picture with its longer side at `longest` pixels: each pixel is the mean of what it covers, `gain` times as bright. The published detector
 * always takes a square, most of which is black in a wide picture, and takes longer for it; for a square it is the same.
 */
export function fieldOf({ rgb, width, height }: Colours, longest: number, gain = 1): Field {
  const scale = longest / Math.max(width, height);
  const [columns, rows] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  const field = planes(wholeCells(columns), wholeCells(rows), 3);
  const across = spans(columns, width);
  const down = spans(rows, height);
  const [red, green, blue] = MEAN_COLOUR;
  for (let y = 0; y < field.height; y += 1) {
    for (let x = 0; x < field.width; x += 1) {
      let r = 0;
      let g = 0;
      let b = 0;
      const column = across[x];
      const row = down[y];
      if (column !== undefined && row !== undefined) {
        for (let inRow = 0; inRow < row.parts.length; inRow += 1) {
          const rowPart = row.parts[inRow] ?? 0;
          let from = 3 * ((row.first + inRow) * width + column.first);
          for (let inColumn = 0; inColumn < column.parts.length; inColumn += 1, from += 3) {
            const weight = rowPart * (column.parts[inColumn] ?? 0);
            r += weight * (rgb[from] ?? 0);
            g += weight * (rgb[from + 1] ?? 0);
            b += weight * (rgb[from + 2] ?? 0);
          }
        }
      }
      const to = 3 * (y * field.width + x);
      field.data[to] = (Math.min(255, gain * r) - red) / 255;
      field.data[to + 1] = (Math.min(255, gain * g) - green) / 255;
      field.data[to + 2] = (Math.min(255, gain * b) - blue) / 255;
    }
  }
  return { planes: field, columns, rows };
}

/** The pixels that one pixel of a smaller picture covers along one side: the first, and how much of each of them. */
interface Span {
  readonly first: number;
  readonly parts: Float64Array;
}

/** What each of `count` pixels covers of `length`. */
function spans(count: number, length: number): Span[] {
  const each = length / count;
  return Array.from({ length: count }, (_, index) => {
    const [from, to] = [index * each, (index + 1) * each];
    const first = Math.floor(from);
    const last = Math.min(length, Math.ceil(to));
    return {
      first,
      parts: Float64Array.from({ length: last - first }, (_part, at) => {
        const place = first + at;
        return Math.max(0, Math.min(place + 1, to) - Math.max(place, from)) / each;
      }),
    };
  });
}

/**
 * Of boxes, those that are no lesser view of the same face; the surest first.
 * @param same what two boxes have in common at least, 0 to 1, when they are one face's
 */
export function withoutRepeats(faces: readonly Face[], same: number): Face[] {
  const kept: Face[] = [];
  for (const face of faces.toSorted((a, b) => b.score - a.score)) {
    if (kept.every((other) => inCommon(face, other) <= same)) kept.push(face);
  }
  return kept;
}

/** What two boxes share, as a part of what both cover together. */
function inCommon(a: Face, b: Face): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / (a.width * a.height + b.width * b.height - width * height);
}

/** What looks more like a face than `leastScore`, the surest first. */
export function facesIn(weights: DetectorWeights, { planes: field, columns, rows }: Field, leastScore: number): Face[] {
  const { data, width, height, channels } = forward(weights, field);
  const inWidth = CELL_PIXELS / columns;
  const inHeight = CELL_PIXELS / rows;
  const faces: Face[] = [];
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      for (let anchor = 0; anchor < ANCHORS; anchor += 1) {
        const at = (row * width + column) * channels + anchor * BOX_NUMBERS;
        const score = sigmoid(data[at + 4] ?? 0);
        if (score <= leastScore) continue;
        const [usualWidth, usualHeight] = USUAL_SIDES[anchor] ?? [0, 0];
        const boxWidth = Math.exp(data[at + 2] ?? 0) * usualWidth * inWidth;
        const boxHeight = Math.exp(data[at + 3] ?? 0) * usualHeight * inHeight;
        const x = (column + sigmoid(data[at] ?? 0)) * inWidth - boxWidth / 2;
        const y = (row + sigmoid(data[at + 1] ?? 0)) * inHeight - boxHeight / 2;
        faces.push({ score, x, y, width: boxWidth, height: boxHeight });
      }
    }
  }
  return withoutRepeats(faces, SAME_FACE);
}
