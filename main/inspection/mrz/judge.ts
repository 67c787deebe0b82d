import { valueOf } from '../../../shared/mrz/index.ts';
import type { MrzFieldName, MrzFieldPlace, MrzLayout } from '../../../shared/mrz/index.ts';
import { CHARACTERS, NONE } from './network.ts';
import { allowedAt, fieldAt, LETTERS_AND_FILLER } from './plan.ts';
import type { Scores } from './search.ts';
import { stateAdvantage } from './states.ts';

/** How far a text can be believed, character by character (logarithms of probabilities; 0 is certain). */
export interface Judged {
  /** Per field the probability that every character of it is right, 0 to 1. */
  readonly confidence: Readonly<Partial<Record<MrzFieldName, number>>>;
  /**
   * Of the characters that no check digit covers, the least advantage over the next best one that may stand there (a
   * difference of logarithms).
   */
  readonly leastSure: number;
  /**
   * The same as the network sees it that doubts most, and of covered characters the advantage over those that the check digits
   * cannot tell from them: below zero, one of the networks would read something else there.
   */
  readonly leastAgreed: number;
  /** How many of the characters that no check digit covers are wrong, to be expected from those that are unsure. */
  readonly expectedSlips: number;
  /**
   * Of the characters that no check digit covers, the least advantage over what cannot stand there and does not look like them, and
   * over no character at all; over the latter also of covered ones where check digits leave several. Below zero, something else was
   * printed, or what was printed is damaged or hidden.
   */
  readonly leastLikely: number;
  /**
   * By how much the least clear of them stands out less than the names' letters usually do; characters that are hard to tell apart anyway
   * are left out. Where all is clear but one, something lies over it.
   */
  readonly lag: number;
  readonly score: number;
}

/** A character that beats the next best one by this is sure: many such ones add up to no slip. */
const SURE = 3;

/** Figures that letters of OCR-B look like. */
const FIGURES: Readonly<Record<string, string>> = {
  O: '0',
  D: '0',
  Q: '0',
  I: '1',
  Z: '2',
  S: '5',
  G: '6',
  B: '8',
  T: '7',
};

/**
 * Letters that differ by a corner or a tail, which blur takes first and every font draws in its own way: where no check digit
 * covers them they need so much more than others. A zero and an O may both stand in the optional data of a visa.
 */
const DOUBTS: Readonly<Record<string, number>> = {
  DO: 1.2,
  OD: 1.2,
  OQ: 1,
  QO: 1,
  '0O': 1.6,
  O0: 1.6,
  '0D': 1,
  D0: 1,
  IZ: 1.4,
  ZI: 1.4,
};
/** Before a U a Q is at home. */
const DOUBT_BEFORE_U: Readonly<Record<string, number>> = { OQ: 2.5, QO: 2.5 };

/** The probabilities of the characters that may stand at a place, made to add up to one. */
function within(scores: ArrayLike<number>, allowed: string): { index: number; score: number }[] {
  const kept = Array.from(allowed, (character) => {
    const index = CHARACTERS.indexOf(character);
    return { index, score: scores[index] ?? -Infinity };
  });
  const total = Math.log(kept.reduce((sum, { score }) => sum + Math.exp(score), 1e-30));
  return kept.map(({ index, score }) => ({ index, score: score - total }));
}

/** Those of `allowed` that would leave every check digit as it is. */
function indistinct(character: string, allowed: string): string {
  const digit = (valueOf(character) ?? 0) % 10;
  return Array.from(allowed)
    .filter((other) => (valueOf(other) ?? 0) % 10 === digit)
    .join('');
}

function doubtOf(pair: string, next: string): number {
  return (next === 'U' ? DOUBT_BEFORE_U[pair] : undefined) ?? DOUBTS[pair] ?? 0;
}

/** The same doubt, with those whom it is about left out altogether. */
function leaveOut(doubt: (pair: string) => number): (pair: string) => number {
  return (pair) => (doubt(pair) > 0 ? -Infinity : 0);
}

/** By how much a character beats the next best one that may stand there, less what `doubt` says of the two. */
function advantage(
  scores: ArrayLike<number>,
  character: string,
  allowed: string,
  doubt: (pair: string) => number = () => 0,
): number {
  const own = scores[CHARACTERS.indexOf(character)] ?? -30;
  let least = Infinity;
  for (const other of allowed) {
    if (other === character) continue;
    least = Math.min(least, own - (scores[CHARACTERS.indexOf(other)] ?? -30) - doubt(character + other));
  }
  return least;
}

/** By how much a character beats "no character". */
function visible(scores: ArrayLike<number>, character: string): number {
  return (scores[CHARACTERS.indexOf(character)] ?? -30) - (scores[NONE] ?? -30);
}

/** By how much a character beats those that cannot stand at its place and do not look like it, and "no character". */
function likelihood(scores: ArrayLike<number>, character: string, allowed: string): number {
  const impossible = Array.from(CHARACTERS).filter((other) => !allowed.includes(other) && other !== FIGURES[character]);
  return Math.min(visible(scores, character), advantage(scores, character, impossible.join('')));
}

/** Some states print an X for a sex that is not specified; nothing else stands there that Doc 9303 does not name. */
const NOT_A_SEX = CHARACTERS.replace('X', '');

/** Whether a field holds the three letters of a state. */
function isState(field: MrzFieldPlace | undefined): boolean {
  return field?.name === 'issuer' || field?.name === 'nationality';
}

function medianOf(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;
}

/**
 * Judges a text: one character for each cell of the layout.
 * @param isCovered by a check digit, cell by cell
 * @param networks what each of the networks makes of it, of which `scores` are the mean
 */
export function judged(
  layout: MrzLayout,
  cells: readonly (readonly string[])[],
  isCovered: readonly (readonly boolean[])[],
  scores: Scores,
  networks: readonly Scores[],
): Judged {
  const confidence: Partial<Record<MrzFieldName, number>> = {};
  let leastSure = Infinity;
  let leastAgreed = Infinity;
  let leastLikely = Infinity;
  let expectedSlips = 0;
  let leastClear = Infinity;
  const ofLetters: number[] = [];
  let score = 0;
  for (const [line, row] of cells.entries()) {
    for (const [at, character] of row.entries()) {
      const field = fieldAt(layout, line, at);
      const allowed = field === undefined ? '0123456789<' : allowedAt(layout, line, at);
      const possible = within(scores(line, at), allowed);
      const sure = possible.find(({ index }) => CHARACTERS[index] === character)?.score ?? -30;
      score += scores(line, at)[CHARACTERS.indexOf(character)] ?? -30;
      if (field !== undefined) confidence[field.name] = (confidence[field.name] ?? 1) * Math.exp(sure);
      const isFree = isCovered[line]?.[at] !== true;
      if (!isFree && field?.class === 'mixed')
        leastLikely = Math.min(leastLikely, visible(scores(line, at), character));
      if (isFree) {
        const known = (line === 0 && at === 0 ? LETTERS_AND_FILLER : field?.name === 'sex' && NOT_A_SEX) || allowed;
        leastLikely = Math.min(leastLikely, likelihood(scores(line, at), character, known));
      }
      // States are judged as a whole, below.
      if (isState(field)) continue;
      const others = isFree ? allowed : indistinct(character, allowed);
      for (const own of networks) leastAgreed = Math.min(leastAgreed, advantage(own(line, at), character, others));
      if (isFree) {
        const doubt = (pair: string): number => doubtOf(pair, row[at + 1] ?? '');
        leastSure = Math.min(leastSure, advantage(scores(line, at), character, others, doubt));
        leastClear = Math.min(leastClear, advantage(scores(line, at), character, others, leaveOut(doubt)));
        const ahead = advantage(scores(line, at), character, others);
        if (field?.name === 'names' && character !== '<') ofLetters.push(ahead);
        if (ahead < SURE) expectedSlips += 1 / (1 + Math.exp(ahead));
      }
    }
  }
  for (const { line, start, end } of layout.fields.filter(isState)) {
    const code = cells[line]?.slice(start, end).join('') ?? '';
    const doubt = (pair: string): number => doubtOf(pair, '');
    leastSure = Math.min(leastSure, stateAdvantage(code, line, start, scores, doubt));
    leastClear = Math.min(leastClear, stateAdvantage(code, line, start, scores, leaveOut(doubt)));
    for (const own of networks)
      leastAgreed = Math.min(
        leastAgreed,
        stateAdvantage(code, line, start, own, () => 0),
      );
  }
  return {
    confidence,
    leastSure,
    leastAgreed,
    expectedSlips,
    leastLikely,
    lag: medianOf(ofLetters) - leastClear,
    score,
  };
}
