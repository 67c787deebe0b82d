import type { MediaType } from '../../shared/domain/index.ts';
import { toJpegFile } from './convert.ts';
import { pdfSheetAsJpeg } from './pdf.ts';

/**
 * One sheet of a file, counted from 1, as a JPEG of its own. Of a PDF the scanner's own picture, byte for byte, where the sheet is
 * nothing else; any other sheet as it looks, with 300 dpi. Of a TIFF what a provider would be sent. A picture and not a page of a PDF,
 * because a page may reach, unseen, what lies on the sheets of other customers. Throws when there is no such sheet or it cannot be
 * decoded whole.
 */
export function partOut(mediaType: MediaType, bytes: Uint8Array, sheet: number): Promise<Uint8Array> {
  return mediaType === 'application/pdf' ? pdfSheetAsJpeg(bytes, sheet) : toJpegFile(bytes, sheet);
}
