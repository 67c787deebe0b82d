import type { MrzClass, MrzLayout, MrzSpan } from '../../../shared/mrz/index.ts';
import { weightAt } from '../../../shared/mrz/index.ts';

/**
 * One step of the search over everything that check digits cover, in the order of the composite. `fieldWeight` and
 * `allWeight` are what the character counts in its own field's check digit and in the composite; a `check` step ends its
 * field, the `composite` step ends the search.
 */
export interface PlanStep {
  readonly line: number;
  readonly at: number;
  readonly kind: 'plain' | 'check' | 'composite';
  readonly allowed: string;
  readonly fieldWeight: number;
  readonly allWeight: number;
}

const DIGITS = '0123456789';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

const ALLOWED: Readonly<Record<MrzClass, string>> = {
  letters: `${LETTERS}<`,
  digits: `${DIGITS}<`,
  mixed: `${DIGITS}${LETTERS}<`,
  sex: 'MF<',
  code: `${LETTERS}<`,
};
/** The first letter says what kind of document it is (Doc 9303-4 to 7). */
const FIRST_LETTERS: Readonly<Record<MrzLayout['format'], string>> = {
  TD1: 'ACIP',
  TD2: 'ACIP',
  TD3: 'P',
  'MRV-A': 'V',
  'MRV-B': 'V',
};

/** What may stand at a place of a layout that is not a check digit's. */
export function allowedAt(layout: MrzLayout, line: number, at: number): string {
  if (line === 0 && at === 0) return FIRST_LETTERS[layout.format];
  const field = layout.fields.find((each) => each.line === line && each.start <= at && at < each.end);
  return field === undefined ? '<' : ALLOWED[field.class];
}

function cellsOf(spans: readonly MrzSpan[]): { line: number; at: number }[] {
  return spans.flatMap(({ line, start, end }) =>
    Array.from({ length: end - start }, (_, index) => ({ line, at: start + index })),
  );
}

/** The steps of a layout. A visa has no composite: its three fields stand one after the other. */
export function planOf(layout: MrzLayout): PlanStep[] {
  const composite = layout.checks.find((check) => check.name === 'composite');
  const fields = layout.checks.filter((check) => check.name !== 'composite');
  const order =
    composite === undefined
      ? fields.flatMap((check) => [...cellsOf(check.covers), { line: check.line, at: check.at }])
      : cellsOf(composite.covers);
  const steps = order.map(({ line, at }, index): PlanStep => {
    const allWeight = composite === undefined ? 0 : weightAt(index);
    const own = fields.find((check) => check.line === line && check.at === at);
    if (own !== undefined) {
      const allowed = own.mayBeFiller ? `${DIGITS}<` : DIGITS;
      return { line, at, kind: 'check', allowed, fieldWeight: 0, allWeight };
    }
    const covering = fields.find((check) => cellsOf(check.covers).some((cell) => cell.line === line && cell.at === at));
    const place = cellsOf(covering?.covers ?? []).findIndex((cell) => cell.line === line && cell.at === at);
    const fieldWeight = place < 0 ? 0 : weightAt(place);
    return { line, at, kind: 'plain', allowed: allowedAt(layout, line, at), fieldWeight, allWeight };
  });
  if (composite === undefined) return steps;
  const last = { line: composite.line, at: composite.at, fieldWeight: 0, allWeight: 0 };
  return [...steps, { ...last, kind: 'composite', allowed: DIGITS }];
}
