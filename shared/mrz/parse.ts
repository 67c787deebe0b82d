import { checkDigit } from './check-digit.ts';
import { birthDateOf, expiryDateOf } from './dates.ts';
import type { MrzDate } from './dates.ts';
import { layoutFor, withLongNumber } from './layout.ts';
import type { MrzCheckName, MrzCheckPlace, MrzFieldName, MrzFormat, MrzLayout } from './layout.ts';

export interface MrzCheck {
  readonly name: MrzCheckName;
  /** As it stands in the zone. */
  readonly printed: string;
  readonly isRight: boolean;
}

/** What a zone says. Codes and names are kept as printed, except that fillers between names are spaces. */
export interface Mrz {
  readonly format: MrzFormat;
  readonly lines: readonly string[];
  /** Without fillers: `P`, `PM`, `ID`, `V`, … */
  readonly documentCode: string;
  /** One to three letters as printed (`D`, `UTO`); nothing is said about whether such a state exists. */
  readonly issuer: string;
  readonly familyName: string;
  /** Empty when the zone has one name only. */
  readonly givenNames: string;
  /** The names fill their field to its end: they may go on. */
  readonly isNameCut: boolean;
  readonly documentNumber: string;
  readonly nationality: string;
  readonly birthDate: MrzDate;
  readonly expiryDate: MrzDate;
  readonly sex: 'female' | 'male' | 'unspecified';
  /** The optional data's places, fillers at their ends removed; the personal number of many passports. */
  readonly optional: readonly string[];
  readonly checks: readonly MrzCheck[];
  /** Every check digit of the format is right. Names, codes and sex have none. */
  readonly isValid: boolean;
}

/** The text that a check digit covers. */
export function coveredText(place: MrzCheckPlace, lines: readonly string[]): string {
  return place.covers.map(({ line, start, end }) => (lines[line] ?? '').slice(start, end)).join('');
}

function checked(place: MrzCheckPlace, lines: readonly string[]): MrzCheck {
  const printed = (lines[place.line] ?? '')[place.at] ?? '';
  const text = coveredText(place, lines);
  const isEmpty = place.mayBeFiller && printed === '<' && /^<*$/.test(text);
  return { name: place.name, printed, isRight: isEmpty || checkDigit(text) === printed };
}

function textOf(layout: MrzLayout, name: MrzFieldName, lines: readonly string[]): string {
  const field = layout.fields.find((each) => each.name === name);
  return field === undefined ? '' : (lines[field.line] ?? '').slice(field.start, field.end);
}

function withoutFillers(text: string): string {
  return text.replace(/<+$/, '').replace(/^<+/, '');
}

function spaced(text: string): string {
  return withoutFillers(text).replaceAll('<', ' ');
}

function numberOf(layout: MrzLayout, lines: readonly string[]): string {
  const place = layout.checks.find((each) => each.name === 'documentNumber');
  return place === undefined ? '' : withoutFillers(coveredText(place, lines));
}

function sexOf(printed: string): Mrz['sex'] {
  if (printed === 'F') return 'female';
  return printed === 'M' ? 'male' : 'unspecified';
}

/**
 * Reads a zone of two lines of 44 or 36 characters, or three of 30, without spaces. Null when the lines do not have the shape
 * of any format or hold other characters than A to Z, 0 to 9 and `<`. Wrong check digits are not an error: they are said in
 * `checks`, and nothing of such a zone may be used without a person.
 *
 * Own code and not the package `mrz`: version 5.0.2 calls ICAO's own specimens invalid (state UTO), reads visas as passports
 * with failing fields, does not check long document numbers, throws where a shape is merely unknown, and its correction
 * changes characters without asking whether a check digit agrees. The reader needs the layouts themselves as well, to search
 * only among texts whose check digits are right.
 * @param today YYYY-MM-DD, for the century of the dates (see dates.ts)
 */
export function parseMrz(lines: readonly string[], today: string): Mrz | null {
  const length = lines[0]?.length ?? 0;
  if (!lines.every((line) => line.length === length && /^[0-9A-Z<]+$/.test(line))) return null;
  const shape = layoutFor(lines.length, length, lines[0]?.[0] ?? '');
  if (shape === null) return null;
  const layout = withLongNumber(shape, lines);
  const text = (name: MrzFieldName): string => textOf(layout, name, lines);
  const names = text('names');
  const [family = '', ...given] = withoutFillers(names).split('<<');
  const checks = layout.checks.map((place) => checked(place, lines));
  return {
    format: layout.format,
    lines,
    documentCode: withoutFillers(text('documentCode')),
    issuer: withoutFillers(text('issuer')),
    familyName: spaced(family),
    givenNames: spaced(given.join('<')).replaceAll(/ +/g, ' '),
    isNameCut: !names.endsWith('<'),
    documentNumber: numberOf(layout, lines),
    nationality: withoutFillers(text('nationality')),
    birthDate: birthDateOf(text('birthDate'), today),
    expiryDate: expiryDateOf(text('expiryDate'), today),
    sex: sexOf(text('sex')),
    optional: [text('optional'), text('optional2')].map(withoutFillers).filter((part) => part !== ''),
    checks,
    isValid: checks.every((check) => check.isRight),
  };
}
