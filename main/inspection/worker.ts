/**
 * The worker that decodes pages. It runs one job at a time and holds nothing between jobs. A call into PDFium can hang for
 * ever on a hostile file, which is why the pool ends this thread from outside when a job takes too long.
 */
import sharp from 'sharp';
import { parentPort, workerData } from 'node:worker_threads';
import { toJpegFile, toPdfFile } from './convert.ts';
import { inspect } from './inspect.ts';
import { partOut } from './part.ts';
import { pdfAlone } from './pdf-alone.ts';
import { pdfAsJpegFile, showPdfSheet } from './pdf.ts';
import { JPEG_QUALITY, samplesAsPng, showSheet } from './pictures.ts';
import { AllowedFormats, WorkerRequest } from './messages.ts';
import type { WorkerReply } from './messages.ts';

type PreviewRequest = Extract<WorkerRequest, { kind: 'preview' }>;
type ConvertRequest = Extract<WorkerRequest, { kind: 'convert' }>;

const FORMATS = { open: 0, busy: 1, allowed: 2 } as const;
const LONGEST_WAIT_MS = 5_000;

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

function post(reply: WorkerReply): void {
  parentPort?.postMessage(reply, []);
}

function sheetDone(): void {
  post({ kind: 'sheetDone' });
}

/** A picture for people, or null when there is no such sheet or it cannot be shown. */
async function preview(request: PreviewRequest): Promise<Uint8Array | null> {
  const { mediaType, bytes, sheet, rotation, view, maxPixels } = request;
  try {
    const upright =
      mediaType === 'application/pdf'
        ? await showPdfSheet(bytes, sheet, { view, maxPixels })
        : await showSheet(bytes, sheet, { view, maxPixels });
    if (upright === null || rotation === 0) return upright && new Uint8Array(upright);
    // A second pipeline: within one, sharp merges this turn with the one from the file's own orientation.
    return new Uint8Array(await sharp(upright).rotate(rotation).jpeg({ quality: JPEG_QUALITY }).toBuffer());
  } catch {
    return null;
  }
}

async function convert({ mediaType, bytes, to, limit }: ConvertRequest): Promise<Uint8Array | null> {
  try {
    const isPdf = mediaType === 'application/pdf';
    if (to === 'application/pdf') return await (isPdf ? pdfAlone(bytes, sheetDone) : toPdfFile(bytes, sheetDone));
    return await (isPdf ? pdfAsJpegFile(bytes, limit) : toJpegFile(bytes, 1, limit));
  } catch {
    return null;
  }
}

async function keep(bytes: Uint8Array): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await samplesAsPng(bytes));
  } catch {
    return null;
  }
}

async function part(request: Extract<WorkerRequest, { kind: 'part' }>): Promise<Uint8Array | null> {
  try {
    return await partOut(request.mediaType, request.bytes, request.sheet);
  } catch {
    return null;
  }
}

function answer(request: WorkerRequest): Promise<WorkerReply> {
  if (request.kind === 'inspect') {
    const onThumbnail = (thumbnail: Uint8Array): void => {
      post({ kind: 'thumbnail', thumbnail });
    };
    return inspect(request, onThumbnail, sheetDone);
  }
  if (request.kind === 'convert') return convert(request).then((file) => ({ kind: 'converted', file }));
  if (request.kind === 'samplesAsPng') return keep(request.bytes).then((file) => ({ kind: 'converted', file }));
  if (request.kind === 'part') return part(request).then((file) => ({ kind: 'parted', file }));
  return preview(request).then((picture) => ({ kind: 'previewed', picture }));
}

async function reply(request: WorkerRequest): Promise<void> {
  post(await answer(request));
}

parentPort?.on('message', (message: unknown) => {
  void reply(WorkerRequest.parse(message));
});
