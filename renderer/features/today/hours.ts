/** The counter's usual hours, shown even when nothing happened in them. */
const FIRST_HOUR = 8;
const LAST_HOUR = 17;

export interface HourBar {
  hour: number;
  captured: number;
  delivered: number;
}

/** The hours worth showing: the usual ones, widened by whatever happened outside them. Both inputs have 24 numbers. */
export function barsOf(captured: readonly number[], delivered: readonly number[]): HourBar[] {
  const all = Array.from({ length: 24 }, (_, hour) => ({
    hour,
    captured: captured[hour] ?? 0,
    delivered: delivered[hour] ?? 0,
  }));
  const busy = all.filter((bar) => bar.captured > 0 || bar.delivered > 0).map(({ hour }) => hour);
  const first = Math.min(FIRST_HOUR, ...busy);
  const last = Math.max(LAST_HOUR, ...busy);
  return all.slice(first, last + 1);
}

/** A round upper end for the axis: at least 4, even, and 1, 2, 4, 6 or 8 times a power of ten. */
export function axisTop(highest: number): number {
  const wanted = Math.max(4, highest);
  const power = 10 ** Math.floor(Math.log10(wanted));
  return [1, 2, 4, 6, 8, 10].map((factor) => factor * power).find((top) => top >= wanted) ?? wanted;
}

/** Captured minus everything it must be made of. */
export function balanceDifference(balance: {
  captured: number;
  sent: number;
  waiting: number;
  refused: number;
  voided: number;
}): number {
  return balance.captured - balance.sent - balance.waiting - balance.refused - balance.voided;
}
