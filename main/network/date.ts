/**
 * The other side's clock minus ours by its `Date` header, milliseconds; null when there is none that can be read. `began` and `now`
 * are ours when it was asked and when its answer was here: a time between them agrees with ours, however long that took (the PC
 * slept meanwhile, or a large page went over a slow line).
 */
export function clockDifference(dateHeader: string | undefined, began: number, now: number): number | null {
  const theirs = dateHeader === undefined ? Number.NaN : Date.parse(dateHeader);
  if (Number.isNaN(theirs)) return null;
  // Ours may have been set while it was waited for, so either may be the earlier one.
  return theirs - Math.min(Math.max(theirs, Math.min(began, now)), Math.max(began, now));
}
