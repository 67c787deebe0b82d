import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

/** How long a scanner gets to stop after it was asked, before its program is ended. */
const STOP_PATIENCE_MS = 5_000;
/** A lamp may have to warm up and a feeder may be slow; a program that says nothing for longer will not. */
const SILENCE_MS = 180_000;
/** A program that has said its last word has nothing left to do. */
const END_PATIENCE_MS = 10_000;
/** No line is longer; a longer one is cut, so that garbage does not fill the memory. */
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

export interface ProgramOptions extends Patience {
  readonly program: string;
  readonly env: NodeJS.ProcessEnv;
  /** Working directory. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Asks the program to stop; what is still there after a time is ended. */
  readonly askToStop: (child: ChildProcess) => void;
  /** One line of standard output. */
  readonly onLine: (line: string) => void;
  /** One line of standard error. */
  readonly onComplaint: (line: string) => void;
  /** Whether nothing but its end can follow this line of either. */
  readonly isLastWord: (line: string) => boolean;
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
 * Runs a scanner's program once, without a shell, and answers its exit code (null: a signal ended it). One that hangs is stopped
 * as if a person had asked for it. Rejects only when it cannot be started.
 */
export function runProgram(args: readonly string[], options: ProgramOptions): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(options.program, args, {
      cwd: options.folder,
      env: options.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    let patience: NodeJS.Timeout | null = null;
    let silence: NodeJS.Timeout | undefined;
    let hasSaidLastWord = false;
    const stop = (): void => {
      options.askToStop(child);
      patience ??= setTimeout(() => {
        child.kill('SIGKILL');
        // A helper that it has started may hold the pipes open for longer.
        child.stdout.destroy();
        child.stderr.destroy();
      }, options.stopPatienceMs ?? STOP_PATIENCE_MS);
    };
    const hear = (): void => {
      clearTimeout(silence);
      const { silenceMs = SILENCE_MS, endPatienceMs = END_PATIENCE_MS } = options;
      silence = setTimeout(stop, hasSaidLastWord ? endPatienceMs : silenceMs);
    };
    const reader = (onLine: (line: string) => void) =>
      lines((line) => {
        hasSaidLastWord ||= options.isLastWord(line);
        onLine(line);
      });
    const out = reader(options.onLine);
    const err = reader(options.onComplaint);
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
      resolve(code);
    });
    options.signal.addEventListener('abort', stop);
    hear();
    if (options.signal.aborted) stop();
  });
}
