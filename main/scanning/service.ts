import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { fitProfile, profileFor, sizeFor } from '../../shared/domain/index.ts';
import type {
  ImportReport,
  ScanChoice,
  ScanProgress,
  ScanReport,
  ScanSubject,
  ScannerList,
  ScanState,
  SourceCapabilities,
} from '../../shared/domain/index.ts';
import type { ScanOrder } from '../../shared/ipc/index.ts';
import { SatchelFailure, isDiskFull } from '../../shared/util/failure.ts';
import type { Clock } from '../../shared/util/clock.ts';
import { localStamp } from '../../shared/util/local-stamp.ts';
import { errorFields } from '../logging/index.ts';
import type { Log } from '../logging/index.ts';
import { checkPage } from './page-check.ts';
import { ScanStopped } from './port.ts';
import type { ScannedPage, ScannerDriver, ScanSettings } from './port.ts';
import { pause, unlessStopped } from './stopping.ts';
import { createScanFolders } from './temporary.ts';

/** How often an empty feeder is looked at while it is waited for paper. */
const PAPER_EVERY_MS = 1_500;
/** Least time between two messages about the same page. */
const PROGRESS_EVERY_MS = 100;
/** A page in clear needs room beside the vault for a moment: this much holds an A4 page at 600 dpi. */
const LEAST_FREE_BYTES = 64 * 1024 * 1024;

/** Where scanned pages go. Only the first one goes into `slot`, or takes the place of `replacesPageId`. */
export type ScanTarget = Pick<ScanOrder, 'submissionId' | 'slot' | 'replacesPageId'>;

export interface ScanningOptions {
  /** In the order in which their devices are shown. */
  readonly drivers: readonly ScannerDriver[];
  /** Folder of this room's own, for pages on their way; made when it is needed. */
  readonly directory: string;
  /** Room that pages may take; what is kept free for other things is taken off. */
  readonly freeBytes: () => number;
  /** What this PC remembers about scanning. */
  readonly choice: { get(): ScanChoice; set(choice: ScanChoice): void };
  /** Throws `SatchelFailure` when the customer takes no page. */
  readonly assertTarget: (target: ScanTarget) => void;
  /** Whose document the first page will most likely show. */
  readonly subjectOf: (target: ScanTarget) => ScanSubject | null;
  /**
   * Takes one page in; it is in `imported` only when it is durable, and refused when it does not decode to its end. `scanId`: the same
   * for every page of one scan.
   */
  readonly takeIn: (
    page: Pick<ScannedPage, 'path' | 'mediaType' | 'png'> & { readonly name: string },
    target: ScanTarget,
    scanId: string,
  ) => Promise<ImportReport>;
  readonly progress: (progress: ScanProgress | null) => void;
  readonly clock: Clock;
  readonly log: Log;
  /** Default 1.5 s. */
  readonly paperEveryMs?: number;
}

export type Scanning = ReturnType<typeof createScanning>;

/** `sane:test:0`: the driver and its own name of the device. */
function splitId(deviceId: string): { driverId: string; name: string } {
  const at = deviceId.indexOf(':');
  return { driverId: deviceId.slice(0, at), name: deviceId.slice(at + 1) };
}

function failureOf(state: ScanState, page: number): SatchelFailure {
  return new SatchelFailure({ code: 'conflict', message: { code: `scan.${state}`, params: { page } } });
}

/** Why a scan ended early, at which page. `megabytes`: how much room is missing on a full disk, where that is known. */
function endOf(state: ScanState, page: number, megabytes?: string | number): ScanReport['stopped'] {
  if (megabytes === undefined) return { state, message: { code: `scan.${state}`, params: { page } } };
  return { state, message: { code: 'scan.diskFullNeeds', params: { page, megabytes } } };
}

/** What a page's refusal says that a scan says in words of its own: those of a refusal are about files that are imported again. */
const REFUSALS: Readonly<Record<string, ScanState>> = {
  'import.truncated': 'incompletePage',
  'import.diskFull': 'diskFull',
  'import.readOnly': 'readOnly',
  'import.diskError': 'diskError',
  'capture.isReleased': 'customerReleased',
  'capture.isVoided': 'customerVoided',
};

/** Of what is kept of each: of a device's samples it is a PNG. */
const KEPT_EXTENSIONS: Readonly<Record<ScannedPage['mediaType'], string>> = {
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/tiff': '.png',
};

/** A name that says when the page was scanned, and nothing about anybody. */
function pageName(startedAt: number, page: number, { mediaType }: ScannedPage): string {
  return `scan-${localStamp(startedAt)}-${page}${KEPT_EXTENSIONS[mediaType]}`;
}

/**
 * Scanners and the one scan that may run: from "which devices are there" to pages that are safe in the vault. The customer
 * is fixed when a scan begins, so that no page goes to whoever is in front when it comes out of the feeder.
 */
export function createScanning(options: ScanningOptions) {
  const { drivers, clock, log } = options;
  const folders = createScanFolders(options.directory);
  let listing: Promise<ScannerList> | null = null;
  let running: { readonly stop: AbortController; readonly done: Promise<unknown> } | null = null;
  let present: ScanProgress | null = null;
  let isClosed = false;

  function tell(progress: ScanProgress | null): void {
    present = progress;
    options.progress(progress);
  }

  async function look(): Promise<ScannerList> {
    const available = drivers.filter((driver) => driver.isAvailable());
    const lists = await Promise.all(
      available.map(async (driver) => {
        try {
          const devices = await driver.list();
          return devices.map(({ name, vendor, model, via }) => ({
            id: `${driver.id}:${name}`,
            name: `${vendor} ${model}`.trim(),
            via,
          }));
        } catch (error) {
          log.warn('scanning.notListed', { driver: driver.id, ...errorFields(error) });
          return [];
        }
      }),
    );
    const devices = lists.flat();
    if (devices.length > 0) return { devices, reason: null };
    const isSomethingMissing = available.length < drivers.length;
    const missing = process.platform === 'linux' ? 'scanner.noSane' : 'scanner.noCable';
    return { devices, reason: { code: isSomethingMissing ? missing : 'scanner.none' } };
  }

  /** Looked for once and then remembered: asking takes seconds on a PC with many backends. */
  function list({ isFresh }: { isFresh: boolean }): Promise<ScannerList> {
    if (isFresh && running === null) listing = null;
    listing ??= look();
    return listing;
  }

  /** A device that was listed, and its driver. The window names it, so it is not believed before. */
  async function find(deviceId: string): Promise<{ driver: ScannerDriver; name: string }> {
    const { devices } = await list({ isFresh: false });
    const { driverId, name } = splitId(deviceId);
    const driver = drivers.find(({ id }) => id === driverId);
    if (driver === undefined || !devices.some(({ id }) => id === deviceId)) throw failureOf('offline', 1);
    return { driver, name };
  }

  async function capabilities(deviceId: string): Promise<SourceCapabilities[]> {
    const { driver, name } = await find(deviceId);
    try {
      return await driver.capabilities(name);
    } catch (error) {
      if (error instanceof ScanStopped) throw failureOf(error.state, 1);
      throw error;
    }
  }

  interface Run {
    readonly driver: ScannerDriver;
    readonly name: string;
    readonly settings: ScanSettings;
    readonly hasResolution: boolean;
    readonly waitsForPaper: boolean;
    readonly order: ScanOrder;
    readonly signal: AbortSignal;
  }

  async function perform(run: Run): Promise<ScanReport> {
    const { order, settings, signal } = run;
    const startedAt = clock.now();
    const scanId = randomUUID();
    const report: ScanReport = { imported: [], refused: [], stopped: null };
    const base = { submissionId: order.submissionId, fraction: null };
    let taken = 0;
    let saidAt = -Infinity;
    let missingMegabytes: string | number | undefined;

    const onProgress = (page: number, fraction: number | null): void => {
      const isNews = present?.page !== page || present.phase !== 'scanning';
      if (!isNews && clock.monotonic() - saidAt < PROGRESS_EVERY_MS) return;
      saidAt = clock.monotonic();
      tell({ ...base, phase: 'scanning', page, fraction, taken });
    };

    const onPage = async (page: ScannedPage): Promise<void> => {
      await checkPage(page, run.hasResolution ? settings.dpi : null);
      const isFirst = taken === 0;
      const target: ScanTarget = isFirst ? order : { ...order, slot: null, replacesPageId: null };
      const name = pageName(startedAt, taken + 1, page);
      const part = await options.takeIn({ ...page, name }, target, scanId);
      report.imported.push(...part.imported);
      const [refusal] = part.refused;
      if (refusal !== undefined) {
        const state = REFUSALS[refusal.message.code] ?? 'notStored';
        if (state === 'notStored') report.refused.push(refusal);
        if (state === 'diskFull') missingMegabytes = refusal.message.params?.['megabytes'];
        throw new ScanStopped(state);
      }
      taken += 1;
      await rm(page.path, { force: true });
      if (present !== null) tell({ ...present, taken });
    };

    async function once(): Promise<void> {
      const folder = await folders.make();
      try {
        await run.driver.scan(run.name, settings, folder, { signal, onProgress, onPage });
      } finally {
        await folders.remove(folder);
      }
    }

    /** Until the feeder has had paper, or without waiting: once. */
    async function scan(): Promise<void> {
      for (;;) {
        try {
          await once();
          return;
        } catch (error) {
          const isEmpty = error instanceof ScanStopped && error.state === 'feederEmpty' && taken === 0;
          if (!isEmpty || !run.waitsForPaper) throw error;
        }
        tell({ ...base, phase: 'waitingForPaper', page: 1, taken });
        await pause(options.paperEveryMs ?? PAPER_EVERY_MS, signal);
      }
    }

    try {
      if (options.freeBytes() < LEAST_FREE_BYTES) throw new ScanStopped('diskFull');
      await scan();
    } catch (error) {
      report.stopped = endOf(stateOf(error), taken + 1, missingMegabytes);
    }
    return report;
  }

  function stateOf(error: unknown): ScanState {
    if (error instanceof ScanStopped) {
      // A scanner's program does not know a full disk: its page ends too early, or it crashes.
      const mayBeFull = error.state === 'incompletePage' || error.state === 'deviceError';
      const isFull = mayBeFull && options.freeBytes() < LEAST_FREE_BYTES;
      if (error.state !== 'cancelled') log.warn('scanning.stopped', { state: error.state });
      return isFull ? 'diskFull' : error.state;
    }
    log.error('scanning.failed', errorFields(error));
    return isDiskFull(error) ? 'diskFull' : 'deviceError';
  }

  async function prepare(order: ScanOrder, signal: AbortSignal): Promise<Run> {
    options.assertTarget(order);
    const { driver, name } = await unlessStopped(find(order.deviceId), signal);
    const sources = await unlessStopped(capabilities(order.deviceId), signal);
    const source = sources.find((candidate) => candidate.source === order.source);
    if (source === undefined) throw failureOf('unsupported', 1);
    const subject = options.subjectOf(order);
    const wanted = profileFor(options.choice.get(), order.source, subject);
    const { waitsForPaper, size, ...profile } = fitProfile(wanted, source);
    return {
      driver,
      name,
      settings: { source: order.source, size: sizeFor(size, subject, source), ...profile },
      hasResolution: source.resolutions !== null,
      waitsForPaper,
      order,
      signal,
    };
  }

  /** The one scan. That it is under way is told before anything is asked, since it can be stopped from then on. */
  async function begin(order: ScanOrder, signal: AbortSignal): Promise<ScanReport> {
    tell({ submissionId: order.submissionId, phase: 'starting', page: 1, fraction: null, taken: 0 });
    try {
      return await perform(await prepare(order, signal));
    } catch (error) {
      if (!(error instanceof ScanStopped)) throw error;
      return { imported: [], refused: [], stopped: endOf(error.state, 1) };
    } finally {
      tell(null);
    }
  }

  return {
    list,
    /** What each source of a listed device can do. Throws `SatchelFailure` with the sentence of what the device says. */
    capabilities,
    choice: options.choice,
    /** What is known about scanners has changed: the next question looks again. */
    forgetList(): void {
      listing = null;
    },
    progress: (): ScanProgress | null => present,
    /**
     * Scans into one customer. Resolves when it is over, however it ended: what is in `imported` is safe. Throws
     * `SatchelFailure` when it could not begin.
     */
    async scan(order: ScanOrder): Promise<ScanReport> {
      if (isClosed || running !== null) {
        throw new SatchelFailure({ code: 'conflict', message: { code: 'scan.running' } });
      }
      const stop = new AbortController();
      const done = begin(order, stop.signal);
      running = { stop, done };
      try {
        return await done;
      } finally {
        running = null;
      }
    },
    /** The device is told to stop; pages that were whole stay. Nothing happens when nothing runs. */
    cancel(): void {
      running?.stop.abort();
    },
    /** Once at start: pages in clear that a run which was killed has left. They were never acknowledged. */
    async sweep(): Promise<void> {
      const folderCount = await folders.sweep();
      if (folderCount > 0) log.info('scanning.swept', { folders: folderCount });
    },
    async close(): Promise<void> {
      isClosed = true;
      running?.stop.abort();
      await running?.done.catch(() => undefined);
    },
  };
}
