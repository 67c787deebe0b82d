import { describe, expect, it } from 'vitest';
import { chooseLanguage } from '../../../renderer/i18n/language.ts';

describe('chooseLanguage', () => {
  it('takes the language of the setting, and the region of the system', () => {
    expect(chooseLanguage('de', ['de-AT', 'en-US'])).toEqual({ language: 'de', locale: 'de-AT' });
    expect(chooseLanguage('en', ['de-DE', 'en-GB'])).toEqual({ language: 'en', locale: 'en-GB' });
    expect(chooseLanguage('en', ['de-DE'])).toEqual({ language: 'en', locale: 'en-DE' });
    expect(chooseLanguage('de', [])).toEqual({ language: 'de', locale: 'de' });
  });

  it('follows the first language of the system that has a catalogue', () => {
    expect(chooseLanguage('system', ['de-CH'])).toEqual({ language: 'de', locale: 'de-CH' });
    expect(chooseLanguage('system', ['fr-CH', 'de-CH', 'en'])).toEqual({ language: 'de', locale: 'de-CH' });
    expect(chooseLanguage('system', ['en-US', 'de'])).toEqual({ language: 'en', locale: 'en-US' });
  });

  it('falls back to English for a system of another language, or of none', () => {
    expect(chooseLanguage('system', ['fr-FR'])).toEqual({ language: 'en', locale: 'en-FR' });
    expect(chooseLanguage('system', ['C', 'not a tag'])).toEqual({ language: 'en', locale: 'en' });
  });
});
