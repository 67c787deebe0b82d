import { existingDay } from '../util/day.ts';

/**
 * A date of a zone. `iso`: YYYY-MM-DD, or null when a part is unknown (fillers, Doc 9303-3, 4.8) or no such day exists.
 */
export interface MrzDate {
  readonly printed: string;
  readonly iso: string | null;
}

/** The oldest people live to about 120; a document is valid for at most some decades in either direction. */
const EXPIRY_YEARS_AHEAD = 50;

function isoOf(printed: string, century: number): string | null {
  const iso = `${String(century * 100 + Number(printed.slice(0, 2))).padStart(4, '0')}-${printed.slice(2, 4)}-${printed.slice(4)}`;
  return existingDay(iso);
}

/**
 * The zone prints two digits of the year. A birth lies in the past, so the century is the latest one in which the date is not
 * after `today`: with today 2026-11-26, `261126` is 2026 and `261127` is 1926. Somebody over a hundred is thus taken for a
 * child; the zone cannot tell.
 * @param today YYYY-MM-DD
 */
export function birthDateOf(printed: string, today: string): MrzDate {
  if (!/^[0-9]{6}$/.test(printed)) return { printed, iso: null };
  const century = Math.floor(Number(today.slice(0, 4)) / 100);
  const latest = isoOf(printed, century);
  return { printed, iso: latest !== null && latest <= today ? latest : isoOf(printed, century - 1) };
}

/**
 * An expiry lies at most 49 years ahead of `today`'s year and else in the past: `75` is 2075 in 2026, `76` is 1976.
 * @param today YYYY-MM-DD
 */
export function expiryDateOf(printed: string, today: string): MrzDate {
  if (!/^[0-9]{6}$/.test(printed)) return { printed, iso: null };
  const year = Number(today.slice(0, 4));
  const century = Math.floor(year / 100);
  const twoDigits = Number(printed.slice(0, 2));
  const candidates = [century + 1, century, century - 1];
  const chosen = candidates.find((hundreds) => hundreds * 100 + twoDigits < year + EXPIRY_YEARS_AHEAD) ?? century;
  return { printed, iso: isoOf(printed, chosen) };
}
