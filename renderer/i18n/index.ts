import { createInstance } from 'i18next';
import type { i18n as I18n } from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { BuiltInName } from '../../shared/domain/index.ts';
import { de as messagesDe, en as messagesEn } from '../../shared/messages/index.ts';
import type { Message } from '../../shared/messages/index.ts';
import { withinSentence } from '../../shared/util/within-sentence.ts';
import { ui as uiDe } from './de.ts';
import { ui as uiEn } from './en.ts';
import { availableLanguages, chooseLanguage } from './language.ts';
import type { LanguageSetting } from './language.ts';
import type { StripPlural } from './types.ts';

/** A key to ask for. Plural keys are asked for by their base, with `count`. */
export type TextKey = StripPlural<keyof typeof uiEn>;

/** Numbers are written as the locale writes them, except those that name something. */
export type TextParams = Readonly<Record<string, string | number>>;

const instance = createInstance();
/** Keys hold dots and messages hold colons, so i18next must split neither. Resources are bundled: nothing is loaded. */
void instance.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  supportedLngs: availableLanguages,
  ns: ['ui', 'messages'],
  defaultNS: 'ui',
  resources: { en: { ui: uiEn, messages: messagesEn }, de: { ui: uiDe, messages: messagesDe } },
  keySeparator: false,
  nsSeparator: false,
  initAsync: false,
  interpolation: { escapeValue: false },
});

/** The one instance. */
export const i18n: I18n = instance;

let locale = 'en';

/** Follows the setting at once, on everything that is shown. `systemTags` as for `chooseLanguage`. */
export function setLanguage(setting: LanguageSetting, systemTags: readonly string[]): void {
  const chosen = chooseLanguage(setting, systemTags);
  locale = chosen.locale;
  document.documentElement.lang = chosen.language;
  void instance.changeLanguage(chosen.language);
}

/** BCP 47 tag for dates, numbers and country names. */
export function currentLanguage(): string {
  return locale;
}

/** Numbers that are a name, a code or a picture's side: `Batch 1204`, not `Batch 1,204`. */
const NAMING_PARAMS: ReadonlySet<string> = new Set([
  'number',
  'batch',
  'line',
  'firstLine',
  'sequence',
  'status',
  'width',
  'height',
]);

const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** A name from outside, so that the sentence around it keeps its order (UAX #9: between FSI and PDI). */
function apart(name: string): string {
  const plain = withinSentence(name);
  return RIGHT_TO_LEFT.test(plain) ? `\u2068${plain}\u2069` : plain;
}

/** What is filled into a sentence: numbers as the locale writes them, names so that they stay within their place. */
function filledIn(params: TextParams): TextParams {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      if (typeof value === 'string') return [name, apart(value)];
      const isAmount = typeof value === 'number' && !NAMING_PARAMS.has(name);
      return [name, isAmount ? new Intl.NumberFormat(locale).format(value) : value];
    }),
  );
}

function translate(ns: 'ui' | 'messages', key: string, params: TextParams): string {
  const { count } = params;
  // `count` chooses the plural as a number and is written as the locale writes it.
  return instance.t(key, { ns, replace: filledIn(params), ...(typeof count === 'number' ? { count } : {}) });
}

/** A text of the window, for code that is not a component. Components use `useText`, which follows the language. */
export function text(key: TextKey, params: TextParams = {}): string {
  return translate('ui', key, params);
}

/** Parameters of messages whose values are words of the contract (`id_card`), and where their words are. */
const WORDED_PARAMS: Readonly<Record<string, string>> = {
  documentType: 'document',
  side: 'side',
  field: 'field',
  state: 'state',
  cause: 'cause',
  environment: 'environment',
  rule: 'settings.flow.rule',
  fromSeverity: 'settings.flow.severity',
  toSeverity: 'settings.flow.severity',
  sides: 'settings.flow.sides',
  fromSides: 'settings.flow.sides',
  toSides: 'settings.flow.sides',
  way: 'settings.route',
  routeField: 'settings.route',
  setting: 'settings.wizard',
};

/** A name as somebody typed it, or the words of one that Satchel brought along. */
export function nameText(name: string, key: BuiltInName | null | undefined): string {
  return key === null || key === undefined ? name : text(`builtIn.${key}`);
}

function inWords(params: TextParams): TextParams {
  const words = Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      const builtIn = BuiltInName.safeParse(params[`${name}Key`]).data;
      if (builtIn !== undefined) return [name, nameText(String(value), builtIn)];
      const key = `${WORDED_PARAMS[name] ?? ''}.${value}`;
      return [name, instance.exists(key, { ns: 'ui' }) ? instance.t(key, { ns: 'ui' }) : value];
    }),
  );
  // Where a document has two sides, its requirement alone does not say which of them is meant.
  if (params['side'] === 'front' || params['side'] === 'back') {
    return { ...words, requirement: `${words['requirement']}, ${text(`sideWithin.${params['side']}`)}` };
  }
  return words;
}

/** A sentence that came from main. A code without a sentence falls back to a plain one that names the code. */
export function formatMessage(message: Message): string {
  const params = inWords(message.params ?? {});
  if (!instance.exists(message.code, { ...params, ns: 'messages' })) {
    return instance.t('message.unknown', { ns: 'ui', code: message.code });
  }
  return translate('messages', message.code, params);
}

/** Whether main's catalogue has a sentence for this code. */
export function hasMessage(code: string): boolean {
  return instance.exists(code, { ns: 'messages' });
}

type TextFunction = (key: TextKey, params?: TextParams) => string;

/** One per language, so that effects and memos that depend on it run again when the language changes. */
const textFunctions: ReadonlyMap<string, TextFunction> = new Map(
  availableLanguages.map((language): [string, TextFunction] => [language, (key, params) => text(key, params)]),
);

/** The texts of the window in the chosen language; another function in another language. */
export function useText(): TextFunction {
  const { language } = useTranslation('ui', { i18n: instance }).i18n;
  return textFunctions.get(language) ?? text;
}
