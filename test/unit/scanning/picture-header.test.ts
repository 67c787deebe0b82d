import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readJpegHeader } from '../../../main/scanning/jpeg-header.ts';
import { readPngHeader } from '../../../main/scanning/png-header.ts';
import { readTiffHeader } from '../../../main/scanning/tiff-header.ts';

const picture = () => sharp({ create: { width: 321, height: 20, channels: 3, background: '#fff' } });

/** With a JFIF segment: libvips writes none. `unit`: 1 for inches, 2 for centimetres, 0 for a ratio only. */
async function jfif(unit: number, density: number, options = {}): Promise<Buffer> {
  const jpeg = await picture().jpeg(options).toBuffer();
  const segment = Buffer.from('ffe000104a46494600010100000000000000', 'hex');
  segment[11] = unit;
  segment.writeUInt16BE(density, 12);
  segment.writeUInt16BE(density, 14);
  return Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)]);
}

/** With an Exif segment that holds a resolution and its unit, in either order of bytes. */
async function exif(order: 'II' | 'MM', unit: number, density: number): Promise<Buffer> {
  const jpeg = await picture().jpeg().toBuffer();
  const isLittle = order === 'II';
  const segment = Buffer.alloc(62);
  const short = (value: number, at: number) =>
    isLittle ? segment.writeUInt16LE(value, at) : segment.writeUInt16BE(value, at);
  const long = (value: number, at: number) =>
    isLittle ? segment.writeUInt32LE(value, at) : segment.writeUInt32BE(value, at);
  segment.writeUInt16BE(0xffe1, 0);
  segment.writeUInt16BE(segment.length - 2, 2);
  segment.write(`Exif\0\0${order}`, 4, 'latin1');
  short(42, 12);
  long(8, 14);
  // Two fields, after which the resolution stands as a fraction.
  short(2, 18);
  short(0x011a, 20);
  short(5, 22);
  long(1, 24);
  long(38, 28);
  short(0x0128, 32);
  short(3, 34);
  long(1, 36);
  short(unit, 40);
  long(density * 10, 48);
  long(10, 52);
  return Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)]);
}

describe('the head of a page', () => {
  it('says width and resolution', async () => {
    expect(readPngHeader(await picture().withDensity(300).png().toBuffer())).toEqual({ width: 321, dpi: 300 });
    expect(readJpegHeader(await jfif(1, 300))).toEqual({ width: 321, dpi: 300 });
    expect(readJpegHeader(await jfif(1, 200, { progressive: true }))).toEqual({ width: 321, dpi: 200 });
  });

  it('of a TIFF is read where its samples follow, as scanimage writes it; one that ends before says nothing', async () => {
    // Big-endian, the directory first: width 2480, 300 dpi.
    const head = Buffer.concat([
      Buffer.from('4d4d002a000000080003', 'hex'),
      Buffer.from('010000030000000109b00000', 'hex'),
      Buffer.from('011a0005000000010000003a', 'hex'),
      Buffer.from('012800030000000100020000', 'hex'),
      Buffer.alloc(12),
      Buffer.from('0000012c00000001', 'hex'),
    ]);
    expect(readTiffHeader(head)).toEqual({ width: 2480, dpi: 300 });
    expect(readTiffHeader(head.subarray(0, 40))).toBeNull();
    expect(readTiffHeader(await picture().png().toBuffer())).toBeNull();
  });

  it('of a JPEG in dots per centimetre, with a ratio only, or with nothing', async () => {
    expect(readJpegHeader(await jfif(2, 118))?.dpi).toBe(300);
    expect(readJpegHeader(await jfif(0, 300))).toEqual({ width: 321, dpi: null });
    expect(readJpegHeader(await jfif(1, 1))).toEqual({ width: 321, dpi: null });
    expect(readJpegHeader(await picture().jpeg().toBuffer())).toEqual({ width: 321, dpi: null });
  });

  it.each([
    ['II', 2, 300, 300],
    ['MM', 2, 300, 300],
    ['II', 3, 118, 300],
    ['MM', 1, 300, null],
    ['II', 2, 1, null],
  ] as const)('of a JPEG with Exif, %s, unit %i, %i', async (order, unit, density, dpi) => {
    expect(readJpegHeader(await exif(order, unit, density))).toEqual({ width: 321, dpi });
  });

  it('of a JPEG whose Exif is damaged is its width alone', async () => {
    const jpeg = await exif('II', 2, 300);
    for (let at = 12; at < 64; at += 1) {
      const damaged = Buffer.from(jpeg);
      damaged[at] = 0xff;
      expect(readJpegHeader(damaged)?.width).toBe(321);
    }
  });

  it('is none of other files, or of one that ends in it', async () => {
    const jpeg = await picture().jpeg().toBuffer();
    expect(readJpegHeader(Buffer.from('<html>'))).toBeNull();
    expect(readJpegHeader(Buffer.alloc(0))).toBeNull();
    expect(readJpegHeader(jpeg.subarray(0, 40))).toBeNull();
    expect(readPngHeader(jpeg)).toBeNull();
    expect(readJpegHeader(Buffer.from([0xff, 0xd8, 0xff, 0xff, 0xff, 0xff]))).toBeNull();
  });
});
