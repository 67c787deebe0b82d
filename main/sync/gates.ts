import type { ReadableDatabase } from '../database/types.ts';
import type { Pacings } from './pacings.ts';
import { pauses } from './pause.ts';

/** One moment by both clocks: UTC epoch milliseconds, and those of the clock that never jumps. Whoever decides reads it once. */
export interface Moment {
  readonly now: number;
  readonly monotonicMs: number;
}

/** Which connections may be used at a moment, by id. All times are UTC epoch milliseconds. */
export interface Gates {
  readonly closed: readonly string[];
  /** Of the open ones: those that only test whether their pause is over. */
  readonly probing: ReadonlySet<string>;
  /** Where a question about a decision goes before what is to be sent. */
  readonly followFirst: readonly string[];
  /** Where no question about a decision may be asked now. */
  readonly followClosed: readonly string[];
  /** When the next one opens. */
  readonly opensAt: number | null;
  /** When the next one opens for questions. */
  readonly followOpensAt: number | null;
}

/** A connection is closed while it is paused, while its pause is being tested, and while its share of the limit is used. */
export function gatesAt(
  args: Moment & {
    readonly db: ReadableDatabase;
    readonly busyConnectionIds: ReadonlySet<string>;
    readonly pacings: Pacings;
  },
): Gates {
  const { now, monotonicMs, busyConnectionIds } = args;
  const closed = new Set<string>();
  const probing = new Set<string>();
  const followFirst: string[] = [];
  const followClosed: string[] = [];
  const openings: number[] = [];
  const followOpenings: number[] = [];
  const stored = pauses(args.db);
  for (const [connectionId, { untilMs }] of stored) {
    if (untilMs !== null && untilMs <= now && !busyConnectionIds.has(connectionId)) {
      probing.add(connectionId);
      continue;
    }
    closed.add(connectionId);
    if (untilMs !== null && untilMs > now) openings.push(untilMs);
  }
  for (const [connectionId, pacing] of args.pacings.entries()) {
    if (closed.has(connectionId)) continue;
    if (pacing.opensAt > monotonicMs && !probing.has(connectionId)) {
      closed.add(connectionId);
      if (pacing.opensAt < Number.POSITIVE_INFINITY) openings.push(Math.ceil(now + pacing.opensAt - monotonicMs));
      continue;
    }
    if (pacing.mayFollowFirst(monotonicMs)) followFirst.push(connectionId);
    if (pacing.mayFollow(monotonicMs)) continue;
    followClosed.push(connectionId);
    followOpenings.push(Math.ceil(now + pacing.followOpensAt(monotonicMs) - monotonicMs));
  }
  return {
    closed: [...closed],
    probing,
    followFirst,
    followClosed,
    opensAt: openings.length === 0 ? null : Math.min(...openings),
    followOpensAt: followOpenings.length === 0 ? null : Math.min(...followOpenings),
  };
}
