import { median } from '../quantile.ts';
import { regionsOf } from './regions.ts';
import type { Mask, Region } from './regions.ts';
import { solidityOf } from './solid.ts';
import type { Small } from './small.ts';

/** Every channel at least this: a lamp's reflection, or paper that was exposed too long. */
const WHITE = 247;
/** Of the document: smaller spots hide nothing. */
const SMALLEST = 0.003;
/** A document whose usual colour is brighter than this is white paper: a reflection on it cannot be told. */
const BRIGHT_DOCUMENT = 238;
/** Pixels that are followed from a spot's border outwards. */
const WAY = 12;
/**
 * A way along which a reflection fades: nearly all of it over so many pixels, and so many times as many as an edge of print takes; by so much in all, and only so much
 * of that from one pixel to the next. What rises by more than noise does, or falls by as much as print, is the end of it.
 */
const FADING = { pixels: 4, edges: 2, drop: 6, nearlyAll: 0.9, steepest: 0.45, noise: 2, print: 20 };
/** Of the ways out of a spot: the others may run over print, or over the edge of the document. */
const LEAST_FADING = 0.3;
/** Sides of a printed field are straight and lie like the document's: so much of a side, and how far from it (pixels, and parts of its length). */
const STRAIGHT_SIDE = 0.85;
const STRAIGHT_SIDES = 2;
const FROM_SIDE = 1.5;
const FROM_SIDE_PART = 0.03;
/** Pixels from the border of the document. */
const OWN_BORDER = 2;
/** Where the outline does not tell how a document lies it is nearly upright, so these are tried as well (degrees). */
const NEARLY_UPRIGHT = [-8, -4, 0, 4, 8];
/**
 * On pale print a reflection hardly fades: it is told by its shape. A patch without dents and straight sides that is as white as can be nearly
 * everywhere, with something darker around it.
 */
const PATCH = { least: 0.008, solid: 0.9, clipped: 252, clippedPart: 0.7, around: 244, beside: 3, longest: 3.5 };

function isAtLeast(least: number, rgb: Uint8Array, at: number): boolean {
  return (rgb[3 * at] ?? 0) >= least && (rgb[3 * at + 1] ?? 0) >= least && (rgb[3 * at + 2] ?? 0) >= least;
}

/** The brightnesses along each way out of a spot, inside the document, beginning with the spot's own border. */
function waysOut({ grey, width, height }: Small, spot: Region, inside: Mask): number[][] {
  const from = new Map<number, number | null>(spot.pixels.map((at) => [at, null]));
  let last = spot.pixels;
  for (let step = 0; step < WAY; step += 1) {
    const next: number[] = [];
    for (const at of last) {
      const x = at % width;
      const around = [x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, at - width, at + width];
      for (const to of around) {
        if (to < 0 || to >= width * height || inside[to] !== 1 || from.has(to)) continue;
        from.set(to, at);
        next.push(to);
      }
    }
    last = next;
  }
  return last.map((end) => {
    const way: number[] = [];
    for (let at: number | null = end; at !== null; at = from.get(at) ?? null) way.unshift(grey[at] ?? 0);
    return way;
  });
}

/** A printed white field ends within the width of an edge, a reflection fades over more. */
function fades(way: readonly number[], least: number): boolean {
  /** By how much it is darker after each pixel. */
  const drops: number[] = [];
  let [drop, steepest] = [0, 0];
  for (let at = 1; at < way.length; at += 1) {
    const step = (way[at - 1] ?? 0) - (way[at] ?? 0);
    if (step < -FADING.noise || step > FADING.print) break;
    drop += step;
    steepest = Math.max(steepest, step);
    drops.push(drop);
  }
  const pixels = 1 + drops.findIndex((each) => each >= FADING.nearlyAll * drop);
  return drop >= FADING.drop && pixels >= least && steepest <= FADING.steepest * drop;
}

/** A region in the document's own directions: along its rows and down its columns. */
interface Upright {
  readonly u: Int32Array;
  readonly v: Int32Array;
}

function upright({ pixels }: Region, { width }: Small, angle: number): Upright {
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const turned = (along: number, down: number): Int32Array =>
    Int32Array.from(pixels, (at) => Math.round((at % width) * along + Math.floor(at / width) * down));
  return { u: turned(cosine, sine), v: turned(-sine, cosine) };
}

/** Which of a region's pixels lie at the document's own border. */
function atBorder({ pixels }: Region, { width, height }: Small, inside: Mask): readonly boolean[] {
  return pixels.map((at) => {
    const x = at % width;
    const near = [at - OWN_BORDER * width, at + OWN_BORDER * width];
    if (x < OWN_BORDER || x >= width - OWN_BORDER) return true;
    near.push(at - OWN_BORDER, at + OWN_BORDER);
    return near.some((to) => to < 0 || to >= width * height || inside[to] !== 1);
  });
}

interface Span {
  readonly least: number;
  readonly most: number;
}

function spanOf(places: Int32Array): Span {
  let [least, most] = [Infinity, -Infinity];
  for (const place of places) {
    if (place < least) least = place;
    if (place > most) most = place;
  }
  return { least, most };
}

/**
 * How many of the two sides at which `across` is least and most a region follows straight; the document's own do not count, a reflection ends there as
 * well.
 */
function straightSides(along: Int32Array, across: Int32Array, isAtBorder: readonly boolean[]): number {
  const [length, depth] = [spanOf(along), spanOf(across)];
  const long = length.most - length.least + 1;
  const near = FROM_SIDE + FROM_SIDE_PART * long;
  const [first, last] = [new Set<number>(), new Set<number>()];
  for (const [index, place] of along.entries()) {
    if (isAtBorder[index] === true) continue;
    const at = across[index] ?? 0;
    if (at <= depth.least + near) first.add(place);
    if (at >= depth.most - near) last.add(place);
  }
  return [first, last].filter((side) => side.size >= STRAIGHT_SIDE * long).length;
}

/** A white field of the print: the ground of a photograph, a strip for a zone. */
function isField(spot: Region, small: Small, inside: Mask, angle: number): boolean {
  const angles = [angle, ...NEARLY_UPRIGHT.map((degrees) => (degrees * Math.PI) / 180)];
  const isAtBorder = atBorder(spot, small, inside);
  return angles.some((each) => {
    const { u, v } = upright(spot, small, each);
    return straightSides(v, u, isAtBorder) + straightSides(u, v, isAtBorder) >= STRAIGHT_SIDES;
  });
}

function isPatch(
  small: Small,
  spot: Region,
  inside: Mask,
  angle: number,
  ways: readonly (readonly number[])[],
): boolean {
  const { pixels } = spot;
  const { u, v } = upright(spot, small, angle);
  const [across = 0, down = 0] = [spanOf(u), spanOf(v)].map(({ least, most }) => most - least + 1);
  if (Math.max(across, down) > PATCH.longest * Math.min(across, down)) return false;
  const clipped = pixels.filter((at) => isAtLeast(PATCH.clipped, small.rgb, at)).length;
  if (clipped < PATCH.clippedPart * pixels.length || solidityOf(pixels, small.width) < PATCH.solid) return false;
  if (isField(spot, small, inside, angle)) return false;
  return median(ways.map((way) => way[PATCH.beside] ?? 0)) <= PATCH.around;
}

/** What is known of the document. */
interface Seen {
  /** Its middle brightness. */
  readonly middle: number;
  /** Of its rows, in radians clockwise from the picture's. */
  readonly angle: number;
  /** How many of the sheet's pixels an edge of its print takes; null where there are none. */
  readonly edge: number | null;
}

/**
 * The share of a document that lies in reflections: spots as white as a picture can be, with nothing in them, that fade into
 * what is around them, or have no shape that is printed. Zero on white paper, where they cannot be told.
 */
export function glareOf(small: Small, inside: Mask, { middle, angle, edge }: Seen): number {
  if (middle > BRIGHT_DOCUMENT) return 0;
  const least = Math.max(FADING.pixels, (FADING.edges * (edge ?? 0)) / small.factor);
  const white = inside.map((is, at) => (is === 1 && isAtLeast(WHITE, small.rgb, at) ? 1 : 0));
  const area = inside.reduce((sum, is) => sum + is, 0);
  let glare = 0;
  for (const spot of regionsOf(white, small.width)) {
    if (spot.pixels.length < SMALLEST * area) break;
    const ways = waysOut(small, spot, inside);
    const isFading = ways.filter((way) => fades(way, least)).length > LEAST_FADING * ways.length;
    if (isFading || (spot.pixels.length >= PATCH.least * area && isPatch(small, spot, inside, angle, ways))) {
      glare += spot.pixels.length;
    }
  }
  return glare / Math.max(1, area);
}
