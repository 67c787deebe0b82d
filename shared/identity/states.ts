import { isCountry } from '../rules/countries.ts';

/** Codes of a zone that stand for a country without being its ISO 3166-1 alpha-3 code (Doc 9303-3, section 5). */
const OTHER_CODES: Readonly<Record<string, string>> = {
  D: 'DEU',
  GBD: 'GBR',
  GBN: 'GBR',
  GBO: 'GBR',
  GBP: 'GBR',
  GBS: 'GBR',
  // What Kosovo prints; Doc 9303 does not have it.
  RKS: 'XKX',
};

/**
 * The country that issued a document, as ISO 3166-1 alpha-3, from the code in its zone. Null for everything that is none: the
 * specimen state UTO, organisations (EUE, UNO, XOM, …), stateless persons and refugees (XXA, XXB, XXC).
 */
export function countryOfState(code: string): string | null {
  const country = OTHER_CODES[code] ?? code;
  return isCountry(country) ? country : null;
}
