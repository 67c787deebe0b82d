import { COUNTRIES, alpha2Of } from '../../shared/rules/index.ts';
import type { Option } from './Field.tsx';

const optionsByLanguage = new Map<string, readonly Option[]>();

/** The country's name, or the code itself when it is none. */
export function countryName(alpha3: string, language: string): string {
  const alpha2 = alpha2Of(alpha3);
  if (alpha2 === undefined) return alpha3;
  return new Intl.DisplayNames([language], { type: 'region' }).of(alpha2) ?? alpha3;
}

/** Every country, by name; ids are ISO 3166-1 alpha-3. */
export function countryOptions(language: string): readonly Option[] {
  const known = optionsByLanguage.get(language);
  if (known !== undefined) return known;
  const names = new Intl.DisplayNames([language], { type: 'region' });
  const options = COUNTRIES.map((alpha3) => ({
    id: alpha3,
    label: names.of(alpha2Of(alpha3) ?? alpha3) ?? alpha3,
  })).sort((first, second) => first.label.localeCompare(second.label, language));
  optionsByLanguage.set(language, options);
  return options;
}
