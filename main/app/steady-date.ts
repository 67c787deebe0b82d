import type { SteadyDate } from '../settings/index.ts';

const HOUR_MS = 3_600_000;

/** What lies between two looks at most before it counts as a jump: a long weekend with the PC switched off. */
export const LONGEST_GAP_MS = 4 * 24 * HOUR_MS;
/** A date before the last one by more than this was set, and did not drift. */
const LARGEST_STEP_BACK_MS = HOUR_MS;
/** So long the date has to run on before anything is purged by it. */
export const TRUSTED_AFTER_MS = 24 * HOUR_MS;

/** One more look at the date: the run goes on, or begins anew after a jump. Pure. */
export function lookAtDate(before: SteadyDate, now: number): NonNullable<SteadyDate> {
  const jumped = before === null || now - before.lastMs > LONGEST_GAP_MS || before.lastMs - now > LARGEST_STEP_BACK_MS;
  return jumped ? { sinceMs: now, lastMs: now } : { sinceMs: before.sinceMs, lastMs: Math.max(before.lastMs, now) };
}

/** From when on pages may be purged by this date, epoch milliseconds. */
export function trustedFrom({ sinceMs }: NonNullable<SteadyDate>): number {
  return sinceMs + TRUSTED_AFTER_MS;
}
