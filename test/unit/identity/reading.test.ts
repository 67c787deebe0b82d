import { describe, expect, it } from 'vitest';
import { zoneLines } from '../../../scripts/mrz/zones.ts';
import { countryOfState, isSameNumber, readingOfZone } from '../../../shared/identity/index.ts';
import { parseMrz } from '../../../shared/mrz/index.ts';
import type { MrzFormat } from '../../../shared/mrz/index.ts';

const HOLDER = {
  documentCode: 'P',
  issuer: 'D<<',
  nationality: 'D<<',
  names: 'MUELLER<<ANNA<MARIA',
  documentNumber: 'C01X00T47',
  birthDate: '640812',
  sex: 'F',
  expiryDate: '310228',
};
const CONFIDENCE = { names: 0.9, documentNumber: 0.99, birthDate: 0.98, expiryDate: 0.97, issuer: 0.8 };

function read(format: MrzFormat, changes: Partial<typeof HOLDER> = {}) {
  const mrz = parseMrz(zoneLines(format, { ...HOLDER, ...changes }), '2026-11-26');
  if (mrz === null) throw new Error('the zone has no format');
  return readingOfZone(mrz, CONFIDENCE);
}

describe('what a zone says of its holder', () => {
  it('is put into the forms of the fields', () => {
    expect(read('TD3')).toEqual({
      source: 'mrz',
      fields: {
        familyName: { value: 'Mueller', confidence: 0.9, isChecked: false, mayGoOn: false },
        givenName: { value: 'Anna Maria', confidence: 0.9, isChecked: false, mayGoOn: false },
        birthDate: { value: '1964-08-12', confidence: 0.98, isChecked: true, mayGoOn: false },
        documentNumber: { value: 'C01X00T47', confidence: 0.99, isChecked: true, mayGoOn: false },
        documentExpiryDate: { value: '2031-02-28', confidence: 0.97, isChecked: true, mayGoOn: false },
        country: { value: 'DEU', confidence: 0.8, isChecked: false, mayGoOn: false },
      },
    });
  });

  it('is without number, expiry and country of a visa, which are the visa’s own', () => {
    for (const format of ['MRV-A', 'MRV-B'] as const) {
      const fields = read(format, { documentCode: 'V' })?.fields ?? {};
      expect(Object.keys(fields).toSorted()).toEqual(['birthDate', 'familyName', 'givenName']);
    }
  });

  it('says which name may go on where the zone has no more room', () => {
    const long = read('TD1', { names: 'PAPADOPOULOS<<KONSTANTINA<ALEXANDRA' })?.fields;
    expect([long?.familyName?.mayGoOn, long?.givenName?.mayGoOn]).toEqual([false, true]);
    const familyOnly = read('TD1', { names: 'PAPADOPOULOSKONSTANTOPOULOUANDREADIS' })?.fields;
    expect([familyOnly?.familyName?.mayGoOn, familyOnly?.givenName]).toEqual([true, undefined]);
  });

  it('leaves out a date with an unknown part, and a state that is no country', () => {
    const fields = read('TD3', { birthDate: '64<<<<', issuer: 'UTO' })?.fields;
    expect([fields?.birthDate, fields?.country]).toEqual([undefined, undefined]);
  });

  it.each([
    ['D', 'DEU'],
    ['FRA', 'FRA'],
    ['GBD', 'GBR'],
    ['GBN', 'GBR'],
    ['GBO', 'GBR'],
    ['GBP', 'GBR'],
    ['GBS', 'GBR'],
    ['UTO', null],
    ['EUE', null],
    ['UNO', null],
    ['XOM', null],
    ['XXA', null],
    ['RKS', 'XKX'],
    ['', null],
  ])('takes the state %s for the country %s', (code, country) => {
    expect(countryOfState(code)).toBe(country);
  });
});

describe('document numbers', () => {
  it.each([
    ['C01X00T47', 'c01x 00t47'],
    ['C01X00T47', 'CO1XOOT47'],
    ['L898902C3', 'L898902C36'],
    ['I123', '1123'],
  ])('%s is %s', (first, second) => {
    expect([isSameNumber(first, second), isSameNumber(second, first)]).toEqual([true, true]);
  });

  it.each([
    ['C01X00T47', 'C01X00T48'],
    ['L898902C3', 'L898902C37'],
    ['123', '1234'],
  ])('%s is not %s', (first, second) => {
    expect(isSameNumber(first, second)).toBe(false);
  });
});
