import { pngChunks, webpChunks } from './chunks.ts';
import { APP0, APP1, JFIF, after, segmentsOf } from './segments.ts';
import type { Segment } from './segments.ts';
import { ACROSS, DOWN, EXIF, numberOf, openTiff } from './tiff.ts';

/**
 * Pixels need not be squares: faxes have twice as many dots across as down (ITU-T T.30: 204 × 98), and some scanners' programs give 200 × 100.
 * Decoders leave them as they are stored.
 */

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

/** Of a block of EXIF. */
function shapeInExif(block: Buffer): number {
  const tiff = openTiff(block);
  const directory = tiff?.directoryAt(tiff.first);
  if (!directory) return 1;
  return shapeOf(numberOf(directory, ACROSS) ?? 0, numberOf(directory, DOWN) ?? 0, LEAST_TIMES);
}

/** The first segment of a kind that begins so, without that; null where there is none. */
function blockIn(segments: readonly Segment[], kind: number, start: string): Buffer | null {
  for (const { marker, content } of segments) {
    const block = marker === kind ? after(content, start) : null;
    if (block !== null) return block;
  }
  return null;
}

/** JFIF 1.02 (units, then two numbers that may be a proportion only); where there is none, EXIF. */
function shapeInJpeg(jpeg: Buffer): number {
  const segments = segmentsOf(jpeg);
  // Version and units come first.
  const jfif = blockIn(segments, APP0, JFIF);
  if (jfif !== null && jfif.length >= 7) return shapeOf(jfif.readUInt16BE(3), jfif.readUInt16BE(5), LEAST_TIMES);
  const exif = blockIn(segments, APP1, EXIF);
  return exif === null ? 1 : shapeInExif(exif);
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
    if (type === 'EXIF') return shapeInExif(after(content, EXIF) ?? content);
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
