import { PDFDocument } from '@cantoo/pdf-lib';
import type { PDFiumDocument } from '@hyzyla/pdfium';
import { GLANCED_PIXELS, drawn, isSameAtAGlance, loadPdf, pdfIn } from './pdf.ts';
import { hasRightReferences } from './pdf-extent.ts';

/** Sheets that are compared: as many as are looked at in a file. */
const SHEETS_COMPARED = 12;

async function showsTheSame(one: PDFiumDocument, another: PDFiumDocument, onSheet: () => void): Promise<boolean> {
  const sheets = one.getPageCount();
  if (sheets === 0 || another.getPageCount() !== sheets) return false;
  for (let sheet = 0; sheet < Math.min(sheets, SHEETS_COMPARED); sheet += 1) {
    const [own, other] = [
      await drawn(one.getPage(sheet), GLANCED_PIXELS),
      await drawn(another.getPage(sheet), GLANCED_PIXELS),
    ];
    if (!(await isSameAtAGlance(own, other))) return false;
    onSheet();
  }
  return true;
}

async function assertShowsTheSame(file: Uint8Array, made: Uint8Array, onSheet: () => void): Promise<void> {
  const documents: PDFiumDocument[] = [];
  try {
    for (const bytes of [file, made]) documents.push(await loadPdf(bytes));
    const [one, another] = documents;
    if (one === undefined || another === undefined || !(await showsTheSame(one, another, onSheet))) {
      throw new Error('inspection: the written PDF shows something else');
    }
  } finally {
    for (const document of documents) document.destroy();
  }
}

/**
 * The PDF in a file by itself: its own bytes, without what stands before and behind it, and with the header and the end mark that readers
 * want. Where its references are counted from the
 * beginning of that, they point elsewhere then, so its objects are written anew, each as it is. Throws when they cannot be, or what is
 * written would show something else.
 * @param onSheet called after each sheet that is compared
 */
export async function pdfAlone(file: Uint8Array, onSheet: () => void): Promise<Uint8Array> {
  const own = pdfIn(file);
  if (hasRightReferences(own)) return Uint8Array.from(own);
  const written = await (await PDFDocument.load(own, { updateMetadata: false })).save({ addDefaultPage: false });
  await assertShowsTheSame(file, written, onSheet);
  return written;
}
