import type { MrzCell, MrzLayout } from '../../../shared/mrz/index.ts';
import { cellsOf } from '../../../shared/mrz/index.ts';
import { CHARACTERS, logSoftmax } from './network.ts';
import { fieldAt } from './plan.ts';
import type { Scores } from './search.ts';

/** Letters and digits that look alike in print: a letter first. */
const PAIRS = ['O0', 'Q0', 'D0', 'U0', 'I1', 'L1', 'Z2', 'S5', 'G6', 'B8', 'S8', 'A4', 'T7'];
/** How much likelier the true one should be than its look-alike where only one of both is known from this zone. */
const APART = 2.5;
const FURTHEST = 6;

/** Letters that most states leave out of their document numbers because they look like digits: as likely as others they are not. */
const SELDOM: readonly number[] = Array.from('OIQ', (letter) => CHARACTERS.indexOf(letter));
const SELDOM_LESS = 1;

/** Places where only a digit, and where only a letter, can stand. */
function knownPlaces(layout: MrzLayout): { digits: MrzCell[]; letters: MrzCell[] } {
  const digits: MrzCell[] = layout.checks.map(({ line, at }) => ({ line, at }));
  const letters: MrzCell[] = [];
  for (const field of layout.fields) {
    if (field.class === 'mixed' || field.class === 'sex') continue;
    // The second character of a card's code may be a figure.
    const cells = cellsOf([field]).slice(0, field.class === 'code' ? 1 : undefined);
    (field.class === 'digits' ? digits : letters).push(...cells);
  }
  return { digits, letters };
}

const LETTERS = Array.from({ length: 26 }, (_, index) => index + 10);
const DIGITS = Array.from({ length: 10 }, (_, index) => index);
const DIGITS_AND_LETTERS = [...DIGITS, ...LETTERS];

function best(scores: ArrayLike<number>, among: readonly number[]): number {
  let winner = among[0] ?? 0;
  for (const index of among) if ((scores[index] ?? -Infinity) > (scores[winner] ?? -Infinity)) winner = index;
  return winner;
}

/** The mean of `letter` minus `digit` over the places that surely hold `true`, or null when none does. */
function meanDifference(
  places: readonly MrzCell[],
  kinds: readonly number[],
  truth: number,
  letter: number,
  digit: number,
  scores: Scores,
): number | null {
  const differences: number[] = [];
  for (const { line, at } of places) {
    const here = scores(line, at);
    if (best(here, kinds) !== truth) continue;
    // Something else altogether stands there, a filler for example.
    if (Math.max(here[letter] ?? -99, here[digit] ?? -99) < -1.5) continue;
    differences.push((here[letter] ?? 0) - (here[digit] ?? 0));
  }
  return differences.length === 0 ? null : differences.reduce((sum, value) => sum + value, 0) / differences.length;
}

function shiftOf(ofDigits: number | null, ofLetters: number | null): number {
  if (ofDigits !== null && ofLetters !== null) return (ofDigits + ofLetters) / 2;
  if (ofDigits !== null) return Math.max(0, ofDigits + APART);
  return ofLetters === null ? 0 : Math.min(0, ofLetters - APART);
}

/**
 * A zone shows its own O and 0: dates hold digits only and names letters only. What the network makes of those moves the line
 * between look-alikes where both may stand (document numbers), so that a font that it never saw does not make it wrong
 * several times in the same way: check digits notice one such mistake, and not always two of the same kind.
 */
export function calibrated(layout: MrzLayout, scores: Scores): Scores {
  const { digits, letters } = knownPlaces(layout);
  const byDigit = new Map<number, { letter: number; shift: number }[]>();
  for (const pair of PAIRS) {
    const [letter, digit] = [CHARACTERS.indexOf(pair[0] ?? ''), CHARACTERS.indexOf(pair[1] ?? '')];
    const ofDigits = meanDifference(digits, DIGITS, digit, letter, digit, scores);
    const ofLetters = meanDifference(letters, LETTERS, letter, letter, digit, scores);
    const shift = Math.min(FURTHEST, Math.max(-FURTHEST, shiftOf(ofDigits, ofLetters)));
    byDigit.set(digit, [...(byDigit.get(digit) ?? []), { letter, shift }]);
  }
  return (line, at) => {
    const here = scores(line, at);
    if (fieldAt(layout, line, at)?.class !== 'mixed') return here;
    const moved = Float32Array.from(here);
    const winner = best(here, DIGITS_AND_LETTERS);
    for (const [digit, own] of byDigit) {
      // Only where these are what it is about. The digit moves, so that letters stay among themselves as they were: an O that a zone's
      // zeros look like is no D for it.
      if (winner !== digit && !own.some(({ letter }) => letter === winner)) continue;
      const likeliest = best(
        here,
        own.map(({ letter }) => letter),
      );
      moved[digit] = (here[digit] ?? 0) + (own.find(({ letter }) => letter === likeliest)?.shift ?? 0);
    }
    for (const letter of SELDOM) moved[letter] = (moved[letter] ?? 0) - SELDOM_LESS;
    logSoftmax(moved);
    return moved;
  };
}
