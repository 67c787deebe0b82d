import { existingDay } from '../util/day.ts';

/**
 * A date of eight digits as YYYY-MM-DD, or null when it is none. The 2000 edition writes CCYYMMDD; the later ones MMDDCCYY in
 * the United States and CCYYMMDD in Canada (Annex D.12.5), and issuers have mixed them up. The digits alone decide: no month
 * is 19 or 20, and no holder was born, and no card issued, before 1900 or after 2099.
 */
export function licenceDate(digits: string): string | null {
  if (!/^[0-9]{8}$/.test(digits)) return null;
  const isYearFirst = /^(19|20)/.test(digits);
  const iso = isYearFirst
    ? `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`
    : `${digits.slice(4)}-${digits.slice(0, 2)}-${digits.slice(2, 4)}`;
  if (!/^(19|20)/.test(iso)) return null;
  return existingDay(iso);
}
