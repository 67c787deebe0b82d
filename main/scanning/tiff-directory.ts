/** Fields of a TIFF's first directory (TIFF 6.0, section 2). */
export interface TiffDirectory {
  /** The one number of a field of 16 or 32 bits; null: the file has no such field. */
  readonly number: (tag: number) => number | null;
  /** The numbers of a field of 16 bits each; empty: the file has no such field. */
  readonly shorts: (tag: number) => number[];
  /** The one fraction of a field, which may have nothing as its divisor; null: the file has no such field. */
  readonly fraction: (tag: number) => number | null;
}

/** Of one field: tag, type, count, and the value or where it stands. */
const FIELD_BYTES = 12;
const SHORT = 3;
const SHORT_BYTES = 2;
/** Numbers of 16 bits that a field itself has room for. */
const MOST_WITHIN = 2;

/** Reads where the fields are. It and what it answers throw `RangeError` for a place outside of `tiff`. */
export function readTiffDirectory(tiff: Buffer): TiffDirectory {
  const isLittle = tiff.toString('latin1', 0, 2) === 'II';
  const short = (at: number): number => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const long = (at: number): number => (isLittle ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
  const directory = long(4);
  const fields = Array.from({ length: short(directory) }, (_, index) => directory + 2 + index * FIELD_BYTES);
  const fieldOf = (tag: number): number | undefined => fields.find((at) => short(at) === tag);
  return {
    number(tag) {
      const at = fieldOf(tag);
      if (at === undefined) return null;
      return short(at + 2) === SHORT ? short(at + 8) : long(at + 8);
    },
    shorts(tag) {
      const at = fieldOf(tag);
      if (at === undefined) return [];
      const count = long(at + 4);
      // What does not fit into the field lies elsewhere.
      const place = count > MOST_WITHIN ? long(at + 8) : at + 8;
      return Array.from({ length: count }, (_, index) => short(place + index * SHORT_BYTES));
    },
    fraction(tag) {
      const at = fieldOf(tag);
      if (at === undefined) return null;
      const place = long(at + 8);
      return long(place) / long(place + 4);
    },
  };
}
