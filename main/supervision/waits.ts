/** Wrong PINs that cost nothing: fingers slip. */
const FREE = 2;
const FIRST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 60 * 60_000;

/** Wrong PINs in a row, and when the last one was entered (UTC epoch ms). */
export interface Attempts {
  readonly wrong: number;
  readonly lastAtMs: number;
}

/**
 * How long no PIN is looked at after so many wrong ones in a row, in ms: a minute after the third, twice as long after each
 * further one, at most an hour. By guessing, half of the 1,000,000 PINs of six digits take more than fifty years.
 */
export function waitAfter(wrong: number): number {
  return wrong <= FREE ? 0 : Math.min(FIRST_WAIT_MS * 2 ** (wrong - FREE - 1), LONGEST_WAIT_MS);
}

/** Until when no PIN is looked at (UTC epoch ms); null: one is looked at now. A clock that was set back begins the wait anew. */
export function waitsUntil({ wrong, lastAtMs }: Attempts, nowMs: number): number | null {
  const untilMs = Math.min(lastAtMs, nowMs) + waitAfter(wrong);
  return untilMs > nowMs ? untilMs : null;
}
