import { ACROSS, DOWN, numberOf, openTiff } from './tiff.ts';
import type { Tiff, TiffDirectory } from './tiff.ts';

/** NewSubfileType and its bits, SubfileType and its value, and what else a directory says of its picture. */
const KIND = 0x00fe;
const REDUCED = 1;
const MASK = 4;
const OLD_KIND = 0x00ff;
const OLD_REDUCED = 2;
const WIDTH = 0x0100;
const HEIGHT = 0x0101;
const BITS = 0x0102;
const COMPRESSION = 0x0103;
const COLOURS = 0x0106;
const SAMPLES = 0x0115;
const FORMAT = 0x0153;

/** Many times the sheets that are taken. */
const MOST_PICTURES = 5_000;

/** One picture of a TIFF, as its directory says. */
export interface TiffPicture {
  readonly width: number;
  readonly height: number;
  /** It says that it is a smaller one of another picture. */
  readonly isReduced: boolean;
  /** It says which parts of another picture are seen. */
  readonly isMask: boolean;
  /** Dots per unit of length, whichever that is; 0 where it does not say. */
  readonly across: number;
  readonly down: number;
  /** What of it the decoder cannot read, or reads wrongly; null: nothing. In the words of the specification, which every language has. */
  readonly foreign: string | null;
}

/** What of TIFF 6.0 and its supplements the decoder has: none, CCITT, LZW, JPEG, Deflate, PackBits, WebP. */
const READ_COMPRESSIONS: ReadonlySet<number> = new Set([1, 2, 3, 4, 5, 7, 8, 32_771, 32_773, 32_946, 50_001]);
const COMPRESSIONS: ReadonlyMap<number, string> = new Map([
  [6, 'JPEG (TIFF 6.0)'],
  [33_003, 'JPEG 2000'],
  [33_005, 'JPEG 2000'],
  [34_661, 'JBIG'],
  [34_712, 'JPEG 2000'],
  [34_887, 'LERC'],
  [34_925, 'LZMA'],
  [50_000, 'Zstandard'],
  [50_002, 'JPEG XL'],
]);
const JPEG = 7;

/** How colours are stored, and how many bits the samples of each kind may have. The decoder takes YCbCr for RGB unless its JPEG is. */
const READ_BITS: ReadonlyMap<number, readonly number[]> = new Map([
  [0, [1, 2, 4, 8, 16]],
  [1, [1, 2, 4, 8, 16]],
  [2, [8, 16]],
  [3, [1, 2, 4, 8]],
  [4, [1]],
  [5, [8, 16]],
  [6, [8]],
  [8, [16]],
]);
const YCBCR = 6;
const LAB = 8;
const COLOUR_NAMES: ReadonlyMap<number, string> = new Map([
  [YCBCR, 'YCbCr'],
  [LAB, 'CIE L*a*b*'],
  [9, 'ICC L*a*b*'],
  [10, 'ITU L*a*b*'],
  [32_803, 'CFA'],
  [32_844, 'LogL'],
  [32_845, 'LogLuv'],
  [34_892, 'LinearRaw'],
]);
/** Of samples that are whole numbers and never below zero. */
const UNSIGNED = 1;
const FORMAT_NAMES: ReadonlyMap<number, string> = new Map([
  [2, 'signed integer'],
  [3, 'floating point'],
]);

type Said = (tag: number) => number | undefined;

function foreignOf(said: Said): string | null {
  const [compression = 1, colours, format = UNSIGNED] = [said(COMPRESSION), said(COLOURS), said(FORMAT)];
  const [bits = 1, samples = 1] = [said(BITS), said(SAMPLES)];
  if (!READ_COMPRESSIONS.has(compression)) return COMPRESSIONS.get(compression) ?? `compression ${compression}`;
  if (colours === undefined) return null;
  const read = READ_BITS.get(colours);
  const isOtherwiseRead = (colours !== YCBCR || compression === JPEG) && (colours !== LAB || samples === 3);
  if (read === undefined || !isOtherwiseRead) return COLOUR_NAMES.get(colours) ?? `photometric ${colours}`;
  if (FORMAT_NAMES.has(format)) return `${FORMAT_NAMES.get(format)}, ${bits} bit`;
  if (read.includes(bits) && (bits >= 8 || samples === 1)) return null;
  return `${COLOUR_NAMES.get(colours) ?? ''} ${bits} bit`.trim();
}

function pictureOf(directory: TiffDirectory): TiffPicture {
  const said: Said = (tag) => numberOf(directory, tag);
  const kind = said(KIND) ?? 0;
  return {
    width: said(WIDTH) ?? 0,
    height: said(HEIGHT) ?? 0,
    isReduced: (kind & REDUCED) !== 0 || said(OLD_KIND) === OLD_REDUCED,
    isMask: (kind & MASK) !== 0,
    across: said(ACROSS) ?? 0,
    down: said(DOWN) ?? 0,
    foreign: foreignOf(said),
  };
}

/** Every picture, in their order; null where they cannot be followed to the last. */
function picturesOf({ first, directoryAt }: Tiff): TiffPicture[] | null {
  const pictures: TiffPicture[] = [];
  const seen = new Set<number>();
  for (let at = first; at !== 0;) {
    const directory = seen.has(at) || seen.size === MOST_PICTURES ? null : directoryAt(at);
    if (directory === null) return null;
    seen.add(at);
    pictures.push(pictureOf(directory));
    at = directory.next;
  }
  return pictures;
}

/** What a pyramid has below its picture at least, and how small its smallest is: no sheet of paper has so few pixels. */
const LEAST_LEVELS = 2;
const SMALLEST_LEVEL = 300;

const isHalf = (side: number, of: number): boolean => Math.abs(side - of / 2) <= 1;

/**
 * Where the pyramid ends that a picture is the base of, if it is one: each is half as large as the one before, down to nothing that anybody
 * reads. ImageMagick marks them as pages.
 */
function endOfPyramid(pictures: readonly TiffPicture[], base: number): number {
  let last = base;
  for (;;) {
    const [upper, lower] = [pictures[last], pictures[last + 1]];
    if (upper === undefined || lower === undefined) break;
    if (!isHalf(lower.width, upper.width) || !isHalf(lower.height, upper.height)) break;
    last += 1;
  }
  const { width = 0, height = 0 } = pictures[last] ?? {};
  return last - base >= LEAST_LEVELS && Math.max(width, height) < SMALLEST_LEVEL ? last : base;
}

/** A picture that is a sheet, and its place among a TIFF's pictures, counted from 0. */
export interface TiffSheet extends TiffPicture {
  readonly index: number;
}

/**
 * Which of a TIFF's pictures are sheets: thumbnails and masks of others are none (TIFF 6.0, NewSubfileType and SubfileType), nor are the
 * levels of a pyramid. One that only says so, but is as large as any, is a sheet: nothing may be lost by a tag. Null: nothing was made
 * out, so each counts.
 */
export function tiffSheets(bytes: Uint8Array): TiffSheet[] | null {
  try {
    const tiff = openTiff(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    const pictures = tiff && picturesOf(tiff);
    if (pictures === null) return null;
    const whole = pictures.filter(({ isReduced, isMask }) => !isReduced && !isMask);
    const isOfAnother = ({ width, height, isReduced, isMask }: TiffPicture): boolean =>
      (isMask && whole.length > 0) ||
      (isReduced &&
        whole.some(
          (full) => full.width >= width && full.height >= height && full.width * full.height > width * height,
        ));
    const sheets: TiffSheet[] = [];
    for (let index = 0; index < pictures.length; index = endOfPyramid(pictures, index) + 1) {
      const picture = pictures[index];
      if (picture !== undefined && !isOfAnother(picture)) sheets.push({ ...picture, index });
    }
    return sheets;
  } catch {
    return null;
  }
}
