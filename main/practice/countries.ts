import codes from 'i18n-iso-countries/codes.json' with { type: 'json' };

/** ISO 3166-1 alpha-3. */
const ALPHA_3: ReadonlySet<string> = new Set(codes.flatMap(([, alpha3]) => (alpha3 === undefined ? [] : [alpha3])));

/** Beside the real countries: ICAO's own specimen country, which the sample documents come from. */
const SPECIMEN_COUNTRY = 'UTO';

export function isAlpha3(country: string): boolean {
  return country === SPECIMEN_COUNTRY || ALPHA_3.has(country);
}
