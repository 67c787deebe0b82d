import { de, en } from '../../../shared/messages/index.ts';

export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

const CATALOGUES = { en, de } as const;

const literally = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** What a finding's sentence looks like in a language, whatever stands in its places. Throws for a rule without one. */
export function sentenceOf(rule: string, language: Language): RegExp {
  const text = CATALOGUES[language][`finding.${rule}`];
  if (text === undefined) throw new Error(`screenshots: nothing is said of ${rule}`);
  return new RegExp(
    text
      .split(/\{\{\w+\}\}/)
      .map(literally)
      .join('.+'),
  );
}
