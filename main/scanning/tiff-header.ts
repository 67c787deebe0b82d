import type { PictureHeader } from './picture-header.ts';
import { readTiffDirectory } from './tiff-directory.ts';
import type { TiffDirectory } from './tiff-directory.ts';

/** Byte order, then 42 (TIFF 6.0, section 2). */
const SIGNATURES = ['49492a00', '4d4d002a'];
const IMAGE_WIDTH = 0x0100;
const X_RESOLUTION = 0x011a;
const RESOLUTION_UNIT = 0x0128;
const NO_UNIT = 1;
const CENTIMETRES = 3;
const CENTIMETRES_PER_INCH = 2.54;

/** Dots per inch across as a TIFF's fields say it (TIFF 6.0, section 8); null: they do not. */
export function dpiOf(directory: TiffDirectory): number | null {
  const density = directory.fraction(X_RESOLUTION);
  // Nothing, one, and a ratio to nothing are what files say that do not know.
  if (density === null || !(density > 1) || !Number.isFinite(density)) return null;
  const unit = directory.number(RESOLUTION_UNIT);
  if (unit === NO_UNIT) return null;
  return Math.round(unit === CENTIMETRES ? density * CENTIMETRES_PER_INCH : density);
}

/** Width and resolution from a TIFF whose first directory is within `head`, as that of scanimage is; null: it is none. */
export function readTiffHeader(head: Buffer): PictureHeader | null {
  if (!SIGNATURES.includes(head.toString('hex', 0, 4))) return null;
  try {
    const directory = readTiffDirectory(head);
    const width = directory.number(IMAGE_WIDTH);
    return width === null ? null : { width, dpi: dpiOf(directory) };
  } catch (error) {
    // A place outside of the head.
    if (error instanceof RangeError) return null;
    throw error;
  }
}
