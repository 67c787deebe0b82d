import { exifDpi } from './exif-dpi.ts';
import type { PictureHeader } from './picture-header.ts';

const MARKER = 0xff;
const START_OF_IMAGE = 0xd8;
const APP0 = 0xe0;
const APP1 = 0xe1;
const START_OF_SCAN = 0xda;
const CENTIMETRES_PER_INCH = 2.54;

/** SOF0 to SOF15 without DHT (C4), JPG (C8) and DAC (CC): the frame's size (ITU-T T.81, table B.1). */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** Dots per inch across from a JFIF segment (ITU-T T.871, 10.1); null: it is none, or the file gives a ratio only. */
function jfifDpi(data: Buffer): number | null {
  if (data.length < 12 || data.toString('latin1', 0, 5) !== 'JFIF\0') return null;
  const density = data.readUInt16BE(8);
  if (density <= 1) return null;
  if (data[7] === 1) return density;
  return data[7] === 2 ? Math.round(density * CENTIMETRES_PER_INCH) : null;
}

/** Width and resolution from the segments before a JPEG's picture (ITU-T T.81, B.1.1); null: it is none. */
export function readJpegHeader(head: Buffer): PictureHeader | null {
  if (head.length < 2 || head[0] !== MARKER || head[1] !== START_OF_IMAGE) return null;
  let dpi: number | null = null;
  let at = 2;
  while (at + 4 <= head.length && head[at] === MARKER) {
    const marker = head[at + 1] ?? 0;
    if (marker === MARKER) {
      // Filling between two segments.
      at += 1;
      continue;
    }
    if (marker === START_OF_SCAN) return null;
    const length = head.readUInt16BE(at + 2);
    const data = head.subarray(at + 4, at + 2 + length);
    if (marker === APP0) dpi ??= jfifDpi(data);
    if (marker === APP1) dpi ??= exifDpi(data);
    if (isFrame(marker)) return data.length < 5 ? null : { width: data.readUInt16BE(3), dpi };
    at += 2 + length;
  }
  return null;
}
