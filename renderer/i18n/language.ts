/** Languages with a catalogue; the first one stands in for every other. */
export const availableLanguages = ['en', 'de'] as const;
export type Language = (typeof availableLanguages)[number];

/** What the settings hold: a language, or the system's. */
export type LanguageSetting = 'system' | Language;

/** The language of the texts, and the BCP 47 tag that numbers, dates and country names follow. */
export interface ChosenLanguage {
  readonly language: Language;
  readonly locale: string;
}

function parsed(tag: string): Intl.Locale | null {
  try {
    return new Intl.Locale(tag);
  } catch {
    return null;
  }
}

/**
 * The language for a setting. `systemTags`: the system's languages as BCP 47, wanted most first (`navigator.languages`).
 * The region is always the system's, because a PC in Austria or Australia keeps its dates whatever language is read on it.
 */
export function chooseLanguage(setting: LanguageSetting, systemTags: readonly string[]): ChosenLanguage {
  const system = systemTags.map(parsed).filter((locale) => locale !== null);
  const isKnown = (language: string | undefined): language is Language =>
    availableLanguages.some((known) => known === language);
  const language =
    setting === 'system' ? (system.map((locale) => locale.language).find(isKnown) ?? availableLanguages[0]) : setting;
  const region = (system.find((locale) => locale.language === language) ?? system[0])?.region;
  return { language, locale: region === undefined ? language : `${language}-${region}` };
}
