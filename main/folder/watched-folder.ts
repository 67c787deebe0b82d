import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, mkdir, readdir, rename, unlink } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { DONE_FOLDER } from '../../shared/domain/index.ts';
import type { ImportReport, WatchedFolderRules, WatchedFolderView } from '../../shared/domain/index.ts';
import type { Message } from '../../shared/messages/index.ts';
import type { Clock } from '../../shared/util/clock.ts';
import { SatchelFailure } from '../../shared/util/failure.ts';
import { errorFields } from '../logging/index.ts';
import type { Log } from '../logging/index.ts';
import { isComplete, lookInto } from './arrivals.ts';
import type { Arrival, FolderFiles } from './arrivals.ts';

/** How often the folder is looked into. No system tells of changes on a share, so nothing else is relied on. */
const LOOK_EVERY_MS = 2_000;

/**
 * A look that takes longer is one at a share that does not answer: a mount whose server has gone keeps every call, some for
 * ever. The folder counts as away then; the call cannot be taken back, and its answer is used if it still comes.
 */
const LOOK_LIMIT_MS = 15_000;

/** Refusals that are over by themselves, or that say nothing about the file: it is offered again. */
const PASSING: ReadonlySet<string> = new Set([
  'import.unreadable',
  'import.changedWhileReading',
  'import.diskFull',
  'import.diskError',
  'import.readOnly',
  'import.notTried',
]);

/** More than this is not shown by name. */
const MOST_SHOWN = 200;

interface Target {
  readonly submissionId: string;
  readonly slot: string | null;
}

export interface WatchedFolderOptions {
  readonly clock: Clock;
  readonly timers: { after(delayMs: number, run: () => void): () => void };
  readonly log: Log;
  readonly rules: () => WatchedFolderRules;
  /** Captures files durably, in their order; what it names as imported is on the disk. */
  readonly importFiles: (paths: readonly string[], target: Target) => Promise<ImportReport>;
  /** Whether a page with these bytes came out of the watched folder before. */
  readonly wasTaken: (sha256: string) => boolean;
  readonly onChange: (view: WatchedFolderView) => void;
  /** How the folder is looked into; the disk's own way when left out. */
  readonly files?: FolderFiles;
}

/**
 * The folder into which a multifunction printer scans. Nothing is taken by itself: whose pages they are, only the person at the
 * desk knows. What was taken is moved (or deleted) after its page is durable; a crash between the two is noticed by the
 * bytes, so that no page is captured twice.
 */
export interface WatchedFolder {
  view(): WatchedFolderView;
  /** Takes every complete file into a submission. Rejects with `SatchelFailure` when there is nothing to take. */
  take(target: Target): Promise<ImportReport>;
  /** The rules were changed: begins anew. */
  changed(): void;
  start(): void;
  /** Nothing is looked at or told from here on. A look that is under way only reads, so nobody waits for it. */
  stop(): void;
  /** A look has not ended. Its call holds a thread of this process, and a process waits for its threads when it exits. */
  isHung(): boolean;
}

export function createWatchedFolder(options: WatchedFolderOptions): WatchedFolder {
  const { clock, timers, log, files = { readdir, lstat } } = options;
  let arrivals: ReadonlyMap<string, Arrival> = new Map();
  /** What stays where it is, and why: by the looks, so that a file that is written anew is offered again. */
  const kept = new Map<string, { readonly looks: string; readonly message: Message | null }>();
  let isReachable = true;
  let isRunning = false;
  let isTaking = false;
  let isStopped = false;
  let cancel: (() => void) | null = null;
  /** Looks that have not ended, by folder: each holds a thread of this process, so none begins beside another at the same. */
  const underWay = new Map<string, Promise<void>>();
  /** Ends the waiting for one of them. */
  const waiting = new Set<() => void>();
  let shown = '';

  const isKept = (arrival: Arrival): boolean => kept.get(arrival.name)?.looks === arrival.looks;

  function complete(): Arrival[] {
    const now = clock.monotonic();
    return [...arrivals.values()].filter((arrival) => !isKept(arrival) && isComplete(arrival, now));
  }

  function view(): WatchedFolderView {
    const { path, afterTaking } = options.rules();
    if (path === null) return { name: null, state: 'off', afterTaking, complete: [], arriving: 0, refused: [] };
    const ready = complete();
    const refused = [...arrivals.values()].flatMap((arrival) => {
      const message = isKept(arrival) ? kept.get(arrival.name)?.message : null;
      return message === null || message === undefined ? [] : [{ name: arrival.name, message }];
    });
    return {
      name: basename(path),
      state: isReachable ? 'watching' : 'unreachable',
      afterTaking,
      complete: ready.slice(0, MOST_SHOWN).map(({ name, byteLength }) => ({ name, byteLength })),
      arriving: [...arrivals.values()].filter((arrival) => !isKept(arrival)).length - ready.length,
      refused: refused.slice(0, MOST_SHOWN),
    };
  }

  function tell(): void {
    if (isStopped) return;
    const now = view();
    const text = JSON.stringify(now);
    if (text === shown) return;
    shown = text;
    options.onChange(now);
  }

  /** A share that is away, or a folder that was renamed: it is looked for again, and what was seen is shown no more. */
  function isAway(): void {
    arrivals = new Map();
    isReachable = false;
  }

  async function look(path: string): Promise<void> {
    try {
      const found = await lookInto(path, arrivals, clock.monotonic(), files);
      if (options.rules().path !== path) return;
      arrivals = found;
      isReachable = true;
      for (const name of kept.keys()) if (!found.has(name)) kept.delete(name);
    } catch {
      if (options.rules().path === path) isAway();
    }
  }

  /** Resolves when the look has ended, or when it takes too long. */
  async function lookWithinLimit(path: string): Promise<void> {
    const looking = look(path).finally(() => {
      underWay.delete(path);
      tell();
      lookLater();
    });
    await new Promise<void>((resolve) => {
      const stopTimer = timers.after(LOOK_LIMIT_MS, () => {
        if (options.rules().path === path) isAway();
        tell();
        stopWaiting();
      });
      const stopWaiting = (): void => {
        stopTimer();
        waiting.delete(stopWaiting);
        resolve();
      };
      waiting.add(stopWaiting);
      void looking.finally(stopWaiting);
    });
  }

  function lookOnce(): Promise<void> {
    cancel?.();
    cancel = null;
    const { path } = options.rules();
    if (path === null) {
      arrivals = new Map();
      return Promise.resolve();
    }
    const looking = underWay.get(path) ?? lookWithinLimit(path);
    underWay.set(path, looking);
    return looking;
  }

  function lookLater(): void {
    if (!isRunning || isStopped) return;
    cancel?.();
    cancel = timers.after(LOOK_EVERY_MS, lookNow);
  }

  function lookNow(): void {
    void lookOnce();
  }

  /** Moves a file that was taken out of the way. One that cannot be moved is remembered, so that it is not offered again. */
  async function putAway(folder: string, arrival: Arrival): Promise<void> {
    const path = join(folder, arrival.name);
    try {
      if (options.rules().afterTaking === 'delete') {
        await unlink(path);
        return;
      }
      const done = join(folder, DONE_FOLDER);
      await mkdir(done, { recursive: true });
      await rename(path, await freeName(done, arrival.name));
    } catch (error) {
      log.warn('folder.notMoved', errorFields(error));
      kept.set(arrival.name, {
        looks: arrival.looks,
        message: { code: 'folder.notMoved', params: { file: arrival.name } },
      });
    }
  }

  /** True when the page of this file is in the vault since before a crash, or since a move that failed. */
  async function wasTaken(path: string): Promise<boolean> {
    const hash = createHash('sha256');
    try {
      await pipeline(createReadStream(path), hash);
    } catch {
      // The import says what is wrong with it.
      return false;
    }
    return options.wasTaken(hash.digest('hex'));
  }

  async function takeAll(folder: string, target: Target): Promise<ImportReport> {
    const wanted: Arrival[] = [];
    for (const arrival of complete()) {
      if (await wasTaken(join(folder, arrival.name))) await putAway(folder, arrival);
      else wanted.push(arrival);
    }
    if (wanted.length === 0) throw new SatchelFailure({ code: 'conflict', message: { code: 'folder.nothing' } });
    const report = await options.importFiles(
      wanted.map(({ name }) => join(folder, name)),
      target,
    );
    const imported = new Set(report.imported.map(({ fileName }) => fileName));
    for (const arrival of wanted) {
      if (imported.has(arrival.name)) await putAway(folder, arrival);
      else {
        const message = report.refused.find(({ fileName }) => fileName === arrival.name)?.message ?? null;
        if (message !== null && PASSING.has(message.code)) continue;
        kept.set(arrival.name, { looks: arrival.looks, message });
      }
    }
    return report;
  }

  return {
    view,
    async take(target) {
      const { path } = options.rules();
      if (path === null) throw new SatchelFailure({ code: 'conflict', message: { code: 'folder.off' } });
      if (isTaking) throw new SatchelFailure({ code: 'conflict', message: { code: 'folder.busy' } });
      isTaking = true;
      try {
        return await takeAll(path, target);
      } finally {
        isTaking = false;
        // One that is under way may have seen what has been moved since.
        await underWay.get(path);
        await lookOnce();
        tell();
      }
    },
    changed() {
      arrivals = new Map();
      kept.clear();
      isReachable = true;
      tell();
      if (isRunning) lookNow();
    },
    start() {
      isRunning = true;
      lookNow();
    },
    isHung: () => underWay.size > 0,
    stop() {
      isRunning = false;
      isStopped = true;
      cancel?.();
      for (const stopWaiting of waiting) stopWaiting();
    },
  };
}

/** A path in `folder` that no file has: `scan.pdf`, `scan (2).pdf`, … */
async function freeName(folder: string, name: string): Promise<string> {
  const ending = extname(name);
  const stem = ending === '' ? name : name.slice(0, -ending.length);
  for (let count = 1; ; count += 1) {
    const path = join(folder, count === 1 ? name : `${stem} (${count})${ending}`);
    const isTaken = await lstat(path).then(
      () => true,
      () => false,
    );
    if (!isTaken) return path;
  }
}
