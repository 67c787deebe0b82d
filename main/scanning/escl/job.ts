import type { HttpResponse } from '../../network/index.ts';
import type { ScanSource, ScanState } from '../../../shared/domain/index.ts';
import { ScanStopped } from '../port.ts';
import { pause } from '../stopping.ts';
import type { EsclClient } from './client.ts';
import { endingOf, hindrance } from './status.ts';
import type { EsclStatus, NotYet } from './status.ts';

/** How often and how long is waited for a device that says "not yet" (503), in milliseconds. */
export interface Waiting {
  /** Between two tries, where the device names no time. */
  readonly everyMs: number;
  /** Longest time that a device may name. */
  readonly longestMs: number;
  /** Until a device that is busy takes a job. */
  readonly jobMs: number;
  /** Until the next page. */
  readonly pageMs: number;
  /** Until a job that gives no page from an empty feeder, and is said to go on, has ended. Then it counts as ended when pages have come. */
  readonly endMs: number;
  /** Longest rest between two pages. */
  readonly restMs: number;
  /** For the address of a job that was asked for when the stop came, and for telling the device to stop. */
  readonly stopMs: number;
}

export const USUAL_WAITING: Waiting = {
  everyMs: 1_000,
  longestMs: 10_000,
  jobMs: 15_000,
  pageMs: 120_000,
  endMs: 15_000,
  restMs: 1_000,
  stopMs: 2_500,
};

/** A scan job at a device. Methods reject with `ScanStopped`. */
export interface ScanJob {
  /** The bytes of the next page; null when there is none and all went well. */
  next(pageCount: number): Promise<Uint8Array | null>;
  /** Tells the device that nobody asks any more. Never rejects: it also ends a job by itself after some time. */
  end(): Promise<void>;
}

interface JobOptions {
  readonly client: EsclClient;
  readonly source: ScanSource;
  readonly waiting: Waiting;
  readonly signal: AbortSignal;
}

/** `Retry-After` in seconds (RFC 9110, 10.2.3); a date, or nothing, counts as the usual time. */
function pauseOf({ headers }: HttpResponse, { everyMs, longestMs }: Waiting): number {
  const seconds = headers['retry-after'] ?? '';
  return /^\d{1,4}$/.test(seconds) ? Math.min(longestMs, Number(seconds) * 1_000) : everyMs;
}

/** Counts down what is left of a time; a device that says "at once" again and again uses some of it too. */
function countdown(milliseconds: number) {
  let left = milliseconds;
  return {
    async wait(ms: number, signal: AbortSignal): Promise<boolean> {
      if (left <= 0) return false;
      left -= Math.max(ms, 1);
      await pause(ms, signal);
      return true;
    },
  };
}

/** Share of the time that a page took for which the device is left in peace after it: a fast feeder is hardly slowed down. */
const REST = 0.5;

/**
 * The path of a new job. Devices name wrong hosts, names that nobody resolves, or no host at all, so only the path counts,
 * and it is asked at the address that is known.
 */
function jobPathOf(location: string | undefined, jobsPath: string): string {
  if (location === undefined || location === '') throw new ScanStopped('deviceError');
  const known = `http://device.invalid${jobsPath}`;
  if (!URL.canParse(location, known)) throw new ScanStopped('deviceError');
  return new URL(location, known).pathname.replace(/\/+$/, '');
}

function refusalOf(status: number): ScanState {
  if (status === 401 || status === 403) return 'accessDenied';
  if (status === 400 || status === 415) return 'unsupported';
  return 'deviceError';
}

/** Why a job was refused with 409: usually another one is running, but the device may name something else. */
async function conflictOf({ client, source, signal }: JobOptions): Promise<ScanState> {
  return hindrance(await client.status(signal), source) ?? 'busy';
}

/** A device that says "not yet" because of an open cover will say so for ever. */
async function assertNothingInTheWay({ client, source, signal }: JobOptions): Promise<void> {
  const state = hindrance(await client.status(signal), source);
  if (state !== null) throw new ScanStopped(state);
}

/**
 * The answer to a new job. A stop waits for it a moment: a job whose address was never heard could not be stopped at all.
 */
async function askForJob(ticket: string, { client, waiting, signal }: JobOptions): Promise<HttpResponse> {
  const late = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => {
    timer = setTimeout(() => {
      late.abort();
    }, waiting.stopMs);
  };
  signal.addEventListener('abort', stop);
  try {
    return await client.createJob(ticket, late.signal);
  } finally {
    signal.removeEventListener('abort', stop);
    clearTimeout(timer);
  }
}

/** Creates a job; waits for a device that is busy for a moment. */
export async function startJob(ticket: string, options: JobOptions): Promise<ScanJob> {
  const { waiting, signal } = options;
  const left = countdown(waiting.jobMs);
  for (;;) {
    if (signal.aborted) throw new ScanStopped('cancelled');
    const answer = await askForJob(ticket, options);
    if (answer.status === 201) return openJob(jobPathOf(answer.headers['location'], options.client.jobsPath), options);
    if (answer.status === 409) throw new ScanStopped(await conflictOf(options));
    if (answer.status !== 503) throw new ScanStopped(refusalOf(answer.status));
    await assertNothingInTheWay(options);
    if (!(await left.wait(pauseOf(answer, waiting), signal))) throw new ScanStopped('busy');
  }
}

function openJob(path: string, { client, source, waiting, signal }: JobOptions): ScanJob {
  let lastPageMs = 0;

  /** Null: the device has no time to say it, which is no end. */
  async function statusWhenThere(): Promise<EsclStatus | null> {
    try {
      return await client.status(signal);
    } catch (error) {
      if (error instanceof ScanStopped && error.state === 'busy') return null;
      throw error;
    }
  }

  /** Whether a device that broke off does not even say how it is. Not being told in a moment counts as that. */
  async function isGone(): Promise<boolean> {
    try {
      await client.status(AbortSignal.any([signal, AbortSignal.timeout(waiting.stopMs)]));
      return false;
    } catch (error) {
      const state = error instanceof ScanStopped ? error.state : null;
      return !signal.aborted && (state === 'offline' || state === 'cancelled');
    }
  }

  /** The answer to a page. One that breaks off with the device itself is the device's silence: it was switched off, or its cable came out. */
  async function askForPage(): Promise<HttpResponse> {
    try {
      return await client.nextDocument(path, signal);
    } catch (error) {
      const state = error instanceof ScanStopped ? error.state : null;
      const mayBeGone = state === 'incompletePage' || state === 'deviceError';
      throw mayBeGone && (await isGone()) ? new ScanStopped('offline', { cause: error }) : error;
    }
  }

  /** Asks why there was no page; null: the scan ended well. */
  async function why(pageCount: number): Promise<NotYet | null> {
    const status = await statusWhenThere();
    if (status === null) return { kind: 'notYet', isPageDue: false, isThrough: false };
    const ending = endingOf(status, path, source, pageCount);
    if (ending.kind === 'notYet') return ending;
    if (ending.state !== null) throw new ScanStopped(ending.state);
    return null;
  }

  /**
   * Between two pages of a feeder. Asked for the next one at once, Brother's MFC-L2710DW says that there is none and that its
   * feeder is empty, and the rest of the stack would be missing (sane-airscan, issue 39).
   */
  async function rest(): Promise<void> {
    if (source !== 'flatbed') await pause(Math.min(waiting.restMs, lastPageMs * REST), signal);
  }

  return {
    async next(pageCount) {
      if (pageCount > 0) await rest();
      const askedAt = performance.now();
      const forPage = countdown(waiting.pageMs);
      const forEnd = countdown(waiting.endMs);
      for (;;) {
        const answer = await askForPage();
        if (answer.status === 200 && answer.body.byteLength > 0) {
          lastPageMs = performance.now() - askedAt;
          return answer.body;
        }
        if (answer.status === 503) {
          if (!(await forPage.wait(pauseOf(answer, waiting), signal))) {
            await why(pageCount);
            throw new ScanStopped('busy');
          }
        } else {
          // Also a page without a byte, which is how some tell of a jam.
          const answered = await why(pageCount);
          if (answered === null) return null;
          const left = answered.isPageDue ? forPage : forEnd;
          if (await left.wait(waiting.everyMs, signal)) continue;
          // Some let a job go on for minutes after its last page, or until it is deleted.
          if (answered.isThrough) return null;
          throw new ScanStopped('deviceError');
        }
      }
    },
    async end() {
      await client.deleteJob(path, AbortSignal.timeout(waiting.stopMs)).catch(() => undefined);
    },
  };
}
