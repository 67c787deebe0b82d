import { constants, crc32, createDeflate } from 'node:zlib';
import type { SamplesLayout } from './samples-layout.ts';

/** A PNG that is written while its samples come. */
export interface PngOfSamples {
  /** So many bytes belong to a row: one that says that it is not filtered, and its samples. */
  readonly rowBytes: number;
  /** Takes whole rows, the next ones from the top. Resolves when their memory may be used again. */
  add(rows: Uint8Array): Promise<void>;
  /** The file, once every row was added. */
  finish(): Promise<Uint8Array>;
}

/** PNG specification, 5.2. */
const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const INCHES_PER_METRE = 1 / 0.0254;
const BITS = 8;
const GREY = 0;
const COLOUR = 2;
const METRE = 1;
/** More effort takes up to half as long again and makes it smaller by a fiftieth. */
const LEVEL = 1;
const PIECE_BYTES = 256 * 1024;

/** One chunk (5.3), in the parts that it is written of. */
function chunk(type: string, data: Uint8Array): Uint8Array[] {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length, 0);
  head.write(type, 4, 'latin1');
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(data, crc32(head.subarray(4))), 0);
  return [head, data, sum];
}

/** IHDR (11.2.1): compression, filters and interlace are the only or the plain ones. */
function headOf({ width, height, channels }: SamplesLayout): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.writeUInt8(BITS, 8);
  head.writeUInt8(channels === 1 ? GREY : COLOUR, 9);
  return head;
}

/** PHYS (11.3.4.3). */
function resolutionOf({ dpi }: SamplesLayout): Buffer {
  const resolution = Buffer.alloc(9);
  const perMetre = Math.round(dpi * INCHES_PER_METRE);
  resolution.writeUInt32BE(perMetre, 0);
  resolution.writeUInt32BE(perMetre, 4);
  resolution.writeUInt8(METRE, 8);
  return resolution;
}

/**
 * The same pixels, as many bits of each, the same resolution, nothing else. No filter for each row: it costs as much as the rest and is
 * worth a tenth on paper with noise. The work is done by the threads that Node has for it.
 */
export function createPngOfSamples(layout: SamplesLayout): PngOfSamples {
  const deflate = createDeflate({ level: LEVEL, memLevel: constants.Z_MAX_MEMLEVEL, chunkSize: PIECE_BYTES });
  const file = [SIGNATURE, ...chunk('IHDR', headOf(layout)), ...chunk('pHYs', resolutionOf(layout))];
  const isWritten = new Promise<void>((resolve, reject) => {
    deflate.on('data', (data: Buffer) => file.push(...chunk('IDAT', data)));
    deflate.on('end', resolve);
    deflate.on('error', reject);
  });
  // Seen by `finish`; a page that is given up has none.
  isWritten.catch(() => {});
  return {
    rowBytes: 1 + layout.width * layout.channels,
    add: (rows) =>
      new Promise((resolve, reject) => {
        deflate.write(rows, (error) => {
          if (error) reject(error);
          else resolve();
        });
      }),
    async finish() {
      deflate.end();
      await isWritten;
      return Buffer.concat([...file, ...chunk('IEND', new Uint8Array())]);
    },
  };
}
