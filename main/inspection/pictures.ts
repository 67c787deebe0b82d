import sharp from 'sharp';
import type { Sharp } from 'sharp';

/** 100 megapixels: an A3 sheet at 600 dpi has 70. A small file that unpacks to more is refused before it is unpacked. */
const MAX_INPUT_PIXELS = 100_000_000;

/** Sheets of one image file (a TIFF from a feeder): more than any document has, and few enough for the time of one job. */
export const MAX_SHEETS = 50;

/**
 * One sheet of an image file, counted from 1. Orientation first; `failOn` stays at its default, so that a picture with missing
 * rows is an error and not half grey.
 */
export function openPicture(bytes: Uint8Array, sheet = 1): Sharp {
  return sharp(bytes, { limitInputPixels: MAX_INPUT_PIXELS, page: sheet - 1 }).autoOrient();
}
