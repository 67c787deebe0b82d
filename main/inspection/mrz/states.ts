import { COUNTRIES } from '../../../shared/rules/index.ts';

/** Codes that Doc 9303-3, section 5, adds to ISO 3166-1, with those that states print although it does not (RKS, EUE). */
const MORE =
  'D,EUE,GBD,GBN,GBO,GBP,GBS,RKS,UNO,UNA,UNK,UTO,XAA,XBA,XCC,XCE,XCO,XEC,XIM,XMP,XOM,XPO,XSA,XXA,XXB,XXC,XXX';

/** The codes of states and organisations as a zone prints them: three characters, filled up. */
export const STATE_CODES: readonly string[] = [...COUNTRIES, ...MORE.split(',')].map((code) => code.padEnd(3, '<'));
