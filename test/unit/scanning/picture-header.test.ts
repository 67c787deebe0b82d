import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readJpegHeader } from '../../../main/scanning/jpeg-header.ts';
import { readPngHeader } from '../../../main/scanning/png-header.ts';

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

describe('the head of a page', () => {
  it('says width and resolution', async () => {
    expect(readPngHeader(await picture().withDensity(300).png().toBuffer())).toEqual({ width: 321, dpi: 300 });
    expect(readJpegHeader(await jfif(1, 300))).toEqual({ width: 321, dpi: 300 });
    expect(readJpegHeader(await jfif(1, 200, { progressive: true }))).toEqual({ width: 321, dpi: 200 });
  });

  it('of a JPEG in dots per centimetre, with a ratio only, or with nothing', async () => {
    expect(readJpegHeader(await jfif(2, 118))?.dpi).toBe(300);
    expect(readJpegHeader(await jfif(0, 300))).toEqual({ width: 321, dpi: null });
    expect(readJpegHeader(await jfif(1, 1))).toEqual({ width: 321, dpi: null });
    expect(readJpegHeader(await picture().jpeg().toBuffer())).toEqual({ width: 321, dpi: null });
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
