import type { Grey } from '../mrz/index.ts';
import { atPart, median } from '../quantile.ts';

/** Side of the squares in which edges are looked for, and how far apart the lines that are looked at lie. */
const TILE = 48;
const LINES_APART = 6;
/** Squares looked at in all, spread over the document: more do not change the result. */
const MOST_TILES = 900;
/** A line with less contrast than this, or than this part of the best lines', says nothing about sharpness: it is paper, or noise. */
const LEAST_CONTRAST = 50;
const PART_OF_BEST = 0.6;
/** The line that counts as the best one: a twentieth of the others have more contrast. */
const BEST_PART = 0.05;
/** The sharper quarter of the lines counts: not everything on a page has edges. */
const SHARPER = 0.25;
const LEAST_LINES = 24;
/**
 * Noise makes an edge look steeper than it is: by about half of what it makes the steepest rise of a line without edges, which is the largest of many. The flatter
 * quarter of the lines has none.
 */
const FLAT_PART = 0.25;
const PART_OF_NOISE = 0.5;

/** The contrast of a line of pixels, and its steepest rise between two neighbours. */
interface LineEdge {
  readonly contrast: number;
  readonly steepest: number;
}

/** Three lines side by side are averaged, so that noise counts less. `along`/`across`: steps in the data. */
function edgeOf(data: Uint8Array, start: number, along: number, across: number): LineEdge {
  let [lowest, highest, steepest] = [765, 0, 0];
  let [before, last] = [-1, -1];
  for (let index = 0, at = start; index < TILE; index += 1, at += along) {
    const value = (data[at - across] ?? 0) + (data[at] ?? 0) + (data[at + across] ?? 0);
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
    if (before >= 0) steepest = Math.max(steepest, Math.abs(value - before));
    before = last;
    last = value;
  }
  return { contrast: (highest - lowest) / 3, steepest: steepest / 6 };
}

/** @param contrasts of these lines, the largest first */
function noiseOf(lines: readonly LineEdge[], contrasts: readonly number[]): number {
  const most = atPart(contrasts, 1 - FLAT_PART);
  if (most >= LEAST_CONTRAST) return 0;
  return PART_OF_NOISE * median(lines.filter(({ contrast }) => contrast <= most).map(({ steepest }) => steepest));
}

function widthOf(lines: readonly LineEdge[]): number | null {
  const contrasts = lines.map(({ contrast }) => contrast).toSorted((a, b) => b - a);
  const least = Math.max(LEAST_CONTRAST, PART_OF_BEST * atPart(contrasts, BEST_PART));
  const noise = noiseOf(lines, contrasts);
  const widths = lines
    .filter(({ contrast }) => contrast >= least)
    .map(({ contrast, steepest }) => contrast / Math.max(steepest / 2, steepest - noise))
    .toSorted((a, b) => a - b);
  return widths.length < LEAST_LINES ? null : atPart(widths, SHARPER);
}

/** What the edges of a document say. */
export interface Edges {
  /** How many pixels a sharp edge takes from dark to light; null where there are too few edges. */
  readonly pixels: number | null;
  /** From dark to light where print stands out most, 0 to 255: a page with one line of it has that line's. */
  readonly contrast: number;
}

/**
 * How many pixels edges take from dark to light, whatever their contrast: about 2 in a sharp scan, 2.5 times the deviation of a
 * blur. The worse of both directions counts, since a moved camera blurs only one.
 * @param isInside whether a pixel belongs to the document
 */
export function edgesOf(picture: Grey, isInside: (x: number, y: number) => boolean): Edges {
  const { data, width, height } = picture;
  const tiles: number[] = [];
  for (let y = 1; y + TILE < height - 1; y += TILE) {
    for (let x = 1; x + TILE < width - 1; x += TILE) {
      if (isInside(x, y) && isInside(x + TILE, y + TILE)) tiles.push(y * width + x);
    }
  }
  const every = Math.max(1, tiles.length / MOST_TILES);
  const across: LineEdge[] = [];
  const down: LineEdge[] = [];
  for (let index = 0; index < tiles.length; index += every) {
    const corner = tiles[Math.floor(index)] ?? 0;
    for (let line = 0; line < TILE; line += LINES_APART) {
      across.push(edgeOf(data, corner + line * width, 1, width));
      down.push(edgeOf(data, corner + line, width, 1));
    }
  }
  const [x, y] = [widthOf(across), widthOf(down)];
  const strongest = [...across, ...down].map(({ contrast }) => contrast).toSorted((a, b) => b - a);
  return {
    pixels: x === null || y === null ? (x ?? y) : Math.max(x, y),
    contrast: strongest[LEAST_LINES] ?? 0,
  };
}
