import codes from 'i18n-iso-countries/codes.json' with { type: 'json' };

/** ISO 3166-1 alpha-3. */
const ALPHA_3: ReadonlySet<string> = new Set(codes.flatMap(([, alpha3]) => (alpha3 === undefined ? [] : [alpha3])));

/** Beside those: ICAO's own specimen country, which the sample documents come from, and Kosovo as most write it (assumed of the providers). */
const OTHERS: ReadonlySet<string> = new Set(['UTO', 'XKX']);

export function isAlpha3(country: string): boolean {
  return OTHERS.has(country) || ALPHA_3.has(country);
}
