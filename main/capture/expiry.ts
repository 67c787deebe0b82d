import { IDENTITY_DOCUMENTS, endOfDay } from '../../shared/domain/index.ts';
import type { DocumentType } from '../../shared/domain/index.ts';

/** Providers want a proof of address that is not older than this. */
const PROOF_OF_ADDRESS_MONTHS = 3;
const PROOFS_OF_ADDRESS: ReadonlySet<DocumentType> = new Set<DocumentType>(['utility_bill', 'bank_statement']);

/**
 * When the first of a submission's documents is no longer good, or null. The date on a bill is not known here, so its three
 * months count from the day on which it was captured: it cannot have been issued later. `identityExpiryDate`: the subject's
 * `documentExpiryDate`, or ''.
 */
export function expiryOf(
  documents: readonly { readonly requirementId: string; readonly documentType: DocumentType }[],
  pages: readonly { readonly slot: string | null; readonly capturedAt: number }[],
  identityExpiryDate: string,
): number | null {
  let first: number | null = null;
  const earlier = (end: number): void => {
    first = Math.min(first ?? Number.POSITIVE_INFINITY, end);
  };
  for (const { requirementId, documentType } of documents) {
    const own = pages.filter(({ slot }) => slot?.startsWith(`${requirementId}/${documentType}/`) === true);
    if (IDENTITY_DOCUMENTS.has(documentType) && own.length > 0 && identityExpiryDate !== '') {
      earlier(endOfDay(identityExpiryDate));
    }
    if (!PROOFS_OF_ADDRESS.has(documentType)) continue;
    for (const { capturedAt } of own) {
      const end = new Date(capturedAt);
      end.setUTCMonth(end.getUTCMonth() + PROOF_OF_ADDRESS_MONTHS);
      earlier(end.getTime());
    }
  }
  return first;
}
