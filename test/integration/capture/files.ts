/** Real files of every kind, made on the spot so that no binary lies in the repository. */
import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import type { OverlayOptions } from 'sharp';

export interface PictureOptions {
  readonly width?: number;
  readonly height?: number;
  /** Different seeds give different bytes. */
  readonly seed?: number;
  readonly isTransparent?: boolean;
  /** Of a JPEG, 1 to 100. */
  readonly quality?: number;
}

function noise(length: number, seed: number): Buffer {
  const key = createHash('sha256').update(`picture ${seed}`).digest();
  return createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(length));
}

/** Side of the squares of a picture. */
const SQUARE = 96;

/** Squares of all colours under noise that does not compress away: nothing that a check finds fault with, repeatable by seed. */
function picture(width: number, height: number, seed: number): Buffer {
  const fine = noise(width * height * 3, seed);
  const columns = Math.ceil(width / SQUARE);
  const coarse = noise(columns * Math.ceil(height / SQUARE) * 3, -seed);
  for (let y = 0, at = 0; y < height; y += 1) {
    const row = Math.floor(y / SQUARE) * columns;
    for (let x = 0; x < width; x += 1) {
      const square = 3 * (row + Math.floor(x / SQUARE));
      for (let channel = 0; channel < 3; channel += 1, at += 1) {
        fine[at] = ((coarse[square + channel] ?? 0) * 15 + (fine[at] ?? 0)) >> 4;
      }
    }
  }
  return fine;
}

export function jpeg({ width = 800, height = 640, seed = 1, quality = 94 }: PictureOptions = {}): Promise<Buffer> {
  return sharp(picture(width, height, seed), { raw: { width, height, channels: 3 } })
    .jpeg({ quality })
    .toBuffer();
}

export function png({
  width = 800,
  height = 640,
  seed = 1,
  isTransparent = false,
}: PictureOptions = {}): Promise<Buffer> {
  if (isTransparent) {
    return sharp({ create: { width, height, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
      .png()
      .toBuffer();
  }
  return sharp(picture(width, height, seed), { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

/** A film that a phone writes behind a photo, as far as it is looked at: the box with its brand, and another one of so many bytes. */
export const film = (byteLength: number): Buffer =>
  Buffer.concat([
    Buffer.from('0000001866747970', 'hex'),
    Buffer.from('mp42\0\0\0\0isommp42', 'latin1'),
    Buffer.from('00000000', 'hex'),
    Buffer.alloc(byteLength, 'mdat ftyp '),
  ]);

/** A chunk of a PNG. */
export function pngChunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type), content]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

/** The same PNG with these chunks behind its header. */
export function withChunks(picture: Buffer, ...chunks: Buffer[]): Buffer {
  return Buffer.concat([picture.subarray(0, 33), ...chunks, picture.subarray(33)]);
}

/** Of a frame of an animated PNG (`fcTL`): its number in the file, and its size; shown for a tenth of a second. */
function frame(number: number, { width, height }: { width: number; height: number }): Buffer {
  const content = Buffer.alloc(26);
  for (const [index, value] of [number, width, height].entries()) content.writeUInt32BE(value, 4 * index);
  content.writeUInt16BE(1, 20);
  content.writeUInt16BE(10, 22);
  return pngChunk('fcTL', content);
}

/** A PNG of two pictures that are shown one after the other (APNG). */
export async function animatedPng(): Promise<Buffer> {
  const size = { width: 300, height: 240 };
  const first = await png(size);
  const second = await png({ ...size, seed: 2 });
  const data: Buffer[] = [];
  for (let at = 33; at < second.length; at += 12 + second.readUInt32BE(at)) {
    if (second.toString('latin1', at + 4, at + 8) !== 'IDAT') continue;
    const number = Buffer.alloc(4);
    number.writeUInt32BE(2 + data.length);
    data.push(pngChunk('fdAT', Buffer.concat([number, second.subarray(at + 8, at + 8 + second.readUInt32BE(at))])));
  }
  const control = Buffer.alloc(8);
  control.writeUInt32BE(2);
  const begun = withChunks(first, pngChunk('acTL', control), frame(0, size));
  return Buffer.concat([begun.subarray(0, -12), frame(1, size), ...data, begun.subarray(-12)]);
}

/** The back of a sheet that is printed on one side: white with the scanner's noise. */
export function blankBack(): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 243, sigma: 3 } as const;
  return sharp({ create: { width: 1240, height: 1754, channels: 3, background: '#f3f3f1', noise } })
    .jpeg({ quality: 80 })
    .toBuffer();
}

/** Red bars in the upper left, so that a sheet is not blank. */
function linesOn({ width, height }: { width: number; height: number }): OverlayOptions[] {
  const bar = { width: Math.round(0.4 * width), height: Math.ceil(0.012 * height), channels: 3 as const };
  return Array.from({ length: 12 }, (_, line) => ({
    input: { create: { ...bar, background: '#8a1020' } },
    left: Math.round(0.1 * width),
    top: Math.round((0.1 + 0.025 * line) * height),
  }));
}

/** A TIFF as office scanners write it, 300 dpi, with as many sheets as there are colours; on each some lines of something. */
export async function tiff(colours: readonly string[], size = { width: 900, height: 640 }): Promise<Buffer> {
  const sheets = await Promise.all(
    colours.map((background) =>
      sharp({ create: { ...size, channels: 3, background } })
        .composite(linesOn(size))
        .png()
        .toBuffer(),
    ),
  );
  const picture = sheets.length === 1 ? sharp(sheets[0]) : sharp(sheets, { join: { animated: true } });
  return picture.withDensity(300).tiff({ compression: 'lzw' }).toBuffer();
}

/** Places of the first directory's entries in a TIFF of sharp's, by their tags. */
function entriesOf(tiff: Buffer): Map<number, number> {
  const from = tiff.readUInt32LE(4);
  const places = Array.from({ length: tiff.readUInt16LE(from) }, (_, entry) => from + 2 + 12 * entry);
  return new Map(places.map((at) => [tiff.readUInt16LE(at), at]));
}

/** The same TIFF, of whose first picture each of these tags says another whole number. */
export function saying(tiff: Buffer, tags: Readonly<Record<number, number>>): Buffer {
  const [file, places] = [Buffer.from(tiff), entriesOf(tiff)];
  for (const [tag, value] of Object.entries(tags)) {
    const at = places.get(Number(tag));
    if (at === undefined) throw new Error(`the TIFF has no tag ${tag}`);
    file.writeUInt16LE(value, at + 8);
  }
  return file;
}

/** Colours of a kind that no library here reads, in eight bits: CIE L*a*b*. */
export const labTiff = async (): Promise<Buffer> => saying(await tiff(['#99bbee']), { 262: 8 });

/** The same file, saying that it has so many dots per inch across and down: a TIFF, JPEG or PNG of sharp's. */
export function withDots(picture: Buffer, across: number, down: number): Buffer {
  const file = Buffer.from(picture);
  const phys = file.indexOf('pHYs');
  if (file.toString('latin1', 0, 2) === 'II') {
    const places = entriesOf(file);
    for (const [tag, dots] of [
      [282, across],
      [283, down],
    ] as const) {
      const at = file.readUInt32LE((places.get(tag) ?? 0) + 8);
      file.writeUInt32LE(dots, at);
      file.writeUInt32LE(1, at + 4);
    }
    return file;
  }
  if (phys > 0) {
    const content = Buffer.alloc(9, 1);
    for (const [index, dots] of [across, down].entries()) {
      content.writeUInt32BE(Math.round(dots / 0.0254), 4 * index);
    }
    pngChunk('pHYs', content).copy(file, phys - 4);
    return file;
  }
  const jfif = Buffer.from('ffe000104a46494600010101000000000000', 'hex');
  jfif.writeUInt16BE(across, 12);
  jfif.writeUInt16BE(down, 14);
  return Buffer.concat([file.subarray(0, 2), jfif, file.subarray(2)]);
}

/** Tags of a TIFF's directory by which a picture says that it is only a smaller one, or the mask, of another. */
export const REDUCED = [254, 4, 1] as const;
export const OLD_REDUCED = [255, 3, 2] as const;
export const MASK = [254, 4, 4] as const;

/** A TIFF with a picture and smaller ones of it, each smaller one with this tag: its number, its type and what it says. */
export async function tiffWithSmaller(
  colour: string,
  [tag, type, value]: readonly [tag: number, type: number, value: number] = REDUCED,
): Promise<Buffer> {
  const file = await sharp(await tiff([colour]))
    .tiff({ pyramid: true, tile: true, tileWidth: 256, tileHeight: 256 })
    .toBuffer();
  const [said, wanted] = [REDUCED, [tag, type, value]].map(([number = 0, kind = 0, says = 0]) => {
    const entry = Buffer.alloc(12);
    entry.writeUInt16LE(number, 0);
    entry.writeUInt16LE(kind, 2);
    entry.writeUInt32LE(1, 4);
    entry.writeUInt32LE(says, 8);
    return entry;
  });
  for (let at = file.indexOf(said ?? ''); at >= 0; at = file.indexOf(said ?? '', at + 12)) wanted?.copy(file, at);
  return file;
}

export function webp({ width = 800, height = 640, seed = 1 }: PictureOptions = {}): Promise<Buffer> {
  return sharp(picture(width, height, seed), { raw: { width, height, channels: 3 } })
    .webp({ quality: 70 })
    .toBuffer();
}

export interface PdfOptions {
  readonly sheets?: number;
  readonly colour?: readonly [number, number, number];
  readonly widthPoints?: number;
  readonly heightPoints?: number;
  /** Put into a comment, so that two files differ. */
  readonly remark?: string;
  /** In place of the usual one. */
  readonly header?: string;
  /** Written before the header; all places are counted from the beginning of the file. */
  readonly before?: string;
}

/** What a scanner's web portal leaves before a PDF that it hands over, and behind it more than readers look through. */
export const PORTAL = {
  before: Buffer.from('HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n'),
  behind: Buffer.from(`\r\n--part--\r\n<html>${' '.repeat(5_000)}</html>\r\n`),
};

/** A PDF between what a portal leaves; the places that it names are counted from its own beginning. */
export const surrounded = (made: Uint8Array): Buffer => Buffer.concat([PORTAL.before, made, PORTAL.behind]);

function assemble(objects: readonly string[], trailer: string, remark: string, header = '%PDF-1.4\n'): Buffer {
  let text = `${header}%${remark}\n`;
  const offsets: number[] = [];
  for (const [index, body] of objects.entries()) {
    offsets.push(text.length);
    text += `${index + 1} 0 obj\n${body}\nendobj\n`;
  }
  const start = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  for (const offset of offsets) text += `${String(offset).padStart(10, '0')} 00000 n \n`;
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

/** A PDF whose sheets are filled with one colour, with some lines of something in their upper left. */
export function pdf(options: PdfOptions = {}): Buffer {
  const { sheets = 1, colour = [0.8, 0.8, 0.8], widthPoints = 595, heightPoints = 842, remark = 'plain' } = options;
  const lines = Array.from({ length: 12 }, (_, line) => `${0.1 * widthPoints} ${(0.9 - 0.02 * line) * heightPoints} `);
  const print = lines.map((place) => `${place} ${0.4 * widthPoints} ${0.008 * heightPoints} re f`).join(' ');
  const drawing = `${colour.join(' ')} rg 0 0 ${widthPoints} ${heightPoints} re f 0 g ${print}`;
  const kids = Array.from({ length: sheets }, (_, index) => `${index + 4} 0 R`).join(' ');
  return assemble(
    [
      '<< /Type /Catalog /Pages 2 0 R >>',
      `<< /Type /Pages /Kids [${kids}] /Count ${sheets} >>`,
      `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`,
      ...Array.from(
        { length: sheets },
        () => `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${widthPoints} ${heightPoints}] /Contents 3 0 R >>`,
      ),
    ],
    '',
    remark,
    `${options.before ?? ''}${options.header ?? '%PDF-1.4\n'}`,
  );
}

const stream = (text: string): string => `/Length ${text.length} >>\nstream\n${text}\nendstream`;

/** Forms within forms; each is drawn this often in the one before. */
const FORMS = 5;
const TIMES = 10;

/** A PDF of a few kilobytes whose one sheet is covered 100,000 times with half-transparent paint: nobody waits for its end. */
export function endlessPdf(): Buffer {
  const box = '[0 0 595 842]';
  // Object numbers: catalogue, list of sheets, sheet, its content, then the forms.
  const draws = (form: number) =>
    form === FORMS
      ? '/Resources << /ExtGState << /G << /ca 0.5 >> >> >>'
      : `/Resources << /XObject << /F ${form + 5} 0 R >> >>`;
  const content = (form: number) => (form === FORMS ? '/G gs 0 0 595 842 re f' : '/F Do '.repeat(TIMES));
  return assemble(
    [
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
      `<< /Type /Page /Parent 2 0 R /MediaBox ${box} /Contents 4 0 R ${draws(0)} >>`,
      `<< ${stream(content(0))}`,
      ...Array.from(
        { length: FORMS },
        (_, form) => `<< /Type /XObject /Subtype /Form /BBox ${box} ${draws(form + 1)} ${stream(content(form + 1))}`,
      ),
    ],
    '',
    'endless',
  );
}

const hex = (length: number): string => randomBytes(length).toString('hex');

/** A PDF that asks for a password: the standard handler with keys that no empty password opens. */
export function encryptedPdf(): Buffer {
  return assemble(
    [
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>',
      `<< /Filter /Standard /V 1 /R 2 /O <${hex(32)}> /U <${hex(32)}> /P -44 >>`,
    ],
    `/Encrypt 4 0 R /ID [<${hex(16)}> <${hex(16)}>]`,
    'encrypted',
  );
}

/** RC4, which Node's own library no longer offers. */
function rc4(key: Buffer, text: Buffer): Buffer {
  const box = Uint8Array.from({ length: 256 }, (_, index) => index);
  const swap = (a: number, b: number): void => {
    [box[a], box[b]] = [box[b] ?? 0, box[a] ?? 0];
  };
  for (let at = 0, other = 0; at < 256; at += 1) {
    other = (other + (box[at] ?? 0) + (key[at % key.length] ?? 0)) & 255;
    swap(at, other);
  }
  const done = Buffer.from(text);
  for (let at = 0, here = 0, other = 0; at < done.length; at += 1) {
    here = (here + 1) & 255;
    other = (other + (box[here] ?? 0)) & 255;
    swap(here, other);
    done[at] = (done[at] ?? 0) ^ (box[((box[here] ?? 0) + (box[other] ?? 0)) & 255] ?? 0);
  }
  return done;
}

const md5 = (...parts: Buffer[]): Buffer => createHash('md5').update(Buffer.concat(parts)).digest();
/** What the standard fills a password with. */
const PADDING = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');
const PERMISSIONS = -44;

/** A PDF that opens without a password and is encrypted all the same (RC4 with 40 bits): only its owner has a password. */
export function protectedPdf({ sheets = 1 }: Pick<PdfOptions, 'sheets'> = {}): Buffer {
  const [id, permissions] = [randomBytes(16), Buffer.alloc(4)];
  permissions.writeInt32LE(PERMISSIONS);
  const owner = rc4(md5(Buffer.concat([Buffer.from('owner'), PADDING]).subarray(0, 32)).subarray(0, 5), PADDING);
  const key = md5(PADDING, owner, permissions, id).subarray(0, 5);
  const drawing = Buffer.from('0.8 g 0 0 595 842 re f 0 g 60 700 240 8 re f 60 680 240 8 re f 60 660 200 8 re f');
  // The content is object 4 of generation 0.
  const content = rc4(md5(key, Buffer.from([4, 0, 0, 0, 0])).subarray(0, 10), drawing).toString('latin1');
  const kids = Array.from({ length: sheets }, (_, index) => `${index + 5} 0 R`).join(' ');
  const [o, u] = [owner.toString('hex'), rc4(key, PADDING).toString('hex')];
  return assemble(
    [
      '<< /Type /Catalog /Pages 2 0 R >>',
      `<< /Type /Pages /Kids [${kids}] /Count ${sheets} >>`,
      `<< /Filter /Standard /V 1 /R 2 /O <${o}> /U <${u}> /P ${PERMISSIONS} >>`,
      `<< ${stream(content)}`,
      ...Array.from(
        { length: sheets },
        () => '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>',
      ),
    ],
    `/Encrypt 3 0 R /ID [<${id.toString('hex')}> <${id.toString('hex')}>]`,
    'protected',
  );
}
