/** What files say of themselves: programs for editing are noticed, and nothing that Satchel makes says anything. */
import { PDFDocument } from '@cantoo/pdf-lib';
import sharp from 'sharp';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInspection } from '../../../main/inspection/index.ts';
import type { InspectionPort } from '../../../main/inspection/index.ts';
import type { MediaType } from '../../../shared/domain/index.ts';
import { pdfOf } from '../../support/sheets.ts';
import * as files from '../capture/files.ts';

/** What is looked at here lies beside the picture. */
const SMALL = { width: 240, height: 180 };
const jpeg = (options: files.PictureOptions = {}) => files.jpeg({ ...SMALL, ...options });
const png = () => files.png(SMALL);
const webp = () => files.webp(SMALL);
const tiff = (colours: readonly string[]) => files.tiff(colours, SMALL);

let inspection: InspectionPort;
beforeAll(() => {
  inspection = createInspection({ workers: 1 });
});
afterAll(async () => {
  await inspection.close();
});

const job = (mediaType: MediaType, bytes: Uint8Array) => ({ mediaType, read: () => Promise.resolve(bytes) });

/** The editing program that inspection names; undefined when it warns of none. */
async function named(mediaType: MediaType, bytes: Uint8Array): Promise<unknown> {
  const { facts } = await inspection.inspect(job(mediaType, bytes));
  const found = facts.filter(({ rule }) => rule === 'page.editorNamed');
  expect(facts.filter(({ severity }) => severity === 'blocking')).toEqual([]);
  expect(found.every(({ severity }) => severity === 'warning')).toBe(true);
  return found[0]?.params['program'];
}

function segment(marker: number, content: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}

/** A JPEG with these segments behind its own first one. */
function withSegments(picture: Buffer, ...segments: Buffer[]): Buffer {
  const end = 4 + picture.readUInt16BE(4) - 2 + 2;
  return Buffer.concat([picture.subarray(0, end), ...segments, picture.subarray(end)]);
}

function block(id: number, content: Buffer): Buffer {
  const head = Buffer.from('8BIM\0\0\0\0\0\0\0\0', 'latin1');
  head.writeUInt16BE(id, 4);
  head.writeUInt32BE(content.length, 8);
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
}

const photoshop = (...blocks: Buffer[]): Buffer =>
  segment(0xed, Buffer.concat([Buffer.from('Photoshop 3.0\0'), ...blocks]));

const xmp = (inner: string): string =>
  `<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Adobe XMP Core 5.6-c145"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" ${inner}/></rdf:RDF></x:xmpmeta>`;

const xmpSegment = (inner: string): Buffer => segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0${xmp(inner)}`));

const withChunk = (picture: Buffer, type: string, content: Buffer): Buffer =>
  files.withChunks(picture, files.pngChunk(type, content));

const software = (program: string) => ({ IFD0: { Software: program } });

describe('a program for editing that a file names', () => {
  it.each([
    ['Adobe Photoshop CC 2019 (Windows)', 'Adobe Photoshop'],
    ['Adobe Photoshop Lightroom Classic 9.1', 'Lightroom'],
    ['GIMP 2.10.30', 'GIMP'],
    ['Snapseed 2.0', 'Snapseed'],
    ['paint.net 4.3.2', 'Paint.NET'],
    ['EPSON Scan 2', undefined],
    ['HDR+ 1.0.479', undefined],
    ['G991BXXU5CVGB', undefined],
    ['17.1.2', undefined],
    ['Microsoft Windows Photo Viewer 6.1.7600.16385', undefined],
  ])('%s, in the EXIF of a JPEG, PNG and WebP: %s', async (program, name) => {
    const exif = software(program);
    expect(
      await named(
        'image/jpeg',
        await sharp(await jpeg())
          .withExif(exif)
          .jpeg()
          .toBuffer(),
      ),
    ).toBe(name);
    expect(
      await named(
        'image/png',
        await sharp(await png())
          .withExif(exif)
          .png()
          .toBuffer(),
      ),
    ).toBe(name);
    expect(
      await named(
        'image/webp',
        await sharp(await webp())
          .withExif(exif)
          .webp()
          .toBuffer(),
      ),
    ).toBe(name);
  });

  it.each([
    ['what made it', 'xmp:CreatorTool="Adobe Photoshop 25.0 (Macintosh)"', 'Adobe Photoshop'],
    ['a step of its history', 'xmp:CreatorTool="Scan" stEvt:softwareAgent="Affinity Photo 2"', 'Affinity'],
    [
      'only what a phone or a scanner writes',
      'xmp:CreatorTool="HP Scan" photoshop:DateCreated="2026-01-01"',
      undefined,
    ],
  ])('XMP that names %s', async (_what, inner, name) => {
    expect(await named('image/jpeg', withSegments(await jpeg(), xmpSegment(inner)))).toBe(name);
    expect(
      await named(
        'image/tiff',
        await sharp(await tiff(['#99bbee']))
          .withXmp(xmp(inner))
          .tiff()
          .toBuffer(),
      ),
    ).toBe(name);
    const text = Buffer.concat([Buffer.from('XML:com.adobe.xmp\0\0\0\0\0', 'latin1'), Buffer.from(xmp(inner))]);
    expect(await named('image/png', withChunk(await png(), 'iTXt', text))).toBe(name);
  });

  it('is told by what only Photoshop keeps, not by the captions that others write in its form', async () => {
    const picture = await jpeg();
    const captions = block(0x0404, Buffer.from('FBMD01'));
    expect(await named('image/jpeg', withSegments(picture, photoshop(captions)))).toBeUndefined();
    const quality = block(0x0406, Buffer.alloc(7));
    expect(await named('image/jpeg', withSegments(picture, photoshop(captions, quality)))).toBe('Adobe Photoshop');
    expect(await named('image/jpeg', withSegments(picture, segment(0xec, Buffer.from('Ducky\0'))))).toBe(
      'Adobe Photoshop',
    );
  });

  it('stands in the comment of a JPEG, and in the texts of a PNG, packed or not', async () => {
    expect(await named('image/jpeg', withSegments(await jpeg(), segment(0xfe, Buffer.from('Created with GIMP'))))).toBe(
      'GIMP',
    );
    const text = Buffer.from('Software\0www.inkscape.org');
    expect(await named('image/png', withChunk(await png(), 'tEXt', text))).toBe('Inkscape');
    const packed = Buffer.concat([Buffer.from('Software\0\0', 'latin1'), deflateSync('Adobe ImageReady, Photoshop')]);
    expect(await named('image/png', withChunk(await png(), 'zTXt', packed))).toBe('Adobe Photoshop');
    const title = Buffer.from('Title\0How GIMP works');
    expect(await named('image/png', withChunk(await png(), 'tEXt', title))).toBeUndefined();
  });

  it('stands in a PDF: as what made it, or in one of its pictures', async () => {
    const made = async (creator: string, producer: string): Promise<Uint8Array> => {
      const pdf = await PDFDocument.load(await pdfOf([await jpeg()]));
      pdf.setCreator(creator);
      pdf.setProducer(producer);
      return pdf.save();
    };
    expect(await named('application/pdf', await made('Canva', 'Canva'))).toBe('Canva');
    expect(await named('application/pdf', await made('Scan', 'PDF-XChange Editor 9'))).toBe('PDF-XChange Editor');
    expect(await named('application/pdf', await made('Adobe Acrobat Pro', 'Image Conversion Plug-in'))).toBeUndefined();
    const edited = await sharp(await jpeg())
      .withExif(software('GIMP 2.10'))
      .jpeg()
      .toBuffer();
    expect(await named('application/pdf', await pdfOf([await jpeg({ seed: 2 }), edited]))).toBe('GIMP');
  });

  it('is none where what a file says cannot be read', async () => {
    const broken = segment(0xe1, Buffer.from('Exif\0\0II*\0\xff\xff\xff\x7f', 'latin1'));
    const packed = Buffer.from('Software\0\0not packed', 'latin1');
    expect(await named('image/jpeg', withSegments(await jpeg(), broken))).toBeUndefined();
    expect(await named('image/png', withChunk(await png(), 'zTXt', packed))).toBeUndefined();
  });
});

/** What a phone writes behind a photo: a picture of depth or brightness, which an editor may have had in hands, and zeros. */
const behind = async (): Promise<Buffer> =>
  Buffer.concat([
    await sharp(await jpeg({ seed: 9 }))
      .withExif(software('GIMP 2.10'))
      .jpeg()
      .toBuffer(),
    Buffer.alloc(64),
  ]);

describe('what a phone writes behind a photo', () => {
  it('is no page and no fault; a film is mentioned, since it is sent too', async () => {
    const photo = await jpeg();
    const look = (bytes: Buffer) => inspection.inspect(job('image/jpeg', bytes));
    expect(await look(Buffer.concat([photo, await behind()]))).toMatchObject({ sheetCount: 1, facts: [] });
    expect(await look(Buffer.concat([photo, await behind(), files.film(1_500_000)]))).toMatchObject({
      sheetCount: 1,
      facts: [{ rule: 'page.filmWithin', severity: 'info', params: { megabytes: 1.5 } }],
    });
    // The name of a film's first box within the picture or what it says of itself is none.
    const said = withSegments(photo, segment(0xfe, Buffer.concat([Buffer.from('0000'), files.film(10)])));
    expect((await look(said)).facts).toEqual([]);
  });
});

/** Segments that a JPEG cannot do without, and the JFIF header. */
const NEEDED = new Set([0xe0, 0xdb, 0xc0, 0xc1, 0xc2, 0xc4, 0xdd]);

function markersOf(file: Uint8Array): number[] {
  const bytes = Buffer.from(file);
  const markers: number[] = [];
  for (let at = 2; bytes[at + 1] !== 0xda; at += 2 + bytes.readUInt16BE(at + 2)) markers.push(bytes[at + 1] ?? 0);
  return markers;
}

/** A JPEG that names programs for editing in every place. */
const everything = async (): Promise<Buffer> =>
  withSegments(
    await sharp(await jpeg())
      .withExif(software('GIMP 2.10'))
      .jpeg()
      .toBuffer(),
    xmpSegment('xmp:CreatorTool="Adobe Photoshop 25.0"'),
    photoshop(block(0x0406, Buffer.alloc(7))),
    segment(0xfe, Buffer.from('Created with GIMP')),
  );

describe('what Satchel makes', () => {
  it.each([
    ['image/jpeg', everything],
    [
      'image/tiff',
      async () =>
        sharp(await tiff(['#99bbee']))
          .withXmp(xmp('xmp:CreatorTool="GIMP"'))
          .tiff()
          .toBuffer(),
    ],
    [
      'image/webp',
      async () =>
        sharp(await webp())
          .withExif(software('GIMP'))
          .webp()
          .toBuffer(),
    ],
    ['image/png', async () => withChunk(await png(), 'tEXt', Buffer.from('Software\0GIMP'))],
    ['application/pdf', async () => pdfOf([await everything()])],
  ] as const)('of %s says nothing of itself but the resolution', async (mediaType, make) => {
    const original = await make();
    expect(await named(mediaType, original)).toBeDefined();
    const file = await inspection.convert({ ...job(mediaType, original), to: 'image/jpeg' });
    if (file === null) throw new Error('it was not converted');
    expect(markersOf(file).filter((marker) => !NEEDED.has(marker))).toEqual([]);
    expect(await named('image/jpeg', file)).toBeUndefined();
  });

  it('of several sheets has no such segments in any of them', async () => {
    const sheets = await sharp(await tiff(['#99bbee', '#eecc99']), { pages: -1 })
      .withXmp(xmp('xmp:CreatorTool="GIMP"'))
      .tiff()
      .toBuffer();
    expect(await named('image/tiff', sheets)).toBe('GIMP');
    const file = await inspection.convert({ ...job('image/tiff', sheets), to: 'application/pdf' });
    expect(Buffer.from(file ?? '').toString('latin1')).not.toMatch(/Exif|xmpmeta|8BIM|GIMP|Producer|Creator/);
    expect(await named('application/pdf', file ?? new Uint8Array())).toBeUndefined();
  });

  it('of a scanned PDF is its own picture, byte for byte; a sheet that is parted from it keeps what it says', async () => {
    const picture = await everything();
    const scan = await pdfOf([picture]);
    const file = await inspection.convert({ ...job('application/pdf', scan), to: 'image/jpeg' });
    const start = picture.indexOf(Buffer.from([0xff, 0xdb]));
    expect(Buffer.from(file ?? '').subarray(-(picture.length - start))).toEqual(picture.subarray(start));
    const part = await inspection.part({ ...job('application/pdf', scan), sheet: 1 });
    expect(Buffer.from(part ?? '')).toEqual(picture);
  });

  it('of a scanned PDF has nothing behind its picture', async () => {
    const picture = await jpeg();
    const photo = Buffer.concat([picture, await behind(), files.film(5_000)]);
    const file = await inspection.convert({
      ...job('application/pdf', await pdfOf([photo])),
      to: 'image/jpeg',
    });
    expect(Buffer.from(file ?? '')).toEqual(picture);
  });

  it('of a scanned PDF lies as the sheet does, whatever its picture says of that', async () => {
    const turned = await sharp(await jpeg({ width: 800, height: 600 }))
      .withMetadata({ orientation: 3 })
      .jpeg()
      .toBuffer();
    const file = await inspection.convert({ ...job('application/pdf', await pdfOf([turned])), to: 'image/jpeg' });
    const [own, made] = await Promise.all(
      [turned, file ?? new Uint8Array()].map((bytes) => sharp(bytes).resize(8, 6, { fit: 'fill' }).raw().toBuffer()),
    );
    const difference = [...(own ?? [])].reduce((sum, level, at) => sum + Math.abs(level - (made?.[at] ?? 0)), 0);
    expect(difference / (own?.length ?? 1)).toBeLessThan(6);
    expect((await sharp(file ?? new Uint8Array()).metadata()).orientation).toBeUndefined();
  });
});
