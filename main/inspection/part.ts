import { PDFDocument } from '@cantoo/pdf-lib';
import type { MediaType } from '../../shared/domain/index.ts';
import { openPicture } from './pictures.ts';

/** TIFF counts pixels per millimetre, sharp's metadata per inch. */
const MILLIMETRES_PER_INCH = 25.4;

/**
 * One sheet of a file, counted from 1, as a file of its own and of the same type: a page of a PDF with its pictures and texts as they
 * are, a sheet of a TIFF with every pixel, upright. Of dates and programs' names none are added, and none taken along: they were
 * the whole file's. Throws when there is no such sheet or it cannot be read whole.
 */
export function partOut(mediaType: MediaType, bytes: Uint8Array, sheet: number): Promise<Uint8Array> {
  return mediaType === 'application/pdf' ? partOutOfPdf(bytes, sheet) : partOutOfTiff(bytes, sheet);
}

async function partOutOfPdf(bytes: Uint8Array, sheet: number): Promise<Uint8Array> {
  const whole = await PDFDocument.load(bytes, { updateMetadata: false });
  const part = await PDFDocument.create({ updateMetadata: false });
  const [page] = await part.copyPages(whole, [sheet - 1]);
  if (page === undefined) throw new Error('inspection: there is no such sheet');
  part.addPage(page);
  return part.save();
}

async function partOutOfTiff(bytes: Uint8Array, sheet: number): Promise<Uint8Array> {
  const { density } = await openPicture(bytes, sheet).metadata();
  const perMillimetre =
    density === undefined ? {} : { xres: density / MILLIMETRES_PER_INCH, yres: density / MILLIMETRES_PER_INCH };
  return new Uint8Array(
    await openPicture(bytes, sheet)
      .tiff({ compression: 'deflate', ...perMillimetre })
      .toBuffer(),
  );
}
