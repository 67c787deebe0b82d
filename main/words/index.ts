import { createInstance } from 'i18next';
import { en } from '../../shared/messages/index.ts';
import type { Message } from '../../shared/messages/index.ts';

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

export function inEnglish(message: Message): string {
  return words.t(message.code, { ...message.params });
}
