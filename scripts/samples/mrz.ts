/** Machine-readable zones after ICAO Doc 9303, parts 3 (check digits, transliteration), 4 (TD3) and 5 (TD1). */

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
const WEIGHTS = [7, 3, 1];

/** Part 3, 4.9: digits count as they are, A to Z as 10 to 35, the filler as 0; weights 7, 3, 1; modulo 10. */
export function checkDigit(text: string): string {
  const sum = Array.from(text).reduce((total, character, index) => {
    const value = character === '<' ? 0 : Number.parseInt(character, 36);
    return total + value * (WEIGHTS[index % 3] ?? 0);
  }, 0);
  return String(sum % 10);
}

function field(text: string, length: number): string {
  return text.padEnd(length, '<').slice(0, length);
}

function letters(text: string): string {
  return text.toUpperCase().replace(/[^A-Z]+/g, '<');
}

function names(person: MrzPerson, length: number): string {
  return field(`${letters(person.familyName)}<<${letters(person.givenNames)}`, length);
}

function shortDate(isoDate: string): string {
  return isoDate.slice(2).replaceAll('-', '');
}

/** Part 4, 4.2.2: two lines of 44 characters. */
export function passportZone(person: MrzPerson): [string, string] {
  const number = field(person.documentNumber, 9);
  const birth = shortDate(person.birthDate);
  const expiry = shortDate(person.expiryDate);
  const optional = field('', 14);
  const withChecks = [number + checkDigit(number), birth + checkDigit(birth), expiry + checkDigit(expiry)] as const;
  const optionalWithCheck = `${optional}<`;
  const composite = checkDigit(withChecks.join('') + optionalWithCheck);
  return [
    `P<${STATE}${names(person, 39)}`,
    `${withChecks[0]}${STATE}${withChecks[1]}${person.sex}${withChecks[2]}${optionalWithCheck}${composite}`,
  ];
}

/** Part 5, 4.2.2: three lines of 30 characters. */
export function cardZone(person: MrzPerson): [string, string, string] {
  const number = field(person.documentNumber, 9);
  const birth = shortDate(person.birthDate);
  const expiry = shortDate(person.expiryDate);
  const upper = `${number}${checkDigit(number)}${field('', 15)}`;
  const birthWithCheck = birth + checkDigit(birth);
  const expiryWithCheck = expiry + checkDigit(expiry);
  const optional = field('', 11);
  const composite = checkDigit(upper + birthWithCheck + expiryWithCheck + optional);
  return [
    `I<${STATE}${upper}`,
    `${birthWithCheck}${person.sex}${expiryWithCheck}${STATE}${optional}${composite}`,
    names(person, 30),
  ];
}
