import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { FILM_RULE } from '../../shared/rules/index.ts';
import type { PageFact, WorkingView } from '../../shared/rules/index.ts';
import { isAnimatedPng } from './chunks.ts';
import { editorFacts, editorOf } from './editors.ts';
import { pixelShape, shapeInTiff } from './pixel-shape.ts';
import { THUMBNAIL_PIXELS } from './port.ts';
import { filmBehind } from './segments.ts';
import { decodeReduced, pictureOf } from './sheet.ts';
import type { OpenedFile, Sheet } from './sheet.ts';
import { tiffSheets } from './tiff-pictures.ts';
import { cutOut } from './view.ts';

/** 100 megapixels: an A3 sheet at 600 dpi has 70. A small file that unpacks to more is refused before it is unpacked. */
const MAX_INPUT_PIXELS = 100_000_000;

/** Sheets of one image file (a TIFF from a feeder): more than any document has. */
export const MAX_SHEETS = 50;

/** Of a picture for people. */
export const JPEG_QUALITY = 80;

/** A picture as it is stored: neither turned nor made square. Reading it throws when it has too many pixels, or one is missing. */
export function stored(bytes: Uint8Array, page = 0): Sharp {
  return sharp(bytes, { limitInputPixels: MAX_INPUT_PIXELS, page });
}

/** A TIFF that may be whole, and of which the decoder would make nothing, or a picture in wrong colours. */
export class ForeignTiff extends Error {
  /** What of it is not read. */
  readonly what: string;

  constructor(what: string) {
    super('inspection: a TIFF of a kind that is not read');
    this.name = 'ForeignTiff';
    this.what = what;
  }
}

/** One sheet of an image file that was opened: upright, and with square pixels. */
export interface Picture {
  /** Sides with square pixels: where those of the file are not, as many as it has in the direction in which it has more. */
  readonly width: number;
  readonly height: number;
  /** Pixels of the file for each of these, in the direction in which it has fewer: 1 where its pixels are squares. */
  readonly coarseness: number;
  /** The file's own pixels, upright. */
  readonly pixels: { readonly width: number; readonly height: number };
  /** Dots per inch with square pixels; undefined where the file does not say. */
  readonly density: number | undefined;
  readonly format: string | undefined;
  /** As libvips counts them. */
  readonly pictures: number;
  /** Its pixels, so many across; never more than it has. They throw when one is missing. */
  readonly sized: (width: number) => Sharp;
}

/** Where libvips finds a sheet, and how many times as many dots it has across as down. */
function lieOf(bytes: Uint8Array, sheet: number): { readonly page: number; readonly shape: number } {
  const sheets = tiffSheets(bytes);
  if (sheets === null) return { page: sheet - 1, shape: pixelShape(bytes) };
  for (const { foreign } of sheets) if (foreign !== null) throw new ForeignTiff(foreign);
  const found = sheets[sheet - 1];
  if (found === undefined) throw new Error('inspection: there is no such sheet');
  return { page: found.index, shape: shapeInTiff(found.across, found.down) };
}

/** EXIF and TIFF: from this on, what is stored lies on its side. */
const FIRST_LYING = 5;

/**
 * One sheet of an image file, counted from 1. Orientation first; `failOn` stays at its default, so that a picture with missing
 * rows is an error and not half grey. Throws when its header cannot be read or names too many pixels, when a TIFF has no such sheet
 * (of another file the decoder does), and `ForeignTiff`.
 */
export async function openPicture(bytes: Uint8Array, sheet = 1): Promise<Picture> {
  const { page, shape } = lieOf(bytes, sheet);
  const decoder = (): Sharp => stored(bytes, page).autoOrient();
  const { autoOrient: pixels, orientation = 1, density, format, pages = 1 } = await decoder().metadata();
  const upright = orientation >= FIRST_LYING ? 1 / shape : shape;
  const [wider, higher] = [Math.max(1, 1 / upright), Math.max(1, upright)];
  const [width, height] = [Math.round(pixels.width * wider), Math.round(pixels.height * higher)];
  return {
    width,
    height,
    coarseness: Math.min(upright, 1 / upright),
    pixels: { width: pixels.width, height: pixels.height },
    // Of what is stored, across.
    density: density === undefined ? undefined : density * Math.max(1, 1 / shape),
    format,
    pictures: pages,
    sized: (wanted) => {
      if (shape === 1) return wanted < width ? decoder().resize({ width: wanted }) : decoder();
      const across = Math.min(wanted, width);
      return decoder().resize({ width: across, height: Math.round((height * across) / width), fit: 'fill' });
    },
  };
}

/** How many sheets an image file has, of the pictures that libvips counts in it: of a TIFF those that are sheets. */
export function sheetCountOf(bytes: Uint8Array, pictures = 1): number {
  return tiffSheets(bytes)?.length ?? pictures;
}

function asJpeg(picture: Sharp): Promise<Buffer> {
  return picture.flatten({ background: '#ffffff' }).jpeg({ quality: JPEG_QUALITY }).toBuffer();
}

/** A picture for people: JPEG on white, not larger than it is. */
export function toJpeg(picture: Sharp, maxPixels: number): Promise<Buffer> {
  return asJpeg(picture.resize(maxPixels, maxPixels, { fit: 'inside', withoutEnlargement: true }));
}

/** The same of a picture that was opened. */
function openedToJpeg({ sized, width, height, coarseness }: Picture, maxPixels: number): Promise<Buffer> {
  if (coarseness === 1) return toJpeg(sized(width), maxPixels);
  return asJpeg(sized(Math.round(width * Math.min(1, maxPixels / Math.max(width, height)))));
}

/**
 * A scanner's samples as a PNG: the same pixels, as many bits of each, the same resolution, nothing else. Somebody waits for it. Less
 * effort makes it half as large again; a filter for each row takes twice as long, for a tenth less on paper with a sensor's noise.
 */
export async function samplesAsPng(bytes: Uint8Array): Promise<Buffer> {
  const picture = stored(bytes).autoOrient();
  const { depth, channels } = await picture.metadata();
  if (depth === 'ushort') picture.toColourspace(channels === 1 ? 'grey16' : 'rgb16');
  return picture.png({ compressionLevel: 2 }).toBuffer();
}

/** What is shown of a sheet, and how large. */
export interface Shown {
  readonly view: WorkingView | undefined;
  /** Longest side in pixels. */
  readonly maxPixels: number;
}

/** One sheet of an image file for people. Throws when it cannot be decoded to its end. */
export async function showSheet(bytes: Uint8Array, sheet: number, { view, maxPixels }: Shown): Promise<Buffer> {
  const picture = await openPicture(bytes, sheet);
  if (view === undefined) return openedToJpeg(picture, maxPixels);
  return toJpeg(await cutOut(picture.sized, view, maxPixels), maxPixels);
}

/** That a phone's photo has a film behind it, which goes wherever the photo does. */
function filmFacts(jpeg: Uint8Array): PageFact[] {
  const bytes = filmBehind(jpeg);
  if (bytes === 0) return [];
  return [
    { rule: FILM_RULE, severity: 'info', params: { megabytes: Math.max(0.1, Math.round(bytes / 100_000) / 10) } },
  ];
}

/** Opens an image file for a look at its sheets. Throws when its header cannot be read or names too many pixels, and `ForeignTiff`. */
export async function openImage(bytes: Uint8Array): Promise<OpenedFile> {
  const picture = await openPicture(bytes);
  const { format, pixels } = picture;
  const sheetCount = sheetCountOf(bytes, picture.pictures);
  const decode = async (number: number): Promise<Sheet> =>
    decodeReduced(number === 1 ? picture : await openPicture(bytes, number), number);
  /** The first sheet from its thumbnail until it is asked for: no two sheets' pixels are held at once. */
  let first: Promise<Sheet> | null = null;
  const sheet = (number: number): Promise<Sheet> => {
    const known = number === 1 ? first : null;
    first = null;
    return known ?? decode(number);
  };
  return {
    sheetCount,
    isAnimated: format === 'png' ? isAnimatedPng(bytes) : format === 'webp' && sheetCount > 1,
    pixels,
    facts: [...editorFacts(editorOf(bytes)), ...(format === 'jpeg' ? filmFacts(bytes) : [])],
    async thumbnail() {
      // Only a JPEG can be decoded at an eighth of its size, and still to its end.
      if (format === 'jpeg') return openedToJpeg(picture, THUMBNAIL_PIXELS);
      first = decode(1);
      return toJpeg(pictureOf(await first), THUMBNAIL_PIXELS);
    },
    sheet,
    close: () => {},
  };
}
