/** Before the TIFF file that Exif is (CIPA DC-008, 4.7.2). */
const EXIF = 'Exif\0\0';
const X_RESOLUTION = 0x011a;
const RESOLUTION_UNIT = 0x0128;
const NO_UNIT = 1;
const CENTIMETRES = 3;
const CENTIMETRES_PER_INCH = 2.54;
/** Of one field: tag, type, count, and the value or where it stands (TIFF 6.0, section 2). */
const FIELD_BYTES = 12;

/**
 * Dots per inch across from a JPEG's Exif segment, where several makes write it instead of into JFIF; null: it is none, is damaged,
 * or does not say.
 */
export function exifDpi(segment: Buffer): number | null {
  if (segment.toString('latin1', 0, EXIF.length) !== EXIF) return null;
  try {
    return tiffDpi(segment.subarray(EXIF.length));
  } catch (error) {
    // A place outside of the segment.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function tiffDpi(tiff: Buffer): number | null {
  const isLittle = tiff.toString('latin1', 0, 2) === 'II';
  const short = (at: number): number => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const long = (at: number): number => (isLittle ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
  const directory = long(4);
  const fields = Array.from({ length: short(directory) }, (_, index) => directory + 2 + index * FIELD_BYTES);
  const fieldOf = (tag: number): number | undefined => fields.find((at) => short(at) === tag);
  const resolution = fieldOf(X_RESOLUTION);
  if (resolution === undefined) return null;
  const place = long(resolution + 8);
  const density = long(place) / long(place + 4);
  // Nothing, one, and a ratio to nothing are what files say that do not know.
  if (!(density > 1) || !Number.isFinite(density)) return null;
  const unitField = fieldOf(RESOLUTION_UNIT);
  const unit = unitField === undefined ? null : short(unitField + 8);
  if (unit === NO_UNIT) return null;
  return Math.round(unit === CENTIMETRES ? density * CENTIMETRES_PER_INCH : density);
}
