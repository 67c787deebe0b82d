/** The parts of a JPEG: the segments before its picture, in which it says what it says of itself, and where the picture ends. */

const START_OF_IMAGE = 0xd8;
const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
const COMMENT = 0xfe;
export const APP0 = 0xe0;
export const APP1 = 0xe1;
const APP2 = 0xe2;
const APP14 = 0xee;
const APP15 = 0xef;

/** How the segment begins that says the resolution (JFIF 1.02). */
export const JFIF = 'JFIF\0';

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

/** The rest of a block that begins so; null when it does not. */
export function after(content: Buffer, start: string): Buffer | null {
  return content.toString('latin1', 0, start.length) === start ? content.subarray(start.length) : null;
}

/** Whether a segment says something of the file that is not needed to show its picture as it is. */
function isMetadata({ marker, content }: Segment): boolean {
  if (marker === COMMENT) return true;
  if (marker < APP0 || marker > APP15) return false;
  // The resolution, the colour profile, and how the colours are stored.
  if (marker === APP0) return after(content, JFIF) === null;
  if (marker === APP2) return after(content, 'ICC_PROFILE\0') === null;
  return marker !== APP14 || after(content, 'Adobe') === null;
}

const FIRST_RESTART = 0xd0;
const LAST_RESTART = 0xd7;

/** Whether a marker stands within a picture's own bytes: a stuffed zero, a restart, or one more 0xff before the real one. */
const isWithinScan = (marker: number): boolean =>
  marker === 0 || marker === 0xff || (marker >= FIRST_RESTART && marker <= LAST_RESTART);

/**
 * Where a JPEG's picture ends, after its end mark: phones write more behind it (a map of brightness or depth, a smaller picture, a
 * film). The whole length where there is no end mark.
 */
function endOfPicture(jpeg: Uint8Array): number {
  const bytes = Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  let at = segmentsOf(bytes).at(-1)?.to ?? 2;
  for (;;) {
    at = bytes.indexOf(0xff, at);
    if (at < 0 || at + 2 > bytes.length) return bytes.length;
    const marker = bytes[at + 1] ?? 0;
    if (marker === END_OF_IMAGE) return at + 2;
    if (isWithinScan(marker)) at += marker === 0xff ? 1 : 2;
    // The head of a scan, or tables between two of them.
    else if (at + 4 > bytes.length) return bytes.length;
    else at += 2 + bytes.readUInt16BE(at + 2);
  }
}

/** A film begins with the size of its first box, that box's name, and a brand of four letters or digits (ISO/IEC 14496-12). */
const FILM = Buffer.from('ftyp', 'latin1');
const LARGEST_BOX = 256;

/** How many bytes of film a phone wrote behind a JPEG's picture ("motion photo", "live"); 0: none. */
export function filmBehind(jpeg: Uint8Array): number {
  const bytes = Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  // Most pictures have none, and then nobody looks for the end of the picture.
  if (!bytes.includes(FILM)) return 0;
  for (let at = bytes.indexOf(FILM, endOfPicture(jpeg) + 4); at >= 0; at = bytes.indexOf(FILM, at + 4)) {
    const isBox =
      bytes.readUInt32BE(at - 4) <= LARGEST_BOX && /^[\w ]{4}$/.test(bytes.toString('latin1', at + 4, at + 8));
    if (isBox) return bytes.length - (at - 4);
  }
  return 0;
}

/** The same JPEG, its picture byte for byte, with nothing beside or behind it but resolution and colour profile. */
export function withoutMetadata(jpeg: Uint8Array): Uint8Array {
  const end = endOfPicture(jpeg);
  const left = segmentsOf(jpeg).filter(isMetadata);
  if (left.length === 0 && end === jpeg.length) return jpeg;
  const kept: Uint8Array[] = [];
  let from = 0;
  for (const segment of left) {
    kept.push(jpeg.subarray(from, segment.from));
    from = segment.to;
  }
  kept.push(jpeg.subarray(from, end));
  return Uint8Array.from(Buffer.concat(kept));
}
