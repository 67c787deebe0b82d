import type { DocumentReading, ReadField, ReadQuality } from '../domain/index.ts';
import type { Mrz, MrzFieldName, MrzFormat } from '../mrz/index.ts';
import { inNameCase } from './names.ts';
import { countryOfState } from './states.ts';

type Fields = DocumentReading['fields'];

const OWN_FORMATS: ReadonlySet<MrzFormat> = new Set<MrzFormat>(['TD1', 'TD2', 'TD3']);

/**
 * Whether a zone is that of a document which says who somebody is (ICAO Doc 9303, parts 4 to 6): a visa's number, dates and state
 * (part 7) are not those of the holder's document.
 */
function isOwnDocument({ format }: Pick<Mrz, 'format'>): boolean {
  return OWN_FORMATS.has(format);
}

/**
 * What a zone that was read says of its holder, in the forms of the customer's fields. `confidence`: of each of the zone's fields,
 * 0 to 1; a field without one counts as not sure. Null when it says nothing that is used.
 */
export function readingOfZone(
  mrz: Mrz,
  confidence: Readonly<Partial<Record<MrzFieldName, number>>>,
): DocumentReading | null {
  const fields: Fields = {};
  const keep = (
    field: ReadField,
    value: string | null,
    from: MrzFieldName,
    quality: Partial<ReadQuality> = {},
  ): void => {
    if (value === null || value === '') return;
    fields[field] = { value, confidence: confidence[from] ?? 0, isChecked: true, mayGoOn: false, ...quality };
  };
  const hasGiven = mrz.givenNames !== '';
  // Where there is no room, the name at the end is the one that is cut.
  keep('familyName', inNameCase(mrz.familyName), 'names', { isChecked: false, mayGoOn: mrz.isNameCut && !hasGiven });
  keep('givenName', inNameCase(mrz.givenNames), 'names', { isChecked: false, mayGoOn: mrz.isNameCut });
  keep('birthDate', mrz.birthDate.iso, 'birthDate');
  if (isOwnDocument(mrz)) {
    keep('documentNumber', mrz.documentNumber, 'documentNumber');
    keep('documentExpiryDate', mrz.expiryDate.iso, 'expiryDate');
    keep('country', countryOfState(mrz.issuer), 'issuer', { isChecked: false });
  }
  return Object.keys(fields).length === 0 ? null : { source: 'mrz', fields };
}
