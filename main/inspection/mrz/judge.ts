import { valueOf } from '../../../shared/mrz/index.ts';
import type { MrzFieldName, MrzFieldPlace, MrzLayout } from '../../../shared/mrz/index.ts';
import { CHARACTERS } from './network.ts';
import { allowedAt, fieldAt } from './plan.ts';
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
   * Of the names' characters, the least advantage over figures that do not look alike: below zero, something else was printed, or
   * what was printed is damaged.
   */
  readonly leastLikely: number;
  readonly score: number;
}

/** A character that beats the next best one by this is sure: many such ones add up to no slip. */
const SURE = 3;

/** Figures that letters of OCR-B look like. */
const FIGURES: Readonly<Record<string, string>> = { O: '0', D: '0', Q: '0', I: '1', Z: '2', S: '5', G: '6', B: '8' };

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

/** Those that cannot stand at a place and do not look like the one that does. */
function impossible(character: string, allowed: string): string {
  return Array.from(CHARACTERS)
    .filter((other) => !allowed.includes(other) && other !== FIGURES[character])
    .join('');
}

/** Whether a field holds the three letters of a state. */
function isState(field: MrzFieldPlace | undefined): boolean {
  return field?.name === 'issuer' || field?.name === 'nationality';
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
  let score = 0;
  for (const [line, row] of cells.entries()) {
    for (const [at, character] of row.entries()) {
      const field = fieldAt(layout, line, at);
      const allowed = field === undefined ? '0123456789<' : allowedAt(layout, line, at);
      const possible = within(scores(line, at), allowed);
      const sure = possible.find(({ index }) => CHARACTERS[index] === character)?.score ?? -30;
      score += scores(line, at)[CHARACTERS.indexOf(character)] ?? -30;
      if (field !== undefined) confidence[field.name] = (confidence[field.name] ?? 1) * Math.exp(sure);
      // States are judged as a whole, below.
      if (isState(field)) continue;
      const isFree = isCovered[line]?.[at] !== true;
      const others = isFree ? allowed : indistinct(character, allowed);
      for (const own of networks) leastAgreed = Math.min(leastAgreed, advantage(own(line, at), character, others));
      if (isFree) {
        const doubt = (pair: string): number => doubtOf(pair, row[at + 1] ?? '');
        leastSure = Math.min(leastSure, advantage(scores(line, at), character, others, doubt));
        if (field?.name === 'names')
          leastLikely = Math.min(leastLikely, advantage(scores(line, at), character, impossible(character, others)));
        const ahead = advantage(scores(line, at), character, others);
        if (ahead < SURE) expectedSlips += 1 / (1 + Math.exp(ahead));
      }
    }
  }
  for (const { line, start, end } of layout.fields.filter(isState)) {
    const code = cells[line]?.slice(start, end).join('') ?? '';
    leastSure = Math.min(
      leastSure,
      stateAdvantage(code, line, start, scores, (pair) => doubtOf(pair, '')),
    );
    for (const own of networks)
      leastAgreed = Math.min(
        leastAgreed,
        stateAdvantage(code, line, start, own, () => 0),
      );
  }
  return { confidence, leastSure, leastAgreed, expectedSlips, leastLikely, score };
}
