import { reached, regionsOf } from './regions.ts';
import type { Mask } from './regions.ts';
import type { Small } from './small.ts';

/** Every channel at least this: a lamp's reflection, or paper that was exposed too long. */
const WHITE = 250;
/** Its halo: clearly brighter than the document around it. */
const HALO = 8;
/** Of the document: smaller spots hide nothing. */
const SMALLEST = 0.003;
/** A document whose usual colour is brighter than this is white paper: a reflection on it cannot be told. */
const BRIGHT_DOCUMENT = 236;
/** Growing a spot by its halo makes it at least so much larger; a printed white field ends at once. */
const LEAST_HALO = 1.12;

function isWhite(rgb: Uint8Array, at: number): boolean {
  return (rgb[3 * at] ?? 0) >= WHITE && (rgb[3 * at + 1] ?? 0) >= WHITE && (rgb[3 * at + 2] ?? 0) >= WHITE;
}

/**
 * The share of a document that lies in reflections: spots as white as a picture can be, with nothing in them, that fade into
 * what is around them. Zero on white paper, where they cannot be told.
 */
export function glareOf({ rgb, grey, width, height }: Small, inside: Mask, median: number): number {
  if (median > BRIGHT_DOCUMENT) return 0;
  const white = inside.map((is, at) => (is === 1 && isWhite(rgb, at) ? 1 : 0));
  const area = inside.reduce((sum, is) => sum + is, 0);
  let glare = 0;
  for (const { pixels } of regionsOf(white, width, height)) {
    if (pixels.length < SMALLEST * area) break;
    // The halo falls off outwards, step by step, from white to the document's own tint.
    const grown = reached(
      width,
      height,
      pixels,
      (from, to) => inside[to] === 1 && (grey[to] ?? 0) <= (grey[from] ?? 0) && (grey[to] ?? 0) > median + HALO,
    );
    const halo = grown.reduce((sum, is) => sum + is, 0);
    if (halo >= LEAST_HALO * pixels.length) glare += halo;
  }
  return glare / Math.max(1, area);
}
