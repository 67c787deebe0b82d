/** What a TIFF (TIFF 6.0, or BigTIFF) says in its directories: one for each picture in it, and the block of EXIF is built like one. */

/** How the block of EXIF begins in a JPEG, and in a WebP of some programs. */
export const EXIF = 'Exif\0\0';

/** XResolution and YResolution. */
export const ACROSS = 0x011a;
export const DOWN = 0x011b;

/** What a directory has at most of what is looked at. */
const MOST_ENTRIES = 500;

export interface TiffEntry {
  readonly tag: number;
  /** The first number that it says; 0 where that is no whole number or fraction, or is not in the file. */
  readonly number: number;
  /** Of an entry of single bytes: a text, or a block. */
  readonly bytes: Buffer;
}

export interface TiffDirectory {
  readonly entries: readonly TiffEntry[];
  /** Where the next one lies; 0: there is none. */
  readonly next: number;
}

export interface Tiff {
  /** Where the first directory lies. */
  readonly first: number;
  /** Null where none can lie. */
  readonly directoryAt: (from: number) => TiffDirectory | null;
}

/** The first number of an entry with this tag; undefined where there is none. */
export function numberOf({ entries }: TiffDirectory, tag: number): number | undefined {
  return entries.find((entry) => entry.tag === tag)?.number;
}

/** Types of entries: whole numbers of one, two, four and eight bytes, and fractions of two times four. */
const BYTE = 1;
const SHORT = 3;
const LONG = 4;
const FRACTION = 5;
const DIRECTORY = 13;
const WIDE = 16;
const WIDE_DIRECTORY = 18;
/** Bytes of one value. */
const SIZES: ReadonlyMap<number, number> = new Map([
  [BYTE, 1],
  [SHORT, 2],
  [LONG, 4],
  [FRACTION, 8],
  [DIRECTORY, 4],
  [WIDE, 8],
  [WIDE_DIRECTORY, 8],
]);

/** Null when it is none. */
export function openTiff(tiff: Buffer): Tiff | null {
  const order = tiff.toString('latin1', 0, 2);
  if (tiff.length < 16 || (order !== 'II' && order !== 'MM')) return null;
  const u16 = (at: number): number => (order === 'II' ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const u32 = (at: number): number => (order === 'II' ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
  const u64 = (at: number): number => Number(order === 'II' ? tiff.readBigUInt64LE(at) : tiff.readBigUInt64BE(at));
  const isBig = u16(2) === 43;
  /** Bytes of a place or a length, of an entry, and of the number of entries. */
  const [word, size, head] = isBig ? [8, 20, 8] : [4, 12, 2];
  const long = isBig ? u64 : u32;

  function numberAt(type: number, at: number): number {
    if (at + (SIZES.get(type) ?? Infinity) > tiff.length) return 0;
    if (type === BYTE) return tiff.readUInt8(at);
    if (type === SHORT) return u16(at);
    if (type === FRACTION) return u32(at) / u32(at + 4);
    return type >= WIDE ? u64(at) : u32(at);
  }
  function entryAt(at: number): TiffEntry {
    const [type, length, value] = [u16(at + 2), long(at + 4), at + 4 + word];
    /** Where so many bytes lie: in the entry, if it has room for them. */
    const placeOf = (bytes: number): number => (bytes > word ? long(value) : value);
    const from = placeOf(length);
    return {
      tag: u16(at),
      number: numberAt(type, placeOf(length * (SIZES.get(type) ?? 1))),
      bytes: tiff.subarray(from, from + length),
    };
  }
  return {
    first: long(isBig ? 8 : 4),
    directoryAt(from) {
      if (from < 8 || from + head > tiff.length) return null;
      const count = isBig ? u64(from) : u16(from);
      const entries: TiffEntry[] = [];
      for (let entry = 0, at = from + head; entry < Math.min(count, MOST_ENTRIES); entry += 1, at += size) {
        if (at + size > tiff.length) return { entries, next: 0 };
        entries.push(entryAt(at));
      }
      const end = from + head + count * size;
      return { entries, next: end + word <= tiff.length ? long(end) : 0 };
    },
  };
}
