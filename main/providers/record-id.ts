import { z } from 'zod';
import type { FinishedOperation } from './port.ts';

/** An id as every provider has them: nothing in it can be read. */
const Opaque = z
  .string()
  .regex(/^[\w:.-]{1,200}$/)
  .optional()
  .catch(undefined);

/** What payloads and results call the provider's own records. Our `documentId` and `pageId` are none of them. */
const RecordIds = z.object({
  accountId: Opaque,
  inquiryId: Opaque,
  transactionId: Opaque,
  applicantId: Opaque,
  providerDocumentId: Opaque,
  imageId: Opaque,
});

/** The provider's ids of the records that a call made or was about, for whoever looks for it there. Never anything of a customer. */
export function recordIdsOf({ payload, result }: Omit<FinishedOperation, 'kind'>): string[] {
  const named = [payload, result].flatMap((part) => Object.values(RecordIds.safeParse(part).data ?? {}));
  return [...new Set(named.filter((id) => id !== undefined))];
}
