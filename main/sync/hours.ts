import type { SendingRules } from '../../shared/domain/index.ts';

/**
 * When sending may begin, by the local clock: null means that it may now. Local times are asked of the system, so that a
 * day on which the clocks change is right as well.
 */
export function hoursOpenAt(hours: SendingRules['hours'], now: number): number | null {
  if (hours === null) return null;
  const date = new Date(now);
  const minute = date.getHours() * 60 + date.getMinutes();
  const { from, until } = hours;
  const isOpen = from < until ? minute >= from && minute < until : minute >= from || minute < until;
  if (isOpen) return null;
  const opening = new Date(date.getFullYear(), date.getMonth(), date.getDate(), 0, from);
  if (opening.getTime() <= now) opening.setDate(opening.getDate() + 1);
  return opening.getTime();
}
