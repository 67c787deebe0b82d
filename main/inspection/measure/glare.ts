import { atPart } from '../quantile.ts';
import { regionsOf } from './regions.ts';
import type { Mask, Region } from './regions.ts';
import type { Small } from './small.ts';

/** Every channel at least this: a lamp's reflection, or paper that was exposed too long. */
const WHITE = 247;
/** Of the document: smaller spots hide nothing. */
const SMALLEST = 0.003;
/** A document whose usual colour is brighter than this is white paper: a reflection on it cannot be told. */
const BRIGHT_DOCUMENT = 238;
/** Rings around a spot, each a pixel wide, and by how much each is darker than the one inside it. */
const RINGS = 4;
const LEAST_STEP = 1;
/** The darker, middle and brighter part of each ring: one of them may run over other print, two have to fade. */
const PARTS = [0.25, 0.5, 0.75];
const MOST_PARTS = 2;

function isWhite(rgb: Uint8Array, at: number): boolean {
  return (rgb[3 * at] ?? 0) >= WHITE && (rgb[3 * at + 1] ?? 0) >= WHITE && (rgb[3 * at + 2] ?? 0) >= WHITE;
}

/** The brightnesses in each ring around a spot, inside the document, from the nearest ring outwards; sorted. */
function ringsAround({ grey, width, height }: Small, spot: Region, inside: Mask): Uint8Array[] {
  const seen = new Set(spot.pixels);
  let last = spot.pixels;
  const rings: Uint8Array[] = [];
  for (let ring = 0; ring < RINGS; ring += 1) {
    const next: number[] = [];
    for (const at of last) {
      const x = at % width;
      const around = [x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, at - width, at + width];
      for (const to of around) {
        if (to < 0 || to >= width * height || inside[to] !== 1 || seen.has(to)) continue;
        seen.add(to);
        next.push(to);
      }
    }
    rings.push(Uint8Array.from(next, (at) => grey[at] ?? 0).toSorted());
    last = next;
  }
  return rings;
}

/** A printed white field ends within two pixels, a reflection fades over more. */
function fades(rings: readonly Uint8Array[]): boolean {
  const fading = PARTS.filter((part) => {
    const values = rings.map((ring) => atPart(ring, part));
    return values.every((value, index) => index === 0 || (values[index - 1] ?? 0) - value >= LEAST_STEP);
  });
  return fading.length >= MOST_PARTS;
}

/**
 * The share of a document that lies in reflections: spots as white as a picture can be, with nothing in them, that fade into
 * what is around them. Zero on white paper, where they cannot be told.
 * @param median brightness of the document
 */
export function glareOf(small: Small, inside: Mask, median: number): number {
  if (median > BRIGHT_DOCUMENT) return 0;
  const white = inside.map((is, at) => (is === 1 && isWhite(small.rgb, at) ? 1 : 0));
  const area = inside.reduce((sum, is) => sum + is, 0);
  let glare = 0;
  for (const spot of regionsOf(white, small.width, small.height)) {
    if (spot.pixels.length < SMALLEST * area) break;
    if (fades(ringsAround(small, spot, inside))) glare += spot.pixels.length;
  }
  return glare / Math.max(1, area);
}
