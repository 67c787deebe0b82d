import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { FILM_RULE } from '../../shared/rules/index.ts';
import type { PageFact, WorkingView } from '../../shared/rules/index.ts';
import { isAnimatedPng } from './chunks.ts';
import { editorFacts, editorOf } from './editors.ts';
import { THUMBNAIL_PIXELS } from './port.ts';
import { filmBehind } from './segments.ts';
import { decodeReduced, pictureOf } from './sheet.ts';
import type { OpenedFile, Sheet } from './sheet.ts';
import { tiffSheets } from './tiff.ts';
import { cutOut } from './view.ts';

/** 100 megapixels: an A3 sheet at 600 dpi has 70. A small file that unpacks to more is refused before it is unpacked. */
const MAX_INPUT_PIXELS = 100_000_000;

/** Sheets of one image file (a TIFF from a feeder): more than any document has, and few enough for the time of one job. */
export const MAX_SHEETS = 50;

/** Of a picture for people. */
export const JPEG_QUALITY = 80;

/**
 * One sheet of an image file, counted from 1. Orientation first; `failOn` stays at its default, so that a picture with missing
 * rows is an error and not half grey. Throws when a TIFF has no such sheet; of another file the decoder does.
 */
export function openPicture(bytes: Uint8Array, sheet = 1): Sharp {
  const sheets = tiffSheets(bytes);
  const page = sheets === null ? sheet - 1 : sheets[sheet - 1];
  if (page === undefined) throw new Error('inspection: there is no such sheet');
  return sharp(bytes, { limitInputPixels: MAX_INPUT_PIXELS, page }).autoOrient();
}

/** How many sheets an image file has, of the pictures that libvips counts in it: of a TIFF those that are sheets. */
export function sheetCountOf(bytes: Uint8Array, pictures = 1): number {
  return tiffSheets(bytes)?.length ?? pictures;
}

/** A picture for people: JPEG on white, not larger than it is. */
export function toJpeg(picture: Sharp, maxPixels: number): Promise<Buffer> {
  return picture
    .resize(maxPixels, maxPixels, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: JPEG_QUALITY })
    .toBuffer();
}

/**
 * A scanner's samples as a PNG: the same pixels, as many bits of each, the same resolution, nothing else. Somebody waits for it. Less
 * effort makes it half as large again; a filter for each row takes twice as long, for a tenth less on paper with a sensor's noise.
 */
export async function samplesAsPng(bytes: Uint8Array): Promise<Buffer> {
  const picture = openPicture(bytes);
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
  const picture = openPicture(bytes, sheet);
  if (view === undefined) return toJpeg(picture, maxPixels);
  return toJpeg(
    await cutOut((width) => picture.resize({ width, withoutEnlargement: true }), view, maxPixels),
    maxPixels,
  );
}

async function decode(bytes: Uint8Array, number: number): Promise<Sheet> {
  const { autoOrient } = await openPicture(bytes, number).metadata();
  return decodeReduced(openPicture(bytes, number), number, autoOrient);
}

/** That a phone's photo has a film behind it, which goes wherever the photo does. */
function filmFacts(jpeg: Uint8Array): PageFact[] {
  const bytes = filmBehind(jpeg);
  if (bytes === 0) return [];
  return [
    { rule: FILM_RULE, severity: 'info', params: { megabytes: Math.max(0.1, Math.round(bytes / 100_000) / 10) } },
  ];
}

/** Opens an image file for a look at its sheets. Throws when its header cannot be read or names too many pixels. */
export async function openImage(bytes: Uint8Array): Promise<OpenedFile> {
  const { pages, autoOrient, format } = await openPicture(bytes).metadata();
  const sheetCount = sheetCountOf(bytes, pages);
  /** The first sheet from its thumbnail until it is asked for: no two sheets' pixels are held at once. */
  let first: Promise<Sheet> | null = null;
  const sheet = (number: number): Promise<Sheet> => {
    const known = number === 1 ? first : null;
    first = null;
    return known ?? decode(bytes, number);
  };
  return {
    sheetCount,
    isAnimated: format === 'png' ? isAnimatedPng(bytes) : format === 'webp' && sheetCount > 1,
    pixels: { width: autoOrient.width, height: autoOrient.height },
    facts: [...editorFacts(editorOf(bytes)), ...(format === 'jpeg' ? filmFacts(bytes) : [])],
    async thumbnail() {
      // Only a JPEG can be decoded at an eighth of its size, and still to its end.
      if (format === 'jpeg') return toJpeg(openPicture(bytes), THUMBNAIL_PIXELS);
      first = decode(bytes, 1);
      return toJpeg(pictureOf(await first), THUMBNAIL_PIXELS);
    },
    sheet,
    close: () => {},
  };
}
