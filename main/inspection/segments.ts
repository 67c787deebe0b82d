/** The segments of a JPEG before its picture: what it says of itself. */

const START_OF_IMAGE = 0xd8;
const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
const COMMENT = 0xfe;
const APP0 = 0xe0;
const APP2 = 0xe2;
const APP14 = 0xee;
const APP15 = 0xef;

export interface Segment {
  readonly marker: number;
  /** Of its marker. */
  readonly from: number;
  /** After its last byte. */
  readonly to: number;
  /** Without marker and length. */
  readonly content: Buffer;
}

/** Every segment up to the picture's own bytes, in their order; fewer where the header is not whole. */
export function segmentsOf(jpeg: Uint8Array): Segment[] {
  const bytes = Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  const segments: Segment[] = [];
  if (bytes.length < 4 || bytes[1] !== START_OF_IMAGE) return segments;
  let from = 2;
  while (from + 4 <= bytes.length && bytes[from] === 0xff) {
    const marker = bytes[from + 1] ?? 0;
    if (marker === 0xff) {
      from += 1;
      continue;
    }
    if (marker === START_OF_SCAN || marker === END_OF_IMAGE) break;
    const to = from + 2 + bytes.readUInt16BE(from + 2);
    if (to > bytes.length) break;
    segments.push({ marker, from, to, content: bytes.subarray(from + 4, to) });
    from = to;
  }
  return segments;
}

const begins = ({ content }: Segment, text: string): boolean =>
  content.subarray(0, text.length).toString('latin1') === text;

/** Whether a segment says something of the file that is not needed to show its picture as it is. */
function isMetadata(segment: Segment): boolean {
  const { marker } = segment;
  if (marker === COMMENT) return true;
  if (marker < APP0 || marker > APP15) return false;
  // The resolution, the colour profile, and how the colours are stored.
  if (marker === APP0) return !begins(segment, 'JFIF\0');
  if (marker === APP2) return !begins(segment, 'ICC_PROFILE\0');
  return marker !== APP14 || !begins(segment, 'Adobe');
}

/** The same JPEG, its picture byte for byte, with nothing beside it but resolution and colour profile. */
export function withoutMetadata(jpeg: Uint8Array): Uint8Array {
  const left = segmentsOf(jpeg).filter(isMetadata);
  if (left.length === 0) return jpeg;
  const kept: Uint8Array[] = [];
  let from = 0;
  for (const segment of left) {
    kept.push(jpeg.subarray(from, segment.from));
    from = segment.to;
  }
  kept.push(jpeg.subarray(from));
  return Uint8Array.from(Buffer.concat(kept));
}
