import { nameParams } from '../domain/index.ts';
import type { DocumentType, Finding } from '../domain/index.ts';
import { finding } from './place.ts';
import { documentsOf, slotsOf } from './slots.ts';
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
  const slots = slotsOf(input.flow, input.documents);
  const filled = new Set(input.pages.map((page) => page.slot));
  return documentsOf(input.flow, input.documents).flatMap((document) => {
    if (document.country !== '' || input.subject.country !== '' || !wants(document.documentType)) return [];
    const slot = slots.find(
      (candidate) => candidate.requirementId === document.requirementId && filled.has(candidate.key),
    );
    if (slot === undefined) return [];
    const params = nameParams('requirement', slot.requirementLabel, slot.requirementLabelKey);
    return [finding(rule, 'blocking', { slot: slot.key, field: 'country' }, params)];
  });
}
