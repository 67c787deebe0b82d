/**
 * The worker that decodes pages. It runs one job at a time and holds nothing between jobs. A call into PDFium can hang for
 * ever on a hostile file, which is why the pool ends this thread from outside when a job takes too long.
 */
import { PDFiumLibrary } from '@hyzyla/pdfium';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { parentPort, workerData } from 'node:worker_threads';
import type { MediaType, RenditionType } from '../../shared/domain/index.ts';
import { toJpegFile, toPdfFile } from './convert.ts';
import { MAX_SHEETS, openPicture } from './pictures.ts';
import { THUMBNAIL_PIXELS } from './port.ts';
import { AllowedFormats, WorkerRequest } from './messages.ts';
import type { WorkerReply, WorkerZone } from './messages.ts';
import { readCodes } from './codes/index.ts';
import type { PageCodes } from './codes/index.ts';
import { decodeGrey, readPage, readWeights } from './mrz/index.ts';
import type { Weights } from './mrz/index.ts';

const JPEG_QUALITY = 80;
const FORMATS = { open: 0, busy: 1, allowed: 2 } as const;
const LONGEST_WAIT_MS = 5_000;
/** A PDF sheet may be 200 inches wide, so the scale follows from the picture wanted; a sheet without size counts as one point. */
const MIN_SHEET_POINTS = 1;

sharp.cache(false);
sharp.concurrency(1);
allowFormats(AllowedFormats.parse(workerData));

/**
 * Nothing but JPEG, PNG, TIFF and WebP is read. libvips keeps that for the process and not for a thread, and for a moment nothing may be
 * read at all: a second thread that did it while the first one decodes would have that one call a sound picture damaged.
 */
function allowFormats(state: Int32Array<SharedArrayBuffer>): void {
  if (Atomics.compareExchange(state, 0, FORMATS.open, FORMATS.busy) !== FORMATS.open) {
    // A thread that was ended in the middle of it leaves it busy for ever, and decodes nothing: then it is done again.
    if (Atomics.wait(state, 0, FORMATS.busy, LONGEST_WAIT_MS) !== 'timed-out') return;
  }
  sharp.block({ operation: ['VipsForeignLoad'] });
  const allowed = ['Jpeg', 'Png', 'Tiff', 'Webp'].map((format) => `VipsForeignLoad${format}Buffer`);
  sharp.unblock({ operation: allowed });
  Atomics.store(state, 0, FORMATS.allowed);
  Atomics.notify(state, 0);
}

type Fact = Extract<WorkerReply, { kind: 'inspected' }>['facts'][number];
type Inspected = Extract<WorkerReply, { kind: 'inspected' }>;

function refused(rule: string): Inspected {
  const fact: Fact = { rule, severity: 'blocking', params: {} };
  return { kind: 'inspected', widthPixels: null, heightPixels: null, sheetCount: null, thumbnail: null, facts: [fact] };
}

/** The same place from main/inspection/worker.ts and from dist/main/inspection-worker.js. */
const READER_FILE = new URL('../../assets/mrz/reader.json', import.meta.url);
/** Read at the first picture; a thread that only shows PDF files does without. */
let weights: Weights | undefined;

/** Reading a zone is an extra: whatever goes wrong with it, the page itself is as good as it was found. */
async function findZone(bytes: Uint8Array, today: string): Promise<{ zone?: WorkerZone }> {
  try {
    weights ??= readWeights(READER_FILE);
    const zone = await readPage(bytes, weights, today);
    if (zone === null) return {};
    const corners: WorkerZone['corners'] = [...zone.corners];
    if (zone.kind === 'seen') return { zone: { kind: 'seen', corners, dpi: zone.dpi } };
    const { mrz, confidence, dpi } = zone;
    return { zone: { kind: 'read', lines: [...mrz.lines], confidence, corners, dpi } };
  } catch {
    return {};
  }
}

/** As with a zone. */
async function findCodes(bytes: Uint8Array): Promise<{ codes?: PageCodes }> {
  try {
    return { codes: await readCodes(await decodeGrey(bytes, null)) };
  } catch {
    return {};
  }
}

function toJpeg(picture: Sharp, maxPixels: number): Promise<Buffer> {
  return picture
    .resize(maxPixels, maxPixels, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: JPEG_QUALITY })
    .toBuffer();
}

async function inspectImage(bytes: Uint8Array, today: string): Promise<Inspected> {
  let width: number | null = null;
  let height: number | null = null;
  try {
    const metadata = await openPicture(bytes).metadata();
    width = metadata.autoOrient.width;
    height = metadata.autoOrient.height;
    const sheetCount = metadata.pages ?? 1;
    if (sheetCount > MAX_SHEETS) return refused('page.tooManySheets');
    // A file whose header reads well can still be cut off: only a full decode tells.
    const thumbnail = await toJpeg(openPicture(bytes), THUMBNAIL_PIXELS);
    return {
      kind: 'inspected',
      widthPixels: width,
      heightPixels: height,
      sheetCount,
      thumbnail: new Uint8Array(thumbnail),
      facts: [],
      ...(await findZone(bytes, today)),
      ...(await findCodes(bytes)),
    };
  } catch (error) {
    const isTooLarge = error instanceof Error && /pixel limit/i.test(error.message);
    return { ...refused(isTooLarge ? 'page.tooManyPixels' : 'page.damaged'), widthPixels: width, heightPixels: height };
  }
}

/** Started at the first PDF: most branches import pictures only. */
let library: ReturnType<typeof PDFiumLibrary.init> | undefined;

async function renderSheet(bytes: Uint8Array, sheet: number, maxPixels: number): Promise<[number, Sharp | null]> {
  library ??= PDFiumLibrary.init();
  const pdf = await (await library).loadDocument(bytes);
  try {
    const sheetCount = pdf.getPageCount();
    if (sheet > sheetCount) return [sheetCount, null];
    const page = pdf.getPage(sheet - 1);
    const { originalWidth, originalHeight } = page.getOriginalSize();
    const scale = maxPixels / Math.max(originalWidth, originalHeight, MIN_SHEET_POINTS);
    const { data, width, height } = await page.render({ scale, render: 'bitmap' });
    return [sheetCount, sharp(data, { raw: { width, height, channels: 4 } })];
  } finally {
    pdf.destroy();
  }
}

async function inspectPdf(bytes: Uint8Array): Promise<Inspected> {
  try {
    const [sheetCount, picture] = await renderSheet(bytes, 1, THUMBNAIL_PIXELS);
    if (picture === null) return refused('pdf.noSheets');
    const thumbnail = new Uint8Array(await toJpeg(picture, THUMBNAIL_PIXELS));
    return { kind: 'inspected', widthPixels: null, heightPixels: null, sheetCount, thumbnail, facts: [] };
  } catch (error) {
    return refused(error instanceof Error && /password/i.test(error.message) ? 'pdf.encrypted' : 'page.damaged');
  }
}

async function preview(
  mediaType: MediaType,
  bytes: Uint8Array,
  view: { sheet: number; rotation: number; maxPixels: number },
): Promise<Uint8Array | null> {
  try {
    let picture: Sharp | null = openPicture(bytes, view.sheet);
    if (mediaType === 'application/pdf') [, picture] = await renderSheet(bytes, view.sheet, view.maxPixels);
    if (picture === null) return null;
    const upright = await toJpeg(picture, view.maxPixels);
    if (view.rotation === 0) return new Uint8Array(upright);
    // A second pipeline: within one, sharp merges this turn with the one from the file's own orientation.
    return new Uint8Array(await sharp(upright).rotate(view.rotation).jpeg({ quality: JPEG_QUALITY }).toBuffer());
  } catch {
    return null;
  }
}

async function convert(bytes: Uint8Array, to: RenditionType): Promise<Uint8Array | null> {
  try {
    return await (to === 'application/pdf' ? toPdfFile(bytes) : toJpegFile(bytes));
  } catch {
    return null;
  }
}

async function answer(request: WorkerRequest): Promise<WorkerReply> {
  if (request.kind === 'preview') {
    return { kind: 'previewed', picture: await preview(request.mediaType, request.bytes, request) };
  }
  if (request.kind === 'convert') {
    return { kind: 'converted', file: await convert(request.bytes, request.to) };
  }
  if (request.mediaType === 'application/pdf') return inspectPdf(request.bytes);
  return inspectImage(request.bytes, request.today);
}

async function reply(request: WorkerRequest): Promise<void> {
  parentPort?.postMessage(await answer(request), []);
}

parentPort?.on('message', (message: unknown) => {
  void reply(WorkerRequest.parse(message));
});
