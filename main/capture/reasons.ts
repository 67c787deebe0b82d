import type { LedgerRow } from '../ledger/index.ts';
import type { FieldCipher } from '../vault/types.ts';
import { sealContext } from './records.ts';

/** What a person gave as the reason for a deed may name the customer, so it lies sealed in the deed's row. */
const SEALED_AS: Readonly<Record<string, (submissionId: string) => string>> = {
  'submission.voided': sealContext.voidReason,
  'submission.overridden': sealContext.overrideReason,
  'identity.decided': sealContext.sameCustomerReason,
};

/** The fact in which a row of the ledger carries its reason. */
export function sealedReason(cipher: FieldCipher, reason: string, context: string): { readonly sealedReason: string } {
  return { sealedReason: Buffer.from(cipher.seal(reason, context)).toString('base64') };
}

/** The reason of a row, for the desk; null: it has none, or none that this vault's key opens. */
export function reasonOf(cipher: FieldCipher, { kind, submissionId, data }: LedgerRow): string | null {
  const contextOf = Object.hasOwn(SEALED_AS, kind) ? SEALED_AS[kind] : undefined;
  const sealed = data['sealedReason'];
  if (contextOf === undefined || submissionId === null || typeof sealed !== 'string') return null;
  try {
    // What a stack leaves behind is voided without a word.
    return cipher.open(Buffer.from(sealed, 'base64'), contextOf(submissionId)) || null;
  } catch {
    return null;
  }
}
