import { createInstance } from 'i18next';
import { de, en } from '../../../../shared/messages/index.ts';

/** Puts messages of the catalogue into words, as the window and the command line do. */
export function sayer(language: 'en' | 'de') {
  const words = createInstance({
    lng: language,
    keySeparator: false,
    nsSeparator: false,
    resources: { en: { translation: en }, de: { translation: de } },
  });
  void words.init();
  return (message: { code: string; params?: Readonly<Record<string, string | number>> }): string =>
    words.t(message.code, { ...message.params });
}
