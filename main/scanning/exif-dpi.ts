import { readTiffDirectory } from './tiff-directory.ts';
import { dpiOf } from './tiff-header.ts';

/** Before the TIFF file that Exif is (CIPA DC-008, 4.7.2). */
const EXIF = 'Exif\0\0';

/**
 * Dots per inch across from a JPEG's Exif segment, where several makes write it instead of into JFIF; null: it is none, is damaged,
 * or does not say.
 */
export function exifDpi(segment: Buffer): number | null {
  if (segment.toString('latin1', 0, EXIF.length) !== EXIF) return null;
  try {
    return dpiOf(readTiffDirectory(segment.subarray(EXIF.length)));
  } catch (error) {
    // A place outside of the segment.
    if (error instanceof RangeError) return null;
    throw error;
  }
}
