import type { ScanState } from '../../../shared/domain/index.ts';

/** The texts of `sane_strstatus` (sane-backends, backend/sane_strstatus.c); scanimage prints them untranslated. */
const STATUS_TEXTS: readonly (readonly [text: string, state: ScanState])[] = [
  ['Document feeder jammed', 'paperJam'],
  ['Document feeder out of documents', 'feederEmpty'],
  ['Scanner cover is open', 'coverOpen'],
  ['Device busy', 'busy'],
  ['Access to resource has been denied', 'accessDenied'],
  ['Operation was cancel', 'cancelled'],
  ['Operation not supported', 'unsupported'],
  ['Invalid argument', 'unsupported'],
  ['Error during device I/O', 'deviceError'],
  ['Out of memory', 'deviceError'],
  ['End of file reached', 'deviceError'],
];

/** `SANE_Status` (sane.h), which is scanimage's exit code when the device ended the scan. */
const EXIT_CODES: Readonly<Record<number, ScanState>> = {
  1: 'unsupported',
  2: 'cancelled',
  3: 'busy',
  4: 'unsupported',
  6: 'paperJam',
  7: 'feederEmpty',
  8: 'coverOpen',
  11: 'accessDenied',
};

function stateNamed(text: string): ScanState | null {
  return STATUS_TEXTS.find(([known]) => text.startsWith(known))?.[1] ?? null;
}

/** How a run of scanimage ended. */
export interface Ending {
  /** Null when a signal ended it. */
  readonly code: number | null;
  /** Standard error, without what it says of its progress. */
  readonly complaints: readonly string[];
}

/**
 * Why a run ended early; null: it did what it was asked. The text goes before the code: 1 is also scanimage's own code
 * for wrong arguments and a device that does not open, and a batch whose feeder is empty ends with 0.
 */
export function stateOf({ code, complaints }: Ending, pageCount: number): ScanState | null {
  const find = (pattern: RegExp): RegExpExecArray | null =>
    complaints.map((line) => pattern.exec(line)).findLast((found) => found !== null) ?? null;
  const opened = find(/open of device .* failed: (.*)$/);
  if (opened !== null) {
    // "Invalid argument" and an I/O error are what backends say of a device that is switched off or unplugged.
    const state = stateNamed(opened[1] ?? '');
    return state === 'busy' || state === 'accessDenied' ? state : 'offline';
  }
  if (find(/no SANE devices found/i) !== null) return 'offline';
  const said = find(/(sane_\w+): (.*)$/);
  const state = stateNamed(said?.[2] ?? '');
  if (state === 'feederEmpty' && pageCount > 0) {
    // Before a page it is how a feeder says that it is through; within one, a page has come in part.
    return said?.[1] === 'sane_start' ? null : 'incompletePage';
  }
  if (state !== null) return state;
  // One that had to be ended after its batch was over has done what it was asked.
  const isOver = code === 0 || (code === null && find(/^Batch terminated/) !== null);
  if (isOver) return pageCount > 0 ? null : 'deviceError';
  return EXIT_CODES[code ?? -1] ?? 'deviceError';
}
