import type { ScanSource, ScanState } from '../../../shared/domain/index.ts';
import { child, children, textOf, textsOf } from './xml.ts';
import type { XmlElement } from './xml.ts';

export interface EsclJob {
  /** The last part of its address. */
  readonly id: string;
  /** `Pending`, `Processing`, `Completed`, `Canceled` or `Aborted` (PWG 5100.17). */
  readonly state: string;
  readonly reasons: readonly string[];
}

export interface EsclStatus {
  /** `Idle`, `Processing`, `Testing`, `Stopped` or `Down`. */
  readonly state: string;
  readonly reasons: readonly string[];
  /** `ScannerAdf…`; null when there is no feeder or the device does not say. */
  readonly feeder: string | null;
  readonly jobs: readonly EsclJob[];
}

/** What feeders say of themselves. The names are those that devices and other clients use; `DoorOpen` is an older one. */
const FEEDER_STATES: Readonly<Record<string, ScanState>> = {
  ScannerAdfEmpty: 'feederEmpty',
  ScannerAdfJam: 'paperJam',
  ScannerAdfMispick: 'paperJam',
  ScannerAdfInputTrayFailed: 'paperJam',
  ScannerAdfInputTrayOverloaded: 'paperJam',
  ScannerAdfMultipickDetected: 'multiFeed',
  ScannerAdfHatchOpen: 'coverOpen',
  ScannerAdfDoorOpen: 'coverOpen',
  ScannerAdfDuplexPageTooShort: 'unsupported',
  ScannerAdfDuplexPageTooLong: 'unsupported',
};

/** Parts of the reasons that devices give for their own state and for a job's (PWG 5100.17, with makers' own). */
const REASONS: readonly (readonly [pattern: RegExp, state: ScanState])[] = [
  [/cover|door|hatch|interlock/i, 'coverOpen'],
  [/jam/i, 'paperJam'],
  [/multi(ple)?(feed|pick)/i, 'multiFeed'],
  [/Cancell?ed/i, 'cancelled'],
  [/InvalidScanTicket|Unsupported|DocumentFormatError/i, 'unsupported'],
];

/** The last part of a job's address, whatever host it names. */
function jobId(address: string): string {
  return address.replace(/\/+$/, '').split('/').at(-1) ?? '';
}

/** Reads `ScannerStatus`. */
export function readStatus(root: XmlElement): EsclStatus {
  return {
    state: textOf(root, 'State') ?? '',
    reasons: textsOf(child(root, 'StateReasons'), 'StateReason'),
    feeder: textOf(root, 'AdfState'),
    jobs: children(child(root, 'Jobs'), 'JobInfo').map((job) => ({
      id: jobId(textOf(job, 'JobUri') ?? ''),
      state: textOf(job, 'JobState') ?? '',
      reasons: textsOf(child(job, 'JobStateReasons'), 'JobStateReason'),
    })),
  };
}

function stateNamed(reasons: readonly string[]): ScanState | null {
  return REASONS.find(([pattern]) => reasons.some((reason) => pattern.test(reason)))?.[1] ?? null;
}

/** What is in the way of any scan from this source; null: nothing that the device says. */
export function hindrance({ feeder, reasons }: EsclStatus, source: ScanSource): ScanState | null {
  const ofFeeder = source === 'flatbed' || feeder === null ? undefined : FEEDER_STATES[feeder];
  return ofFeeder ?? stateNamed(reasons);
}

/** What comes after an answer without a page: the end (null: a good one), or another try. */
export type Ending = { readonly kind: 'ended'; readonly state: ScanState | null } | NotYet;

export interface NotYet {
  readonly kind: 'notYet';
  /** Something lies there that was not scanned yet; else the device may only be slow to say that it is done. */
  readonly isPageDue: boolean;
  /** Pages have come, and the feeder says itself that it is empty: what goes on is only the job's name for it. */
  readonly isThrough: boolean;
}

const ended = (state: ScanState | null): Ending => ({ kind: 'ended', state });

/**
 * Why a device gave no further page. The number of its answer does not say: an empty feeder is 404 with some and 409 with
 * others, a jam is 404, 409, or 200 with nothing in it. Its own state and the job's decide.
 */
export function endingOf(status: EsclStatus, jobAddress: string, source: ScanSource, pageCount: number): Ending {
  const job = status.jobs.find(({ id }) => id === jobId(jobAddress));
  const inTheWay = hindrance(status, source);
  // An empty feeder is how every stack ends.
  if (inTheWay !== null && inTheWay !== 'feederEmpty') return ended(inTheWay);
  const isEmpty = pageCount === 0 && source !== 'flatbed' && status.feeder !== 'ScannerAdfLoaded';
  const state = job?.state ?? '';
  if (state === 'Pending' || state === 'Processing') {
    return {
      kind: 'notYet',
      isPageDue: source === 'flatbed' || status.feeder === 'ScannerAdfLoaded',
      isThrough: pageCount > 0 && inTheWay === 'feederEmpty',
    };
  }
  if (state === 'Canceled') return ended('cancelled');
  if (job !== undefined && state === 'Aborted') {
    return ended(stateNamed(job.reasons) ?? (isEmpty && inTheWay !== null ? 'feederEmpty' : 'deviceError'));
  }
  if (pageCount > 0) return ended(null);
  return ended(isEmpty ? 'feederEmpty' : 'deviceError');
}
