import { PDFDocument } from '@cantoo/pdf-lib';
import type { PictureLimit } from '../../shared/rules/index.ts';
import { MAX_SHEETS, openPicture, sheetCountOf } from './pictures.ts';
import type { Picture } from './pictures.ts';

/** Above this nobody sees a difference; below, small print begins to fray. */
export const FILE_QUALITY = 92;
/** What a picture that must be smaller is tried with, before its pixels are made fewer. */
const LEAST_QUALITY = 76;
const LOWER_QUALITIES = [85, LEAST_QUALITY];
/** What the least quality leaves of a picture's bytes, at the least. */
const LEAST_SHARE = 0.4;
/** More than the sizes that are tried need, as long as fewer pixels make fewer bytes. */
const MOST_SIZES = 8;
/** A little less than what the last size promises, so that one attempt mostly does. */
const CAUTION = 0.97;
/** For a picture that does not say how large it is: what offices scan with. */
const USUAL_DPI = 200;
const POINTS_PER_INCH = 72;
/** SOI, and the APP0 segment of JFIF 1.02 without its two resolutions and the size of a thumbnail (none). */
const START = Buffer.from('ffd8', 'hex');
const JFIF = Buffer.from('ffe000104a46494600010201', 'hex');

/** The dots per inch that a file states, when it is one that a scanner may have meant (72 is what programs write by default). */
function dpiOf(density: number | undefined): number {
  return density !== undefined && density > POINTS_PER_INCH ? density : USUAL_DPI;
}

/**
 * A JPEG that says how many dots per inch it has, in the place that every JPEG has for it. sharp leaves that out, and its
 * own way to add it is a block of EXIF, which only cameras and editors write.
 */
export function withDpi(jpeg: Buffer, dpi: number): Uint8Array {
  const resolution = Buffer.alloc(6);
  resolution.writeUInt16BE(Math.round(dpi), 0);
  resolution.writeUInt16BE(Math.round(dpi), 2);
  return Uint8Array.from(Buffer.concat([START, JFIF, resolution, jpeg.subarray(START.length)]));
}

/** The best that `make` makes within the limit: with less quality first, then with fewer pixels. When nothing fits, the full one. */
async function within(
  limit: PictureLimit | null,
  make: (quality: number, scale: number) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const full = await make(FILE_QUALITY, 1);
  if (limit === null) return full;
  const { maxBytes, leastScale } = limit;
  let [made, scale] = [full, 1];
  // Where less quality cannot be enough, trying it would only take the time that the largest scans need for the next step.
  const isQualityEnough = full.length * LEAST_SHARE <= maxBytes;
  for (const quality of isQualityEnough ? LOWER_QUALITIES : []) {
    if (made.length > maxBytes) made = await make(quality, scale);
  }
  let expected = isQualityEnough ? made.length : full.length * LEAST_SHARE;
  for (let size = 0; size < MOST_SIZES && made.length > maxBytes && scale > leastScale; size += 1) {
    scale = Math.max(leastScale, scale * CAUTION * Math.sqrt(maxBytes / expected));
    made = await make(LEAST_QUALITY, scale);
    expected = made.length;
  }
  return made.length <= maxBytes ? made : full;
}

/**
 * One sheet as JPEG: full size unless a limit wants less, upright, its pixels squares (who opens a JPEG takes them for such), colour not
 * subsampled, on white where it was transparent. Of the metadata only the resolution stays: the rest may tell a place, or look like
 * editing to a provider. Throws when it cannot be decoded whole.
 */
export async function toJpegFile(bytes: Uint8Array, sheet = 1, limit: PictureLimit | null = null): Promise<Uint8Array> {
  return openedToJpegFile(await openPicture(bytes, sheet), limit);
}

function openedToJpegFile(picture: Picture, limit: PictureLimit | null): Promise<Uint8Array> {
  return within(limit, async (quality, scale) => {
    const width = Math.ceil(picture.width * scale);
    const file = picture.sized(width).flatten({ background: '#ffffff' }).jpeg({ quality, chromaSubsampling: '4:4:4' });
    return withDpi(await file.toBuffer(), (dpiOf(picture.density) * width) / picture.width);
  });
}

/**
 * Every sheet as a page of a PDF, at the size that it has on paper. No dates and no program's name in it. Throws as above.
 * @param onSheet called after each of them
 */
export async function toPdfFile(bytes: Uint8Array, onSheet: () => void): Promise<Uint8Array> {
  const first = await openPicture(bytes);
  const sheets = sheetCountOf(bytes, first.pictures);
  if (sheets > MAX_SHEETS) throw new Error('inspection: too many sheets');
  const pdf = await PDFDocument.create({ updateMetadata: false });
  for (let sheet = 1; sheet <= sheets; sheet += 1) {
    const opened = sheet === 1 ? first : await openPicture(bytes, sheet);
    const picture = await pdf.embedJpg(await openedToJpegFile(opened, null));
    const { width, height } = picture.scale(POINTS_PER_INCH / dpiOf(opened.density));
    pdf.addPage([width, height]).drawImage(picture, { x: 0, y: 0, width, height });
    onSheet();
  }
  return pdf.save();
}
