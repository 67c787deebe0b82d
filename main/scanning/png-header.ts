import type { PictureHeader } from './picture-header.ts';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const MILLIMETRES_PER_METRE = 1_000;
const MILLIMETRES_PER_INCH = 25.4;
const CHUNK_OVERHEAD = 12;

/** Width and resolution from a PNG's first chunks (PNG specification, 11.2.1 IHDR and 11.3.4.3 pHYs); null: it is none. */
export function readPngHeader(head: Buffer): PictureHeader | null {
  if (!head.subarray(0, SIGNATURE.length).equals(SIGNATURE)) return null;
  let width: number | null = null;
  let dpi: number | null = null;
  let at = SIGNATURE.length;
  while (at + CHUNK_OVERHEAD <= head.length) {
    const length = head.readUInt32BE(at);
    const type = head.toString('latin1', at + 4, at + 8);
    const data = head.subarray(at + 8, at + 8 + length);
    if (type === 'IDAT' || data.length < length) break;
    if (type === 'IHDR' && length >= 8) width = data.readUInt32BE(0);
    if (type === 'pHYs' && length === 9 && data[8] === 1) {
      dpi = Math.round((data.readUInt32BE(0) * MILLIMETRES_PER_INCH) / MILLIMETRES_PER_METRE);
    }
    at += CHUNK_OVERHEAD + length;
  }
  return width === null ? null : { width, dpi };
}
