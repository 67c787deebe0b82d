import { atPart, quantile } from '../quantile.ts';
import { reached, regionsOf } from './regions.ts';
import type { Mask } from './regions.ts';
import type { Small } from './small.ts';

/** Where the document is in a small picture. */
export interface FoundDocument {
  readonly mask: Mask;
  /** Its middle, and its own sides, whichever way it lies: the longer one lies at `angle`, in radians from the picture's rows. */
  readonly x: number;
  readonly y: number;
  readonly angle: number;
  readonly longer: number;
  readonly shorter: number;
  /** Sides of the picture that its box touches. */
  readonly touches: number;
}

/** How far a pixel of the border may be from the background's colour, in its worst channel. */
const BACKGROUND_TOLERANCE = 16;
/**
 * How far the background may drift from its usual colour, as light falls off over a table, and in which steps: more on a rough
 * table than on a lid, which a pale document hardly differs from.
 */
const DRIFT = { least: 8, most: 34, forRoughness: 3 };
const STEP = { least: 3, most: 7, forRoughness: 1 };
/** The part of the border by which its roughness is judged. */
const ROUGH_PART = 0.8;
/** A document may hide up to half of the border (it runs over two sides); what hides more has no background. */
const LEAST_BACKGROUND = 0.45;
/** Of the picture: less is a stamp, more has no background to speak of. */
const SMALLEST = 0.05;
const LARGEST = 0.97;
/** Of the rectangle that its spread tells; a hand beside a card, or two cards, fill less. */
const LEAST_FILLED = 0.8;
/** Of what is no background, the document is nearly everything: else it is a box on a page of print. */
const LEAST_OF_ALL = 0.9;
/** Longer side to shorter side of everything that is wanted: cards, passports closed and open, sheets. */
const LONGEST_SHAPE = 2.3;
/** A box this near to the picture's border touches it. */
const NEAR = 2;

function difference(rgb: Uint8Array, a: number, b: number): number {
  return Math.max(
    Math.abs((rgb[3 * a] ?? 0) - (rgb[3 * b] ?? 0)),
    Math.abs((rgb[3 * a + 1] ?? 0) - (rgb[3 * b + 1] ?? 0)),
    Math.abs((rgb[3 * a + 2] ?? 0) - (rgb[3 * b + 2] ?? 0)),
  );
}

function borderOf(width: number, height: number): number[] {
  const border: number[] = [];
  for (let x = 0; x < width; x += 1) border.push(x, (height - 1) * width + x);
  for (let y = 1; y < height - 1; y += 1) border.push(y * width, y * width + width - 1);
  return border;
}

/** The border pixel of the usual colour: the one with the middle brightness among those that most others resemble. */
function backgroundPixel({ rgb, grey }: Small, border: readonly number[]): number | null {
  const candidates = border.toSorted((a, b) => (grey[a] ?? 0) - (grey[b] ?? 0));
  let best: number | null = null;
  let most = LEAST_BACKGROUND * border.length;
  for (const part of [0.1, 0.25, 0.5, 0.75, 0.9]) {
    const candidate = atPart(candidates, part);
    const alike = border.filter((at) => difference(rgb, at, candidate) <= BACKGROUND_TOLERANCE).length;
    if (alike <= most) continue;
    most = alike;
    best = candidate;
  }
  return best;
}

/**
 * How a filled rectangle lies, by the spread of its pixels: along a side of length n the variance of
 * the places is n² / 12, and the two sides are the directions in which it is largest and smallest.
 */
function lieOf(pixels: readonly number[], width: number): Omit<FoundDocument, 'mask' | 'touches'> {
  let [x, y, xx, yy, xy] = [0, 0, 0, 0, 0];
  for (const at of pixels) {
    const column = at % width;
    const row = Math.floor(at / width);
    x += column;
    y += row;
    xx += column * column;
    yy += row * row;
    xy += column * row;
  }
  const count = pixels.length;
  const [a, b, c] = [
    xx / count - (x / count) ** 2,
    yy / count - (y / count) ** 2,
    xy / count - (x / count) * (y / count),
  ];
  const middle = (a + b) / 2;
  const apart = Math.hypot((a - b) / 2, c);
  return {
    x: x / count,
    y: y / count,
    angle: Math.atan2(2 * c, a - b) / 2,
    longer: Math.sqrt(12 * (middle + apart)),
    shorter: Math.sqrt(12 * (middle - apart)),
  };
}

function within({ least, most, forRoughness }: typeof DRIFT, roughness: number): number {
  return Math.min(most, least + forRoughness * roughness);
}

/**
 * Finds the one thing on a plain background: a card on glass, a passport on a table. Null for a sheet of print, whose
 * background is the paper itself, and for a photograph that the document fills.
 */
export function findDocument(small: Small): FoundDocument | null {
  const { width, height, rgb } = small;
  const border = borderOf(width, height);
  const usual = backgroundPixel(small, border);
  if (usual === null) return null;
  const seeds = border.filter((at) => difference(rgb, at, usual) <= BACKGROUND_TOLERANCE);
  const roughness = quantile(
    seeds.map((at) => difference(rgb, at, usual)),
    ROUGH_PART,
  );
  const [drift, step] = [within(DRIFT, roughness), within(STEP, roughness)];
  const background = reached(
    width,
    height,
    seeds,
    (from, to) => difference(rgb, from, to) <= step && difference(rgb, to, usual) <= drift,
  );
  const others = background.map((is) => 1 - is);
  const regions = regionsOf(others, width, height);
  const [largest] = regions;
  if (largest === undefined) return null;
  const all = regions.reduce((sum, { pixels }) => sum + pixels.length, 0);
  const share = largest.pixels.length / (width * height);
  if (share < SMALLEST || share > LARGEST || largest.pixels.length < LEAST_OF_ALL * all) return null;
  const lie = lieOf(largest.pixels, width);
  if (largest.pixels.length < LEAST_FILLED * lie.longer * lie.shorter) return null;
  if (lie.longer > LONGEST_SHAPE * lie.shorter) return null;
  const mask = new Uint8Array(width * height);
  for (const at of largest.pixels) mask[at] = 1;
  const { left, top, right, bottom } = largest;
  const sides = [left < NEAR, top < NEAR, right >= width - NEAR, bottom >= height - NEAR];
  const touches = sides.filter(Boolean).length;
  // What touches every side has no background around it, only some in its corners.
  return touches === 4 ? null : { mask, ...lie, touches };
}
