import type { AcceptedDocument } from '../flow.ts';

/** Documents that the practice flows accept, with the sides that the sample batch has of them. */
const SIDES = {
  passport: ['single'],
  id_card: ['front', 'back'],
  driving_licence: ['front', 'back'],
  utility_bill: ['single'],
  bank_statement: ['single'],
  selfie: ['single'],
  company_document: ['single'],
} as const;

/** One of them under the provider's word for it. */
export function accepted(documentType: keyof typeof SIDES, providerType: string): AcceptedDocument {
  return { documentType, sides: [...SIDES[documentType]], providerType };
}
