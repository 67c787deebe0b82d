import { describe, expect, it } from 'vitest';
import { parseLicence } from '../../../shared/aamva/index.ts';

/** The example of the standard's edition of 2020 (Annex D.13.2): a made-up person. */
const EXAMPLE_2020 =
  '@\n\x1e\rANSI 636000100102DL00410278ZV03190008DLDAQT64235789\nDCSSAMPLE\nDDEN\nDACMICHAEL\nDDFN\nDADJOHN\nDDGN\nDCUJR\n' +
  'DCAD\nDCBK\nDCDPH\nDBD06062019\nDBB06061986\nDBA12102024\nDBC1\nDAU068 in\nDAYBRO\nDAG2300 WEST BROAD STREET\n' +
  'DAIRICHMOND\nDAJVA\nDAK232690000  \nDCF2424244747474786102204\nDCGUSA\nDCK123456789\nDDAF\nDDB06062018\nDDC06062020\n' +
  'DDD1\rZVZVA01\r';

function code(version: string, header: string, kind: string, elements: readonly string[]): string {
  return `@\n\x1e\rANSI 636999${version}${header}${kind}00310100${kind}${elements.join('\n')}\r`;
}

describe('the barcode of a driving licence', () => {
  it('is read as the standard’s own example says', () => {
    expect(parseLicence(EXAMPLE_2020)).toEqual({
      kind: 'driving_licence',
      version: 10,
      issuerId: '636000',
      country: 'USA',
      jurisdiction: 'VA',
      familyName: 'SAMPLE',
      givenNames: 'MICHAEL JOHN',
      isNameCut: false,
      documentNumber: 'T64235789',
      birthDate: '1986-06-06',
      issueDate: '2019-06-06',
      expiryDate: '2024-12-10',
      sex: 'male',
    });
  });

  it('of 2000 has its year first, no own version in the header, and the whole name in one element', () => {
    const licence = parseLicence(
      code('01', '01', 'DL', ['DAQ1', 'DAASPECIMEN,ANNA,MARIA,II', 'DBB19711224', 'DBA20301231', 'DBCF']),
    );
    expect(licence).toMatchObject({
      familyName: 'SPECIMEN',
      givenNames: 'ANNA MARIA',
      birthDate: '1971-12-24',
      expiryDate: '2030-12-31',
      sex: 'female',
      country: '',
    });
  });

  it('of 2003 and 2005 has the given names together', () => {
    const licence = parseLicence(code('03', '0001', 'ID', ['DAQ2', 'DCSSPECIMEN', 'DCTANNA,MARIA', 'DBB12241971']));
    expect(licence).toMatchObject({ kind: 'id_card', givenNames: 'ANNA MARIA', birthDate: '1971-12-24' });
  });

  it('of Canada has its year first in every edition', () => {
    const licence = parseLicence(code('09', '0001', 'DL', ['DAQ3', 'DCSSPECIMEN', 'DACANNA', 'DBB19711224', 'DCGCAN']));
    expect(licence).toMatchObject({ birthDate: '1971-12-24', country: 'CAN' });
  });

  it('says when a name goes on, and says nothing where the card does not', () => {
    const licence = parseLicence(
      code('08', '0001', 'DL', ['DAQ4', 'DCSSPECIMEN', 'DDET', 'DACANNA', 'DADNONE', 'DBB00000000', 'DBAunavl']),
    );
    expect(licence).toMatchObject({ isNameCut: true, givenNames: 'ANNA', birthDate: null, expiryDate: null });
  });

  it('is read where the offsets are counted otherwise, and where the holder is not in the first subfile', () => {
    const elements = 'DAQ5\nDCSSPECIMEN\nDACANNA\nDBB12241971';
    const shifted = `@\n\x1e\rANSI 636999080002ZV00990008DL00070100ZVZVADL\rDL${elements}\r`;
    expect(parseLicence(shifted)).toMatchObject({ documentNumber: '5', familyName: 'SPECIMEN' });
  });

  it.each(['02302030', '13011990', '20300230', '1231990', '99999999'])('has no date %s', (date) => {
    expect(parseLicence(code('09', '0001', 'DL', ['DAQ6', 'DCSSPECIMEN', `DBA${date}`]))?.expiryDate).toBeNull();
  });

  it.each([
    ['another text', 'https://example.test/ANSI 636000100102DL'],
    ['a header alone', '@\n\x1e\rANSI 636000100102DL00410278'],
    ['a card that names nobody', code('09', '0001', 'DL', ['DAJVA'])],
    ['only subfiles of the jurisdiction', '@\n\x1e\rANSI 636000100101ZV00310008ZVZVA01\r'],
    ['nothing', ''],
  ])('is not seen in %s', (_name, text) => {
    expect(parseLicence(text)).toBeNull();
  });
});
