import { describe, expect, it } from 'vitest';
import { ui as uiDe } from '../../../renderer/i18n/de.ts';
import { ui as uiEn } from '../../../renderer/i18n/en.ts';
import { de as messagesDe, en as messagesEn } from '../../../shared/messages/index.ts';

type Catalogue = Readonly<Record<string, string>>;

const catalogues: readonly { name: string; en: Catalogue; de: Catalogue }[] = [
  { name: 'window', en: uiEn, de: uiDe },
  { name: 'messages', en: messagesEn, de: messagesDe },
];

const placeholders = (sentence: string): string =>
  [...new Set([...sentence.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? ''))].sort().join(', ');

/** Words that stand for one idea each; the others would be a second name for it. */
const WRONG_WORDS: readonly (readonly [RegExp, string])[] = [
  [/\bBatch\b|Charge\b|Sammelmappe/, 'Stapel'],
  [/Einreichung|\bFall\b/, 'Vorgang'],
  [/\bSlot/, 'Platz'],
  [/\bFlow\b|Workflow/, 'Ablauf'],
  [/Ledger|Journal/, 'Protokoll'],
  [/\bVault\b/, 'Tresor'],
  [/Outbox|Postausgang/, 'Ausgang'],
  [/annullier/i, 'stornieren'],
  [/Recovery/, 'Wiederherstellungsschlüssel'],
  [/Operator|Bediener/, 'Mitarbeiter'],
];

describe.each(catalogues)('German catalogue of the $name', ({ en, de }) => {
  it('has the keys of the English one, plural forms included', () => {
    expect(Object.keys(de).filter((key) => !Object.hasOwn(en, key))).toEqual([]);
    expect(Object.keys(en).filter((key) => !Object.hasOwn(de, key))).toEqual([]);
  });

  it('has both plural forms, which is what German needs', () => {
    expect(new Intl.PluralRules('de').resolvedOptions().pluralCategories.toSorted()).toEqual(['one', 'other']);
    const half = Object.keys(de).filter((key) => {
      const other = key.endsWith('_one') ? key.replace(/_one$/, '_other') : key.replace(/_other$/, '_one');
      return !Object.hasOwn(de, other);
    });
    expect(half).toEqual([]);
  });

  it('fills in what the English sentence fills in', () => {
    const different = Object.entries(en)
      .filter(([key, sentence]) => placeholders(sentence) !== placeholders(de[key] ?? ''))
      .map(([key]) => key);
    expect(different).toEqual([]);
  });

  it('is not empty, has no stray spaces and no exclamation marks', () => {
    const bad = Object.entries(de).filter(([, text]) => text === '' || text.trim() !== text || /!| {2}/.test(text));
    expect(bad).toEqual([]);
  });

  it('ends a sentence as the English one ends', () => {
    const bad = Object.entries(en)
      .filter(([key, sentence]) => /[.?…:]$/.exec(sentence)?.[0] !== /[.?…:]$/.exec(de[key] ?? '')?.[0])
      .map(([key]) => key);
    expect(bad).toEqual([]);
  });

  it('uses one word for one idea', () => {
    // Column names of the manifest are the format's own.
    const ownNames = Object.entries(de).filter(([key]) => !key.startsWith('manifest.'));
    const found = ownNames.flatMap(([key, text]) =>
      WRONG_WORDS.filter(([wrong]) => wrong.test(text)).map(([, right]) => `${key}: ${right}`),
    );
    expect(found).toEqual([]);
  });

  it('speaks to people with Sie', () => {
    expect(Object.entries(de).filter(([, text]) => /\b(du|dein|deine|dir|dich)\b/i.test(text))).toEqual([]);
  });
});

it('no German sentence of a provider names a reason that is not for the counter', () => {
  expect(
    Object.values(messagesDe).filter((text) =>
      /sanktion|straf|politisch|überwachungsliste|fälsch|betrug|geldwäsche/i.test(text),
    ),
  ).toEqual([]);
});

it('says the next step of a finding as a signpost does in German: what to do, not whom it asks', () => {
  const polite = Object.entries(messagesDe).filter(
    ([key, text]) => /^finding\..*\.next$/.test(key) && /\bSie\b/.test(text),
  );
  expect(polite).toEqual([]);
});
