import { inflateSync } from 'node:zlib';
import { EDITOR_RULE } from '../../shared/rules/index.ts';
import type { PageFact } from '../../shared/rules/index.ts';
import { pngChunks, webpChunks } from './chunks.ts';
import { after, segmentsOf } from './segments.ts';
import type { Segment } from './segments.ts';
import { EXIF, openTiff } from './tiff.ts';

/**
 * Which program for editing pictures a file names in what it says of itself: EXIF, XMP, Photoshop's own blocks, comments. Providers
 * look there too. Scanners' drivers and phones' cameras name themselves in the same places, so only these names count; Acrobat
 * is none of them, because offices scan with it.
 */
const EDITORS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['Lightroom', /\blightroom\b/i],
  ['Adobe Photoshop', /\bphotoshop\b/i],
  ['Adobe Illustrator', /\badobe illustrator\b/i],
  ['Adobe InDesign', /\badobe indesign\b/i],
  ['Adobe Express', /\badobe express\b/i],
  ['GIMP', /\bgimp\b/i],
  ['Affinity', /\baffinity\b/i],
  ['Canva', /\bcanva\b/i],
  ['Snapseed', /\bsnapseed\b/i],
  ['Paint.NET', /\bpaint\.net\b/i],
  ['PaintShop Pro', /\bpaint ?shop\b/i],
  ['Corel', /\bcorel ?(draw|photo-?paint)\b/i],
  ['Pixelmator', /\bpixelmator\b/i],
  ['Photopea', /\bphotopea\b/i],
  ['Pixlr', /\bpixlr\b/i],
  ['Picsart', /\bpicsart\b/i],
  ['Facetune', /\bfacetune\b/i],
  ['VSCO', /\bvsco\b/i],
  ['Fotor', /\bfotor\b/i],
  ['Polarr', /\bpolarr\b/i],
  ['PhotoScape', /\bphotoscape\b/i],
  ['Picasa', /\bpicasa\b/i],
  ['ACDSee', /\bacdsee\b/i],
  ['Capture One', /\bcapture one\b/i],
  ['darktable', /\bdarktable\b/i],
  ['RawTherapee', /\brawtherapee\b/i],
  ['Luminar', /\bluminar\b/i],
  ['Krita', /\bkrita\b/i],
  ['Inkscape', /\binkscape\b/i],
  ['Procreate', /\bprocreate\b/i],
  ['PDF-XChange Editor', /\bpdf-xchange editor\b/i],
  ['Foxit PDF Editor', /\bfoxit (phantompdf|pdf editor)\b|\bphantompdf\b/i],
  ['PDFelement', /\bpdfelement\b/i],
  ['Sejda', /\bsejda\b/i],
  ['PDFescape', /\bpdfescape\b/i],
];

/** More of a text than a program's name and version takes. */
const MOST_TEXT = 2_000;
/** An XMP packet with a long history has some 100 KB. */
const MOST_XMP = 1_000_000;
/** Places of a PDF that are looked at: each picture in it may have one. */
const MOST_PLACES = 64;

/** The name of the editing program in a text, in our own spelling; null when there is none. */
export function editorIn(text: string): string | null {
  const said = text.slice(0, MOST_TEXT);
  return EDITORS.find(([, pattern]) => pattern.test(said))?.[0] ?? null;
}

/** The first that is not null. */
function first<T>(values: Iterable<T>, look: (value: T) => string | null): string | null {
  for (const value of values) {
    const found = look(value);
    if (found !== null) return found;
  }
  return null;
}

/** Where an XMP packet names programs: what made the file, and each step of its history. */
const PROGRAM = /(?:xmp:CreatorTool|stEvt:softwareAgent|tiff:Software|pdf:Producer)\s*(?:=\s*["']([^"']*)|>([^<]*))/g;

function inXmp(packet: Buffer): string | null {
  const text = packet.subarray(0, MOST_XMP).toString('utf8');
  return first(text.matchAll(PROGRAM), ([, quoted, plain]) => editorIn(quoted ?? plain ?? ''));
}

/** What only Photoshop keeps of a document of its own: guides, slices, quality, print settings. Others write IPTC in such blocks. */
const OWN_BLOCKS: ReadonlySet<number> = new Set([
  0x03f3, 0x0406, 0x0408, 0x040d, 0x0414, 0x0419, 0x041a, 0x0426, 0x2710,
]);

function inPhotoshopBlocks(blocks: Buffer): string | null {
  let at = 0;
  while (at + 12 <= blocks.length && blocks.toString('latin1', at, at + 4) === '8BIM') {
    if (OWN_BLOCKS.has(blocks.readUInt16BE(at + 4))) return 'Adobe Photoshop';
    const name = 1 + (blocks[at + 6] ?? 0);
    const size = at + 6 + name + (name % 2);
    if (size + 4 > blocks.length) return null;
    const length = blocks.readUInt32BE(size);
    at = size + 4 + length + (length % 2);
  }
  return null;
}

/** Software, the program before it, and the ones for raw and for editing of EXIF 3; XMP and Photoshop's blocks in a TIFF. */
const TEXT_TAGS: ReadonlySet<number> = new Set([0x0131, 0x000b, 0xa438, 0xa43a, 0xa43b]);
const XMP_TAG = 0x02bc;
const PHOTOSHOP_TAG = 0x8649;
const EXIF_TAG = 0x8769;

/** What a TIFF, or the block of EXIF that is built like one, says in its first directory and in that of EXIF. */
function inTiff(block: Buffer): string | null {
  const tiff = openTiff(block);
  function inDirectory(from: number, isInner: boolean): string | null {
    return first(tiff?.directoryAt(from)?.entries ?? [], ({ tag, number, bytes }) => {
      if (TEXT_TAGS.has(tag)) return editorIn(bytes.toString('latin1', 0, MOST_TEXT));
      if (tag === XMP_TAG) return inXmp(bytes);
      if (tag === PHOTOSHOP_TAG) return inPhotoshopBlocks(bytes);
      return tag === EXIF_TAG && !isInner ? inDirectory(number, true) : null;
    });
  }
  return tiff && inDirectory(tiff.first, false);
}

const XMP = 'http://ns.adobe.com/xap/1.0/\0';
const PHOTOSHOP = 'Photoshop 3.0\0';

function inSegment({ marker, content }: Segment): string | null {
  switch (marker) {
    case 0xe1: {
      const [exif, xmp] = [after(content, EXIF), after(content, XMP)];
      return (exif && inTiff(exif)) ?? (xmp && inXmp(xmp));
    }
    // What "Save for Web" leaves.
    case 0xec:
      return after(content, 'Ducky') && 'Adobe Photoshop';
    case 0xed: {
      const blocks = after(content, PHOTOSHOP);
      return blocks && inPhotoshopBlocks(blocks);
    }
    case 0xfe:
      return editorIn(content.toString('latin1', 0, MOST_TEXT));
    default:
      return null;
  }
}

function inflated(bytes: Buffer): Buffer {
  return inflateSync(bytes, { maxOutputLength: MOST_XMP });
}

/** A chunk of text in a PNG: its keyword and what it says. */
function textOf(type: string, content: Buffer): readonly [keyword: string, text: Buffer] {
  const end = content.indexOf(0);
  if (end < 0) return ['', Buffer.alloc(0)];
  const keyword = content.toString('latin1', 0, end);
  if (type === 'tEXt') return [keyword, content.subarray(end + 1)];
  if (type === 'zTXt') return [keyword, inflated(content.subarray(end + 2))];
  // iTXt: whether it is compressed and how, the language, the keyword in that language.
  const from = content.indexOf(0, content.indexOf(0, end + 3) + 1) + 1;
  const text = content.subarray(from);
  return [keyword, content[end + 1] === 1 ? inflated(text) : text];
}

function inChunk(type: string, content: Buffer): string | null {
  if (type === 'eXIf') return inTiff(content);
  if (type !== 'tEXt' && type !== 'zTXt' && type !== 'iTXt') return null;
  const [keyword, text] = textOf(type, content);
  if (keyword === 'XML:com.adobe.xmp') return inXmp(text);
  return keyword === 'Software' || keyword === 'Comment' ? editorIn(text.toString('latin1', 0, MOST_TEXT)) : null;
}

function inPng(png: Buffer): string | null {
  return first(pngChunks(png), ({ type, content }) => inChunk(type, content));
}

function inWebp(webp: Buffer): string | null {
  return first(webpChunks(webp), ({ type, content }) => {
    if (type === 'EXIF') return inTiff(after(content, EXIF) ?? content);
    return type === 'XMP ' ? inXmp(content) : null;
  });
}

/** Places of `text` in a file, each with what stands behind it. */
function* placesOf(bytes: Buffer, text: string): Generator<Buffer> {
  const mark = Buffer.from(text, 'latin1');
  let at = bytes.indexOf(mark);
  for (let place = 0; at >= 0 && place < MOST_PLACES; place += 1) {
    yield bytes.subarray(at + mark.length);
    at = bytes.indexOf(mark, at + mark.length);
  }
}

/** What a PDF says of itself and what its pictures say: both stand in it as they are, unless it is encrypted. */
function inPdf(pdf: Buffer): string | null {
  return (
    first(placesOf(pdf, '<x:xmpmeta'), (rest) => {
      const packet = rest.subarray(0, MOST_XMP);
      const end = packet.indexOf('</x:xmpmeta>');
      return end < 0 ? null : inXmp(packet.subarray(0, end));
    }) ??
    first(placesOf(pdf, EXIF), inTiff) ??
    first(placesOf(pdf, PHOTOSHOP), inPhotoshopBlocks)
  );
}

function lookIn(bytes: Buffer): string | null {
  const start = bytes.toString('latin1', 0, 12);
  if (start.startsWith('\xff\xd8')) return first(segmentsOf(bytes), inSegment);
  if (start.startsWith('\x89PNG')) return inPng(bytes);
  if (start.startsWith('RIFF')) return inWebp(bytes);
  return start.startsWith('II') || start.startsWith('MM') ? inTiff(bytes) : inPdf(bytes);
}

/** The editing program that a file names; null when it names none, or what it says of itself cannot be read. */
export function editorOf(file: Uint8Array): string | null {
  try {
    return lookIn(Buffer.from(file.buffer, file.byteOffset, file.byteLength));
  } catch {
    return null;
  }
}

/** What that says of a page: a provider looks for such names as well. */
export function editorFacts(program: string | null): PageFact[] {
  return program === null ? [] : [{ rule: EDITOR_RULE, severity: 'warning', params: { program } }];
}
