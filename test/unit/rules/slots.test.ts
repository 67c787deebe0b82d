import { getAlpha3Codes } from 'i18n-iso-countries';
import { describe, expect, it } from 'vitest';
import { COUNTRIES, alpha2Of, documentsOf, isCountry, slotsOf } from '../../../shared/rules/index.ts';
import { PASSPORT, SELFIE, personaFlow, personrFlow } from '../../support/rule-inputs.ts';

describe('slots', () => {
  it('follow the flow and the chosen documents', () => {
    expect(slotsOf(personrFlow, []).map((slot) => slot.key)).toEqual([PASSPORT, SELFIE]);
    const chosen = [{ requirementId: 'identity', documentType: 'id_card' as const, country: 'AUS' }];
    expect(slotsOf(personrFlow, chosen).map((slot) => slot.key)).toEqual([
      'identity/id_card/front',
      'identity/id_card/back',
      SELFIE,
    ]);
    expect(documentsOf(personrFlow, chosen)[0]).toMatchObject(chosen[0] ?? {});
  });

  it('fall back to the first accepted document when the chosen one is not accepted', () => {
    const chosen = [{ requirementId: 'identity', documentType: 'selfie' as const, country: '' }];
    expect(documentsOf(personaFlow, chosen)[0]?.documentType).toBe('passport');
  });
});

describe('countries', () => {
  it('knows alpha-3 and its alpha-2, and nothing else', () => {
    expect([alpha2Of('AUS'), alpha2Of('DEU'), alpha2Of('GBR')]).toEqual(['AU', 'DE', 'GB']);
    expect([isCountry('AU'), isCountry('UTO'), isCountry('deu'), isCountry('')]).toEqual([false, false, false, false]);
  });

  it('are those of ISO 3166-1, each with its own alpha-2, as a list has them that nobody here wrote', () => {
    const { XKK: kosovo, ...assigned } = getAlpha3Codes();
    expect(Object.fromEntries(COUNTRIES.map((code) => [code, alpha2Of(code)]))).toEqual({ ...assigned, XKX: kosovo });
  });
});
