import { isIdentitySlot } from '../domain/index.ts';
import type { Finding } from '../domain/index.ts';
import { finding, placeOf } from './place.ts';
import { documentsOf } from './slots.ts';
import type { PreflightInput } from './types.ts';

/**
 * The country that is sent with a page is not the one that the document itself names. `rule`: the provider's own, e.g.
 * `personr.country.differs`.
 */
export function otherCountryFindings({ documents, flow, pages, subject }: PreflightInput, rule: string): Finding[] {
  const chosen = documentsOf(flow, documents);
  return pages.flatMap((page) => {
    const document = chosen.find(({ requirementId }) => page.slot?.startsWith(`${requirementId}/`) === true);
    if (document === undefined || !isIdentitySlot(page.slot)) return [];
    const sent = document.country === '' ? subject.country : document.country;
    const read = page.readings.map(({ fields }) => fields.country?.value).find((country) => country !== undefined);
    if (read === undefined || sent === '' || read === sent) return [];
    return [finding(rule, 'warning', placeOf(page), { file: page.fileName, read, sent })];
  });
}
