/** What a TIFF (TIFF 6.0, or BigTIFF) says in its directories: one for each picture in it, and the block of EXIF is built like one. */

/** What a directory has at most of what is looked at. */
const MOST_ENTRIES = 500;
/** Many times the sheets that are taken. */
const MOST_DIRECTORIES = 5_000;

export interface TiffEntry {
  readonly tag: number;
  /** What an entry of one whole number says, or where its values lie. */
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

/** Types of entries: whole numbers of two bytes, and the first of those that have eight. */
const SHORT = 3;
const LEAST_WIDE = 16;

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
    if (type === SHORT) return u16(at);
    return type >= LEAST_WIDE ? u64(at) : u32(at);
  }
  function entryAt(at: number): TiffEntry {
    const [length, value] = [long(at + 4), at + 4 + word];
    const from = length > word ? long(value) : value;
    return { tag: u16(at), number: numberAt(u16(at + 2), value), bytes: tiff.subarray(from, from + length) };
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

/** NewSubfileType and its bits, SubfileType and its value, and the sides of a picture. */
const KIND = 0x00fe;
const REDUCED = 1;
const MASK = 4;
const OLD_KIND = 0x00ff;
const OLD_REDUCED = 2;
const WIDTH = 0x0100;
const HEIGHT = 0x0101;

interface Picture {
  readonly width: number;
  readonly height: number;
  /** It says that it is a smaller one of another picture. */
  readonly isReduced: boolean;
  /** It says which parts of another picture are seen. */
  readonly isMask: boolean;
}

function pictureOf({ entries }: TiffDirectory): Picture {
  const said = (tag: number): number => entries.find((entry) => entry.tag === tag)?.number ?? 0;
  const kind = said(KIND);
  return {
    width: said(WIDTH),
    height: said(HEIGHT),
    isReduced: (kind & REDUCED) !== 0 || said(OLD_KIND) === OLD_REDUCED,
    isMask: (kind & MASK) !== 0,
  };
}

/** Every picture, in their order; null where they cannot be followed to the last. */
function picturesOf({ first, directoryAt }: Tiff): Picture[] | null {
  const pictures: Picture[] = [];
  const seen = new Set<number>();
  for (let at = first; at !== 0;) {
    const directory = seen.has(at) || seen.size === MOST_DIRECTORIES ? null : directoryAt(at);
    if (directory === null) return null;
    seen.add(at);
    pictures.push(pictureOf(directory));
    at = directory.next;
  }
  return pictures;
}

/**
 * Which of a TIFF's pictures, counted from 0, are sheets: thumbnails and masks of others are none (TIFF 6.0, NewSubfileType and
 * SubfileType). One that only says so, but is as large as any, is a sheet: nothing may be lost by a tag. Null: nothing was made out,
 * so each counts.
 */
export function tiffSheets(bytes: Uint8Array): number[] | null {
  try {
    const tiff = openTiff(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    const pictures = tiff && picturesOf(tiff);
    if (pictures === null) return null;
    const whole = pictures.filter(({ isReduced, isMask }) => !isReduced && !isMask);
    const isOfAnother = ({ width, height, isReduced, isMask }: Picture): boolean =>
      (isMask && whole.length > 0) ||
      (isReduced &&
        whole.some(
          (full) => full.width >= width && full.height >= height && full.width * full.height > width * height,
        ));
    return pictures.flatMap((picture, index) => (isOfAnother(picture) ? [] : [index]));
  } catch {
    return null;
  }
}
