import type { Grey } from '../mrz/index.ts';

/**
 * The patch codes that separate documents or batches, by their bars: wide or narrow. Patch 2 and T are each other's mirror image, so
 * that a sheet which lies upside down shows the other one; both separate, and so does patch 3. Patches 1, 4 and 6 steer scanners.
 * Source: Kodak, "Patch Code Information for Kodak Scanners", A-61599 (four bars, of which two are 0.20 inches wide and two 0.08;
 * three spaces of 0.08; at least 0.75 inches long, at least 0.25 from other print).
 */
const SEPARATORS: ReadonlySet<string> = new Set(['WNWN', 'NWNW', 'WNNW']);

/** All lengths in narrow widths, of which the code has ten. */
const WIDE = 2.5;
const WIDTHS = 10;
const TOLERANCE = { narrow: 0.45, wide: 0.6 };
const QUIET = 2.5;
const LEAST_LENGTH = 9;
/** Pixels from one line that is looked at to the next, and of the narrowest bar that can be told from noise. */
const STEP = 4;
const LEAST_PIXELS = 3;
/** Bars that lie askew begin so many pixels further along from one line that is looked at to the next. */
const MOST_DRIFT = 2.4;
/** Of the sheet's longer side: 0.8 inches on A4 are 0.07, on a card 0.24. */
const SMALLEST = 0.03;
const LARGEST = 0.3;
/** From dark to light, in levels: print on paper, also on pastel. */
const LEAST_CONTRAST = 70;

interface Crossing {
  readonly bars: string;
  readonly from: number;
  readonly narrow: number;
}

interface Track extends Crossing {
  readonly line: number;
  readonly lines: number;
}

type Line = (at: number) => number;

/** Lengths of dark and light along a line in turn, the first one light (maybe of length 0). Empty without contrast. */
function runsOf(line: Line, length: number): number[] {
  let [darkest, lightest] = [255, 0];
  for (let at = 0; at < length; at += 1) {
    const value = line(at);
    if (value < darkest) darkest = value;
    if (value > lightest) lightest = value;
  }
  if (lightest - darkest < LEAST_CONTRAST) return [];
  const limit = (darkest + lightest) / 2;
  const runs = [0];
  let isDark = false;
  for (let at = 0; at < length; at += 1) {
    if (line(at) < limit !== isDark) {
      isDark = !isDark;
      runs.push(0);
    }
    runs[runs.length - 1] = (runs[runs.length - 1] ?? 0) + 1;
  }
  return runs;
}

/** `W` or `N` for a bar's width in narrow widths; null when it is neither. */
function classOf(width: number): 'W' | 'N' | null {
  if (Math.abs(width - 1) <= TOLERANCE.narrow) return 'N';
  return Math.abs(width - WIDE) <= TOLERANCE.wide ? 'W' : null;
}

/** What the seven runs from `first` on are, when they are four bars with their spaces and enough light around them. */
function crossingOf(runs: readonly number[], first: number, from: number): Crossing | null {
  const widths = runs.slice(first, first + 7);
  const narrow = widths.reduce((sum, width) => sum + width, 0) / WIDTHS;
  if (widths.length < 7 || narrow < LEAST_PIXELS) return null;
  const around = [runs[first - 1] ?? 0, runs[first + 7] ?? 0];
  if (around.some((width) => width < QUIET * narrow)) return null;
  const classes = widths.map((width) => classOf(width / narrow));
  if (classes.some((found, index) => found === null || (index % 2 === 1 && found !== 'N'))) return null;
  return { bars: classes.filter((_, index) => index % 2 === 0).join(''), from, narrow };
}

function crossingsOf(line: Line, length: number): Crossing[] {
  const found: Crossing[] = [];
  const runs = runsOf(line, length);
  let from = 0;
  for (const [index, run] of runs.entries()) {
    const crossing = index % 2 === 1 ? crossingOf(runs, index, from) : null;
    if (crossing !== null && SEPARATORS.has(crossing.bars)) found.push(crossing);
    from += run;
  }
  return found;
}

function goesOn(track: Track, crossing: Crossing, line: number): boolean {
  return (
    track.bars === crossing.bars &&
    line - track.line === STEP &&
    Math.abs(track.from - crossing.from) <= MOST_DRIFT &&
    Math.abs(track.narrow - crossing.narrow) <= TOLERANCE.narrow * crossing.narrow
  );
}

/** Whether one of the lines, `count` of them with `length` pixels each, crosses a separating patch for as long as it has to be. */
function crosses(valueAt: (line: number, at: number) => number, count: number, length: number): boolean {
  const longer = Math.max(count, length);
  let tracks: Track[] = [];
  for (let line = 0; line < count; line += STEP) {
    tracks = crossingsOf((at) => valueAt(line, at), length)
      .filter(({ narrow }) => narrow * WIDTHS >= SMALLEST * longer && narrow * WIDTHS <= LARGEST * longer)
      .map((crossing) => {
        const before = tracks.find((track) => goesOn(track, crossing, line));
        return { ...crossing, line, lines: (before?.lines ?? 0) + 1 };
      });
    if (tracks.some(({ lines, narrow }) => (lines - 1) * STEP >= LEAST_LENGTH * narrow)) return true;
  }
  return false;
}

/** Whether there is a separating patch code on a sheet, whichever way up and a few degrees askew. */
export function hasSeparatingPatch({ data, width, height }: Grey): boolean {
  const pixel = (x: number, y: number): number => data[y * width + x] ?? 255;
  return (
    crosses((row, at) => pixel(at, row), height, width) || crosses((column, at) => pixel(column, at), width, height)
  );
}
