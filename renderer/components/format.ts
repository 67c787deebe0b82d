/** Numbers, sizes and times in the person's language. Times are UTC epoch milliseconds. Pure: `now` and zone are passed in. */

const SIZE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** `1.4 MB`: decimal units, as file managers and the providers' limits count. */
export function formatBytes(bytes: number, language: string): string {
  let value = bytes;
  let index = 0;
  while (value >= 1000 && index < SIZE_UNITS.length - 1) {
    value /= 1000;
    index += 1;
  }
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: SIZE_UNITS[index] ?? 'byte',
    unitDisplay: index === 0 ? 'long' : 'short',
    maximumFractionDigits: value < 10 && index > 0 ? 1 : 0,
  }).format(value);
}

/** `14:32`, with the day before it when it is not today. */
export function formatMoment(at: number, now: number, language: string, timeZone?: string): string {
  const zone = timeZone === undefined ? {} : { timeZone };
  const day = new Intl.DateTimeFormat(language, { ...zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const isToday = day.format(at) === day.format(now);
  return new Intl.DateTimeFormat(language, {
    ...zone,
    ...(isToday ? {} : { weekday: 'short', day: 'numeric', month: 'short' }),
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at);
}

/** `2026-11-22 14:32:05 UTC`, exact and sortable, for people who compare logs. */
export function formatExactUtc(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

const STEPS = [
  { unit: 'second', ms: 1_000, until: 60_000 },
  { unit: 'minute', ms: 60_000, until: 3_600_000 },
  { unit: 'hour', ms: 3_600_000, until: 86_400_000 },
  { unit: 'day', ms: 86_400_000, until: Infinity },
] as const;

/** `2 min. ago`, `in 3 hr.`; null within ten seconds of now. */
export function formatDistance(at: number, now: number, language: string): string | null {
  const distance = at - now;
  const size = Math.abs(distance);
  if (size < 10_000) return null;
  const step = STEPS.find(({ until }) => size < until) ?? STEPS[3];
  return new Intl.RelativeTimeFormat(language, { style: 'short', numeric: 'always' }).format(
    Math.trunc(distance / step.ms),
    step.unit,
  );
}

/** `in 35 sec.`; null when it is less than ten seconds away or its time has come, for it may begin at any moment then. */
export function formatCountdown(at: number, now: number, language: string): string | null {
  return at <= now ? null : formatDistance(at, now, language);
}

/** How long the text of `formatDistance` stays right, so that a clock does not tick for nothing. */
export function distanceRefreshMs(at: number, now: number): number {
  const size = Math.abs(at - now);
  if (size < 60_000) return 5_000;
  return size < 3_600_000 ? 30_000 : 300_000;
}

/** `1,204`. */
export function formatNumber(value: number, language: string): string {
  return new Intl.NumberFormat(language).format(value);
}

/** A calendar date `YYYY-MM-DD` with its month in words ("4 March 1990"); undefined for anything else. */
export function dateInWords(date: string, language: string): string | undefined {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(date) : Number.NaN;
  if (Number.isNaN(at)) return undefined;
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(at);
}

/** A whole number from 1 to `most` that was typed, or null. */
export function typedNumber(text: string, most: number): number | null {
  const number = /^\d{1,4}$/.test(text.trim()) ? Number(text) : 0;
  return number >= 1 && number <= most ? number : null;
}
