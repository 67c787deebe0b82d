import { pngChunks, webpChunks } from './chunks.ts';
import { segmentsOf } from './segments.ts';
import { openTiff } from './tiff.ts';

/**
 * Pixels need not be squares: faxes have twice as many dots across as down (ITU-T T.30: 204 × 98), and some scanners' programs give 200 × 100.
 * Decoders leave them as they are stored.
 */

const ACROSS = 0x011a;
const DOWN = 0x011b;

/** One to two is what faxes and printers have; beyond this, one of the two numbers was never set. */
const MOST_TIMES = 2.5;
/** In a TIFF, where fine faxes have 204 × 196, smaller differences are rounding. */
const LEAST_TIMES_IN_TIFF = 1.02;
/** Elsewhere they are a screen's (108 × 96 in a screenshot) or a camera's that nobody meant. */
const LEAST_TIMES = 1.4;

/** How many times as many dots there are across as down; 1 where they are as many, or the two numbers say nothing. */
function shapeOf(across: number, down: number, leastTimes: number): number {
  const times = Math.max(across / down, down / across);
  return times >= leastTimes && times <= MOST_TIMES ? across / down : 1;
}

/** The same of a picture in a TIFF. */
export const shapeInTiff = (across: number, down: number): number => shapeOf(across, down, LEAST_TIMES_IN_TIFF);

const EXIF = 'Exif\0\0';
const JFIF = 'JFIF\0';
const APP0 = 0xe0;
const APP1 = 0xe1;

const begins = (content: Buffer, text: string): boolean => content.toString('latin1', 0, text.length) === text;

/** Of a block of EXIF. */
function shapeInExif(block: Buffer): number {
  const tiff = openTiff(block);
  const entries = tiff?.directoryAt(tiff.first)?.entries ?? [];
  const said = (tag: number): number => entries.find((entry) => entry.tag === tag)?.number ?? 0;
  return shapeOf(said(ACROSS), said(DOWN), LEAST_TIMES);
}

/** JFIF 1.02 (units, then two numbers that may be a proportion only); where there is none, EXIF. */
function shapeInJpeg(jpeg: Buffer): number {
  const segments = segmentsOf(jpeg);
  const jfif = segments.find(({ marker, content }) => marker === APP0 && begins(content, JFIF))?.content;
  if (jfif !== undefined && jfif.length >= 12) return shapeOf(jfif.readUInt16BE(8), jfif.readUInt16BE(10), LEAST_TIMES);
  const exif = segments.find(({ marker, content }) => marker === APP1 && begins(content, EXIF))?.content;
  return exif === undefined ? 1 : shapeInExif(exif.subarray(EXIF.length));
}

/** pHYs stands before the picture's data (PNG specification, 11.3.4.3); it may be a proportion only. */
function shapeInPng(png: Buffer): number {
  for (const { type, content } of pngChunks(png)) {
    if (type === 'IDAT') return 1;
    if (type !== 'pHYs' || content.length < 8) continue;
    return shapeOf(content.readUInt32BE(0), content.readUInt32BE(4), LEAST_TIMES);
  }
  return 1;
}

function shapeInWebp(webp: Buffer): number {
  for (const { type, content } of webpChunks(webp)) {
    if (type === 'EXIF') return shapeInExif(begins(content, EXIF) ? content.subarray(EXIF.length) : content);
  }
  return 1;
}

/** How many times as many dots a JPEG, PNG or WebP has across as down, as it is stored: before it is turned upright. 1: as many, or unknown. */
export function pixelShape(file: Uint8Array): number {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const start = bytes.toString('latin1', 0, 4);
  try {
    if (start.startsWith('\xff\xd8')) return shapeInJpeg(bytes);
    if (start === '\x89PNG') return shapeInPng(bytes);
    return start === 'RIFF' ? shapeInWebp(bytes) : 1;
  } catch {
    return 1;
  }
}
