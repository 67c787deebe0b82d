import { IDENTITY_DOCUMENTS } from '../domain/index.ts';
import type { DocumentType, Finding, ProviderId } from '../domain/index.ts';
import { finding, placeOf, wantedType } from './place.ts';
import type { SheetMeasures } from './measures.ts';
import type { RulePage, SizedPage } from './types.ts';

const MILLIMETRES_PER_INCH = 25.4;

/** How large a document is: longer side in millimetres, and the shapes (longer to shorter side) in which it lies on glass. */
interface Size {
  readonly millimetres: number;
  readonly shapes: readonly number[];
}

/** ISO/IEC 7810: ID-1, and ID-3 with one page or open; ISO 216: A4, for what has no size of its own. */
const CARD: Size = { millimetres: 85.6, shapes: [1.586] };
const PASSPORT: Size = { millimetres: 125, shapes: [1.42] };
const SHEET: Size = { millimetres: 297, shapes: [] };
/** ID-2 is the older size of identity cards, residence permits and visas. */
const SIZES: Readonly<Partial<Record<DocumentType, Size>>> = {
  passport: PASSPORT,
  id_card: { ...CARD, shapes: [1.586, 1.419] },
  residence_permit: { ...CARD, shapes: [1.586, 1.419] },
  driving_licence: CARD,
  utility_bill: SHEET,
  bank_statement: SHEET,
  company_document: SHEET,
};

/**
 * Where each measure stops being good enough. Found on drawn pages (docs/capture.md has the set and how well it goes); none of
 * it is a provider's figure, so whatever exceeds it only warns.
 */
const LIMITS = {
  /** Share of tiles with anything in them; a line of text has twice as many. */
  blankInk: 0.003,
  /** Millimetres that an edge takes: small print has strokes of 0.2 on cards and 0.3 on sheets. */
  edge: { identity: 0.42, sheet: 0.55 },
  /** Below this an edge is as sharp as its pixels are; then they are too few, not blurred. */
  sharpPixels: 3.4,
  /** Parts of a face's picture, longer side, that an edge takes. */
  selfieEdge: 1 / 90,
  /** Dots per inch of the document itself. */
  dpi: { identity: 150, sheet: 100 },
  glare: 0.003,
  dark: 105,
  saturated: 0.4,
  contrast: 70,
  colour: 9,
  /** How far a shape may lie from a document's own: of one that touches the picture's border, and of what lies in a selfie's place. */
  shape: 0.02,
  /** Of a document's shorter side: what touches with less is a corner, whose shape is that of a photograph taken aslant. */
  contact: 0.3,
  /** A document that lies askew and reaches so deep beyond the border is cut whatever shape is left of it. */
  beyond: 0.04,
} as const;

/** Pixels of the document's longer side: of what lies on a background, else of the whole sheet. */
function longerSide({ document, width, height }: SheetMeasures): number {
  return document?.longer ?? Math.max(width, height);
}

/**
 * Dots per inch of the document, or null when neither its zone nor its size tells. A sheet of a PDF for a bill is taken for A4;
 * of a photograph nobody knows how much of it is paper.
 */
function dpiOf(measures: SheetMeasures, type: DocumentType, isPdf: boolean): number | null {
  if (measures.zoneDpi !== null) return measures.zoneDpi;
  const size = SIZES[type];
  if (size === undefined || (measures.document === null && !(size === SHEET && isPdf))) return null;
  return (longerSide(measures) * MILLIMETRES_PER_INCH) / size.millimetres;
}

/** Whether the picture tells how many dots per inch it has: then that is judged, and not how many pixels there are in all. */
export function tellsResolution(page: RulePage): boolean {
  const isPdf = page.mediaType === 'application/pdf';
  return page.measures.some((measures) => dpiOf(measures, wantedType(page), isPdf) !== null);
}

/** Under this many pixels on the short side small print cannot be read: Satchel's own rule of thumb, so it only warns. */
export const SHORT_SIDE_PIXELS = 600;

/** What a sheet's sides may be multiplied with and still have the dots per inch, or the pixels, that are wanted of it in any slot. */
function leastScaleOfSheet({ zoneDpi, document, width, height }: SheetMeasures): number {
  if (zoneDpi !== null) return LIMITS.dpi.identity / zoneDpi;
  const ofSide = SHORT_SIDE_PIXELS / Math.min(width, height);
  if (document === null) return ofSide;
  // A sheet of A4 wants the most: it is the largest of them by more than the dots per inch differ.
  return Math.max(ofSide, (LIMITS.dpi.sheet * SHEET.millimetres) / MILLIMETRES_PER_INCH / document.longer);
}

/** How small a page's picture may be made: 1, not at all. */
export function leastScaleOf({ measures }: Pick<SizedPage, 'measures'>): number {
  return measures.length === 0 ? 1 : Math.min(1, Math.max(...measures.map(leastScaleOfSheet)));
}

function isBlurred(measures: SheetMeasures, type: DocumentType): boolean {
  const { edgePixels } = measures;
  if (edgePixels === null || edgePixels <= LIMITS.sharpPixels) return false;
  if (type === 'selfie') return edgePixels / longerSide(measures) > LIMITS.selfieEdge;
  const size = SIZES[type] ?? SHEET;
  const limit = size === SHEET ? LIMITS.edge.sheet : LIMITS.edge.identity;
  // A photograph without a border to measure by is taken for one that the document fills.
  const millimetresPerPixel =
    measures.zoneDpi === null ? size.millimetres / longerSide(measures) : MILLIMETRES_PER_INCH / measures.zoneDpi;
  return edgePixels * millimetresPerPixel > limit;
}

function hasShape({ longer, shorter }: { longer: number; shorter: number }, shapes: readonly number[]): boolean {
  return shapes.some((own) => Math.abs(longer / shorter / own - 1) <= LIMITS.shape);
}

/**
 * Whether a sheet is the picture of one flat thing in the shape of a card, a passport or (which has a passport's) a sheet of A4 that lies within
 * it with all its sides. Somebody before a camera is never seen so: they reach the picture's border.
 */
export function isFlatDocument({ document }: SheetMeasures): boolean {
  return document !== null && document.touches === 0 && hasShape(document, [...CARD.shapes, ...PASSPORT.shapes]);
}

/** The longer side of what a sheet shows, in millimetres by the pitch of its zone; null where none was found. */
export function millimetresShown({ zoneDpi, width, height }: SheetMeasures): number | null {
  return zoneDpi === null ? null : (Math.max(width, height) / zoneDpi) * MILLIMETRES_PER_INCH;
}

/**
 * A document that touches the border of the picture and does not have its shape any more runs over it; one that lies askew does wherever it touches with
 * more than a corner.
 */
function isCut({ document }: SheetMeasures, type: DocumentType): boolean {
  const shapes = SIZES[type]?.shapes ?? [];
  if (document === null || document.touches === 0 || shapes.length === 0) return false;
  const { longer, shorter, contact = Infinity, beyond = 0 } = document;
  if (beyond > LIMITS.beyond) return true;
  return contact >= LIMITS.contact && !hasShape({ longer, shorter }, shapes);
}

type Verdict = readonly [rule: string, params?: Finding['params']];

/** What is wrong with one sheet, the gravest first: what is dark is not called faint as well. */
function verdictsOf(measures: SheetMeasures, type: DocumentType, isPdf: boolean): Verdict[] {
  const verdicts: Verdict[] = [];
  const isIdentity = IDENTITY_DOCUMENTS.has(type);
  const dpi = dpiOf(measures, type, isPdf);
  const wanted = isIdentity ? LIMITS.dpi.identity : LIMITS.dpi.sheet;
  if (dpi !== null && dpi < wanted) verdicts.push(['page.lowResolution', { dpi: Math.round(dpi), wanted }]);
  // The white fields of a blurred document fade as reflections do.
  if (isBlurred(measures, type)) verdicts.push(['page.blurred']);
  else if (type !== 'selfie' && measures.glare > LIMITS.glare) verdicts.push(['page.glare']);
  if (measures.bright < LIMITS.dark) verdicts.push(['page.dark']);
  else if (isIdentity && measures.saturated > LIMITS.saturated) verdicts.push(['page.overexposed']);
  else if (measures.contrast < LIMITS.contrast) verdicts.push(['page.faint']);
  if (isCut(measures, type)) verdicts.push(['page.cut']);
  return verdicts;
}

/** The name of a page's file, and of several sheets which one: "scan.pdf (2/3)". */
function nameOf(page: RulePage, sheet: number): string {
  return (page.sheetCount ?? 1) > 1 ? `${page.fileName} (${sheet}/${page.sheetCount})` : page.fileName;
}

export function isBlank({ ink }: SheetMeasures): boolean {
  return ink < LIMITS.blankInk;
}

/** Whether every sheet of a page was measured and has nothing on it. */
export function isBlankPage({ measures, sheetCount }: Pick<RulePage, 'measures' | 'sheetCount'>): boolean {
  return measures.length > 0 && measures.length === sheetCount && measures.every(isBlank);
}

/**
 * What the measures of a page say for the slot in which it lies. Each rule is found once: at the first sheet that it holds for.
 * Blank sheets between others are left alone; a page with nothing at all on it cannot be what a slot wants.
 */
export function qualityFindings(page: RulePage): Finding[] {
  const type = wantedType(page);
  const place = placeOf(page);
  const isPdf = page.mediaType === 'application/pdf';
  if (isBlankPage(page)) {
    return [finding('page.blank', page.slot === null ? 'info' : 'blocking', place, { file: page.fileName })];
  }
  const findings = new Map<string, Finding>();
  for (const measures of page.measures.filter((sheet) => !isBlank(sheet))) {
    for (const [rule, params] of verdictsOf(measures, type, isPdf)) {
      if (findings.has(rule)) continue;
      findings.set(rule, finding(rule, 'warning', place, { file: nameOf(page, measures.sheet), ...params }));
    }
  }
  return [...findings.values()];
}

/** Whether a page for a slot that wants a document or a face in colour has none on any sheet. */
function isBlackAndWhite(page: RulePage): boolean {
  const type = wantedType(page);
  if (!IDENTITY_DOCUMENTS.has(type) && type !== 'selfie') return false;
  // In what is dark or faint colours can hardly be told.
  const sheets = page.measures.filter(({ bright, contrast }) => bright >= LIMITS.dark && contrast >= LIMITS.contrast);
  return sheets.length > 0 && sheets.every((sheet) => !isBlank(sheet) && sheet.colour < LIMITS.colour);
}

/** Pages in black and white where a document is in colour, under the provider's own rule. */
export function colourFindings(
  provider: ProviderId,
  severity: Finding['severity'],
  pages: readonly RulePage[],
): Finding[] {
  return pages
    .filter(isBlackAndWhite)
    .map((page) => finding(`${provider}.page.blackAndWhite`, severity, placeOf(page), { file: page.fileName }));
}
