/** Pages as a scanner would see them, drawn. */
import sharp from 'sharp';

export interface PageRequest {
  readonly page: number;
  /** 1/300 inch. */
  readonly width: number;
  readonly height: number;
  readonly dpi: number;
  /** What the file says; 1: nothing. */
  readonly density: number;
  /** Where a JPEG says it. Default: JFIF. */
  readonly densityIn?: 'jfif' | 'exif';
  readonly isGrey: boolean;
  readonly mediaType: string;
}

const UNITS_PER_INCH = 300;
const CHANNELS = 3;
const drawn = new Map<string, Promise<Buffer>>();

/** In shares of the page, from its upper left corner. */
interface Bar {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** As many squares as the page's number, and lines of something like text, others on each page. */
function barsOf(page: number): Bar[] {
  const squares = Array.from({ length: page }, (_, index) => ({
    left: 0.08 + index * 0.07,
    top: 0.07,
    width: 0.05,
    height: 0.035,
  }));
  const lines = Array.from({ length: 24 }, (_, line) => ({
    left: 0.08,
    top: 0.2 + line * 0.03,
    width: 0.3 + ((page * 37 + line * 53) % 50) / 100,
    height: 0.01,
  }));
  return [...squares, ...lines];
}

/** Paper is not as white as light, and ink not as black as its absence. */
const PAPER = Buffer.from([0xe9, 0xe6, 0xdc]);
const INK = Buffer.from([0x1e, 0x2c, 0x6e]);

/** Ink on paper. Not as SVG: Satchel forbids its whole process to open that, and tests run in one process with it. */
function paint(page: number, width: number, height: number): Buffer {
  const pixels = Buffer.alloc(width * height * CHANNELS, PAPER);
  for (const bar of barsOf(page)) {
    const from = Math.round(bar.left * width) * CHANNELS;
    const to = Math.min(width, Math.round((bar.left + bar.width) * width)) * CHANNELS;
    for (let row = Math.round(bar.top * height); row < Math.round((bar.top + bar.height) * height); row += 1) {
      pixels.fill(INK, row * width * CHANNELS + from, row * width * CHANNELS + to);
    }
  }
  return pixels;
}

async function draw(request: PageRequest): Promise<Buffer> {
  const { page, dpi, density, densityIn = 'jfif', isGrey, mediaType } = request;
  const width = Math.round((request.width * dpi) / UNITS_PER_INCH);
  const height = Math.round((request.height * dpi) / UNITS_PER_INCH);
  const picture = sharp(paint(page, width, height), { raw: { width, height, channels: CHANNELS } }).toColourspace(
    isGrey ? 'b-w' : 'srgb',
  );
  if (density > 1 && (mediaType === 'image/png' || densityIn === 'exif')) picture.withDensity(density);
  if (mediaType === 'image/png') return picture.png().toBuffer();
  const jpeg = await picture.jpeg({ quality: 85 }).toBuffer();
  return density > 1 && densityIn === 'jfif' ? withJfif(jpeg, density) : jpeg;
}

/** A JFIF segment, as scanners write it (ITU-T T.871, 10.1): libvips puts the resolution into Exif. */
function withJfif(jpeg: Buffer, density: number): Buffer {
  const segment = Buffer.from('ffe000104a46494600010101000000000000', 'hex');
  segment.writeUInt16BE(density, 12);
  segment.writeUInt16BE(density, 14);
  return Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)]);
}

/** Drawn once: pages of one size are asked for again and again. */
export function pageBytes(request: PageRequest): Promise<Buffer> {
  const key = JSON.stringify(request);
  const bytes = drawn.get(key) ?? draw(request);
  drawn.set(key, bytes);
  return bytes;
}
