import sharp from 'sharp';
import type { OutputInfo, Sharp } from 'sharp';
import { pyramidOf } from './mrz/index.ts';
import type { Grey, Pyramid } from './mrz/index.ts';
import type { PageFact } from '../../shared/rules/index.ts';

/**
 * More pixels than this help no reader and only cost memory: A3 at 300 dpi has 17 million, a 12-megapixel photograph 12. What has
 * more is decoded at half or a quarter of its size.
 */
const MOST_PIXELS = 20_000_000;

/** One sheet of a file in pixels, upright, on white: decoded once, and handed to everything that looks at it. */
export interface Sheet {
  /** Counts from 1. */
  readonly number: number;
  readonly width: number;
  readonly height: number;
  /** Red, green and blue of each pixel, rows from the top. */
  readonly rgb: Uint8Array;
  /**
   * Pixels of the file for each of these, along one side: 1, 2 or 4; where its own are no squares, a part of that, since what is told of
   * the sheet must hold in the direction in which the file has fewer. A rendered sheet of a PDF counts as its own file.
   */
  readonly reduction: number;
  /** The same in grey, and its halves. Made when first asked for. */
  readonly pyramid: () => Pyramid;
}

/** A file whose sheets are looked at one after the other. `close` frees what it holds; nothing is asked of it afterwards. */
export interface OpenedFile {
  readonly sheetCount: number;
  /** Its pictures are to be shown one after the other: then they are no sheets. */
  readonly isAnimated: boolean;
  /** Of an image's first sheet, upright, in full; null for a PDF. */
  readonly pixels: { readonly width: number; readonly height: number } | null;
  /** From what the file says of itself, beside its picture. */
  readonly facts: readonly PageFact[];
  /** JPEG of the first sheet for lists. Throws when the sheet cannot be decoded to its end. */
  readonly thumbnail: () => Promise<Uint8Array>;
  /** Throws as above. */
  readonly sheet: (number: number) => Promise<Sheet>;
  readonly close: () => void;
}

/** By how much the sides of a picture are divided before it is looked at. */
function reductionOf(width: number, height: number): number {
  let reduction = 1;
  while ((width / reduction) * (height / reduction) > MOST_PIXELS) reduction *= 2;
  return reduction;
}

/** The weights of ITU-R BT.601 in 256ths. */
function greyOf(rgb: Uint8Array, width: number, height: number): Grey {
  const data = new Uint8Array(width * height);
  for (let at = 0, from = 0; at < data.length; at += 1, from += 3) {
    data[at] = (77 * (rgb[from] ?? 0) + 150 * (rgb[from + 1] ?? 0) + 29 * (rgb[from + 2] ?? 0) + 128) >> 8;
  }
  return { data, width, height };
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/** A picture's pixels, on white: one or three bytes each. Throws when a part is missing. */
export async function decode(picture: Sharp): Promise<{ readonly data: Buffer; readonly info: OutputInfo }> {
  return picture.flatten({ background: '#ffffff' }).toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
}

/** Decodes a picture that was opened (its orientation applied) and, if need be, made smaller. Throws when a part is missing. */
export async function decodeSheet(picture: Sharp, number: number, reduction: number): Promise<Sheet> {
  const { data, info } = await decode(picture);
  const { width, height, channels } = info;
  const rgb = channels === 3 ? data : inThree(data, width * height, channels);
  return { number, width, height, rgb, reduction, pyramid: once(() => pyramidOf(greyOf(rgb, width, height))) };
}

/** A picture that may have more pixels than help, or none that are squares. */
interface Large {
  /** Upright, with square pixels. */
  readonly width: number;
  readonly height: number;
  /** Pixels of the file for each of these, in the direction in which it has fewer. */
  readonly coarseness: number;
  /** Its pixels, so many across. */
  readonly sized: (width: number) => Sharp;
}

/** The same of such a picture. Throws as above. */
export function decodeReduced({ width, height, coarseness, sized }: Large, number: number): Promise<Sheet> {
  const reduction = reductionOf(width, height);
  return decodeSheet(sized(Math.ceil(width / reduction)), number, reduction * coarseness);
}

/** A sheet's pixels for sharp. */
export function pictureOf({ rgb, width, height }: Sheet): Sharp {
  return sharp(rgb, { raw: { width, height, channels: 3 } });
}

/** A picture of one channel in three that are the same. */
function inThree(data: Uint8Array, pixels: number, channels: number): Uint8Array {
  const rgb = new Uint8Array(3 * pixels);
  for (let at = 0; at < pixels; at += 1) rgb.fill(data[at * channels] ?? 0, 3 * at, 3 * at + 3);
  return rgb;
}
