import { PDFDocument } from '@cantoo/pdf-lib';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import type { PDFiumDocument, PDFiumPage } from '@hyzyla/pdfium';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { FILE_QUALITY, toJpegFile, withDpi } from './convert.ts';
import { withoutMetadata } from './segments.ts';
import { PROTECTED_RULE, SURROUNDED_RULE } from '../../shared/rules/index.ts';
import type { PageFact, PictureLimit } from '../../shared/rules/index.ts';
import { editorFacts, editorIn, editorOf } from './editors.ts';
import { holdsSeveralPdfs, isSurrounded, pdfExtent, pdfOf } from './pdf-extent.ts';
import { isProtected, programsOf } from './pdfium-facts.ts';
import { stored, toJpeg } from './pictures.ts';
import type { Shown } from './pictures.ts';
import { pixelShape } from './pixel-shape.ts';
import { THUMBNAIL_PIXELS } from './port.ts';
import { decodeReduced, decodeSheet } from './sheet.ts';
import type { OpenedFile, Sheet } from './sheet.ts';
import { cutOut } from './view.ts';

const POINTS_PER_INCH = 72;
/** A sheet may be 200 inches wide, so the scale follows from the picture wanted; a sheet without size counts as one point. */
const MIN_SHEET_POINTS = 1;
/** What small print and a machine-readable zone are read best at; a sheet of text or lines has no pixels of its own. */
const RENDER_DPI = 300;
/** A3 at 300 dpi; larger sheets are drawings or posters. */
const RENDER_PIXELS = 4961;
/** By how much a picture's shape may differ from its sheet's when it fills it. */
const SHAPE_TOLERANCE = 0.02;

const PROTECTED: PageFact = { rule: PROTECTED_RULE, severity: 'info', params: {} };
const SEVERAL: PageFact = { rule: 'pdf.several', severity: 'blocking', params: {} };
const SURROUNDED: PageFact = { rule: SURROUNDED_RULE, severity: 'info', params: {} };

/** Started at the first PDF: most branches import pictures only. */
let library: ReturnType<typeof PDFiumLibrary.init> | undefined;

/** The PDF in a file, as readers want it, without what stands before and behind it; all of the file where its end is not found. */
export function pdfIn(file: Uint8Array): Uint8Array {
  const extent = pdfExtent(file);
  return extent === null ? file : pdfOf(file, extent);
}

/** Throws when there is no PDF in the file, or it wants a password. `destroy` frees what it holds. */
export async function loadPdf(file: Uint8Array): Promise<PDFiumDocument> {
  library ??= PDFiumLibrary.init();
  return (await library).loadDocument(pdfIn(file));
}

/** A sheet drawn with its longer side at `pixels`, and what was filled into the fields of its form. */
export async function drawn(page: PDFiumPage, pixels: number): Promise<Sharp> {
  const { originalWidth, originalHeight } = page.getOriginalSize();
  const scale = pixels / Math.max(originalWidth, originalHeight, MIN_SHEET_POINTS);
  const { data, width, height } = await page.render({ scale, render: 'bitmap', renderFormFields: true });
  return sharp(data, { raw: { width, height, channels: 4 } });
}

/**
 * The JPEG that a scanner put on a sheet, when the sheet is nothing else: its pixels as they are, in a fifth of the time of
 * drawing. Null for anything that has to be drawn.
 */
async function scannedJpeg(page: PDFiumPage): Promise<Uint8Array | null> {
  if (page.getObjectCount() !== 1) return null;
  const object = page.getObject(0);
  if (object.type !== 'image') return null;
  const { data, filters } = await object.getImageDataRaw();
  return filters.length === 1 && filters[0] === 'DCTDecode' ? data : null;
}

/** Null: it is another picture than the sheet shows (turned, cropped), or no JPEG that can be decoded by itself. */
async function scannedSheet(page: PDFiumPage, number: number): Promise<Sheet | null> {
  const jpeg = await scannedJpeg(page);
  if (jpeg === null) return null;
  const { originalWidth, originalHeight } = page.getOriginalSize();
  try {
    const { width, height } = await stored(jpeg).metadata();
    if (Math.abs((width * originalHeight) / (height * originalWidth) - 1) > SHAPE_TOLERANCE) return null;
    const sized = (wanted: number): Sharp => (wanted < width ? stored(jpeg).resize({ width: wanted }) : stored(jpeg));
    return await decodeReduced({ width, height, coarseness: 1, sized }, number);
  } catch {
    return null;
  }
}

async function drawnSheet(page: PDFiumPage, number: number): Promise<Sheet> {
  const { originalWidth, originalHeight } = page.getOriginalSize();
  const longer = (Math.max(originalWidth, originalHeight) * RENDER_DPI) / POINTS_PER_INCH;
  return decodeSheet(await drawn(page, Math.min(longer, RENDER_PIXELS)), number, 1);
}

/**
 * Opens a PDF for a look at its sheets. Throws when it is none, or wants a password. PDFium takes a page of its own for each
 * question: one that was drawn or taken apart answers nothing more.
 */
export async function openPdf(bytes: Uint8Array): Promise<OpenedFile> {
  const extent = pdfExtent(bytes);
  if (extent === null) throw new Error('inspection: a part of the PDF is missing');
  const pdf = await loadPdf(bytes);
  return {
    sheetCount: pdf.getPageCount(),
    isAnimated: false,
    pixels: null,
    facts: [
      ...(isProtected(pdf) ? [PROTECTED] : []),
      ...(isSurrounded(bytes, extent) ? [SURROUNDED] : []),
      ...(holdsSeveralPdfs(bytes) ? [SEVERAL] : []),
      ...editorFacts(editorOf(bytes) ?? editorIn(programsOf(pdf).join('\n'))),
    ],
    thumbnail: async () => toJpeg(await drawn(pdf.getPage(0), THUMBNAIL_PIXELS), THUMBNAIL_PIXELS),
    sheet: async (number) =>
      (await scannedSheet(pdf.getPage(number - 1), number)) ?? (await drawnSheet(pdf.getPage(number - 1), number)),
    close: () => {
      pdf.destroy();
    },
  };
}

/** One sheet of a PDF for people, or null when it has no such sheet. Throws as above. */
export async function showPdfSheet(
  bytes: Uint8Array,
  sheet: number,
  { view, maxPixels }: Shown,
): Promise<Buffer | null> {
  const pdf = await loadPdf(bytes);
  try {
    if (sheet > pdf.getPageCount()) return null;
    const page = pdf.getPage(sheet - 1);
    if (view === undefined) return await toJpeg(await drawn(page, maxPixels), maxPixels);
    const { originalWidth, originalHeight } = page.getOriginalSize();
    const longer = Math.max(originalWidth, originalHeight) / originalWidth;
    const picture = (width: number) => drawn(page, Math.min(width * longer, RENDER_PIXELS));
    return await toJpeg(await cutOut(picture, view, maxPixels), maxPixels);
  } finally {
    pdf.destroy();
  }
}

/** Side of the small pictures that are compared, in pixels. */
const GLANCE_PIXELS = 48;
/** Longest side with which a sheet is drawn to be compared. */
export const GLANCED_PIXELS = GLANCE_PIXELS * 8;
/** Greatest mean difference of two pictures of the same thing, as a share of the picture's own contrast: resampling makes less, a turn more. */
const SAME_SHARE = 0.2;
/** Below this many levels of grey a difference is the resampling's, however little there is to be seen. */
const LEAST_LEVELS = 0.75;
/** Greatest difference in one place: what lies over a picture hides that place, whatever the rest is like. */
const MOST_LEVELS = 64;

function glance(picture: Sharp): Promise<Buffer> {
  return picture
    .flatten({ background: '#ffffff' })
    .toColourspace('b-w')
    .resize(GLANCE_PIXELS, GLANCE_PIXELS, { fit: 'fill' })
    .raw()
    .toBuffer();
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Whether two pictures show the same: not turned, not cut, in the same colours, with nothing over either of them. */
export async function isSameAtAGlance(one: Sharp, another: Sharp): Promise<boolean> {
  const [own, other] = await Promise.all([glance(one), glance(another)]);
  if (own.length !== other.length) return false;
  const differences = [...own].map((level, index) => Math.abs(level - (other[index] ?? 0)));
  const mean = meanOf([...own]);
  const contrast = meanOf([...own].map((level) => Math.abs(level - mean)));
  return (
    meanOf(differences) <= Math.max(LEAST_LEVELS, SAME_SHARE * contrast) && Math.max(...differences) <= MOST_LEVELS
  );
}

/** Whether a page is shown as its content says: not turned, not cropped, and with nothing written over it afterwards. */
async function isPlain(bytes: Uint8Array, sheet: number): Promise<boolean> {
  try {
    const page = (await PDFDocument.load(pdfIn(bytes), { updateMetadata: false })).getPage(sheet - 1);
    const [media, crop] = [page.getMediaBox(), page.getCropBox()];
    const isWhole = (['x', 'y', 'width', 'height'] as const).every((side) => Math.abs(media[side] - crop[side]) < 1);
    return isWhole && page.getRotation().angle % 360 === 0 && (page.node.Annots()?.size() ?? 0) === 0;
  } catch {
    return false;
  }
}

/** The scanner's own picture of a sheet that shows it and nothing else; null for any other sheet. Throws when it is not whole. */
async function ownPicture(pdf: PDFiumDocument, bytes: Uint8Array, sheet: number): Promise<Uint8Array | null> {
  const jpeg = await scannedJpeg(pdf.getPage(sheet - 1)).catch(() => null);
  if (jpeg === null) return null;
  // One with missing rows would be drawn half empty, and nobody would notice.
  await stored(jpeg).stats();
  const { originalWidth, originalHeight } = pdf.getPage(sheet - 1).getOriginalSize();
  const { width, height, orientation = 1 } = await stored(jpeg).metadata();
  // A PDF shows its picture as it lies, whatever the picture says of itself; by itself it would be turned, or stretched.
  if (orientation !== 1 || pixelShape(jpeg) !== 1) return null;
  if (Math.abs((width * originalHeight) / (height * originalWidth) - 1) > SHAPE_TOLERANCE) return null;
  const isSame =
    (await isPlain(bytes, sheet)) &&
    (await isSameAtAGlance(sharp(jpeg), await drawn(pdf.getPage(sheet - 1), GLANCED_PIXELS)));
  return isSame ? new Uint8Array(jpeg) : null;
}

/**
 * One sheet as a JPEG: the scanner's own where the sheet is nothing else, otherwise drawn with 300 dpi. Throws when there is no such
 * sheet, it cannot be drawn, or its picture is not whole.
 */
export async function pdfSheetAsJpeg(bytes: Uint8Array, sheet: number): Promise<Uint8Array> {
  const pdf = await loadPdf(bytes);
  try {
    if (sheet > pdf.getPageCount()) throw new Error('inspection: there is no such sheet');
    const own = await ownPicture(pdf, bytes, sheet);
    if (own !== null) return own;
    const { originalWidth, originalHeight } = pdf.getPage(sheet - 1).getOriginalSize();
    const inches = Math.max(originalWidth, originalHeight, MIN_SHEET_POINTS) / POINTS_PER_INCH;
    const pixels = Math.min(inches * RENDER_DPI, RENDER_PIXELS);
    const picture = (await drawn(pdf.getPage(sheet - 1), pixels))
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: FILE_QUALITY, chromaSubsampling: '4:4:4' });
    return withDpi(await picture.toBuffer(), pixels / inches);
  } finally {
    pdf.destroy();
  }
}

/** The first sheet of a PDF as a file to send: as above, within the limit, and without anything beside its picture. Throws as above. */
export async function pdfAsJpegFile(bytes: Uint8Array, limit: PictureLimit | null): Promise<Uint8Array> {
  const jpeg = withoutMetadata(await pdfSheetAsJpeg(bytes, 1));
  return limit === null || jpeg.length <= limit.maxBytes ? jpeg : toJpegFile(jpeg, 1, limit);
}
