import codes from 'i18n-iso-countries/codes.json' with { type: 'json' };

const ALPHA_2: ReadonlyMap<string, string> = new Map(
  codes.flatMap(([alpha2, alpha3]) =>
    alpha2 === undefined || alpha3 === undefined ? [] : [[alpha3, alpha2] as const],
  ),
);

/** ISO 3166-1 alpha-2 of an alpha-3 code (Persona takes the one, Personr the other); '' for none or an unknown one. */
export function alpha2Of(alpha3: string): string {
  return ALPHA_2.get(alpha3) ?? '';
}
