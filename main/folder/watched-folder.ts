import { lstat, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { FolderTaking, ImportReport, WatchedFolderRules, WatchedFolderView } from '../../shared/domain/index.ts';
import type { Message } from '../../shared/messages/index.ts';
import type { Clock } from '../../shared/util/clock.ts';
import { SatchelFailure } from '../../shared/util/failure.ts';
import { MAX_FILE_BYTES, digestOfFile } from '../capture/index.ts';
import { errorFields } from '../logging/index.ts';
import { NoAnswer, createAnswering } from '../vault/index.ts';
import type { Log } from '../logging/index.ts';
import { isComplete, lookInto, looksOf } from './arrivals.ts';
import type { Arrival, FolderFiles } from './arrivals.ts';
import { putAwayFile } from './put-away.ts';

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
  'import.noAnswer',
]);

/**
 * How long a file that was taken and could not be put away waits for the next attempt, by the number of failures: a viewer or a virus
 * scanner lets go of it soon, a right that is missing is given later. The last one goes on, for the page is safe and nothing is lost.
 */
const PUT_AWAY_WAITS_MS: readonly number[] = [4_000, 10_000, 30_000, 60_000, 120_000, 300_000];

/** More than this is not shown by name. */
const MOST_SHOWN = 200;

/** A complete file, and how many pages of its bytes there must be more than for it to be captured. */
interface Ready {
  readonly arrival: Arrival;
  readonly sha256: string | null;
  readonly everPages: number;
  readonly livePages: number;
}

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
  /** Pages with these bytes that came out of the watched folder: ever, and those that still are a customer's. */
  readonly pagesOf: (sha256: string) => { ever: number; live: number };
  /** What is being taken, kept durably: a crash between capturing and putting away is finished by it, and nothing else is. */
  readonly taking: { get(): FolderTaking; set(taking: FolderTaking): void };
  readonly onChange: (view: WatchedFolderView) => void;
  /** How the folder is looked into; the disk's own way when left out. */
  readonly files?: FolderFiles;
  /** How long a file that is taken may say nothing, in milliseconds; the usual time when left out. */
  readonly answerLimitMs?: number;
}

/**
 * The folder into which a multifunction printer scans. Nothing is taken by itself: whose pages they are, only the person at the
 * desk knows. What was taken is moved (or deleted) after its page is durable, if it still is what was captured; a crash
 * between the two is finished by the next look. A file that lay there before and is put there anew is offered like any other.
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

function asTaking({ arrival: { writtenAt }, sha256, livePages }: Ready): FolderTaking {
  return sha256 === null ? [] : [{ sha256, writtenAt, livePages }];
}

export function createWatchedFolder(options: WatchedFolderOptions): WatchedFolder {
  const { clock, timers, log, files = { readdir, lstat } } = options;
  const answering = createAnswering(options.answerLimitMs);
  let arrivals: ReadonlyMap<string, Arrival> = new Map();
  /** What stays where it is, and why: by the looks, so that a file that is written anew is offered again. */
  const kept = new Map<string, { readonly looks: string; readonly message: Message | null }>();
  /** Files that were taken and lie there still, because they could not be put away. */
  const stuck = new Map<string, { readonly failures: number; readonly nextAt: number }>();
  /** Files that changed while they were taken, so that their page is not all of them. */
  const changedSince = new Set<string>();
  const digests = new Map<string, { readonly looks: string; readonly sha256: string }>();
  const reading = new AbortController();
  let readingCount = 0;
  let isLearning = false;
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
    if (path === null) {
      return { name: null, state: 'off', afterTaking, complete: [], remarks: [], arriving: 0, refused: [] };
    }
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
      remarks: ready.slice(0, MOST_SHOWN).flatMap((arrival) => {
        const code = remarkOn(arrival);
        return code === null ? [] : [{ name: arrival.name, message: { code, params: { file: arrival.name } } }];
      }),
      arriving: [...arrivals.values()].filter((arrival) => !isKept(arrival)).length - ready.length,
      refused: refused.slice(0, MOST_SHOWN),
    };
  }

  function remarkOn(arrival: Arrival): string | null {
    if (changedSince.has(arrival.name)) return 'folder.changed';
    const digest = digests.get(arrival.name);
    if (digest === undefined || digest.looks !== arrival.looks) return null;
    return options.pagesOf(digest.sha256).ever > 0 ? 'folder.takenBefore' : null;
  }

  function forgetNames(isForgotten: (name: string) => boolean): void {
    for (const names of [kept, stuck, changedSince, digests]) {
      for (const name of names.keys()) if (isForgotten(name)) names.delete(name);
    }
  }

  /** The SHA-256 of a file that looks like that; null when it cannot be read, or is no page by its size. */
  async function digestOf(
    folder: string,
    { name, looks, byteLength }: Arrival,
    goesOn: () => void = () => {},
  ): Promise<string | null> {
    const known = digests.get(name);
    if (known !== undefined && known.looks === looks) return known.sha256;
    // Larger files are no pages: the import refuses them, so nobody asks whether they were taken before.
    if (byteLength > MAX_FILE_BYTES) return null;
    readingCount += 1;
    const sha256 = await digestOfFile(join(folder, name), { signal: reading.signal, goesOn });
    readingCount -= 1;
    if (sha256 !== null) digests.set(name, { looks, sha256 });
    return sha256;
  }

  /** Reads what is complete, beside everything else, so that the person is told what was taken before. */
  async function learn(folder: string): Promise<void> {
    if (isLearning) return;
    isLearning = true;
    for (const arrival of complete().slice(0, MOST_SHOWN)) {
      if (isStopped || options.rules().path !== folder) break;
      await digestOf(folder, arrival);
    }
    isLearning = false;
    tell();
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
      if (options.rules().path !== path || isStopped) return;
      await finishTaking(path, found);
      if (options.rules().path !== path) return;
      arrivals = found;
      isReachable = true;
      forgetNames((name) => !found.has(name));
      void learn(path);
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

  /** False: it could not be moved. It is not offered again then, and tried again later. */
  async function putAway(folder: string, arrival: Arrival): Promise<boolean> {
    try {
      await putAwayFile(folder, arrival.name, options.rules().afterTaking);
      stuck.delete(arrival.name);
      return true;
    } catch (error) {
      const failures = (stuck.get(arrival.name)?.failures ?? 0) + 1;
      // Once: it is tried for as long as it lies there.
      if (failures === 1) log.warn('folder.notMoved', errorFields(error));
      const waitMs = PUT_AWAY_WAITS_MS[Math.min(failures, PUT_AWAY_WAITS_MS.length) - 1] ?? 0;
      stuck.set(arrival.name, { failures, nextAt: clock.monotonic() + waitMs });
      kept.set(arrival.name, {
        looks: arrival.looks,
        message: { code: 'folder.notMoved', params: { file: arrival.name } },
      });
      return false;
    }
  }

  const isItsTurn = ({ name }: Arrival): boolean => (stuck.get(name)?.nextAt ?? 0) <= clock.monotonic();

  /**
   * Puts away what an earlier take captured and could not put away, since it was killed or the file was held. What is no
   * customer's page any more, or was never captured, is offered instead.
   */
  async function finishTaking(folder: string, found: Map<string, Arrival>): Promise<void> {
    const left = [...options.taking.get()];
    if (left.length === 0 || isTaking) return;
    const stays: FolderTaking = [];
    for (const taken of left) {
      const arrival = await fileOf(taken, folder, found);
      if (isTaking || isStopped) return;
      if (arrival === null) continue;
      if (arrival === 'unreadable' || !isItsTurn(arrival)) stays.push(taken);
      else if (options.pagesOf(taken.sha256).live <= taken.livePages) kept.delete(arrival.name);
      else if (await putAway(folder, arrival)) found.delete(arrival.name);
      else stays.push(taken);
    }
    if (!isTaking && !isStopped && stays.length < left.length) options.taking.set(stays);
  }

  async function fileOf(
    { sha256, writtenAt }: FolderTaking[number],
    folder: string,
    found: ReadonlyMap<string, Arrival>,
  ): Promise<Arrival | 'unreadable' | null> {
    let isUnreadable = false;
    for (const arrival of found.values()) {
      if (arrival.writtenAt !== writtenAt) continue;
      const digest = await digestOf(folder, arrival);
      if (digest === sha256) return arrival;
      if (digest === null) isUnreadable = true;
    }
    return isUnreadable ? 'unreadable' : null;
  }

  /** What is complete and has not changed since the last look. */
  async function readyToTake(folder: string, goesOn: () => void): Promise<Ready[]> {
    const ready: Ready[] = [];
    for (const arrival of complete()) {
      const sha256 = await digestOf(folder, arrival, goesOn);
      const now = await looksOf(join(folder, arrival.name), files);
      goesOn();
      if (now?.looks !== arrival.looks) continue;
      const before = sha256 === null ? { ever: 0, live: 0 } : options.pagesOf(sha256);
      // Of two files with the same bytes, the second is captured when there are two pages more.
      const same = ready.filter((other) => other.sha256 === sha256).length;
      ready.push({ arrival, sha256, everPages: before.ever + same, livePages: before.live + same });
    }
    return ready;
  }

  /** The page of this file is on the disk. False: the file is still to be put away, as it is when the folder does not answer. */
  async function settleIfItAnswers(folder: string, one: Ready): Promise<boolean> {
    if (!isReachable) return false;
    try {
      return await answering.whileItAnswers(() => settle(folder, one));
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      isAway();
      return false;
    }
  }

  async function settle(folder: string, { arrival, sha256, everPages }: Ready): Promise<boolean> {
    changedSince.delete(arrival.name);
    const now = await looksOf(join(folder, arrival.name), files);
    if (now === null) return true;
    const isAllCaptured = sha256 !== null && options.pagesOf(sha256).ever > everPages;
    if (now.looks === arrival.looks && isAllCaptured) return putAway(folder, arrival);
    changedSince.add(arrival.name);
    return true;
  }

  function keep(arrival: Arrival, report: ImportReport): void {
    const message = report.refused.find(({ fileName }) => fileName === arrival.name)?.message ?? null;
    if (message !== null && PASSING.has(message.code)) return;
    kept.set(arrival.name, { looks: arrival.looks, message });
  }

  /** Throws `SatchelFailure` when the folder does not answer; nothing was taken then, and every file is still there. */
  async function readIfItAnswers(folder: string): Promise<Ready[]> {
    try {
      return await answering.whileItAnswers((goesOn) => readyToTake(folder, goesOn));
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      isAway();
      throw new SatchelFailure({ code: 'storage', message: { code: 'folder.noAnswer' } });
    }
  }

  async function takeAll(folder: string, target: Target): Promise<ImportReport> {
    const ready = await readIfItAnswers(folder);
    if (ready.length === 0) throw new SatchelFailure({ code: 'conflict', message: { code: 'folder.nothing' } });
    const left = [...options.taking.get()];
    options.taking.set([...left, ...ready.flatMap(asTaking)]);
    try {
      const report = await options.importFiles(
        ready.map(({ arrival }) => join(folder, arrival.name)),
        target,
      );
      const imported = new Set(report.imported.map(({ fileName }) => fileName));
      for (const one of ready) {
        if (!imported.has(one.arrival.name)) keep(one.arrival, report);
        else if (!(await settleIfItAnswers(folder, one))) left.push(...asTaking(one));
      }
      return report;
    } finally {
      options.taking.set(left);
    }
  }

  return {
    view,
    async take(target) {
      const { path } = options.rules();
      if (path === null) throw new SatchelFailure({ code: 'conflict', message: { code: 'folder.off' } });
      if (isTaking) throw new SatchelFailure({ code: 'conflict', message: { code: 'folder.busy' } });
      isTaking = true;
      try {
        // It may be finishing an earlier take.
        await underWay.get(path);
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
      forgetNames(() => true);
      isReachable = true;
      tell();
      if (isRunning) lookNow();
    },
    start() {
      isRunning = true;
      lookNow();
    },
    isHung: () => underWay.size > 0 || readingCount > 0 || answering.isHung(),
    stop() {
      isRunning = false;
      isStopped = true;
      reading.abort();
      cancel?.();
      for (const stopWaiting of waiting) stopWaiting();
    },
  };
}
