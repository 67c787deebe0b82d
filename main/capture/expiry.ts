import type { DocumentType } from '../../shared/domain/index.ts';

/** Providers want a proof of address that is not older than this. */
const PROOF_OF_ADDRESS_MONTHS = 3;
const PROOFS_OF_ADDRESS: ReadonlySet<DocumentType> = new Set<DocumentType>(['utility_bill', 'bank_statement']);

/**
 * When the first of a submission's documents is no longer good, or null. The date on a bill is not known here, so its three
 * months count from the day on which it was captured: it cannot have been issued later.
 */
export function expiryOf(
  documents: readonly { readonly requirementId: string; readonly documentType: DocumentType }[],
  pages: readonly { readonly slot: string | null; readonly capturedAt: number }[],
): number | null {
  let first: number | null = null;
  for (const { requirementId, documentType } of documents) {
    if (!PROOFS_OF_ADDRESS.has(documentType)) continue;
    for (const { slot, capturedAt } of pages) {
      if (slot?.startsWith(`${requirementId}/${documentType}/`) !== true) continue;
      const end = new Date(capturedAt);
      end.setUTCMonth(end.getUTCMonth() + PROOF_OF_ADDRESS_MONTHS);
      first = Math.min(first ?? Number.POSITIVE_INFINITY, end.getTime());
    }
  }
  return first;
}
