import { createInstance } from 'i18next';
import type { i18n as I18n } from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { en as messagesEn } from '../../shared/messages/index.ts';
import type { Message } from '../../shared/messages/index.ts';
import { ui as uiEn } from './en.ts';
import type { StripPlural } from './types.ts';

/** Every sentence and word of the window, by key. A second language must have exactly these keys. */
export type Catalogue = Readonly<Record<keyof typeof uiEn, string>>;

/** A key to ask for. Plural keys are asked for by their base, with `count`. */
export type TextKey = StripPlural<keyof typeof uiEn>;

export type TextParams = Readonly<Record<string, string | number>>;

const instance = createInstance();
/** Keys hold dots and messages hold colons, so i18next must split neither. Resources are bundled: nothing is loaded. */
void instance.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  ns: ['ui', 'messages'],
  defaultNS: 'ui',
  resources: { en: { ui: uiEn, messages: messagesEn } },
  keySeparator: false,
  nsSeparator: false,
  initAsync: false,
  interpolation: { escapeValue: false },
});

/** Languages with a catalogue. */
export const availableLanguages: readonly string[] = ['en'];

/** The one instance; the frame changes its language. */
export const i18n: I18n = instance;

/** A text of the window, for code that is not a component. Components use `useText`, which follows the language. */
export function text(key: TextKey, params: TextParams = {}): string {
  return instance.t(key, { ...params, ns: 'ui' });
}

/** Parameters of messages whose values are words of the contract (`id_card`), and where their words are. */
const WORDED_PARAMS: Readonly<Record<string, string>> = {
  documentType: 'document',
  side: 'side',
  field: 'field',
  state: 'state',
  cause: 'cause',
  environment: 'environment',
};

function inWords(params: TextParams): TextParams {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      const key = `${WORDED_PARAMS[name] ?? ''}.${value}`;
      return [name, instance.exists(key, { ns: 'ui' }) ? instance.t(key, { ns: 'ui' }) : value];
    }),
  );
}

/** A sentence that came from main. A code without a sentence falls back to a plain one that names the code. */
export function formatMessage(message: Message): string {
  const params = inWords(message.params ?? {});
  if (!instance.exists(message.code, { ...params, ns: 'messages' })) {
    return instance.t('message.unknown', { ns: 'ui', code: message.code });
  }
  return instance.t(message.code, { ...params, ns: 'messages' });
}

/** Whether main's catalogue has a sentence for this code. */
export function hasMessage(code: string): boolean {
  return instance.exists(code, { ns: 'messages' });
}

/** The texts of the window in the chosen language. */
export function useText(): (key: TextKey, params?: TextParams) => string {
  useTranslation('ui', { i18n: instance });
  return text;
}

/** BCP 47 tag for dates, numbers and country names. */
export function currentLanguage(): string {
  return instance.language;
}
