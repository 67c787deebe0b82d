import { Worker } from 'node:worker_threads';
import { parseLicence } from '../../shared/aamva/index.ts';
import { parseMrz } from '../../shared/mrz/index.ts';
import { WorkerReply } from './messages.ts';
import type { WorkerCodes, WorkerRequest, WorkerZone } from './messages.ts';
import { refusedInspection } from './port.ts';
import type {
  ConversionJob,
  InspectedCodes,
  InspectedZone,
  Inspection,
  InspectionPort,
  LookJob,
  PartJob,
  PreviewJob,
} from './port.ts';

export interface InspectionOptions {
  /** The worker's module: the .ts file in development and tests, the compiled entry in the app. */
  readonly workerUrl?: URL;
  /** Jobs at once, each on a thread of its own. Two keep memory under 700 MB with the largest scans. */
  readonly workers?: number;
  /** A job that takes longer than this for one sheet is given up and its thread ended. */
  readonly jobTimeoutMs?: number;
  /** Milliseconds since 1970: the century of a zone's dates follows from it. */
  readonly now?: () => number;
}

/** All threads of the process share it, whatever pool they belong to (`AllowedFormats`). */
const allowedFormats = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

/**
 * A worker's heap for what lives shortly. Without a limit V8 lets it grow, up to 192 MB, over a few hundred pages, for no gain: a page takes the
 * same processor time with either (docs/performance.md).
 */
const YOUNG_HEAP_MB = 24;

const DEFAULT_WORKERS = 2;
const DEFAULT_JOB_TIMEOUT_MS = 30_000;
/** A job that brought its worker down is tried once more: memory may have been short only then. */
const MAX_ATTEMPTS = 2;

class InspectionClosed extends Error {
  constructor() {
    super('inspection is closed');
    this.name = 'InspectionClosed';
  }
}

/** The last word of a worker on a job. */
type Answer = Exclude<WorkerReply, { kind: 'thumbnail' | 'sheetDone' }>;

interface QueuedJob {
  readonly request: (bytes: Uint8Array) => WorkerRequest;
  readonly read: () => Promise<Uint8Array>;
  readonly givesAway: boolean;
  /** `null`: the worker did not survive it, or took too long. */
  readonly resolve: (reply: Answer | null) => void;
  readonly onThumbnail: LookJob['onThumbnail'];
  readonly reject: (error: unknown) => void;
  attempts: number;
}

function zoneOf(zone: WorkerZone, today: string): InspectedZone {
  const { sheet, corners, dpi } = zone;
  if (zone.kind === 'seen') return { mrz: null, confidence: {}, sheet, corners, dpi };
  return { mrz: parseMrz(zone.lines, today), confidence: zone.confidence, sheet, corners, dpi };
}

function codesOf({ separators, licence }: WorkerCodes): InspectedCodes {
  return { separators, licence: licence === undefined ? null : parseLicence(licence) };
}

/** What can go to a worker as it is: a part of a larger memory, which is somebody else's as well, is copied. */
function memoryOf({ buffer, byteLength }: Uint8Array): ArrayBuffer[] {
  return buffer instanceof ArrayBuffer && byteLength === buffer.byteLength ? [buffer] : [];
}

/** The port's implementation: a few worker threads, two queues (pictures for people first), one kill timer per job, wound up anew with each sheet. */
export function createInspection(options: InspectionOptions = {}): InspectionPort {
  const workerUrl = options.workerUrl ?? new URL('./worker.ts', import.meta.url);
  const maxWorkers = options.workers ?? DEFAULT_WORKERS;
  const jobTimeoutMs = options.jobTimeoutMs ?? DEFAULT_JOB_TIMEOUT_MS;
  const now = options.now ?? Date.now;
  const urgent: QueuedJob[] = [];
  const waiting: QueuedJob[] = [];
  const idle: Worker[] = [];
  const alive = new Set<Worker>();
  const running = new Set<Promise<void>>();
  let isClosed = false;

  function takeWorker(): Worker {
    const used = idle.pop();
    if (used !== undefined) return used;
    const worker = new Worker(workerUrl, {
      name: 'inspection',
      workerData: allowedFormats,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_HEAP_MB },
    });
    // An error that a dying thread still reports must not end the process.
    worker.on('error', () => {});
    // A thread that ended while it had nothing to do must not be given a job: nobody would answer.
    worker.once('exit', () => {
      alive.delete(worker);
      const place = idle.indexOf(worker);
      if (place !== -1) idle.splice(place, 1);
    });
    alive.add(worker);
    return worker;
  }

  /** The reply, or what became of the worker instead. A worker that answered goes back to the idle ones. */
  function ask(
    worker: Worker,
    request: WorkerRequest,
    { onThumbnail, givesAway }: Pick<QueuedJob, 'onThumbnail' | 'givesAway'>,
  ): Promise<Answer | 'crashed' | 'timed_out'> {
    return new Promise((resolve) => {
      const finish = (result: Answer | 'crashed' | 'timed_out'): void => {
        clearTimeout(timer);
        // Only our own: `terminate` listens for the exit as well, and a reply may still come in after it was called.
        worker.off('error', crashed);
        worker.off('exit', crashed);
        worker.off('message', answered);
        if (typeof result === 'string') {
          alive.delete(worker);
          void worker.terminate();
        } else {
          worker.unref();
          if (!isClosed) idle.push(worker);
        }
        resolve(result);
      };
      const crashed = (): void => {
        finish('crashed');
      };
      const answered = (message: unknown): void => {
        const reply = WorkerReply.safeParse(message).data;
        if (reply?.kind === 'thumbnail') onThumbnail?.(reply.thumbnail);
        // Twelve sheets of text take a slow PC longer than any one of them may.
        else if (reply?.kind === 'sheetDone') timer.refresh();
        else finish(reply ?? 'crashed');
      };
      const timer = setTimeout(() => {
        finish('timed_out');
      }, jobTimeoutMs);
      worker.ref();
      worker.once('error', crashed);
      worker.once('exit', crashed);
      worker.on('message', answered);
      worker.postMessage(request, givesAway ? memoryOf(request.bytes) : []);
    });
  }

  async function run(job: QueuedJob): Promise<void> {
    try {
      while (job.attempts < MAX_ATTEMPTS) {
        job.attempts += 1;
        const bytes = await job.read();
        if (isClosed) throw new InspectionClosed();
        const reply = await ask(takeWorker(), job.request(bytes), job);
        if (typeof reply !== 'string') {
          job.resolve(reply);
          return;
        }
        // What hangs once hangs again; only a crash may have been the machine's fault.
        if (reply === 'timed_out' || isClosed) break;
      }
      if (isClosed) job.reject(new InspectionClosed());
      else job.resolve(null);
    } catch (error) {
      job.reject(error);
    }
  }

  function pump(): void {
    while (running.size < maxWorkers) {
      const job = urgent.shift() ?? waiting.shift();
      if (job === undefined) return;
      const done = run(job).finally(() => {
        running.delete(done);
        pump();
      });
      running.add(done);
    }
  }

  function enqueue(
    queue: QueuedJob[],
    job: LookJob,
    request: (bytes: Uint8Array) => WorkerRequest,
  ): Promise<Answer | null> {
    return new Promise((resolve, reject) => {
      if (isClosed) {
        reject(new InspectionClosed());
        return;
      }
      const { read, givesAway = false, onThumbnail } = job;
      queue.push({ request, read, givesAway, onThumbnail, resolve, reject, attempts: 0 });
      pump();
    });
  }

  return {
    async inspect(job: LookJob): Promise<Inspection> {
      const today = new Date(now()).toISOString().slice(0, 10);
      const { mediaType } = job;
      const queue = job.isUrgent === true ? urgent : waiting;
      const reply = await enqueue(queue, job, (bytes) => ({ kind: 'inspect', mediaType, bytes, today }));
      if (reply?.kind === 'inspected') {
        const { widthPixels, heightPixels, sheetCount, thumbnail, facts, measures, look, zone, codes } = reply;
        const moreZones = (reply.moreZones ?? []).map((each) => zoneOf(each, today));
        return {
          widthPixels,
          heightPixels,
          sheetCount,
          thumbnail,
          facts,
          measures,
          look,
          ...(zone === undefined ? {} : { zone: zoneOf(zone, today), moreZones }),
          ...(codes === undefined ? {} : { codes: codesOf(codes) }),
        };
      }
      return refusedInspection('page.unreadable');
    },
    async preview(job: PreviewJob): Promise<Uint8Array | null> {
      const rotation = job.rotation === 90 || job.rotation === 180 || job.rotation === 270 ? job.rotation : 0;
      const reply = await enqueue(urgent, job, (bytes) => ({
        kind: 'preview',
        mediaType: job.mediaType,
        bytes,
        sheet: job.sheet,
        rotation,
        view: job.view,
        maxPixels: job.maxPixels,
      }));
      return reply?.kind === 'previewed' ? reply.picture : null;
    },
    async convert(job: ConversionJob): Promise<Uint8Array | null> {
      const { mediaType, to, limit = null } = job;
      const reply = await enqueue(waiting, job, (bytes) => ({ kind: 'convert', mediaType, bytes, to, limit }));
      return reply?.kind === 'converted' ? reply.file : null;
    },
    async samplesAsPng(read): Promise<Uint8Array | null> {
      const reply = await enqueue(urgent, { mediaType: 'image/tiff', read }, (bytes) => ({
        kind: 'samplesAsPng',
        bytes,
      }));
      return reply?.kind === 'converted' ? reply.file : null;
    },
    async part(job: PartJob): Promise<Uint8Array | null> {
      const { mediaType, sheet } = job;
      const reply = await enqueue(urgent, job, (bytes) => ({ kind: 'part', mediaType, bytes, sheet }));
      return reply?.kind === 'parted' ? reply.file : null;
    },
    async close(): Promise<void> {
      isClosed = true;
      idle.length = 0;
      for (const job of [...urgent.splice(0), ...waiting.splice(0)]) job.reject(new InspectionClosed());
      await Promise.all([...alive].map((worker) => worker.terminate()));
      await Promise.all(running);
      alive.clear();
    },
  };
}
