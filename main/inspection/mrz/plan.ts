import type { MrzCell, MrzClass, MrzFieldPlace, MrzLayout, MrzSpan } from '../../../shared/mrz/index.ts';
import { cellsOf, weightAt } from '../../../shared/mrz/index.ts';
import { CHARACTERS } from './network.ts';

/**
 * One step of the search over everything that check digits cover. `fieldWeight` and
 * `allWeight` are what the character counts in its own field's check digit and in the composite; a `check` step ends its
 * field, the `composite` step ends the search.
 */
export interface PlanStep extends MrzCell {
  readonly kind: 'plain' | 'check' | 'composite';
  readonly allowed: string;
  readonly fieldWeight: number;
  readonly allWeight: number;
}

const DIGITS = '0123456789';
export const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

export const LETTERS_AND_FILLER = `${LETTERS}<`;

const ALLOWED: Readonly<Record<MrzClass, string>> = {
  letters: LETTERS_AND_FILLER,
  digits: `${DIGITS}<`,
  mixed: `${DIGITS}${LETTERS}<`,
  sex: 'MF<',
  code: LETTERS_AND_FILLER,
};
/** The first letter says what kind of document it is (Doc 9303-4 to 7). */
const FIRST_LETTERS: Readonly<Record<MrzLayout['format'], string>> = {
  TD1: 'ACIP',
  TD2: 'ACIP',
  TD3: 'P',
  'MRV-A': 'V',
  'MRV-B': 'V',
};
/** Beside letters, the second character of a card is one of these: permanent resident cards of the United States begin with C1 or C2. */
const SECOND_FIGURES = '12';

/** The field of a place; the rest of a long document number belongs to the number. Undefined: a check digit, or a filler for one. */
export function fieldAt(layout: MrzLayout, line: number, at: number): MrzFieldPlace | undefined {
  const isIn = (span: MrzSpan): boolean => span.line === line && span.start <= at && at < span.end;
  const own = layout.fields.find(isIn);
  if (own !== undefined) return own;
  const isNumber = layout.checks.some((check) => check.name === 'documentNumber' && check.covers.some(isIn));
  return isNumber ? layout.fields.find((field) => field.name === 'documentNumber') : undefined;
}

/** What may stand at a place of a layout that is not a check digit's. */
export function allowedAt(layout: MrzLayout, line: number, at: number): string {
  if (line === 0 && at === 0) return FIRST_LETTERS[layout.format];
  const field = fieldAt(layout, line, at);
  if (field === undefined) return '<';
  // A number begins with something: a filler there is a character that cannot be seen, and one in ten has the same check digit.
  if (field.name === 'documentNumber' && at === field.start) return ALLOWED.mixed.replace('<', '');
  return field.class === 'code' && layout.format === 'TD1' ? ALLOWED.code + SECOND_FIGURES : ALLOWED[field.class];
}

/** The likeliest of the characters that may stand at a place. */
export function bestOf(scores: ArrayLike<number>, allowed: string): string {
  let best = '<';
  let most = -Infinity;
  for (const character of allowed) {
    const score = scores[CHARACTERS.indexOf(character)] ?? -Infinity;
    if (score > most) [best, most] = [character, score];
  }
  return best;
}

const isSame = (a: MrzCell, b: MrzCell): boolean => a.line === b.line && a.at === b.at;

/**
 * The steps of a layout. A visa has no composite: its three fields stand one after the other.
 * @param isOptionalEmpty the optional data that has a check digit of its own (TD3) holds fillers only; its check digit is then
 * a zero or a filler, and otherwise always a digit
 */
export function planOf(layout: MrzLayout, isOptionalEmpty = false): PlanStep[] {
  const composite = layout.checks.find((check) => check.name === 'composite');
  const fields = layout.checks.filter((check) => check.name !== 'composite');
  const inComposite = composite === undefined ? [] : cellsOf(composite.covers);
  // Field after field, each with its check digit last, then what the composite alone covers. The composite's weights go by
  // its own order; it is a sum, so the order of the steps does not matter to it.
  const ofFields = fields.flatMap((check) => [...cellsOf(check.covers), { line: check.line, at: check.at }]);
  const alone = inComposite.filter((cell) => !ofFields.some((other) => isSame(cell, other)));
  const steps = [...ofFields, ...alone].map(({ line, at }): PlanStep => {
    const index = inComposite.findIndex((cell) => isSame(cell, { line, at }));
    const allWeight = index < 0 ? 0 : weightAt(index);
    const own = fields.find((check) => check.line === line && check.at === at);
    if (own !== undefined) {
      const allowed = isOptionalEmpty && own.name === 'optional' ? '0<' : DIGITS;
      return { line, at, kind: 'check', allowed, fieldWeight: 0, allWeight };
    }
    const covering = fields.find((check) => cellsOf(check.covers).some((cell) => cell.line === line && cell.at === at));
    const place = cellsOf(covering?.covers ?? []).findIndex((cell) => cell.line === line && cell.at === at);
    const fieldWeight = place < 0 ? 0 : weightAt(place);
    const allowed = isOptionalEmpty && covering?.name === 'optional' ? '<' : allowedAt(layout, line, at);
    return { line, at, kind: 'plain', allowed, fieldWeight, allWeight };
  });
  if (composite === undefined) return steps;
  const last = { line: composite.line, at: composite.at, fieldWeight: 0, allWeight: 0 };
  return [...steps, { ...last, kind: 'composite', allowed: DIGITS }];
}
