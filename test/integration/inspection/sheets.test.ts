import { degrees, PDFDocument } from '@cantoo/pdf-lib';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInspection } from '../../../main/inspection/index.ts';
import type { Inspection, InspectionPort } from '../../../main/inspection/index.ts';
import type { MediaType } from '../../../shared/domain/index.ts';
import { sample } from '../../support/samples.ts';
import { MASK, OLD_REDUCED, REDUCED, labTiff, saying, tiff, tiffWithSmaller, withDots } from '../capture/files.ts';

const A4: [number, number] = [595.28, 841.89];
const DPI = 200;

let inspection: InspectionPort;
let passport: Buffer;
let empty: Buffer;
beforeAll(async () => {
  inspection = createInspection({ workers: 1, now: () => Date.UTC(2026, 10, 26) });
  passport = await sample('david-passport.jpg');
  empty = await onA4(null);
});
afterAll(async () => {
  await inspection.close();
});

/** A sheet as a multifunction printer scans it, with the passport on it or nothing. */
async function onA4(picture: Buffer | null): Promise<Buffer> {
  const [width, height] = A4.map((points) => Math.round((points / 72) * DPI));
  const sheet = sharp({ create: { width: width ?? 0, height: height ?? 0, channels: 3, background: '#fdfdfb' } });
  if (picture === null) return sheet.jpeg().toBuffer();
  const input = await sharp(picture).resize({ width: 984 }).toBuffer();
  return sheet
    .composite([{ input, left: 200, top: 300 }])
    .jpeg({ quality: 85 })
    .toBuffer();
}

async function pdfOf(sheets: readonly { readonly jpeg: Buffer; readonly turn?: number }[]): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  for (const { jpeg, turn } of sheets) {
    const page = pdf.addPage(A4);
    page.drawImage(await pdf.embedJpg(jpeg), { x: 0, y: 0, width: A4[0], height: A4[1] });
    if (turn !== undefined) page.setRotation(degrees(turn));
  }
  return pdf.save();
}

const look = (mediaType: MediaType, bytes: Uint8Array, onThumbnail?: (jpeg: Uint8Array) => void): Promise<Inspection> =>
  inspection.inspect({ mediaType, read: () => Promise.resolve(bytes), ...(onThumbnail && { onThumbnail }) });

describe('the sheets of a file', () => {
  it('of a scanned PDF are looked at in the pixels that the scanner made, every one of them', async () => {
    const seen = await look('application/pdf', await pdfOf([{ jpeg: empty }, { jpeg: await onA4(passport) }]));
    expect(seen).toMatchObject({ sheetCount: 2, facts: [], zone: { sheet: 2 } });
    expect(seen.zone?.mrz).toMatchObject({ documentNumber: 'U5503918C', isValid: true });
    expect(seen.zone?.corners[0]?.x).toBeGreaterThan(200);
    expect(seen.zone?.corners[2]?.x).toBeLessThan(200 + 984);
  });

  it.each([
    ['smaller ones', REDUCED],
    ['smaller ones, by the tag of before', OLD_REDUCED],
    ['masks', MASK],
  ])('of a TIFF are none of its %s', async (_what, tag) => {
    const file = await tiffWithSmaller('#3366cc', tag);
    expect((await sharp(file).metadata()).pages).toBeGreaterThan(1);
    expect(await look('image/tiff', file)).toMatchObject({ sheetCount: 1, widthPixels: 900, facts: [] });
    const job = { mediaType: 'image/tiff', read: () => Promise.resolve(file) } as const;
    expect(await inspection.preview({ ...job, sheet: 2, rotation: 0, maxPixels: 64 })).toBeNull();
    const pdf = await inspection.convert({ ...job, to: 'application/pdf' });
    expect((await PDFDocument.load(pdf ?? new Uint8Array())).getPageCount()).toBe(1);
  });

  it('of a TIFF are those behind a thumbnail too, and all of them where nothing is what they would be smaller ones of', async () => {
    const file = await tiffWithSmaller('#3366cc');
    // Where the place of the first directory stands, and after each directory the place of the next.
    const first = file.readUInt32LE(4);
    const next = (directory: number): number => directory + 2 + 12 * file.readUInt16LE(directory);
    const second = file.readUInt32LE(next(first));
    file.writeUInt32LE(second, 4);
    expect(await look('image/tiff', file)).toMatchObject({ sheetCount: 2, widthPixels: 450, facts: [] });
    file.writeUInt32LE(first, next(second));
    file.writeUInt32LE(0, next(first));
    expect(await look('image/tiff', file)).toMatchObject({ sheetCount: 1, widthPixels: 900, facts: [] });
  });

  it('of a TIFF are no levels of a pyramid that are marked as pages, and any others are', async () => {
    const file = await tiffWithSmaller('#3366cc', [254, 4, 2]);
    expect((await sharp(file).metadata()).pages).toBe(3);
    expect(await look('image/tiff', file)).toMatchObject({ sheetCount: 1, widthPixels: 900, facts: [] });
    const job = { mediaType: 'image/tiff', read: () => Promise.resolve(file), to: 'application/pdf' } as const;
    const pdf = await inspection.convert(job);
    expect((await PDFDocument.load(pdf ?? new Uint8Array())).getPageCount()).toBe(1);
    // A sheet and a card of half its sides.
    const first = file.readUInt32LE(4);
    const next = (directory: number): number => directory + 2 + 12 * file.readUInt16LE(directory);
    file.writeUInt32LE(0, next(file.readUInt32LE(next(first))));
    expect(await look('image/tiff', file)).toMatchObject({ sheetCount: 2, facts: [] });
  });

  it.each([
    ['colours', { 262: 8 }, 'CIE L*a*b*'],
    ['colours without a JPEG', { 262: 6 }, 'YCbCr'],
    ['a compression', { 259: 50_000 }, 'Zstandard'],
    ['the JPEG of before', { 259: 6 }, 'JPEG (TIFF 6.0)'],
    ['a compression that nobody knows', { 259: 65_000 }, 'compression 65000'],
  ])('of a TIFF of another kind are not called damaged, nor shown wrongly: %s', async (_what, tags, kind) => {
    const file = saying(await tiff(['#99bbee']), tags);
    expect(await look('image/tiff', file)).toMatchObject({
      thumbnail: null,
      facts: [{ rule: 'page.foreignTiff', severity: 'blocking', params: { kind } }],
    });
    const job = { mediaType: 'image/tiff', read: () => Promise.resolve(file) } as const;
    expect(await inspection.preview({ ...job, sheet: 1, rotation: 0, maxPixels: 64 })).toBeNull();
    expect(await inspection.convert({ ...job, to: 'image/jpeg' })).toBeNull();
  });

  it('of a TIFF with twelve bits a sample, or fractions, or of which only a later sheet is such, are told as well', async () => {
    const grey = await sharp({ create: { width: 300, height: 300, channels: 3, background: '#777' } })
      .toColourspace('b-w')
      .tiff({ compression: 'none' })
      .toBuffer();
    for (const [tags, kind] of [
      [{ 258: 12 }, '12 bit'],
      [{ 258: 32, 339: 3 }, 'floating point, 32 bit'],
    ] as const) {
      const { facts } = await look('image/tiff', saying(grey, tags));
      expect(facts).toMatchObject([{ rule: 'page.foreignTiff', params: { kind } }]);
    }
    const two = await tiff(['#99bbee', '#99bbee']);
    const second = two.readUInt32LE(two.readUInt32LE(4) + 2 + 12 * two.readUInt16LE(two.readUInt32LE(4)));
    const [first, mixed] = [two.readUInt32LE(4), Buffer.from(two)];
    mixed.writeUInt32LE(second, 4);
    saying(mixed, { 262: 8 }).copy(mixed);
    mixed.writeUInt32LE(first, 4);
    expect((await look('image/tiff', mixed)).facts.map(({ rule }) => rule)).toEqual(['page.foreignTiff']);
    expect((await look('image/tiff', await labTiff())).facts).toHaveLength(1);
  });

  it('of a PDF that is more than its picture, or turns it, are drawn', async () => {
    const turned = await look('application/pdf', await pdfOf([{ jpeg: await onA4(passport), turn: 90 }]));
    expect(turned.zone?.mrz?.documentNumber).toBe('U5503918C');
    const pdf = await PDFDocument.load(await pdfOf([{ jpeg: await onA4(passport) }]));
    pdf.getPage(0).drawText('received', { x: 40, y: 40, size: 12 });
    expect((await look('application/pdf', await pdf.save())).zone?.mrz?.documentNumber).toBe('U5503918C');
  });

  it('of a TIFF are looked at one after the other', async () => {
    const tiff = await sharp([empty, await onA4(passport)], { join: { animated: true } })
      .tiff({ compression: 'lzw' })
      .toBuffer();
    const seen = await look('image/tiff', tiff);
    expect(seen).toMatchObject({ sheetCount: 2, facts: [], zone: { sheet: 2, mrz: { documentNumber: 'U5503918C' } } });
  });

  it('can be shown before everything is looked at', async () => {
    const order: string[] = [];
    const thumbnails: Uint8Array[] = [];
    const seen = await look('image/jpeg', await onA4(passport), (thumbnail) => {
      order.push('thumbnail');
      thumbnails.push(thumbnail);
    });
    order.push('everything');
    expect(order).toEqual(['thumbnail', 'everything']);
    // First the sheet as it came, in the end what people are shown of it.
    const [first = new Uint8Array()] = thumbnails;
    expect(await sharp(first).metadata()).toMatchObject({ format: 'jpeg', height: 256 });
    expect((await sharp(seen.thumbnail ?? first).metadata()).width).toBe(256);
  });
});

/** 200 dots per inch across, and half as many down. */
async function asFax(format: 'tiff' | 'png' | 'jpeg'): Promise<Buffer> {
  const [width, height] = A4.map((points) => Math.round((points / 72) * DPI));
  const rows = sharp(await onA4(passport)).resize({ width, height: Math.round((height ?? 0) / 2), fit: 'fill' });
  return withDots(await rows.withDensity(DPI).toFormat(format, { quality: 95 }).toBuffer(), DPI, DPI / 2);
}

describe('pixels that are no squares', () => {
  it.each(['tiff', 'png', 'jpeg'] as const)(
    'are squares in what people see and what is sent of a %s',
    async (format) => {
      const file = await asFax(format);
      const mediaType = `image/${format}` as const;
      const early: Uint8Array[] = [];
      const seen = await look(mediaType, file, (thumbnail) => early.push(thumbnail));
      expect(seen).toMatchObject({ widthPixels: 1654, heightPixels: 1170, sheetCount: 1, facts: [] });
      const job = { mediaType, read: () => Promise.resolve(file) };
      const pictures = [
        early[0],
        await inspection.preview({ ...job, sheet: 1, rotation: 0, maxPixels: 800 }),
        await inspection.convert({ ...job, to: 'image/jpeg' }),
      ];
      for (const picture of pictures) {
        const { width, height } = await sharp(picture ?? new Uint8Array()).metadata();
        expect(height / width).toBeCloseTo(Math.SQRT2, 2);
      }
      expect(await sharp(pictures[2] ?? new Uint8Array()).metadata()).toMatchObject({ width: 1654, density: DPI });
      const pdf = await PDFDocument.load(
        (await inspection.convert({ ...job, to: 'application/pdf' })) ?? new Uint8Array(),
      );
      const { width, height } = pdf.getPage(0).getSize();
      expect([width, height].map(Math.round)).toEqual(A4.map(Math.round));
      // The direction with fewer dots says how many there are.
      expect(seen.measures[0]?.zoneDpi).toBeGreaterThan(90);
      expect(seen.measures[0]?.zoneDpi).toBeLessThan(110);
      expect(seen.measures[0]).toMatchObject({ width: 827, height: 1170 });
    },
  );

  it('are so once the picture is upright as well', async () => {
    const lying = await sharp(await onA4(passport))
      .resize({ width: 400, height: 300, fit: 'fill' })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const job = { mediaType: 'image/jpeg', read: () => Promise.resolve(withDots(lying, 200, 100)) } as const;
    const shown = await inspection.preview({ ...job, sheet: 1, rotation: 0, maxPixels: 3000 });
    // 400 × 600 as they are stored.
    expect(await sharp(shown ?? new Uint8Array()).metadata()).toMatchObject({ width: 600, height: 400 });
  });

  it('are so where they are nearly squares, in a fax of 204 by 196', async () => {
    const file = withDots(await tiff(['#99bbee']), 204, 196);
    const job = { mediaType: 'image/tiff', read: () => Promise.resolve(file) } as const;
    const shown = await inspection.preview({ ...job, sheet: 1, rotation: 0, maxPixels: 900 });
    expect(await sharp(shown ?? new Uint8Array()).metadata()).toMatchObject({ width: 900, height: 666 });
  });

  it.each([
    [108, 96],
    [72, 1],
    [300, 72],
  ])('are believed only where both numbers can be meant: %d by %d are not', async (across, down) => {
    const file = withDots(await onA4(null), across, down);
    const job = { mediaType: 'image/jpeg', read: () => Promise.resolve(file) } as const;
    const shown = await inspection.preview({ ...job, sheet: 1, rotation: 0, maxPixels: 400 });
    expect(await sharp(shown ?? new Uint8Array()).metadata()).toMatchObject({ width: 283, height: 400 });
  });
});

/** Rows that rise, so that a wrong bit shows; as a scanner's program writes them. */
function samples(channels: 1 | 3, depth: 'uchar' | 'ushort' | 'bit'): Sharp {
  const [width, height] = [331, 470];
  const values = Uint16Array.from({ length: width * height * channels }, (_, at) => (at * 2654435761) % 65_536);
  const data =
    depth === 'ushort'
      ? values
      : Uint8Array.from(values, (value) => (depth === 'bit' ? (value >> 15) * 255 : value >> 8));
  const picture = sharp(data, { raw: { width, height, channels } }).withDensity(DPI);
  if (depth === 'ushort') picture.toColourspace(channels === 1 ? 'grey16' : 'rgb16');
  else if (channels === 1) picture.toColourspace('b-w');
  return picture.tiff({ compression: 'none', ...(depth === 'bit' ? { bitdepth: 1 } : {}) });
}

describe('the samples of a scanner', () => {
  it.each([
    { of: 'colour', channels: 3, depth: 'uchar' },
    { of: 'grey', channels: 1, depth: 'uchar' },
    { of: 'black and white', channels: 1, depth: 'bit' },
    { of: 'colour with 16 bits', channels: 3, depth: 'ushort' },
    { of: 'grey with 16 bits', channels: 1, depth: 'ushort' },
  ] as const)('become a PNG of the same pixels and resolution, and nothing else: $of', async ({ channels, depth }) => {
    const scan = await samples(channels, depth).toBuffer();
    const png = await inspection.samplesAsPng(() => Promise.resolve(scan));
    if (png === null) throw new Error('nothing was made');
    const wanted = await sharp(scan).metadata();
    const { format, density, depth: kept, exif, xmp, icc } = await sharp(png).metadata();
    expect([format, density, kept]).toEqual(['png', DPI, wanted.depth]);
    expect([exif, xmp, icc]).toEqual([undefined, undefined, undefined]);
    const pixelsOf = async (file: Uint8Array): Promise<Buffer> => {
      const space = channels === 1 ? 'grey16' : 'rgb16';
      const picture = sharp(file);
      return (
        wanted.depth === 'ushort' ? picture.toColourspace(space).raw({ depth: 'ushort' }) : picture.raw()
      ).toBuffer();
    };
    expect((await pixelsOf(png)).equals(await pixelsOf(scan))).toBe(true);
  });

  it('that end too early become nothing', async () => {
    const scan = await samples(3, 'uchar').toBuffer();
    expect(await inspection.samplesAsPng(() => Promise.resolve(scan.subarray(0, -5_000)))).toBeNull();
  });
});
