import type { PageFact, WorkingView } from '../../shared/rules/index.ts';
import { readCodes } from './codes/index.ts';
import type { PageCodes } from './codes/index.ts';
import { findFaces, readDetector } from './face/index.ts';
import type { DetectorWeights } from './face/index.ts';
import type { WorkerCodes, WorkerReply, WorkerRequest, WorkerZone } from './messages.ts';
import { readPage, readNetworks } from './mrz/index.ts';
import type { Point, Weights, ZoneResult } from './mrz/index.ts';
import { measure, smallOf } from './measure/index.ts';
import type { Small, ZoneLie } from './measure/index.ts';
import { openPdf } from './pdf.ts';
import { ForeignTiff, MAX_SHEETS, openImage, toJpeg } from './pictures.ts';
import { DAMAGED_RULE, THUMBNAIL_PIXELS, refusedInspection } from './port.ts';
import { pictureOf } from './sheet.ts';
import type { OpenedFile, Sheet } from './sheet.ts';
import { cutOut } from './view.ts';

type Inspected = Extract<WorkerReply, { kind: 'inspected' }>;
type InspectRequest = Extract<WorkerRequest, { kind: 'inspect' }>;

/** Sheets of one file that are looked at: a document has fewer, and each takes up to a second of the worker's time. */
const SHEETS_LOOKED_AT = 12;

/** The same places from main/inspection/inspect.ts and from dist/main/inspection-worker.js. */
const READER_FILE = new URL('../../assets/mrz/reader.json', import.meta.url);
const DETECTOR_FILE = new URL('../../assets/face/detector.json', import.meta.url);
/** Read at the first sheet. */
let networks: readonly Weights[] | undefined;
let detector: DetectorWeights | undefined;

/** A zone in the pixels of the sheet's file. */
function inFile(zone: ZoneResult, { number, reduction }: Sheet): WorkerZone {
  const [a, b, c, d] = zone.corners;
  const larger = ({ x, y }: Point): Point => ({ x: x * reduction, y: y * reduction });
  const corners: WorkerZone['corners'] = [larger(a), larger(b), larger(c), larger(d)];
  const place = { sheet: number, corners, dpi: zone.dpi * reduction };
  if (zone.kind === 'seen') return { kind: 'seen', ...place };
  return { kind: 'read', lines: [...zone.mrz.lines], confidence: zone.confidence, ...place };
}

/**
 * The zones of a sheet, those that were read first. Reading them is an extra: whatever goes wrong with it, the page itself is as good as it was
 * found.
 */
function findZones(sheet: Sheet, today: string): WorkerZone[] {
  try {
    networks ??= readNetworks(READER_FILE);
    return readPage(sheet.pyramid(), networks, today).map((zone) => inFile(zone, sheet));
  } catch {
    return [];
  }
}

function lieOf(zone: WorkerZone): ZoneLie {
  const [from, to] = zone.corners;
  return { dpi: zone.dpi, direction: zone.kind === 'read' ? Math.atan2(to.y - from.y, to.x - from.x) : null };
}

/** The zones of a file's sheets, those that were read first. */
function readFirst(zones: readonly WorkerZone[]): WorkerZone[] {
  return [...zones.filter(({ kind }) => kind === 'read'), ...zones.filter(({ kind }) => kind === 'seen')];
}

/** As with a zone: an extra. */
async function findCodes(sheet: Sheet): Promise<PageCodes> {
  try {
    return await readCodes(sheet.pyramid());
  } catch {
    return { isSeparator: false };
  }
}

/** As with a zone: an extra. What could not be looked for is not there either way, so it is left out. */
function countFaces(small: Small): { readonly faces?: number } {
  try {
    detector ??= readDetector(DETECTOR_FILE);
    return { faces: findFaces(detector, small).length };
  } catch {
    return {};
  }
}

/** What the codes of a file's sheets say together; the first licence counts. */
function together(known: WorkerCodes | null, { isSeparator, ...licence }: PageCodes): WorkerCodes {
  const separators = isSeparator ? 'all' : 'none';
  if (known === null) return { ...licence, separators };
  return { ...licence, ...known, separators: known.separators === separators ? separators : 'some' };
}

/** The small picture of what a view shows. */
async function thumbnailOf(sheet: Sheet, view: WorkingView): Promise<Uint8Array<ArrayBuffer>> {
  const picture = await cutOut(
    (width) => pictureOf(sheet).resize({ width, withoutEnlargement: true }),
    view,
    THUMBNAIL_PIXELS,
  );
  return new Uint8Array(await toJpeg(picture, THUMBNAIL_PIXELS));
}

/** Everything about a file that opens. Its sheets are decoded one at a time, each once for all that look at it. */
async function lookAt(
  file: OpenedFile,
  today: string,
  onThumbnail: (jpeg: Uint8Array) => void,
  onSheet: () => void,
): Promise<Inspected> {
  const { sheetCount, pixels } = file;
  // A file whose header reads well can still be cut off: only a full decode tells.
  let thumbnail = new Uint8Array(await file.thumbnail());
  onThumbnail(thumbnail);
  const zones: WorkerZone[] = [];
  let codes: WorkerCodes | null = null;
  const measures: Inspected['measures'] = [];
  const isPicture = pixels !== null && sheetCount === 1;
  let look: Uint8Array | null = null;
  for (let number = 1; number <= Math.min(sheetCount, SHEETS_LOOKED_AT); number += 1) {
    if (number > 1) onSheet();
    const sheet = await file.sheet(number);
    const code = await findCodes(sheet);
    codes = together(codes, code);
    const found = findZones(sheet, today);
    zones.push(...found);
    const [first] = found;
    const small = smallOf(sheet);
    const measured = measure(sheet, small, first === undefined ? null : lieOf(first));
    if (measured === null) continue;
    // In any slot: pages move between slots, and are not looked at again then. What was read as a document needs no such look.
    const isDocument = first?.kind === 'read' || code.isSeparator || code.licence !== undefined;
    measures.push({ ...measured.measures, ...(isPicture && !isDocument ? countFaces(small) : {}) });
    if (number !== 1) continue;
    look = measured.look;
    const { view } = measured.measures;
    if (view !== undefined) thumbnail = await thumbnailOf(sheet, view);
  }
  const [zone, ...moreZones] = readFirst(zones);
  return {
    kind: 'inspected',
    widthPixels: pixels?.width ?? null,
    heightPixels: pixels?.height ?? null,
    sheetCount,
    thumbnail,
    facts: [...file.facts],
    measures,
    look,
    ...(zone === undefined ? {} : { zone }),
    ...(codes === null ? {} : { codes }),
    ...(moreZones.length === 0 ? {} : { moreZones }),
  };
}

function refused(rule: string, pixels: OpenedFile['pixels'] = null, params: PageFact['params'] = {}): Inspected {
  return { kind: 'inspected', ...refusedInspection(rule, pixels, params) };
}

function ruleOf(error: unknown): string {
  const text = error instanceof Error ? error.message : '';
  if (/pixel limit/i.test(text)) return 'page.tooManyPixels';
  return /password/i.test(text) ? 'pdf.encrypted' : DAMAGED_RULE;
}

/**
 * Looks at a page's file. Never rejects for what is wrong with it: that is a fact.
 * @param onThumbnail called with what people can be shown, before everything else is looked at
 * @param onSheet called after each sheet that others follow
 */
export async function inspect(
  { mediaType, bytes, today }: InspectRequest,
  onThumbnail: (jpeg: Uint8Array) => void,
  onSheet: () => void = () => {},
): Promise<Inspected> {
  let file: OpenedFile | null = null;
  try {
    file = await (mediaType === 'application/pdf' ? openPdf(bytes) : openImage(bytes));
    if (file.sheetCount === 0) return refused('pdf.noSheets');
    if (file.isAnimated) return refused('page.animated', file.pixels);
    if (file.pixels !== null && file.sheetCount > MAX_SHEETS) return refused('page.tooManySheets');
    return await lookAt(file, today, onThumbnail, onSheet);
  } catch (error) {
    if (error instanceof ForeignTiff) return refused('page.foreignTiff', null, { kind: error.what });
    return refused(ruleOf(error), file?.pixels);
  } finally {
    file?.close();
  }
}
