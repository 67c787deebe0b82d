import { LAYOUTS, layoutFor, longNumberLayout, parseMrz } from '../../../shared/mrz/index.ts';
import type { Mrz, MrzFieldName, MrzFormat, MrzLayout } from '../../../shared/mrz/index.ts';
import { calibrated } from './calibrate.ts';
import { CHARACTERS } from './network.ts';
import { allowedAt, fieldAt, planOf } from './plan.ts';
import type { PlanStep } from './plan.ts';
import { search } from './search.ts';
import type { Scores } from './search.ts';
import { STATE_CODES } from './states.ts';

/** A zone that was made out, with what speaks for and against it (logarithms of probabilities; 0 is certain). */
export interface Decoded {
  readonly mrz: Mrz;
  /** Per field the probability that every character of it is right, 0 to 1. */
  readonly confidence: Readonly<Partial<Record<MrzFieldName, number>>>;
  /** By how much it beats the next best text with right check digits. */
  readonly margin: number;
  /** What it lost because check digits overruled the network. */
  readonly overruled: number;
  /**
   * Of the characters that no check digit covers, the least advantage over the next best one that may stand there (a
   * difference of logarithms).
   */
  readonly leastSure: number;
  /** The same as the network sees it that doubts most: below zero, one of them would read something else there. */
  readonly leastAgreed: number;
  readonly score: number;
}

const FILLER = CHARACTERS.indexOf('<');
/** A known state is so much likelier than three letters that nobody prints. */
const KNOWN_STATE = 4;
/**
 * A Q differs from an O by its tail only, which blur takes first and every font draws in its own way, and no check digit covers
 * names: those two need more, and most before a U, where a Q is at home.
 */
const TAIL = 'OQ';
const TAIL_DOUBT = 0.8;
const TAIL_DOUBT_BEFORE_U = 2.5;
const LONGEST_REST = 6;
/** Below this a filler in the check digit's place is not believed, and no long number looked for. */
const POSSIBLE_FILLER = Math.log(0.02);

/** Plans depend on the layout only. */
const plans = new Map<string, { layout: MrzLayout; steps: readonly PlanStep[] }>();

function planFor(format: MrzFormat, rest: number, isEmpty: boolean): { layout: MrzLayout; steps: readonly PlanStep[] } {
  const key = `${format} ${rest} ${isEmpty}`;
  let plan = plans.get(key);
  if (plan === undefined) {
    const layout = rest === 0 ? LAYOUTS[format] : longNumberLayout(LAYOUTS[format], rest);
    plan = { layout, steps: planOf(layout, isEmpty) };
    plans.set(key, plan);
  }
  return plan;
}

/** The probabilities of the characters that may stand at a place, made to add up to one. */
function within(scores: ArrayLike<number>, allowed: string): { index: number; score: number }[] {
  const kept = Array.from(allowed, (character) => {
    const index = CHARACTERS.indexOf(character);
    return { index, score: scores[index] ?? -Infinity };
  });
  const total = Math.log(kept.reduce((sum, { score }) => sum + Math.exp(score), 1e-30));
  return kept.map(({ index, score }) => ({ index, score: score - total }));
}

function stateAt(line: number, start: number, scores: Scores): string {
  let best = '';
  let most = -Infinity;
  const sum = (code: string): number =>
    Array.from(code).reduce(
      (total, character, index) => total + (scores(line, start + index)[CHARACTERS.indexOf(character)] ?? -99),
      0,
    );
  for (const code of STATE_CODES) {
    const score = sum(code);
    if (score > most) [best, most] = [code, score];
  }
  const free = [0, 1, 2].map((index) => bestOf(scores(line, start + index), allowedLetters)).join('');
  return sum(free) > most + KNOWN_STATE ? free : best;
}

const allowedLetters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ<';

function bestOf(scores: ArrayLike<number>, allowed: string): string {
  let best = '<';
  let most = -Infinity;
  for (const character of allowed) {
    const score = scores[CHARACTERS.indexOf(character)] ?? -Infinity;
    if (score > most) [best, most] = [character, score];
  }
  return best;
}

/** Letters and fillers of the names: behind three fillers nothing but fillers follows. The end is where that is likeliest. */
function namesAt(line: number, start: number, end: number, scores: Scores): string {
  const best = Array.from({ length: end - start }, (_, index) => bestOf(scores(line, start + index), allowedLetters));
  let sum = 0;
  let most = 0;
  let tail = end - start;
  for (let index = end - start - 1; index >= 0; index -= 1) {
    const at = scores(line, start + index);
    sum += (at[FILLER] ?? -99) - (at[CHARACTERS.indexOf(best[index] ?? '<')] ?? -99);
    // A tail of one or two fillers is nothing special; a longer one may overrule a stray letter in it.
    if (
      sum > most - 3 &&
      end - start - index >= 3 &&
      best.slice(index, index + 3).every((character) => character === '<')
    ) {
      tail = index;
      most = Math.max(most, sum);
    }
  }
  return best.map((character, index) => (index >= tail ? '<' : character)).join('');
}

function decodeAs(
  format: MrzFormat,
  rest: number,
  isEmpty: boolean,
  seen: Scores,
  networks: readonly Scores[],
  today: string,
): Decoded | null {
  const { layout, steps } = planFor(format, rest, isEmpty);
  const scores = calibrated(layout, seen);
  const found = search(steps, scores);
  if (found === null) return null;
  const cells = Array.from({ length: layout.lineCount }, () =>
    Array.from<string>({ length: layout.lineLength }).fill(''),
  );
  const isCovered = cells.map((row) => row.map(() => false));
  const put = (line: number, at: number, text: string): void => {
    for (const [index, character] of Array.from(text).entries()) {
      const row = cells[line];
      if (row !== undefined) row[at + index] = character;
    }
  };
  for (const [index, { line, at }] of steps.entries()) {
    put(line, at, found.text[index] ?? '');
    const row = isCovered[line];
    if (row !== undefined) row[at] = true;
  }
  for (const field of layout.fields) {
    if (field.name === 'issuer' || field.name === 'nationality')
      put(field.line, field.start, stateAt(field.line, field.start, scores));
    if (field.name === 'names') put(field.line, field.start, namesAt(field.line, field.start, field.end, scores));
  }
  for (const [line, row] of cells.entries()) {
    for (const [at, character] of row.entries()) {
      if (character === '') row[at] = bestOf(scores(line, at), allowedAt(layout, line, at));
    }
  }
  const mrz = parseMrz(
    cells.map((row) => row.join('')),
    today,
  );
  if (mrz === null || !mrz.isValid) return null;
  return {
    mrz,
    ...judged(layout, cells, isCovered, scores, networks),
    margin: found.score - found.runnerUp,
    overruled: found.free - found.score,
  };
}

/** By how much a character beats the next best one that may stand there, less the doubt that some pairs deserve. */
function advantage(scores: ArrayLike<number>, character: string, allowed: string, next: string): number {
  const own = scores[CHARACTERS.indexOf(character)] ?? -30;
  let least = Infinity;
  for (const other of allowed) {
    if (other === character) continue;
    const isTail = TAIL.includes(character) && TAIL.includes(other);
    const doubt = next === 'U' ? TAIL_DOUBT_BEFORE_U : TAIL_DOUBT;
    least = Math.min(least, own - (scores[CHARACTERS.indexOf(other)] ?? -30) - (isTail ? doubt : 0));
  }
  return least;
}

function judged(
  layout: MrzLayout,
  cells: readonly (readonly string[])[],
  isCovered: readonly (readonly boolean[])[],
  scores: Scores,
  networks: readonly Scores[],
): Pick<Decoded, 'confidence' | 'leastSure' | 'leastAgreed' | 'score'> {
  const confidence: Partial<Record<MrzFieldName, number>> = {};
  let leastSure = Infinity;
  let leastAgreed = Infinity;
  let score = 0;
  for (const [line, row] of cells.entries()) {
    for (const [at, character] of row.entries()) {
      const field = fieldAt(layout, line, at);
      const allowed = field === undefined ? '0123456789<' : allowedAt(layout, line, at);
      const possible = within(scores(line, at), allowed);
      const sure = possible.find(({ index }) => CHARACTERS[index] === character)?.score ?? -30;
      score += scores(line, at)[CHARACTERS.indexOf(character)] ?? -30;
      if (field !== undefined) confidence[field.name] = (confidence[field.name] ?? 1) * Math.exp(sure);
      if (isCovered[line]?.[at] === true) continue;
      const next = row[at + 1] ?? '';
      leastSure = Math.min(leastSure, advantage(scores(line, at), character, allowed, next));
      for (const own of networks)
        leastAgreed = Math.min(leastAgreed, advantage(own(line, at), character, allowed, next));
    }
  }
  return { confidence, leastSure, leastAgreed, score };
}

/**
 * The most probable zone of this shape with every check digit right; null when there is none. Both the plain form and, for TD1
 * and TD2, document numbers that run over are tried.
 * @param scores the networks' mean, that decides; `networks`: each one's own, that may disagree
 * @param today YYYY-MM-DD
 */
export function decode(
  lineCount: number,
  lineLength: number,
  scores: Scores,
  networks: readonly Scores[],
  today: string,
): Decoded | null {
  const layout = layoutFor(lineCount, lineLength, bestOf(scores(0, 0), 'ACIPV'));
  if (layout === null) return null;
  const { format } = layout;
  const as = (rest: number, isEmpty: boolean): Decoded | null =>
    decodeAs(format, rest, isEmpty, scores, networks, today);
  const results = [as(0, false)];
  if (format === 'TD3') results.push(as(0, true));
  const place = layout.checks.find((check) => check.name === 'documentNumber');
  const canRunOver = format === 'TD1' || format === 'TD2';
  if (canRunOver && place !== undefined && (scores(place.line, place.at)[FILLER] ?? -99) >= POSSIBLE_FILLER) {
    for (let rest = 1; rest <= LONGEST_REST; rest += 1) results.push(as(rest, false));
  }
  return results.reduce(
    (best, result) => (result !== null && (best === null || result.score > best.score) ? result : best),
    null,
  );
}
