/** The other side's clock minus ours by its `Date` header, milliseconds; null when there is none that can be read. */
export function clockDifference(dateHeader: string | undefined, now: number): number | null {
  const theirs = dateHeader === undefined ? Number.NaN : Date.parse(dateHeader);
  return Number.isNaN(theirs) ? null : theirs - now;
}
