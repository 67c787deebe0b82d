import codes from 'i18n-iso-countries/codes.json';
import type { Option } from './Field.tsx';

/** ISO 3166-1 alpha-3 → alpha-2. */
const alpha2ByAlpha3 = new Map<string, string>();
for (const [alpha2, alpha3] of codes) {
  if (typeof alpha2 === 'string' && typeof alpha3 === 'string') alpha2ByAlpha3.set(alpha3, alpha2);
}

const optionsByLanguage = new Map<string, readonly Option[]>();

/** The country's name, or the code itself when it is none. */
export function countryName(alpha3: string, language: string): string {
  const alpha2 = alpha2ByAlpha3.get(alpha3);
  if (alpha2 === undefined) return alpha3;
  return new Intl.DisplayNames([language], { type: 'region' }).of(alpha2) ?? alpha3;
}

/** Every country, by name; ids are ISO 3166-1 alpha-3. */
export function countryOptions(language: string): readonly Option[] {
  const known = optionsByLanguage.get(language);
  if (known !== undefined) return known;
  const names = new Intl.DisplayNames([language], { type: 'region' });
  const options = [...alpha2ByAlpha3]
    .map(([alpha3, alpha2]) => ({ id: alpha3, label: names.of(alpha2) ?? alpha3 }))
    .sort((first, second) => first.label.localeCompare(second.label, language));
  optionsByLanguage.set(language, options);
  return options;
}
