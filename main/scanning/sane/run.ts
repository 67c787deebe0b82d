import { runProgram } from '../program.ts';
import type { Patience } from '../program.ts';
import type { Ending } from './status.ts';

/**
 * An error, or that the batch is over. scanimage hangs after it at times: SANE's own test scanner with a jam does in one of two
 * hundred runs.
 */
const LAST_WORD = /\bsane_\w+: |^Batch terminated/;
/** More than this of standard error is not kept: a broken backend may complain for ever. */
const MOST_COMPLAINTS = 200;

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

/**
 * Runs scanimage once. A stop is SIGINT first: then it tells the device to stop, keeps the pages that are whole and removes the one
 * that is not; SIGTERM would do none of that. Rejects only when the program cannot be started.
 */
export async function runScanimage(args: readonly string[], options: RunOptions): Promise<Ending> {
  const complaints: string[] = [];
  const code = await runProgram(args, {
    ...options,
    // Texts in English and numbers with a point, whatever language this PC speaks.
    env: { ...options.env, LC_ALL: 'C' },
    askToStop: (child) => {
      child.kill('SIGINT');
    },
    isLastWord: (line) => LAST_WORD.test(line),
    onComplaint: (line) => {
      const progress = /^Progress: ([\d.]+)%/.exec(line);
      if (progress !== null) options.onProgress?.(Math.min(1, Number(progress[1]) / 100));
      else if (complaints.length < MOST_COMPLAINTS) complaints.push(line);
    },
  });
  return { code, complaints };
}
