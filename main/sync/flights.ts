import type { Seen } from '../../shared/domain/index.ts';
import type { Clock } from '../../shared/util/clock.ts';
import type { Claim, SizeClass } from '../outbox/index.ts';

/** Small calls in flight at once; uploads have places of their own (`UploadWindow`), so that neither starves. */
const MAX_SMALL = 3;

/** A claimed operation on its way. */
export interface Flight {
  readonly claim: Claim;
  readonly abort: AbortController;
  readonly isProbe: boolean;
  isCommitted: boolean;
  /** The disk did not take the point of no return: nothing arrived, whatever the adapter makes of it. */
  isHeldByDisk: boolean;
  isAttemptCounted: boolean;
  /** Gave up on it: what it still says is ignored. */
  isAbandoned: boolean;
  pageId: string | null;
  sentBytes: number;
  readonly beganAt: number;
  lastProgressAt: number;
  cancelWatch: () => void;
  /** What its last request showed. */
  seen: () => Seen | null;
  /** Settles when everything about it is written (or it was abandoned). */
  finished: Promise<void>;
}

export function newFlight(claim: Claim, isProbe: boolean, clock: Clock): Flight {
  return {
    claim,
    abort: new AbortController(),
    isProbe,
    isCommitted: false,
    isHeldByDisk: false,
    isAttemptCounted: !claim.isUnknown,
    isAbandoned: false,
    pageId: claim.pageId,
    sentBytes: 0,
    beganAt: clock.monotonic(),
    lastProgressAt: clock.monotonic(),
    cancelWatch: () => {},
    seen: () => null,
    finished: Promise.resolve(),
  };
}

/** What is in flight, by operation. */
export class Flights extends Map<string, Flight> {
  isFull(uploadPlaces: number): boolean {
    return this.size >= MAX_SMALL + uploadPlaces;
  }

  get busySubmissionIds(): string[] {
    return [...this.values()].map(({ claim }) => claim.submissionId);
  }

  get busyConnectionIds(): Set<string> {
    return new Set([...this.values()].map(({ claim }) => claim.connectionId));
  }

  get uploads(): Flight[] {
    return [...this.values()].filter(({ claim }) => claim.size === 'upload');
  }

  /** Of which kind another call may begin. Questions about decisions are small calls here. */
  isFree(size: SizeClass, uploadPlaces: number): boolean {
    const uploads = this.uploads.length;
    return size === 'upload' ? uploads < uploadPlaces : this.size - uploads < MAX_SMALL;
  }
}
