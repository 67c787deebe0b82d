import { valueOf } from '../../../shared/mrz/index.ts';
import { CHARACTERS } from './network.ts';
import type { PlanStep } from './plan.ts';
import type { Scores } from './search.ts';

/** An equal character of the text: what its place counts, and what it would cost to read the other one there. */
interface Place {
  readonly field: number;
  readonly fieldWeight: number;
  readonly allWeight: number;
  readonly cost: number;
}

/** So many places of one character are looked at, those where the other one is likeliest. */
const MOST_PLACES = 8;
/** What costs more than this no print does by mistake. */
const DEAREST = 12;

/** Whether every check digit stays the same when all these places change by `difference`. */
function cancelsOut(places: readonly Place[], difference: number): boolean {
  const fields = new Map<number, number>();
  let all = 0;
  for (const { field, fieldWeight, allWeight } of places) {
    fields.set(field, (fields.get(field) ?? 0) + difference * fieldWeight);
    all += difference * allWeight;
  }
  return all % 10 === 0 && [...fields.values()].every((sum) => sum % 10 === 0);
}

function cheapest(places: readonly Place[], difference: number): number {
  const tried = places.toSorted((a, b) => a.cost - b.cost).slice(0, MOST_PLACES);
  let least = Infinity;
  for (let subset = 1; subset < 1 << tried.length; subset += 1) {
    const chosen = tried.filter((_, index) => (subset >> index) & 1);
    const cost = chosen.reduce((sum, place) => sum + place.cost, 0);
    if (chosen.length > 1 && cost < least && cancelsOut(chosen, difference)) least = cost;
  }
  return least;
}

/**
 * What the likeliest mistake of this kind would cost: one character read as another in several places, so that the slips cancel
 * out in the check digits. A print or a blur that makes the first makes the second, so such a text is likelier than its
 * places are one by one. Infinity: there is none.
 * @param text the plan's text, one character for each step
 */
export function repeatedSlip(plan: readonly PlanStep[], text: string, scores: Scores): number {
  const groups = new Map<string, Place[]>();
  let field = 0;
  for (const [index, step] of plan.entries()) {
    const character = text[index] ?? '';
    const here = scores(step.line, step.at);
    const own = here[CHARACTERS.indexOf(character)] ?? -30;
    for (const other of step.kind === 'plain' ? step.allowed : '') {
      const cost = own - (here[CHARACTERS.indexOf(other)] ?? -30);
      if (other === character || cost > DEAREST) continue;
      const place = { field, fieldWeight: step.fieldWeight, allWeight: step.allWeight, cost };
      const group = groups.get(character + other);
      if (group === undefined) groups.set(character + other, [place]);
      else group.push(place);
    }
    if (step.kind === 'check') field += 1;
  }
  let least = Infinity;
  for (const [[character = '', other = ''], places] of groups) {
    if (places.length < 2) continue;
    least = Math.min(least, cheapest(places, (valueOf(other) ?? 0) - (valueOf(character) ?? 0)));
  }
  return least;
}
