import type { PlanInput } from '../port.ts';
import {
  CreateResult,
  DOCUMENT_CREATES,
  InquiryResult,
  PERSONA_INQUIRY,
  PERSONA_TRANSACTION,
  TransactionResult,
} from './payloads.ts';

/** What finished operations of a customer have made at Persona, by its ids, the newest last. */

export function documentIdsIn(earlier: PlanInput['earlier']): string[] {
  return earlier.flatMap(({ kind, result }) =>
    DOCUMENT_CREATES.has(kind) ? (CreateResult.safeParse(result).data?.providerDocumentId ?? []) : [],
  );
}

export function inquiryIdsIn(earlier: PlanInput['earlier']): string[] {
  return earlier.flatMap(({ kind, result }) =>
    kind === PERSONA_INQUIRY ? (InquiryResult.safeParse(result).data?.inquiryId ?? []) : [],
  );
}

export function transactionIdsIn(earlier: PlanInput['earlier']): string[] {
  return earlier.flatMap(({ kind, result }) =>
    kind === PERSONA_TRANSACTION ? (TransactionResult.safeParse(result).data?.transactionId ?? []) : [],
  );
}
