import { twoDigits } from '../domain/index.ts';

/** `20261126-093005`: a moment (epoch milliseconds) in this PC's own time, for names of files. */
export function localStamp(at: number): string {
  const when = new Date(at);
  const day = `${when.getFullYear()}${twoDigits(when.getMonth() + 1)}${twoDigits(when.getDate())}`;
  return `${day}-${twoDigits(when.getHours())}${twoDigits(when.getMinutes())}${twoDigits(when.getSeconds())}`;
}
