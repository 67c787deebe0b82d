import { checkDigit, LAYOUTS, longNumberLayout } from '../../shared/mrz/index.ts';
import type { MrzFieldName, MrzFormat, MrzLayout } from '../../shared/mrz/index.ts';
import type { Random } from './random.ts';

/** The fields of a zone as text; what is missing is filled up. Check digits are computed. */
export type ZoneFields = Partial<Record<MrzFieldName, string>>;

function digitOf(text: string): string {
  const digit = checkDigit(text);
  if (digit === null) throw new Error('a zone holds A to Z, 0 to 9 and < only');
  return digit;
}

/**
 * The lines of a zone with right check digits. A document number longer than nine characters runs over into the optional data
 * (TD1, TD2).
 */
export function zoneLines(format: MrzFormat, fields: ZoneFields): string[] {
  const number = fields.documentNumber ?? '';
  const isLong = number.length > 9;
  const layout: MrzLayout = isLong ? longNumberLayout(LAYOUTS[format], number.length - 9) : LAYOUTS[format];
  const cells = Array.from({ length: layout.lineCount }, () =>
    Array.from<string>({ length: layout.lineLength }).fill('<'),
  );
  const put = (line: number, at: number, text: string): void => {
    for (const [index, character] of Array.from(text).entries()) {
      const row = cells[line];
      if (row !== undefined) row[at + index] = character;
    }
  };
  for (const field of layout.fields) {
    const text = (fields[field.name] ?? '').slice(0, field.end - field.start);
    put(field.line, field.start, text);
  }
  const optional = LAYOUTS[format].fields.find((field) => field.name === 'optional');
  if (isLong && optional !== undefined) put(optional.line, optional.start, number.slice(9));
  const covered = (spans: readonly { line: number; start: number; end: number }[]): string =>
    spans.map(({ line, start, end }) => (cells[line] ?? []).slice(start, end).join('')).join('');
  // The composite comes last in every layout, after the digits that it covers.
  for (const check of layout.checks) {
    const text = covered(check.covers);
    put(check.line, check.at, check.mayBeFiller && /^<+$/.test(text) ? '<' : digitOf(text));
  }
  return cells.map((row) => row.join(''));
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const DIGITS = '0123456789';
const STATES = [
  'UTO',
  'D<<',
  'FRA',
  'AUT',
  'CHE',
  'POL',
  'ITA',
  'ESP',
  'NLD',
  'TUR',
  'USA',
  'GBR',
  'IND',
  'CHN',
  'BRA',
];
const MORE_STATES = ['UKR', 'ROU', 'HUN', 'SWE', 'NOR', 'FIN', 'DNK', 'PRT', 'GRC', 'JPN', 'KOR', 'MEX', 'ZAF', 'RKS'];
const SYLLABLES = ['AN', 'BER', 'CHO', 'DI', 'ELO', 'FRA', 'GU', 'HAN', 'IVA', 'JO', 'KAZ', 'LUI', 'MAR', 'NO', 'OKS'];
const MORE_SYLLABLES = ['PE', 'QUI', 'ROS', 'SCH', 'TAN', 'UWE', 'VIK', 'WOJ', 'XEN', 'YAM', 'ZIE', 'MULL', 'OO', 'BI'];

function name(random: Random): string {
  return Array.from({ length: random.integer(1, 4) }, () => random.pick([...SYLLABLES, ...MORE_SYLLABLES])).join('');
}

function text(random: Random, alphabet: string, length: number): string {
  return Array.from({ length }, () => random.pick(Array.from(alphabet))).join('');
}

function date(random: Random, from: number, to: number): string {
  const day = new Date(Date.UTC(random.integer(from, to), random.integer(0, 11), random.integer(1, 28)));
  return day.toISOString().slice(2, 10).replaceAll('-', '');
}

/** A number as states print them: digits, letters and digits mixed, or letters first. */
function documentNumber(random: Random, length: number): string {
  const style = random.integer(0, 2);
  if (style === 0) return text(random, DIGITS, length);
  if (style === 1) return text(random, LETTERS + DIGITS, length);
  return text(random, LETTERS, 2) + text(random, DIGITS, length - 2);
}

const CODES: Readonly<Record<MrzFormat, readonly string[]>> = {
  TD3: ['P<', 'P<', 'PM', 'PO', 'PD'],
  TD2: ['I<', 'ID', 'A<', 'C<'],
  TD1: ['I<', 'ID', 'A<', 'AR', 'C<', 'IR'],
  'MRV-A': ['V<', 'VC'],
  'MRV-B': ['V<', 'VC'],
};

/** A zone of nobody: invented names, numbers and dates with right check digits. */
export function randomZone(random: Random, format: MrzFormat): string[] {
  const state = random.pick([...STATES, ...MORE_STATES]);
  const given = Array.from({ length: random.integer(1, 3) }, () => name(random)).join('<');
  const mayRunOver = format === 'TD1' || format === 'TD2';
  const length = mayRunOver && random.chance(0.15) ? random.integer(10, 12) : random.integer(7, 9);
  const hasOptional = random.chance(0.4);
  return zoneLines(format, {
    documentCode: random.pick(CODES[format]),
    issuer: state,
    names: `${name(random)}${random.chance(0.2) ? `<${name(random)}` : ''}<<${given}`,
    documentNumber: documentNumber(random, length),
    nationality: random.chance(0.8) ? state : random.pick(STATES),
    birthDate: date(random, 1930, 2015),
    sex: random.pick(['F', 'F', 'M', 'M', '<']),
    expiryDate: date(random, 2020, 2036),
    // Beside a long number the optional data would be told apart by a filler; left empty then.
    ...(hasOptional && length <= 9 ? { optional: text(random, LETTERS + DIGITS, random.integer(4, 7)) } : {}),
    ...(random.chance(0.2) ? { optional2: text(random, DIGITS, random.integer(4, 10)) } : {}),
  });
}
