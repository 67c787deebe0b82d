import { licenceDate } from './date.ts';
import { openAamva } from './file.ts';
import type { AamvaFile } from './file.ts';

/**
 * What the barcode of a North American driving licence or identity card says of its holder. Names are as encoded, in capitals.
 * '' and null: it does not say.
 */
export interface Licence {
  readonly kind: 'driving_licence' | 'id_card';
  /** The edition of the standard, as `AamvaFile.version`. */
  readonly version: number;
  /** Six digits: the issuer's number (IIN). */
  readonly issuerId: string;
  /** ISO 3166-1 alpha-3 of the issuing country, where the code names it (since version 2). */
  readonly country: 'USA' | 'CAN' | '';
  /** Two letters of the state or province of the address. */
  readonly jurisdiction: string;
  readonly familyName: string;
  /** First and middle names, with spaces between them. */
  readonly givenNames: string;
  /** The issuer says that a name goes on (since version 4): DDE, DDF, DDG. */
  readonly isNameCut: boolean;
  readonly documentNumber: string;
  /** YYYY-MM-DD, as the two that follow. */
  readonly birthDate: string | null;
  readonly issueDate: string | null;
  readonly expiryDate: string | null;
  readonly sex: 'male' | 'female' | 'unspecified';
}

/** What stands in an element that has nothing to say (Annex D.12.5: `NONE`, `unavl`). */
const NOTHING = /^(NONE|UNAVL|N\/A)$/i;

function text(file: AamvaFile, id: string): string {
  const value = file.elements.get(id) ?? '';
  return NOTHING.test(value) ? '' : value;
}

/** Several names in one element are separated by commas (by `$` in a few cards of the first version). */
function spaced(names: string): string {
  return names
    .split(/[,$\s]+/)
    .filter((name) => name !== '' && !NOTHING.test(name))
    .join(' ');
}

/**
 * Family name: DCS since version 2, DAB before. Given names: DAC and DAD; in versions 2 and 3 DCT holds them together. Cards of
 * version 1 may have the whole name in DAA, family name first.
 */
function namesOf(file: AamvaFile): { familyName: string; givenNames: string } {
  const familyName = spaced(text(file, 'DCS') || text(file, 'DAB'));
  const separate = spaced(`${text(file, 'DAC')} ${text(file, 'DAD')}`);
  const givenNames = separate === '' ? spaced(text(file, 'DCT')) : separate;
  if (familyName !== '' || givenNames !== '') return { familyName, givenNames };
  const [family = '', ...given] = text(file, 'DAA').split(/[,$]/);
  return { familyName: spaced(family), givenNames: spaced(given.slice(0, 2).join(' ')) };
}

function sexOf(printed: string): Licence['sex'] {
  if (printed === '1' || printed === 'M') return 'male';
  return printed === '2' || printed === 'F' ? 'female' : 'unspecified';
}

function countryOf(file: AamvaFile): Licence['country'] {
  const country = text(file, 'DCG');
  if (country === 'CAN' || country === 'CA') return 'CAN';
  return country === 'USA' || country === 'US' ? 'USA' : '';
}

/**
 * Reads the text of a PDF417 code after the AAMVA DL/ID Card Design Standard, Annex D (editions of 2000 to 2025); null when it
 * is another text, or names nobody. There is no check digit in it: the code's own error correction is what speaks for it.
 */
export function parseLicence(code: string): Licence | null {
  const file = openAamva(code);
  if (file === null) return null;
  const names = namesOf(file);
  const documentNumber = text(file, 'DAQ');
  if (names.familyName === '' && documentNumber === '') return null;
  return {
    kind: file.kind === 'DL' ? 'driving_licence' : 'id_card',
    version: file.version,
    issuerId: file.issuerId,
    country: countryOf(file),
    jurisdiction: text(file, 'DAJ'),
    ...names,
    isNameCut: ['DDE', 'DDF', 'DDG'].some((id) => text(file, id) === 'T'),
    documentNumber,
    birthDate: licenceDate(text(file, 'DBB')),
    issueDate: licenceDate(text(file, 'DBD')),
    expiryDate: licenceDate(text(file, 'DBA')),
    sex: sexOf(text(file, 'DBC')),
  };
}
