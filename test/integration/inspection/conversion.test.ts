/** Renditions: another form of the same picture, for a provider that does not take the original's. */
import { PDFDocument } from '@cantoo/pdf-lib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInspection } from '../../../main/inspection/index.ts';
import type { InspectionPort } from '../../../main/inspection/index.ts';
import type { MediaType, RenditionType } from '../../../shared/domain/index.ts';
import type { PictureLimit } from '../../../shared/rules/index.ts';
import { PORTAL, jpeg, pdf, protectedPdf, surrounded, tiff, webp } from '../capture/files.ts';

let inspection: InspectionPort;
beforeAll(() => {
  inspection = createInspection({ workers: 1 });
});
afterAll(async () => {
  await inspection.close();
});

const convert = (mediaType: MediaType, bytes: Uint8Array, to: RenditionType, limit: PictureLimit | null = null) =>
  inspection.convert({ mediaType, to, limit, read: () => Promise.resolve(bytes) });

/** Colour in the middle of a picture. */
async function colourOf(picture: Uint8Array): Promise<number[]> {
  const { dominant } = await sharp(picture).stats();
  return [dominant.r, dominant.g, dominant.b];
}

describe('another form of a picture', () => {
  it('is a JPEG of the same pixels and resolution, and the same bytes each time', async () => {
    const scan = await tiff(['#336699']);
    const file = await convert('image/tiff', scan, 'image/jpeg');
    if (file === null) throw new Error('it was not converted');
    expect(await sharp(file).metadata()).toMatchObject({ format: 'jpeg', width: 900, height: 640, density: 300 });
    for (const [index, value] of (await colourOf(file)).entries()) {
      expect(Math.abs(value - (await colourOf(scan))[index]!)).toBeLessThan(10);
    }
    expect(await convert('image/tiff', scan, 'image/jpeg')).toEqual(file);
  });

  it('stands upright and tells nothing of camera, place or program', async () => {
    const photo = await sharp(await webp({ width: 400, height: 200 }))
      .withExif({ IFD0: { Make: 'Camera', Software: 'Editor' }, IFD3: { GPSLatitude: '59/1 20/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .webp()
      .toBuffer();
    const file = await convert('image/webp', photo, 'image/jpeg');
    if (file === null) throw new Error('it was not converted');
    const { width, height, exif, icc, xmp, iptc, orientation, comments } = await sharp(file).metadata();
    expect([width, height]).toEqual([200, 400]);
    expect([exif, icc, xmp, iptc, orientation, comments].filter((value) => value !== undefined)).toEqual([]);
    expect(Buffer.from(file).toString('latin1')).not.toMatch(/Camera|Editor|sharp|vips/i);
  });

  it('is a PDF of all sheets in their order and size on paper, without dates or the name of a program', async () => {
    const scan = await tiff(['#ff0000', '#00ff00', '#0000ff']);
    expect(await inspection.inspect({ mediaType: 'image/tiff', read: () => Promise.resolve(scan) })).toMatchObject({
      sheetCount: 3,
      widthPixels: 900,
      facts: [],
    });
    const file = await convert('image/tiff', scan, 'application/pdf');
    if (file === null) throw new Error('it was not converted');
    const pdf = await PDFDocument.load(file, { updateMetadata: false });
    expect(pdf.getPages().map((page) => page.getSize())).toEqual(
      Array.from({ length: 3 }, () => ({ width: 216, height: 153.6 })),
    );
    expect([pdf.getProducer(), pdf.getCreator(), pdf.getCreationDate(), pdf.getModificationDate()]).toEqual(
      Array.from({ length: 4 }, () => undefined),
    );
    const colours: number[][] = [];
    for (const sheet of [1, 2, 3]) {
      const job = { mediaType: 'application/pdf', read: () => Promise.resolve(file), sheet, rotation: 0 } as const;
      const shown = await inspection.preview({ ...job, maxPixels: 64 });
      colours.push(await colourOf(shown ?? new Uint8Array()));
    }
    expect(colours.map((colour) => colour.indexOf(Math.max(...colour)))).toEqual([0, 1, 2]);
    expect(await convert('image/tiff', scan, 'application/pdf')).toEqual(file);
  });

  it('shows every sheet of a TIFF to people', async () => {
    const scan = await tiff(['#ff0000', '#0000ff']);
    const job = { mediaType: 'image/tiff', read: () => Promise.resolve(scan), rotation: 0, maxPixels: 64 } as const;
    const second = await inspection.preview({ ...job, sheet: 2 });
    expect((await colourOf(second ?? new Uint8Array()))[2]).toBeGreaterThan(200);
    expect(await inspection.preview({ ...job, sheet: 3 })).toBeNull();
  });

  it('fits the limit: by less quality first, then by fewer pixels, and never by too few', async () => {
    const photo = await jpeg({ seed: 8, quality: 100 });
    const sized = async (maxBytes: number, leastScale: number) => {
      const file = await convert('image/jpeg', photo, 'image/jpeg', { maxBytes, leastScale });
      if (file === null) throw new Error('it was not converted');
      const { width, density } = await sharp(file).metadata();
      return { width, density, byteLength: file.length };
    };
    const full = await sized(photo.length * 2, 0.1);
    expect(full).toMatchObject({ width: 800, density: 200 });
    const less = await sized(full.byteLength - 1, 0.1);
    expect(less.width).toBe(800);
    expect(less.byteLength).toBeLessThan(full.byteLength);
    const wanted = Math.round(full.byteLength / 8);
    const small = await sized(wanted, 0.1);
    expect(small.byteLength).toBeLessThanOrEqual(wanted);
    expect(small.width).toBeLessThan(800);
    // As many inches as before.
    expect(small.density).toBe(Math.round((small.width * 200) / 800));
    expect(await sized(wanted, 0.9)).toEqual(full);
  });

  it('is a picture of the one sheet of a PDF, within the limit', async () => {
    const scan = pdf({ widthPoints: 300, heightPoints: 200 });
    const file = await convert('application/pdf', scan, 'image/jpeg');
    if (file === null) throw new Error('it was not converted');
    expect(await sharp(file).metadata()).toMatchObject({ format: 'jpeg', width: 1250, height: 833, density: 300 });
    const limit = { maxBytes: Math.round(file.length / 2), leastScale: 0.1 };
    const small = await convert('application/pdf', scan, 'image/jpeg', limit);
    expect(small?.length).toBeLessThanOrEqual(limit.maxBytes);
  });

  it('shows what was filled into a form of the PDF, as people see it', async () => {
    const made = await PDFDocument.create();
    const sheet = made.addPage([300, 200]);
    const field = made.getForm().createTextField('name');
    field.addToPage(sheet, { x: 50, y: 80, width: 200, height: 40, borderWidth: 0 });
    field.setText('MMMMMMMM');
    const filled = await made.save();
    const job = { mediaType: 'application/pdf', read: () => Promise.resolve(filled) } as const;
    const pictures = [
      await inspection.preview({ ...job, sheet: 1, rotation: 0, maxPixels: 600 }),
      await convert('application/pdf', filled, 'image/jpeg'),
      (await inspection.inspect(job)).thumbnail,
    ];
    for (const picture of pictures) {
      const { channels } = await sharp(picture ?? new Uint8Array())
        .greyscale()
        .stats();
      expect(channels[0]?.min).toBeLessThan(120);
    }
  });

  it('is a PDF by itself of a file in which a portal wrote before and behind it, byte for byte', async () => {
    const own = pdf({ sheets: 2, colour: [1, 0, 0] });
    const file = surrounded(own);
    const seen = await inspection.inspect({ mediaType: 'application/pdf', read: () => Promise.resolve(file) });
    expect(seen).toMatchObject({ sheetCount: 2, facts: [{ rule: 'pdf.surrounded', severity: 'info' }] });
    expect(Buffer.from((await convert('application/pdf', file, 'application/pdf')) ?? '')).toEqual(own);
  });

  const old = '%!PS-Adobe-3.0 PDF-1.4';
  it.each([
    ['without an end mark', (own: Buffer) => own.subarray(0, -6), (own: Buffer) => own.toString('latin1')],
    ['with a part of one', (own: Buffer) => own.subarray(0, -3), (own: Buffer) => own.toString('latin1')],
    [
      'with the header of before',
      () => pdf({ sheets: 2, header: `${old}\n` }),
      () => pdf({ sheets: 2, header: `%PDF-1.4\n%${' '.repeat(old.length - 10)}\n` }).toString('latin1'),
    ],
  ])('is a PDF with header and end mark of one %s, all else byte for byte', async (_what, spoiled, mended) => {
    const own = pdf({ sheets: 2, colour: [1, 0, 0] });
    const file = spoiled(own);
    const seen = await inspection.inspect({ mediaType: 'application/pdf', read: () => Promise.resolve(file) });
    expect(seen).toMatchObject({ sheetCount: 2, facts: [{ rule: 'pdf.surrounded', severity: 'info' }] });
    const made = Buffer.from((await convert('application/pdf', file, 'application/pdf')) ?? '').toString('latin1');
    expect(made.replace(/\s+%%EOF\s*$/, '')).toBe(mended(own).replace(/\s+%%EOF\s*$/, ''));
    expect(made).toMatch(/\n%%EOF\s*$/);
  });

  it('is written anew where the places in it are counted from what stands before it, and shows the same', async () => {
    const file = pdf({ sheets: 2, colour: [1, 0, 0], before: PORTAL.before.toString('latin1') });
    const made = await convert('application/pdf', file, 'application/pdf');
    expect(Buffer.from(made ?? '').toString('latin1')).toMatch(/^%PDF-1\.\d[^]*startxref\s+\d+\s+%%EOF\s*$/);
    const written = await PDFDocument.load(made ?? '', { updateMetadata: false });
    expect([written.getPageCount(), written.getProducer(), written.getModificationDate()]).toEqual([
      2,
      undefined,
      undefined,
    ]);
    expect(await convert('application/pdf', file, 'application/pdf')).toEqual(made);
    const encrypted = Buffer.concat([PORTAL.before, protectedPdf()]);
    encrypted.write('startxref\n9', encrypted.lastIndexOf('startxref'));
    expect(await convert('application/pdf', encrypted, 'application/pdf')).toBeNull();
  });

  it('is none of a file that cannot be decoded whole', async () => {
    const scan = await tiff(['#ff0000', '#00ff00']);
    const noise = await sharp(await webp({ seed: 4 }))
      .tiff({ compression: 'none' })
      .toBuffer();
    expect(await convert('image/tiff', noise.subarray(0, noise.length / 2), 'image/jpeg')).toBeNull();
    expect(await convert('image/tiff', scan.subarray(0, 40), 'application/pdf')).toBeNull();
    const many = await tiff(
      Array.from({ length: 51 }, () => '#ffffff'),
      { width: 8, height: 8 },
    );
    expect(await convert('image/tiff', many, 'application/pdf')).toBeNull();
    const seen = await inspection.inspect({ mediaType: 'image/tiff', read: () => Promise.resolve(many) });
    expect(seen.facts.map(({ rule }) => rule)).toEqual(['page.tooManySheets']);
  });
});
