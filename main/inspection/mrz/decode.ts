import { LAYOUTS, layoutFor, longNumberLayout, parseMrz } from '../../../shared/mrz/index.ts';
import type { Mrz, MrzFormat, MrzLayout } from '../../../shared/mrz/index.ts';
import { calibrated } from './calibrate.ts';
import { judged } from './judge.ts';
import type { Judged } from './judge.ts';
import { CHARACTERS } from './network.ts';
import { allowedAt, bestOf, LETTERS, LETTERS_AND_FILLER, planOf } from './plan.ts';
import type { PlanStep } from './plan.ts';
import { search } from './search.ts';
import type { Scores } from './search.ts';
import { repeatedSlip } from './slips.ts';
import { stateAt } from './states.ts';

/** A zone that was made out, with what speaks for and against it (logarithms of probabilities; 0 is certain). */
export interface Decoded extends Judged {
  readonly mrz: Mrz;
  /** By how much it beats the next best text with right check digits. */
  readonly margin: number;
  /** What it lost because check digits overruled the network. */
  readonly overruled: number;
  /** By how much it beats the text that differs in slips of one kind which cancel out (see slips.ts). */
  readonly repeatedSlip: number;
}

const FILLER = CHARACTERS.indexOf('<');
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

/** Letters and fillers of the names, first a letter: behind three fillers nothing but fillers follows. The end is where that is likeliest. */
function namesAt(line: number, start: number, end: number, scores: Scores): string {
  const best = Array.from({ length: end - start }, (_, index) =>
    bestOf(scores(line, start + index), index === 0 ? LETTERS : LETTERS_AND_FILLER),
  );
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
    ...judged(
      layout,
      cells,
      isCovered,
      scores,
      networks.map((own) => calibrated(layout, own)),
    ),
    margin: found.score - found.runnerUp,
    overruled: found.free - found.score,
    repeatedSlip: repeatedSlip(steps, found.text, scores),
  };
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
  const [best, ...others] = results.filter((result) => result !== null).toSorted((a, b) => b.score - a.score);
  if (best === undefined) return null;
  // A text of another form is a next best one as well.
  const other = others.find(({ mrz }) => mrz.lines.join() !== best.mrz.lines.join());
  return other === undefined ? best : { ...best, margin: Math.min(best.margin, best.score - other.score) };
}
