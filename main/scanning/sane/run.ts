import { spawn } from 'node:child_process';
import type { Ending } from './status.ts';

/** How long a scanner gets to stop after it was asked, before its program is ended. */
const STOP_PATIENCE_MS = 5_000;
/** A lamp may have to warm up and a feeder may be slow; a program that says nothing for longer will not. */
const SILENCE_MS = 180_000;
/**
 * After its last word (an error, or that the batch is over) a program has nothing left to do. It hangs there at times: SANE's own test
 * scanner with a jam does in one of two hundred runs.
 */
const END_PATIENCE_MS = 10_000;
const LAST_WORD = /\bsane_\w+: |^Batch terminated/;
/** More than this of standard error is not kept: a broken backend may complain for ever. */
const MOST_COMPLAINTS = 200;
/** No line of scanimage is longer; a longer one is cut, so that garbage does not fill the memory. */
const LONGEST_LINE = 8_192;

/** How long is waited for a program that does not do as it should, in milliseconds. */
export interface Patience {
  /** After it was asked to stop. Default 5 s. */
  readonly stopPatienceMs?: number;
  /** While it says nothing. Default 3 min. */
  readonly silenceMs?: number;
  /** After its last word. Default 10 s. */
  readonly endPatienceMs?: number;
}

export interface RunOptions extends Patience {
  readonly program: string;
  readonly env: NodeJS.ProcessEnv;
  /** Working directory. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** One line of standard output. */
  readonly onLine: (line: string) => void;
  /** Share of the page that has been read, 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
}

/** Cuts a stream into lines; `\r` ends one too. Pieces may end anywhere. */
function lines(onLine: (line: string) => void): { take(text: string): void; end(): void } {
  let rest = '';
  return {
    take(text) {
      const pieces = (rest + text).split(/[\r\n]/);
      rest = (pieces.pop() ?? '').slice(0, LONGEST_LINE);
      for (const piece of pieces) if (piece !== '') onLine(piece);
    },
    end() {
      if (rest !== '') onLine(rest);
      rest = '';
    },
  };
}

/**
 * Runs scanimage once, without a shell. A stop is SIGINT first: then it tells the device to stop, keeps the pages that are
 * whole and removes the one that is not; SIGTERM would do none of that. A program that hangs is stopped in the same way. Rejects
 * only when the program cannot be started.
 */
export function runScanimage(args: readonly string[], options: RunOptions): Promise<Ending> {
  return new Promise((resolve, reject) => {
    const complaints: string[] = [];
    const child = spawn(options.program, args, {
      cwd: options.folder,
      // Texts in English and numbers with a point, whatever language this PC speaks.
      env: { ...options.env, LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    let patience: NodeJS.Timeout | null = null;
    let silence: NodeJS.Timeout | undefined;
    let hasSaidLastWord = false;
    const stop = (): void => {
      child.kill('SIGINT');
      patience ??= setTimeout(() => {
        child.kill('SIGKILL');
        // A helper that a backend has started may hold the pipes open for longer.
        child.stdout.destroy();
        child.stderr.destroy();
      }, options.stopPatienceMs ?? STOP_PATIENCE_MS);
    };
    const hear = (): void => {
      clearTimeout(silence);
      const { silenceMs = SILENCE_MS, endPatienceMs = END_PATIENCE_MS } = options;
      silence = setTimeout(stop, hasSaidLastWord ? endPatienceMs : silenceMs);
    };
    const out = lines(options.onLine);
    const err = lines((line) => {
      hasSaidLastWord ||= LAST_WORD.test(line);
      const progress = /^Progress: ([\d.]+)%/.exec(line);
      if (progress !== null) options.onProgress?.(Math.min(1, Number(progress[1]) / 100));
      else if (complaints.length < MOST_COMPLAINTS) complaints.push(line);
    });
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out.take(text);
      hear();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err.take(text);
      hear();
    });
    const settle = (): void => {
      options.signal.removeEventListener('abort', stop);
      if (patience !== null) clearTimeout(patience);
      clearTimeout(silence);
    };
    child.on('error', (error) => {
      // A signal that could not be sent comes here too, and the end of the program follows.
      if (child.pid !== undefined) return;
      settle();
      reject(error);
    });
    child.on('close', (code) => {
      settle();
      out.end();
      err.end();
      resolve({ code, complaints });
    });
    options.signal.addEventListener('abort', stop);
    hear();
    if (options.signal.aborted) stop();
  });
}
