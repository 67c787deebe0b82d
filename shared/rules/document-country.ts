import { isIdentitySlot, nameParams } from '../domain/index.ts';
import type { DocumentType, Finding, ProviderId } from '../domain/index.ts';
import { finding, placeOf } from './place.ts';
import { documentsOf, slotsOf } from './slots.ts';
import type { PreflightInput } from './types.ts';

/** For providers that want the country (ISO 3166-1) with a page. Rules `<provider>.country.missing` and `….differs`. */

/** A document that has a page and no country, its own or the customer's. `wants`: for which documents one is needed. */
export function missingCountries(
  provider: ProviderId,
  input: PreflightInput,
  wants: (documentType: DocumentType) => boolean = () => true,
): Finding[] {
  const slots = slotsOf(input.flow, input.documents);
  const filled = new Set(input.pages.map((page) => page.slot));
  return documentsOf(input.flow, input.documents).flatMap((document) => {
    if (document.country !== '' || input.subject.country !== '' || !wants(document.documentType)) return [];
    const slot = slots.find(({ requirementId, key }) => requirementId === document.requirementId && filled.has(key));
    if (slot === undefined) return [];
    const place = { slot: slot.key, field: 'country' };
    const params = nameParams('requirement', slot.requirementLabel, slot.requirementLabelKey);
    return [finding(`${provider}.country.missing`, 'blocking', place, params)];
  });
}

/** The country that is sent with a page is not the one that the document itself names. */
export function otherCountries(provider: ProviderId, { documents, flow, pages, subject }: PreflightInput): Finding[] {
  const chosen = documentsOf(flow, documents);
  return pages.flatMap((page) => {
    const document = chosen.find(({ requirementId }) => page.slot?.startsWith(`${requirementId}/`) === true);
    if (document === undefined || !isIdentitySlot(page.slot)) return [];
    const sent = document.country === '' ? subject.country : document.country;
    const read = page.readings.map(({ fields }) => fields.country?.value).find((country) => country !== undefined);
    if (read === undefined || sent === '' || read === sent) return [];
    return [finding(`${provider}.country.differs`, 'warning', placeOf(page), { file: page.fileName, read, sent })];
  });
}
