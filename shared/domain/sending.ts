import { z } from 'zod';

/** Minutes after local midnight. */
const MinuteOfDay = z.number().int().min(0).max(1_439);

/** What an administrator or the branch sets about sending. */
export const SendingRules = z.object({
  /** Nothing is sent outside these hours of the day (local time; `until` may lie after midnight). Null: at any time. */
  hours: z
    .object({ from: MinuteOfDay, until: MinuteOfDay })
    .refine(({ from, until }) => from !== until)
    .nullable(),
  /** Most that pages may take of the line, in kilobits a second. Null: all of it. */
  maxKilobitsPerSecond: z.number().int().min(64).max(1_000_000).nullable(),
  /** When the window is closed while something waits, Satchel goes on sending and ends by itself afterwards. */
  finishesWithoutWindow: z.boolean(),
});
export type SendingRules = z.infer<typeof SendingRules>;

export const DEFAULT_SENDING_RULES: SendingRules = {
  hours: null,
  maxKilobitsPerSecond: null,
  finishesWithoutWindow: true,
};

/** `7` as `07`: of hours, minutes, days and months. */
export function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

/** `HH:MM` in 24 hours. */
export function clockText(minuteOfDay: number): string {
  return `${twoDigits(Math.floor(minuteOfDay / 60))}:${twoDigits(minuteOfDay % 60)}`;
}

/** The minute of the day of `HH:MM`, or null when it is none. */
export function minuteOf(text: string): number | null {
  const found = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text.trim());
  return found === null ? null : Number(found[1]) * 60 + Number(found[2]);
}
