import { nameParams } from '../domain/index.ts';
import type { DocumentType, Finding } from '../domain/index.ts';
import { finding } from './place.ts';
import { begunSlots, documentsOf } from './slots.ts';
import type { PreflightInput } from './types.ts';

/**
 * A captured document that the provider wants a country with, and nobody chose one, neither for it nor for the customer.
 * `rule`: the provider's own, e.g. `personr.country.missing`. `wants`: for which documents.
 */
export function missingCountryFindings(
  input: PreflightInput,
  rule: string,
  wants: (documentType: DocumentType) => boolean,
): Finding[] {
  const documents = documentsOf(input.flow, input.documents);
  return begunSlots(input).flatMap((slot) => {
    const country = documents.find(({ requirementId }) => requirementId === slot.requirementId)?.country ?? '';
    if (country !== '' || input.subject.country !== '' || !wants(slot.documentType)) return [];
    const params = nameParams('requirement', slot.requirementLabel, slot.requirementLabelKey);
    return [finding(rule, 'blocking', { slot: slot.key, field: 'country' }, params)];
  });
}
