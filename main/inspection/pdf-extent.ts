/**
 * Where in a file its PDF lies. Web portals of scanners, printers' languages and mail gateways write before it and behind it; readers
 * look for its header in the first 1,024 bytes and for its end mark in the last 1,024 (ISO 32000-1, Annex H, and Adobe's notes on 7.5.2
 * and 7.5.5).
 */

const HEADER = '%PDF';
const END_MARK = '%%EOF';
/** How far from the ends of the file readers look for header and end mark. */
const REACH = 1_024;

export interface PdfExtent {
  /** Of the header's first byte. */
  readonly from: number;
  /** After the end mark, and the end of its line. */
  readonly to: number;
}

/** Where the header of a PDF stands among the first bytes of a file; -1: there is none. */
export function pdfHeaderAt(head: Uint8Array): number {
  return Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, REACH + HEADER.length)).indexOf(
    HEADER,
    0,
    'latin1',
  );
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

/**
 * Null: there is no PDF in these bytes, or its end is missing. An end mark that is farther from the file's end than readers look counts
 * only if cross-references are named before it, and nothing of the PDF stands behind it.
 */
export function pdfExtent(file: Uint8Array): PdfExtent | null {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const from = pdfHeaderAt(bytes);
  const mark = bytes.lastIndexOf(END_MARK, undefined, 'latin1');
  if (from < 0 || mark < from) return null;
  const extent = { from, to: endOfLine(bytes, mark + END_MARK.length) };
  if (mark >= bytes.length - REACH) return extent;
  const length = Number(LINEARIZED.exec(bytes.toString('latin1', from, from + REACH))?.[1] ?? 0);
  if (from + length > bytes.length || referencesAt(bytes, mark) === null) return null;
  return GOES_ON.test(bytes.toString('latin1', extent.to)) ? null : extent;
}

/** The place of the cross-references that stands before an end mark; null when there is none. */
function referencesAt(bytes: Buffer, mark: number): number | null {
  const found = REFERENCES.exec(bytes.toString('latin1', Math.max(0, mark - 64), mark));
  return found === null ? null : Number(found[1]);
}

/** Whether readers find a file's PDF only by looking for it. */
export function isSurrounded(file: Uint8Array, { from, to }: PdfExtent): boolean {
  return from > 0 || file.length - to > REACH;
}

/** Whether the place of the cross-references that a PDF names is one, counted from its header. */
export function hasRightReferences(pdf: Uint8Array): boolean {
  const bytes = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  const at = referencesAt(bytes, bytes.lastIndexOf(END_MARK, undefined, 'latin1'));
  return at !== null && /^\s*(xref\b|\d+\s+\d+\s+obj\b)/.test(bytes.toString('latin1', at, at + 40));
}
