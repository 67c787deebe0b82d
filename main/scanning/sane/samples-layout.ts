import { readTiffDirectory } from '../tiff-directory.ts';
import { dpiOf } from '../tiff-header.ts';

/** Where a device's samples lie in its TIFF, and what they are: eight bits each, grey or red, green and blue, rows from the top. */
export interface SamplesLayout {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly dpi: number;
  /** Of the first sample in the file, in bytes; the others follow without a gap. */
  readonly offset: number;
}

/** TIFF 6.0, section 8. */
const WIDTH = 0x0100;
const HEIGHT = 0x0101;
const BITS = 0x0102;
const COMPRESSION = 0x0103;
const COLOURS = 0x0106;
const OFFSET = 0x0111;
const ORIENTATION = 0x0112;
const CHANNELS = 0x0115;
const ROWS = 0x0116;
const BYTES = 0x0117;
const NONE = 1;
const UPRIGHT = 1;
/** What `COLOURS` says: grey with black as nothing; red, green and blue. */
const CHANNELS_OF: ReadonlyMap<number | null, 1 | 3> = new Map([
  [1, 1],
  [2, 3],
]);

/** Null: the head is not whole, or the samples are others than these (one or sixteen bits, several strips, no resolution). */
export function readSamplesLayout(head: Buffer): SamplesLayout | null {
  try {
    const directory = readTiffDirectory(head);
    const { number, shorts } = directory;
    const [width, height, offset] = [number(WIDTH) ?? 0, number(HEIGHT) ?? 0, number(OFFSET) ?? 0];
    const channels = CHANNELS_OF.get(number(COLOURS));
    const dpi = dpiOf(directory);
    const isPlain =
      number(COMPRESSION) === NONE &&
      number(CHANNELS) === channels &&
      (number(ORIENTATION) ?? UPRIGHT) === UPRIGHT &&
      number(ROWS) === height;
    if (channels === undefined || dpi === null || !isPlain) return null;
    const isOfBytes = shorts(BITS).every((bits) => bits === 8);
    const byteLength = width * height * channels;
    if (!isOfBytes || byteLength === 0 || number(BYTES) !== byteLength) return null;
    return { width, height, channels, dpi, offset };
  } catch (error) {
    // A place outside of the head.
    if (error instanceof RangeError) return null;
    throw error;
  }
}
