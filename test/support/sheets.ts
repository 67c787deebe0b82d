import { PDFDocument } from '@cantoo/pdf-lib';

/** One PDF with a sheet for each JPEG, of its size, as a multifunction printer makes of a stack. */
export async function pdfOf(sheets: readonly Buffer[]): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  for (const sheet of sheets) {
    const picture = await pdf.embedJpg(sheet);
    pdf.addPage([picture.width, picture.height]).drawImage(picture);
  }
  return pdf.save();
}
