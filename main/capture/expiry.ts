import { IDENTITY_DOCUMENTS, endOfDay, maxAgeOf } from '../../shared/domain/index.ts';
import type { Requirement } from '../../shared/domain/index.ts';
import type { RuleDocument } from '../../shared/rules/index.ts';

/**
 * When the first of a submission's documents is no longer good, or null. Where nobody typed the day on which a bill was issued, its days
 * count from the one on which it was captured: it cannot have been issued later. `identityExpiryDate`: the subject's
 * `documentExpiryDate`, or ''.
 */
export function expiryOf(
  requirements: readonly Pick<Requirement, 'id' | 'maxAgeDays'>[],
  documents: readonly Pick<RuleDocument, 'requirementId' | 'documentType' | 'issuedOn'>[],
  pages: readonly { readonly slot: string | null; readonly capturedAt: number }[],
  identityExpiryDate: string,
): number | null {
  let first: number | null = null;
  const earlier = (end: number): void => {
    first = Math.min(first ?? Number.POSITIVE_INFINITY, end);
  };
  for (const { requirementId, documentType, issuedOn = '' } of documents) {
    const own = pages.filter(({ slot }) => slot?.startsWith(`${requirementId}/${documentType}/`) === true);
    if (IDENTITY_DOCUMENTS.has(documentType) && own.length > 0 && identityExpiryDate !== '') {
      earlier(endOfDay(identityExpiryDate));
    }
    const requirement = requirements.find(({ id }) => id === requirementId);
    const maxDays = requirement === undefined ? null : maxAgeOf(requirement, documentType);
    if (maxDays === null) continue;
    for (const { capturedAt } of own) {
      earlier(endOfDay(issuedOn === '' ? new Date(capturedAt).toISOString().slice(0, 10) : issuedOn, maxDays));
    }
  }
  return first;
}
