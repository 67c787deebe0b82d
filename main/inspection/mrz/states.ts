import { COUNTRIES } from '../../../shared/rules/index.ts';
import { CHARACTERS } from './network.ts';
import { bestOf, LETTERS, LETTERS_AND_FILLER } from './plan.ts';
import type { Scores } from './search.ts';

/** Codes that Doc 9303-3, section 5, adds to ISO 3166-1, with those that states print although it does not (RKS, EUE). */
const MORE =
  'D,EUE,GBD,GBN,GBO,GBP,GBS,RKS,UNO,UNA,UNK,UTO,XAA,XBA,XCC,XCE,XCO,XEC,XIM,XMP,XOM,XPO,XSA,XXA,XXB,XXC,XXX';

/** The codes of states and organisations as a zone prints them: three characters, filled up. */
const STATE_CODES: ReadonlySet<string> = new Set([...COUNTRIES, ...MORE.split(',')].map((code) => code.padEnd(3, '<')));

/** A known state is so much likelier than three letters that nobody prints (a difference of logarithms). */
const KNOWN_STATE = 4;

/** How probable a code is in three places of a line, as a logarithm; a code that no state has is so much less. */
function scoreOf(code: string, line: number, start: number, scores: Scores): number {
  const known = STATE_CODES.has(code) ? KNOWN_STATE : 0;
  return Array.from(code).reduce(
    (sum, character, index) => sum + (scores(line, start + index)[CHARACTERS.indexOf(character)] ?? -99),
    known,
  );
}

/** The likeliest code: of a state, unless three other letters stand out. */
export function stateAt(line: number, start: number, scores: Scores): string {
  const free = [LETTERS, LETTERS_AND_FILLER, LETTERS_AND_FILLER]
    .map((allowed, index) => bestOf(scores(line, start + index), allowed))
    .join('');
  let [best, most] = [free, scoreOf(free, line, start, scores)];
  for (const code of STATE_CODES) {
    const score = scoreOf(code, line, start, scores);
    if (score > most) [best, most] = [code, score];
  }
  return best;
}

/**
 * By how much a code beats the next best one (a difference of logarithms; below zero: another is likelier): another state's, or one
 * that differs in a letter, whether a state has it or not.
 * @param doubt what two characters that are hard to tell apart need more than others, as a pair
 */
export function stateAdvantage(
  code: string,
  line: number,
  start: number,
  scores: Scores,
  doubt: (pair: string) => number,
): number {
  const own = scoreOf(code, line, start, scores);
  const near = [0, 1, 2].flatMap((index) =>
    Array.from(LETTERS_AND_FILLER, (letter) => code.slice(0, index) + letter + code.slice(index + 1)),
  );
  let least = Infinity;
  for (const other of new Set([...STATE_CODES, ...near])) {
    if (other === code) continue;
    const doubts = [0, 1, 2].map((index) =>
      code[index] === other[index] ? 0 : doubt(`${code[index]}${other[index]}`),
    );
    least = Math.min(least, own - scoreOf(other, line, start, scores) - doubts.reduce((sum, one) => sum + one, 0));
  }
  return least;
}
