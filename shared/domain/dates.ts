import { z } from 'zod';

const DAY_MS = 24 * 3_600_000;

/** A calendar date `YYYY-MM-DD` as a person types it; '' while nothing is there. */
export const TypedDate = z.union([z.literal(''), z.iso.date()]);

/**
 * The first moment (epoch ms, UTC) after a calendar date `YYYY-MM-DD`, or after the day so many days later. A document is good to the end
 * of its last day.
 */
export function endOfDay(date: string, daysLater = 0): number {
  return Date.parse(date) + (daysLater + 1) * DAY_MS;
}

/** Whole days from a calendar date `YYYY-MM-DD` to the day (UTC) of `now`, epoch milliseconds; negative for a day to come. */
export function daysSince(date: string, now: number): number {
  return Math.floor((now - Date.parse(date)) / DAY_MS);
}
