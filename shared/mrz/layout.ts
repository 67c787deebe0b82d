/**
 * Where each thing stands in a zone. ICAO Doc 9303: part 4 (TD3), 5 (TD1), 6 (TD2), 7 (visas MRV-A and MRV-B).
 */

export type MrzFormat = 'TD1' | 'TD2' | 'TD3' | 'MRV-A' | 'MRV-B';

export const MRZ_FIELD_NAMES = [
  'documentCode',
  'issuer',
  'names',
  'documentNumber',
  'nationality',
  'birthDate',
  'sex',
  'expiryDate',
  'optional',
  'optional2',
] as const;
export type MrzFieldName = (typeof MRZ_FIELD_NAMES)[number];

/** `letters` and `digits` may hold fillers; `mixed` is anything that a zone may hold. */
export type MrzClass = 'letters' | 'digits' | 'mixed' | 'sex' | 'code';

/** Characters `start` (inclusive) to `end` (exclusive) of a line; lines count from 0. */
export interface MrzSpan {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** One character's place. */
export interface MrzCell {
  readonly line: number;
  readonly at: number;
}

/** The places of spans, one after the other. */
export function cellsOf(spans: readonly MrzSpan[]): MrzCell[] {
  return spans.flatMap(({ line, start, end }) =>
    Array.from({ length: end - start }, (_, index) => ({ line, at: start + index })),
  );
}

export interface MrzFieldPlace extends MrzSpan {
  readonly name: MrzFieldName;
  readonly class: MrzClass;
}

export type MrzCheckName = 'documentNumber' | 'birthDate' | 'expiryDate' | 'optional' | 'composite';

/** A check digit: where it stands, and what it covers in this order. `mayBeFiller`: a filler stands for it over an empty field. */
export interface MrzCheckPlace {
  readonly name: MrzCheckName;
  readonly line: number;
  readonly at: number;
  readonly covers: readonly MrzSpan[];
  readonly mayBeFiller: boolean;
}

export interface MrzLayout {
  readonly format: MrzFormat;
  readonly lineCount: number;
  readonly lineLength: number;
  readonly fields: readonly MrzFieldPlace[];
  readonly checks: readonly MrzCheckPlace[];
}

function span(line: number, start: number, end: number): MrzSpan {
  return { line, start, end };
}

function place(name: MrzFieldName, kind: MrzClass, line: number, start: number, end: number): MrzFieldPlace {
  return { name, class: kind, line, start, end };
}

function check(
  name: MrzCheckName,
  line: number,
  at: number,
  covers: readonly MrzSpan[],
  mayBeFiller = false,
): MrzCheckPlace {
  return { name, line, at, covers, mayBeFiller };
}

/** The second line of TD2, TD3 and the visas is the same up to the optional data. */
function twoLines(lineLength: number, optionalEnd: number): MrzFieldPlace[] {
  return [
    place('documentCode', 'code', 0, 0, 2),
    place('issuer', 'letters', 0, 2, 5),
    place('names', 'letters', 0, 5, lineLength),
    place('documentNumber', 'mixed', 1, 0, 9),
    place('nationality', 'letters', 1, 10, 13),
    place('birthDate', 'digits', 1, 13, 19),
    place('sex', 'sex', 1, 20, 21),
    place('expiryDate', 'digits', 1, 21, 27),
    place('optional', 'mixed', 1, 28, optionalEnd),
  ];
}

const SECOND_LINE_CHECKS: readonly MrzCheckPlace[] = [
  check('documentNumber', 1, 9, [span(1, 0, 9)]),
  check('birthDate', 1, 19, [span(1, 13, 19)]),
  check('expiryDate', 1, 27, [span(1, 21, 27)], true),
];

const TD3: MrzLayout = {
  format: 'TD3',
  lineCount: 2,
  lineLength: 44,
  fields: twoLines(44, 42),
  checks: [
    ...SECOND_LINE_CHECKS,
    check('optional', 1, 42, [span(1, 28, 42)], true),
    check('composite', 1, 43, [span(1, 0, 10), span(1, 13, 20), span(1, 21, 43)]),
  ],
};

const TD2: MrzLayout = {
  format: 'TD2',
  lineCount: 2,
  lineLength: 36,
  fields: twoLines(36, 35),
  checks: [...SECOND_LINE_CHECKS, check('composite', 1, 35, [span(1, 0, 10), span(1, 13, 20), span(1, 21, 35)])],
};

const MRV_A: MrzLayout = {
  format: 'MRV-A',
  lineCount: 2,
  lineLength: 44,
  fields: twoLines(44, 44),
  checks: SECOND_LINE_CHECKS,
};

const MRV_B: MrzLayout = {
  format: 'MRV-B',
  lineCount: 2,
  lineLength: 36,
  fields: twoLines(36, 36),
  checks: SECOND_LINE_CHECKS,
};

const TD1: MrzLayout = {
  format: 'TD1',
  lineCount: 3,
  lineLength: 30,
  fields: [
    place('documentCode', 'code', 0, 0, 2),
    place('issuer', 'letters', 0, 2, 5),
    place('documentNumber', 'mixed', 0, 5, 14),
    place('optional', 'mixed', 0, 15, 30),
    place('birthDate', 'digits', 1, 0, 6),
    place('sex', 'sex', 1, 7, 8),
    place('expiryDate', 'digits', 1, 8, 14),
    place('nationality', 'letters', 1, 15, 18),
    place('optional2', 'mixed', 1, 18, 29),
    place('names', 'letters', 2, 0, 30),
  ],
  checks: [
    check('documentNumber', 0, 14, [span(0, 5, 14)]),
    check('birthDate', 1, 6, [span(1, 0, 6)]),
    check('expiryDate', 1, 14, [span(1, 8, 14)], true),
    check('composite', 1, 29, [span(0, 5, 30), span(1, 0, 7), span(1, 8, 15), span(1, 18, 29)]),
  ],
};

/** Every layout; a visa is told from a TD3 or TD2 of the same shape by its first letter, V. */
export const LAYOUTS: Readonly<Record<MrzFormat, MrzLayout>> = { TD1, TD2, TD3, 'MRV-A': MRV_A, 'MRV-B': MRV_B };

/** The layout that fits this many lines of this length and the first character, or null. */
export function layoutFor(lineCount: number, lineLength: number, first: string): MrzLayout | null {
  if (lineCount === 3 && lineLength === 30) return TD1;
  if (lineCount !== 2) return null;
  if (lineLength === 44) return first === 'V' ? MRV_A : TD3;
  if (lineLength === 36) return first === 'V' ? MRV_B : TD2;
  return null;
}

/**
 * A document number longer than nine characters (TD1 and TD2: Doc 9303-5, 4.2.2, note j): its check digit's place holds a
 * filler, the rest of the number stands at the start of the optional data, its check digit right behind it. Returns the
 * layout with the check moved there, or the same layout when the number is not a long one.
 * @param lines the zone's lines, of the layout's length
 */
export function withLongNumber(layout: MrzLayout, lines: readonly string[]): MrzLayout {
  if (layout.format !== 'TD1' && layout.format !== 'TD2') return layout;
  const number = layout.fields.find((field) => field.name === 'documentNumber');
  const optional = layout.fields.find((field) => field.name === 'optional');
  if (number === undefined || optional === undefined) return layout;
  const line = lines[number.line] ?? '';
  const rest = /^([0-9A-Z]+)[0-9](?=<|$)/.exec(line.slice(optional.start, optional.end))?.[1];
  if (line[number.end] !== '<' || rest === undefined || line.slice(number.start, number.end).includes('<')) {
    return layout;
  }
  return longNumberLayout(layout, rest.length);
}

/** `layout` (TD1 or TD2) for a number whose rest of `restLength` characters stands in the optional data. */
export function longNumberLayout(layout: MrzLayout, restLength: number): MrzLayout {
  const first = layout.fields.find((field) => field.name === 'documentNumber');
  const optional = layout.fields.find((field) => field.name === 'optional');
  if (first === undefined || optional === undefined) return layout;
  const at = optional.start + restLength;
  const covers = [span(first.line, first.start, first.end), span(optional.line, optional.start, at)];
  const number = check('documentNumber', optional.line, at, covers);
  return {
    ...layout,
    fields: layout.fields.map((field) => (field.name === 'optional' ? { ...field, start: at + 1 } : field)),
    checks: layout.checks.map((old) => (old.name === 'documentNumber' ? number : old)),
  };
}
