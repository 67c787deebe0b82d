import { spawn } from 'node:child_process';
import type { Ending } from './status.ts';

/** How long a scanner gets to stop after it was asked, before its program is ended. */
const STOP_PATIENCE_MS = 5_000;
/** More than this of standard error is not kept: a broken backend may complain for ever. */
const MOST_COMPLAINTS = 200;
/** No line of scanimage is longer; a longer one is cut, so that garbage does not fill the memory. */
const LONGEST_LINE = 8_192;

export interface RunOptions {
  readonly program: string;
  readonly env: NodeJS.ProcessEnv;
  /** Working directory. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly stopPatienceMs?: number;
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
 * whole and removes the one that is not; SIGTERM would do none of that. Rejects only when the program cannot be started.
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
    const stop = (): void => {
      child.kill('SIGINT');
      patience ??= setTimeout(() => {
        child.kill('SIGKILL');
        // A helper that a backend has started may hold the pipes open for longer.
        child.stdout.destroy();
        child.stderr.destroy();
      }, options.stopPatienceMs ?? STOP_PATIENCE_MS);
    };
    const out = lines(options.onLine);
    const err = lines((line) => {
      const progress = /^Progress: ([\d.]+)%/.exec(line);
      if (progress !== null) options.onProgress?.(Math.min(1, Number(progress[1]) / 100));
      else if (complaints.length < MOST_COMPLAINTS) complaints.push(line);
    });
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out.take(text);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err.take(text);
    });
    const settle = (): void => {
      options.signal.removeEventListener('abort', stop);
      if (patience !== null) clearTimeout(patience);
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
    if (options.signal.aborted) stop();
  });
}
