import { currentLanguage } from '../i18n/index.ts';
import { formatMoment } from './format.ts';

/** `14:32`, with the day when it is not today, in the chosen language. `at`: UTC epoch milliseconds. */
export function momentText(at: number): string {
  return formatMoment(at, Date.now(), currentLanguage());
}

/** The day it is, in words: `Sunday, 22 November`. */
export function dayText(): string {
  return new Intl.DateTimeFormat(currentLanguage(), { weekday: 'long', day: 'numeric', month: 'long' }).format();
}

/** The day of a moment, with its year: `22 November 2026`. */
export function dateText(at: number): string {
  return new Intl.DateTimeFormat(currentLanguage(), { dateStyle: 'long' }).format(at);
}
