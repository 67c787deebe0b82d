/**
 * Where in a file its PDF lies. Web portals of scanners, printers' languages and mail gateways write before it and behind it; readers
 * look for its header in the first 1,024 bytes and for its end mark in the last 1,024 (ISO 32000-1, Annex H, and Adobe's notes on 7.5.2
 * and 7.5.5).
 */

const HEADER = '%PDF';
const END_MARK = '%%EOF';
/** How far from the ends of the file readers look for header and end mark. */
const REACH = 1_024;

interface PdfExtent {
  /** Of the header's first byte. */
  readonly from: number;
  /** After the end mark, and the end of its line; without one, where it belongs. */
  readonly to: number;
  readonly isEnded: boolean;
}

/** What PostScript's programs wrote for a header in the days of Acrobat 1 to 4; its readers still take it (Adobe's note on 7.5.2). */
const OLD_HEADER = /%!PS-Adobe-\d\.\d (PDF-\d\.\d)/;

/** The one that bytes begin with; null: none. */
function oldHeader(pdf: Uint8Array): RegExpExecArray | null {
  const found = OLD_HEADER.exec(Buffer.from(pdf.subarray(0, REACH)).toString('latin1'));
  return found?.index === 0 ? found : null;
}

/** Where the header of a PDF stands among the first bytes of a file; -1: there is none. */
export function pdfHeaderAt(head: Uint8Array): number {
  const first = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, REACH + HEADER.length));
  const at = first.indexOf(HEADER, 0, 'latin1');
  return at < 0 ? first.toString('latin1').search(OLD_HEADER) : at;
}

/** What stands behind the last end mark of a PDF that goes on there: objects of a later version, which has no end. */
const GOES_ON = /\d\s+obj\b|\bendobj\b|\bendstream\b|\bstartxref\b|%PDF-\d/;
/** What stands right before an end mark: where the cross-references are. */
const REFERENCES = /startxref\s+(\d+)\s*$/;
/** Of a PDF for the web (ISO 32000-1, Annex F): how long it is. It has an end mark near its beginning too. */
const LINEARIZED = /\/Linearized\b[^>]{0,400}?\/L\s+(\d+)/;

function endOfLine(bytes: Buffer, at: number): number {
  const after = bytes.toString('latin1', at, at + 2);
  if (after === '\r\n') return at + 2;
  return after.startsWith('\r') || after.startsWith('\n') ? at + 1 : at;
}

/** The last line but one of a PDF that has everything but its end mark, or a part of that. */
const UNENDED = /startxref\s+(\d+)(?=[\s\0]*(?:%{1,2}|%%EO?)?[\s\0]*$)/;

/** Whether cross-references stand there: a table, or an object that holds them. */
const areReferencesAt = (bytes: Buffer, at: number): boolean =>
  /^\s*(xref\b|\d+\s+\d+\s+obj\b)/.test(bytes.toString('latin1', at, at + 40));

/** Of a PDF without an end mark, of which readers need no more than where its references are; null where they are not there. */
function unendedExtent(bytes: Buffer, from: number, length: number): PdfExtent | null {
  const behind = Math.max(from, bytes.length - REACH);
  const found = UNENDED.exec(bytes.toString('latin1', behind));
  if (found === null || from + length > bytes.length + END_MARK.length + 4) return null;
  const at = Number(found[1]);
  // Counted from the header, or from the beginning of the file.
  if (!areReferencesAt(bytes, from + at) && !areReferencesAt(bytes, at)) return null;
  return { from, to: behind + found.index + found[0].length, isEnded: false };
}

/**
 * Null: there is no PDF in these bytes, or a part of it is missing. An end mark that is farther from the file's end than readers look counts
 * only if cross-references are named before it, and nothing of the PDF stands behind it.
 */
export function pdfExtent(file: Uint8Array): PdfExtent | null {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const from = pdfHeaderAt(bytes);
  if (from < 0) return null;
  const mark = bytes.lastIndexOf(END_MARK, undefined, 'latin1');
  const length = Number(LINEARIZED.exec(bytes.toString('latin1', from, from + REACH))?.[1] ?? 0);
  const unended = unendedExtent(bytes, from, length);
  if (unended !== null || mark < from) return unended;
  const extent = { from, to: endOfLine(bytes, mark + END_MARK.length), isEnded: true };
  if (mark >= bytes.length - REACH) return extent;
  if (from + length > bytes.length || referencesAt(bytes, mark) === null) return null;
  return GOES_ON.test(bytes.toString('latin1', extent.to)) ? null : extent;
}

/** The PDF that lies there, with header and end mark as readers want them, each place in it as far from its beginning as before. */
export function pdfOf(file: Uint8Array, { from, to, isEnded }: PdfExtent): Uint8Array {
  const own = file.subarray(from, to);
  const old = oldHeader(own);
  if (isEnded && old === null) return own;
  const whole = Buffer.concat([own, Buffer.from(isEnded ? '' : `\n${END_MARK}\n`)]);
  if (old !== null) whole.write(`%${old[1]}\n%`.padEnd(old[0].length), 'latin1');
  return whole;
}

/** The place of the cross-references that stands before an end mark; null when there is none. */
function referencesAt(bytes: Buffer, mark: number): number | null {
  const found = REFERENCES.exec(bytes.toString('latin1', Math.max(0, mark - 64), mark));
  return found === null ? null : Number(found[1]);
}

/** The header of another PDF, behind an end mark. */
const ANOTHER = /^\s*%PDF-\d/;

/** Whether a file holds several PDFs, one behind the other: readers show one of them, and not all the same one. */
export function holdsSeveralPdfs(file: Uint8Array): boolean {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  for (let at = bytes.indexOf(END_MARK); at >= 0; at = bytes.indexOf(END_MARK, at + 1)) {
    const behind = at + END_MARK.length;
    if (ANOTHER.test(bytes.toString('latin1', behind, behind + 64))) return true;
  }
  return false;
}

/** Whether readers find a file's PDF, its header or its end only by looking for it. */
export function isSurrounded(file: Uint8Array, extent: PdfExtent): boolean {
  const { from, to, isEnded } = extent;
  return from > 0 || !isEnded || file.length - to > REACH || oldHeader(file.subarray(from)) !== null;
}

/** Whether the place of the cross-references that a PDF names is one, counted from its header. */
export function hasRightReferences(pdf: Uint8Array): boolean {
  const bytes = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  const at = referencesAt(bytes, bytes.lastIndexOf(END_MARK, undefined, 'latin1'));
  return at !== null && areReferencesAt(bytes, at);
}
