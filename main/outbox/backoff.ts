const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * How long a temporary failure waits, by the number of failures in a row: quickly at first (most outages are short), at
 * most six hours (a branch closes over night, and the first attempt of the morning must not be far away). It never ends:
 * what is temporary is never given up.
 */
export const BACKOFF_LADDER_MS: readonly number[] = [
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  6 * HOUR,
];

/** The longest wait that the ladder can give. */
export const LONGEST_BACKOFF_MS = 6 * HOUR;

/**
 * Equal jitter: half of the step is certain, half is random, so that the branches of a bank do not come back together
 * after an outage. `failures` counts from 1; `random` is a number in [0, 1).
 */
export function backoffMs(failures: number, random: number): number {
  const step = BACKOFF_LADDER_MS[Math.min(Math.max(failures, 1), BACKOFF_LADDER_MS.length) - 1] ?? LONGEST_BACKOFF_MS;
  return Math.round(step / 2 + (step / 2) * random);
}
