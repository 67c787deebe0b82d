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
  const filledIn: Record<string, string | number | undefined> = { ...params, ...named, ...inPlainWords(params) };
  for (const [name, value] of Object.entries(filledIn)) {
    if (typeof value === 'string') filledIn[name] = withinSentence(value);
  }
  return words.t(code, filledIn);
}

/** What of a message is a word of the contract. The provider's own words stay as they are. */
const OUR_WORDS = ['field', 'documentType', 'rule', 'sides', 'fromSides', 'toSides', 'setting', 'routeField', 'way'];

/** A word of the contract as people say it: `birthDate` is the birth date, `id_card` an id card. */
function inPlainWords(params: NonNullable<Message['params']>): Record<string, string> {
  return Object.fromEntries(
    OUR_WORDS.flatMap((name) => {
      const word = params[name];
      if (typeof word !== 'string') return [];
      return [[name, word.replaceAll(/(?<=[a-z])(?=[A-Z])|[_.]/g, ' ').toLowerCase()]];
    }),
  );
}
