import { createInstance } from 'i18next';
import { en } from '../../shared/messages/index.ts';
import type { Message } from '../../shared/messages/index.ts';
import { withinSentence } from '../../shared/util/within-sentence.ts';

/** Sentences for places without a window: the command line, and an error box before there is one. */
const words = createInstance({
  lng: 'en',
  fallbackLng: 'en',
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
  resources: { en: { translation: en } },
});
void words.init();

/** The sentence of a message. A requirement is named with the side that is meant, where its document has two. */
export function inEnglish({ code, params = {} }: Message): string {
  const { requirement, side } = params;
  const named = side === 'front' || side === 'back' ? { requirement: `${requirement}, ${side}` } : {};
  const filledIn: Record<string, string | number | undefined> = { ...params, ...named };
  for (const [name, value] of Object.entries(filledIn)) {
    if (typeof value === 'string') filledIn[name] = withinSentence(value);
  }
  return words.t(code, filledIn);
}
