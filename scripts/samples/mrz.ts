/** Machine-readable zones after ICAO Doc 9303, parts 3 (check digits, transliteration), 4 (TD3) and 5 (TD1). */

import { zoneLines } from '../mrz/zones.ts';
import type { ZoneFields } from '../mrz/zones.ts';

export interface MrzPerson {
  readonly givenNames: string;
  readonly familyName: string;
  /** YYYY-MM-DD */
  readonly birthDate: string;
  readonly sex: 'F' | 'M';
  readonly documentNumber: string;
  /** YYYY-MM-DD */
  readonly expiryDate: string;
}

/** The specimen country that ICAO itself uses. */
const STATE = 'UTO';

function letters(text: string): string {
  return text.toUpperCase().replace(/[^A-Z]+/g, '<');
}

function shortDate(isoDate: string): string {
  return isoDate.slice(2).replaceAll('-', '');
}

function fieldsOf(person: MrzPerson, documentCode: string): ZoneFields {
  return {
    documentCode,
    issuer: STATE,
    nationality: STATE,
    names: `${letters(person.familyName)}<<${letters(person.givenNames)}`,
    documentNumber: person.documentNumber,
    birthDate: shortDate(person.birthDate),
    sex: person.sex,
    expiryDate: shortDate(person.expiryDate),
  };
}

/** Part 4, 4.2.2: two lines of 44 characters. */
export function passportZone(person: MrzPerson): [string, string] {
  const [upper = '', lower = ''] = zoneLines('TD3', fieldsOf(person, 'P'));
  return [upper, lower];
}

/** Part 5, 4.2.2: three lines of 30 characters. */
export function cardZone(person: MrzPerson): [string, string, string] {
  const [upper = '', middle = '', lower = ''] = zoneLines('TD1', fieldsOf(person, 'I'));
  return [upper, middle, lower];
}
