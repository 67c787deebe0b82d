import type { Licence } from '../aamva/index.ts';
import type { DocumentReading, ReadField } from '../domain/index.ts';
import { inNameCase } from './names.ts';

/**
 * What the code of a licence says of its holder, in the forms of the customer's fields. Every field is as sure as the code: one
 * that is wrong beyond its error correction is not read at all. Null when it says nothing that is used.
 */
export function readingOfLicence(licence: Licence): DocumentReading | null {
  const { familyName, givenNames, isNameCut } = licence;
  const values: Partial<Record<ReadField, string | null>> = {
    familyName: inNameCase(familyName),
    givenName: inNameCase(givenNames),
    birthDate: licence.birthDate,
    documentNumber: licence.documentNumber,
    documentExpiryDate: licence.expiryDate,
    country: licence.country,
  };
  const fields: DocumentReading['fields'] = {};
  for (const [name, value] of Object.entries(values)) {
    if (value === null || value === '') continue;
    const isName = name === 'familyName' || name === 'givenName';
    Object.assign(fields, { [name]: { value, confidence: 1, isChecked: true, mayGoOn: isName && isNameCut } });
  }
  return Object.keys(fields).length === 0 ? null : { source: 'barcode', fields };
}
