import { CHARACTERS, CLASSES, NONE } from './network.ts';
import type { LineScores, Recognised } from './recognise.ts';

/** A stretch of the lines that may be exactly the zone's: it begins at character `start`. */
export interface Window {
  readonly start: number;
  readonly length: number;
  readonly score: number;
}

const FILLER = CHARACTERS.indexOf('<');
const LIKELY = Math.log(0.5);
const WINDOWS_TRIED = 3;
/** From this probability on a cell beside a window has a character. */
const MORE = 0.5;

/** The probability that there is a character in a cell, whichever; 0 beyond what was looked at. */
function someAt(line: LineScores, at: number): number {
  return at < 0 || (at + 1) * CLASSES > line.length ? 0 : 1 - Math.exp(line[at * CLASSES + NONE] ?? 0);
}

/** A text of two lines may be so long, or longer. */
const SHORTER = 36;

/**
 * Whether the text goes on beside a window: by a character in every line, or beside 36 of them by two in one line. The first 36
 * characters of a visa with 44 are no visa with 36, though the check digits of both are at the same places.
 */
function goesOnBeside(lines: readonly LineScores[], start: number, length: number): boolean {
  const sides = [
    [start - 1, start - 2],
    [start + length, start + length + 1],
  ] as const;
  return sides.some(([next, afterNext]) => {
    const goOn = lines.filter((line) => someAt(line, next) > MORE);
    if (goOn.length === lines.length) return true;
    return length === SHORTER && goOn.some((line) => someAt(line, afterNext) > MORE);
  });
}

/** Where 30, 36 or 44 characters in a row are, and around them none; the likeliest first. */
export function windowsOf({ lines, first, count }: Recognised): Window[] {
  const windows: Window[] = [];
  for (const length of lines.length === 3 ? [30] : [44, 36]) {
    for (let start = 0; start + length <= count; start += 1) {
      if (goesOnBeside(lines, start, length)) continue;
      let score = 0;
      for (const line of lines) {
        for (let at = 0; at < count; at += 1) {
          const none = line[at * CLASSES + NONE] ?? 0;
          const isInside = at >= start && at < start + length;
          const some = Math.log(Math.max(1e-4, 1 - Math.exp(none)));
          score += isInside ? Math.max(-4, some) : Math.max(-4, none);
        }
      }
      windows.push({ start: first + start, length, score });
    }
  }
  return windows.toSorted((a, b) => b.score - a.score).slice(0, WINDOWS_TRIED);
}

/** Characters that are most probably fillers. */
export function fillersIn({ lines, count }: Recognised): number {
  let fillers = 0;
  for (const line of lines) {
    for (let at = 0; at < count; at += 1) if ((line[at * CLASSES + FILLER] ?? -99) > LIKELY) fillers += 1;
  }
  return fillers;
}
