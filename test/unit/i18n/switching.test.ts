import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { countryName, countryOptions } from '../../../renderer/components/countries.ts';
import { formatBytes, formatDistance, formatMoment, formatNumber } from '../../../renderer/components/format.ts';
import { inEnglish } from '../../../main/words/index.ts';
import { currentLanguage, formatMessage, nameText, setLanguage, text } from '../../../renderer/i18n/index.ts';
import { PROVIDER_DESCRIPTORS, ProviderId } from '../../../shared/domain/index.ts';
import { connectionNameKey, practiceFlows } from '../../../shared/domain/practice-flows.ts';

const root = { lang: '' };

beforeAll(() => {
  vi.stubGlobal('document', { documentElement: root });
  setLanguage('de', ['en-US', 'de-DE']);
});
afterAll(() => {
  setLanguage('en', []);
  vi.unstubAllGlobals();
});

const said = (file: string): string => formatMessage({ code: 'finding.page.blank', params: { file } });

describe('in German', () => {
  it('the document says so', () => {
    expect(root.lang).toBe('de');
    expect(currentLanguage()).toBe('de-DE');
  });

  it('texts, plurals and numbers are German', () => {
    expect(text('screen.capture')).toBe('Erfassung');
    expect(text('frame.attentionCount', { count: 1 })).toBe('1 Vorgang zu klären');
    expect(text('frame.attentionCount', { count: 1234 })).toBe('1.234 Vorgänge zu klären');
    expect(text('capture.batchNumber', { number: 1204 })).toBe('Stapel 1204');
  });

  it('a sentence from main has German words and decimals in it', () => {
    expect(
      formatMessage({ code: 'import.tooLarge', params: { file: 'a.pdf', megabytes: 52.4, limitMegabytes: 50 } }),
    ).toContain('52,4 MB');
    expect(formatMessage({ code: 'personr.fieldMissing', params: { field: 'birthDate' } })).toBe(
      'Personr braucht dieses Feld: Geburtsdatum.',
    );
    expect(formatMessage({ code: 'connection.inUse', params: { count: 2 } })).toContain('2 Vorgänge');
    expect(formatMessage({ code: 'nobody.wrote.this' })).toContain('nobody.wrote.this');
  });

  it('a file’s name turns nothing around and breaks no line of the sentence that it stands in', () => {
    expect(said('\u202Egpj.tr\nop.jpg')).toBe('Auf gpj.tr op.jpg ist nichts zu sehen.');
    expect(said('\u05D3\u05E8\u05DB\u05D5\u05DF.jpg')).toBe(
      'Auf \u2068\u05D3\u05E8\u05DB\u05D5\u05DF.jpg\u2069 ist nichts zu sehen.',
    );
    expect(inEnglish({ code: 'finding.page.blank', params: { file: 'a\u001B[2Jb.jpg' } })).toBe(
      'There is nothing on a [2Jb.jpg.',
    );
  });

  it('a name that Satchel brought along is German, one that somebody typed stays as it is', () => {
    expect(nameText('Identity document', 'identityDocument')).toBe('Ausweisdokument');
    expect(nameText('Identity document', null)).toBe('Identity document');
    const params = { requirement: 'Identity document', documentType: 'id_card', side: 'front' };
    expect(formatMessage({ code: 'finding.slot.empty', params })).toMatch(/^Identity document, Vorderseite: /);
    expect(
      formatMessage({
        code: 'finding.slot.empty',
        params: { ...params, requirementKey: 'identityDocument', side: 'single' },
      }),
    ).toMatch(/^Ausweisdokument: /);
    expect(
      formatMessage({ code: 'finding.slot.empty', params: { ...params, requirementKey: 'of another version' } }),
    ).toMatch(/^Identity document, Vorderseite: /);
  });

  it('the practice connections and flows have no name without words', () => {
    const unworded = ProviderId.options.flatMap((provider) =>
      practiceFlows(provider).flatMap((flow) => [
        ...(flow.nameKey === undefined ? [flow.name] : []),
        ...flow.requirements.filter(({ labelKey }) => labelKey === undefined).map(({ label }) => label),
      ]),
    );
    expect(unworded).toEqual([]);
    const { name } = PROVIDER_DESCRIPTORS.personr.practice;
    expect(connectionNameKey({ provider: 'personr', environment: 'practice', name })).toBe('practicePersonr');
    expect(connectionNameKey({ provider: 'personr', environment: 'sandbox', name })).toBeNull();
    expect(connectionNameKey({ provider: 'personr', environment: 'practice', name: 'Ours' })).toBeNull();
  });

  it('dates, sizes, distances and countries follow', () => {
    const at = Date.UTC(2026, 10, 21, 13, 32);
    const language = currentLanguage();
    expect(formatMoment(at, at, language, 'UTC')).toBe('13:32');
    expect(formatMoment(at, at + 86_400_000, language, 'UTC')).toMatch(/^Sa\.?, 21\. Nov\./);
    expect(formatDistance(at, at + 120_000, language)).toBe('vor 2 Min.');
    expect(formatDistance(at + 172_800_000, at, language)).toBe('in 2 Tagen');
    expect(formatBytes(1_400_000, language)).toBe('1,4 MB');
    expect(formatNumber(12_345, language)).toBe('12.345');
    expect(countryName('AUT', language)).toBe('Österreich');
    const names = countryOptions(language).map((option) => option.label);
    // Sorted as German sorts: Ö stands with O.
    expect(names.indexOf('Österreich')).toBeLessThan(names.indexOf('Pakistan'));
  });
});

describe('switching', () => {
  it('takes effect at once and back', () => {
    setLanguage('en', ['de-DE', 'en-GB']);
    expect([text('screen.capture'), root.lang, currentLanguage()]).toEqual(['Capture', 'en', 'en-GB']);
    setLanguage('system', ['de-DE', 'en-GB']);
    expect([text('screen.capture'), root.lang, currentLanguage()]).toEqual(['Erfassung', 'de', 'de-DE']);
  });
});
