import { PDFDocument, StandardFonts, degrees } from '@cantoo/pdf-lib';
import type { PDFFont, PDFPage } from '@cantoo/pdf-lib';
import { SEPARATOR_TEXT } from '../../shared/domain/index.ts';
import type { SeparatorOrder } from '../../shared/domain/index.ts';
import { de, en } from '../../shared/messages/index.ts';
import { qrSquares, type Squares } from './squares.ts';

/** A4 in points. */
const [WIDTH, HEIGHT] = [595.28, 841.89];
const CODE_SIDE = 340;
/** Of a line of words: what every printer reaches. */
const WIDEST = WIDTH - 100;
const TITLE = { size: 30, y: 750 } as const;
const TEXT = { size: 14, y: 722 } as const;
/** Fed in with the back to the front, a sheet that is printed on one side only is a blank page. */
const PAGES_A_SHEET = 2;

/** Rows of dark squares as one rectangle each, so that no viewer draws hairlines within them. */
function drawCode(page: PDFPage, { side, isDark }: Squares): void {
  const module = CODE_SIDE / side;
  const [left, top] = [(WIDTH - CODE_SIDE) / 2, (HEIGHT + CODE_SIDE) / 2];
  for (let row = 0; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) {
      if (!isDark(column, row)) continue;
      const from = column;
      while (column + 1 < side && isDark(column + 1, row)) column += 1;
      const width = (column + 1 - from) * module;
      page.drawRectangle({ x: left + from * module, y: top - (row + 1) * module, width, height: module });
    }
  }
}

/** The same words at the top and, upside down, at the bottom: whichever way the sheet lies, somebody can read it. */
function drawWords(page: PDFPage, [title, text]: readonly [string, string], fonts: readonly [PDFFont, PDFFont]): void {
  for (const [words, font, { size: wanted, y }] of [
    [title, fonts[0], TITLE],
    [text, fonts[1], TEXT],
  ] as const) {
    const size = Math.min(wanted, (wanted * WIDEST) / font.widthOfTextAtSize(words, wanted));
    const half = font.widthOfTextAtSize(words, size) / 2;
    page.drawText(words, { x: WIDTH / 2 - half, y, size, font });
    page.drawText(words, { x: WIDTH / 2 + half, y: HEIGHT - y, size, font, rotate: degrees(180) });
  }
}

/**
 * Separator sheets as a PDF, two equal pages for each sheet: printed on both sides, it may lie in the feeder any way. On a
 * printer with one side only, every page is a sheet of its own. Black on white, so that a copy of a copy is one too.
 */
export async function separatorSheets({ count, language }: SeparatorOrder): Promise<Uint8Array> {
  // Its highest error correction: a third of it may be smeared, folded or punched.
  const code = await qrSquares(SEPARATOR_TEXT, 'H');
  const pdf = await PDFDocument.create({ updateMetadata: false });
  const fonts = [
    await pdf.embedFont(StandardFonts.HelveticaBold),
    await pdf.embedFont(StandardFonts.Helvetica),
  ] as const;
  const sentences = { en, de }[language];
  const words = [sentences['separator.title'] ?? '', sentences['separator.text'] ?? ''] as const;
  for (let index = 0; index < count * PAGES_A_SHEET; index += 1) {
    const page = pdf.addPage([WIDTH, HEIGHT]);
    drawCode(page, code);
    drawWords(page, words, fonts);
  }
  return pdf.save();
}
