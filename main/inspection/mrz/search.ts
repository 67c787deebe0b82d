import { valueOf } from '../../../shared/mrz/index.ts';
import { CHARACTERS } from './network.ts';
import type { PlanStep } from './plan.ts';

/** The logarithm of how probable each of `CHARACTERS` is at a place. */
export type Scores = (line: number, at: number) => ArrayLike<number>;

/** Texts of the plan's cells whose check digits are all right. */
export interface Found {
  /** The most probable one, one character per step. */
  readonly text: string;
  /** Its logarithmic probability, and that of the next best: -Infinity when there is none. */
  readonly score: number;
  readonly runnerUp: number;
  /** What the steps would score without check digits. */
  readonly free: number;
}

/** Per state the two best ways to it. A state is what the field's check digit and the composite add up to so far. */
const WAYS = 2;
const STATES = 100;
const ENTRIES = STATES * WAYS;
/** Characters so much less probable than the best one of their place are not tried. */
const WORST = 9;
const MOST_TRIED = 6;

const VALUES = Array.from(CHARACTERS, (character) => valueOf(character) ?? 0);

interface Choice {
  readonly index: number;
  readonly score: number;
}

function choices(step: PlanStep, scores: ArrayLike<number>): Choice[] {
  const allowed = Array.from(step.allowed, (character) => {
    const index = CHARACTERS.indexOf(character);
    return { index, score: scores[index] ?? -Infinity };
  }).toSorted((a, b) => b.score - a.score);
  const best = allowed[0]?.score ?? -Infinity;
  return allowed.slice(0, MOST_TRIED).filter(({ score }) => score > best - WORST);
}

/** The state after a step, or -1 when a check digit says no. */
function follow(step: PlanStep, state: number, index: number): number {
  const field = Math.floor(state / 10);
  const all = state % 10;
  const value = VALUES[index] ?? 0;
  if (step.kind === 'composite') return value === all ? 0 : -1;
  // A filler for the check digit of an empty field counts as the zero that the field adds up to.
  if (step.kind === 'check' && value !== field) return -1;
  const nextField = step.kind === 'check' ? 0 : (field + value * step.fieldWeight) % 10;
  return nextField * 10 + ((all + value * step.allWeight) % 10);
}

/**
 * The most probable text whose check digits are all right: exact, because what the check digits ask of the characters to come
 * is no more than two sums modulo ten. Null when no text among the probable characters satisfies them.
 */
export function search(plan: readonly PlanStep[], scores: Scores): Found | null {
  let current = new Float64Array(ENTRIES).fill(-Infinity);
  current[0] = 0;
  const from: Int16Array[] = [];
  const chosen: Int8Array[] = [];
  let free = 0;
  for (const step of plan) {
    const next = new Float64Array(ENTRIES).fill(-Infinity);
    const back = new Int16Array(ENTRIES).fill(-1);
    const character = new Int8Array(ENTRIES).fill(-1);
    const tried = choices(step, scores(step.line, step.at));
    free += tried[0]?.score ?? 0;
    for (let entry = 0; entry < ENTRIES; entry += 1) {
      const score = current[entry] ?? -Infinity;
      if (score === -Infinity) continue;
      for (const choice of tried) {
        const state = follow(step, entry >> 1, choice.index);
        if (state < 0) continue;
        const total = score + choice.score;
        const best = state * WAYS;
        if (total > (next[best] ?? 0)) {
          next[best + 1] = next[best] ?? -Infinity;
          back[best + 1] = back[best] ?? -1;
          character[best + 1] = character[best] ?? -1;
          next[best] = total;
          back[best] = entry;
          character[best] = choice.index;
        } else if (total > (next[best + 1] ?? 0)) {
          next[best + 1] = total;
          back[best + 1] = entry;
          character[best + 1] = choice.index;
        }
      }
    }
    current = next;
    from.push(back);
    chosen.push(character);
  }
  const ends = Array.from(current, (score, entry) => ({ score, entry })).toSorted((a, b) => b.score - a.score);
  const [first, second] = ends;
  if (first === undefined || first.score === -Infinity) return null;
  let text = '';
  let entry = first.entry;
  for (let step = plan.length - 1; step >= 0; step -= 1) {
    text = (CHARACTERS[chosen[step]?.[entry] ?? 0] ?? '') + text;
    entry = from[step]?.[entry] ?? 0;
  }
  return { text, score: first.score, runnerUp: second?.score ?? -Infinity, free };
}
