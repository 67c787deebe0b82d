import { z } from 'zod';
import { IDENTITY_DOCUMENTS, slotParts } from './flow.ts';

/**
 * The customer's fields that a document can say. Nationality and sex stand in a zone as well; nothing here needs them, so they
 * are not kept.
 */
export const ReadField = z.enum([
  'givenName',
  'familyName',
  'birthDate',
  'documentNumber',
  'documentExpiryDate',
  'country',
]);
export type ReadField = z.infer<typeof ReadField>;

/** `mrz`: ICAO Doc 9303, parts 3 to 7. `barcode`: the PDF417 of a driving licence, as AAMVA's card design standard lays it out. */
export const ReadingSource = z.enum(['mrz', 'barcode']);
export type ReadingSource = z.infer<typeof ReadingSource>;

/** How well one field was read. */
export const ReadQuality = z.object({
  /** The probability that every character is right, 0 to 1, as the reader sees it. */
  confidence: z.number().min(0).max(1),
  /** A check digit or the code's error correction covers it. In a zone none covers names and the state (Doc 9303-3, 4.9). */
  isChecked: z.boolean(),
  /** The document had no more room: the name may go on (Doc 9303-3, 4.6). */
  mayGoOn: z.boolean(),
});
export type ReadQuality = z.infer<typeof ReadQuality>;

const ReadValue = ReadQuality.extend({ value: z.string().min(1).max(100) });

/**
 * What one page says of its holder, in the forms of `Subject`: dates `YYYY-MM-DD`, the issuing state as ISO 3166-1 alpha-3.
 * A field that the document does not have, or that is not the holder's own (number and dates of a visa), is left out. Sealed in
 * the database, and opened only to compare and to show.
 */
export const DocumentReading = z.object({
  source: ReadingSource,
  fields: z.partialRecord(ReadField, ReadValue),
});
export type DocumentReading = z.infer<typeof DocumentReading>;

/** The fields that hold what a page said and that no person has confirmed yet: from which page, and how well it was read. */
export const UnconfirmedFields = z.partialRecord(
  ReadField,
  ReadQuality.extend({ pageId: z.string(), source: ReadingSource }),
);
export type UnconfirmedFields = z.infer<typeof UnconfirmedFields>;

/** One side of a disagreement. `pageId` null: what stands in the customer's field. */
export interface IdentityClaim {
  readonly pageId: string | null;
  readonly value: string;
}

/** Two places that say different things about one field of one customer. */
export interface Disagreement {
  /** Exactly this field, these places and these values: another value is another disagreement. Holds them in clear. */
  readonly id: string;
  readonly field: ReadField;
  /** `blocking` where it may be two people, `warning` where only a date of the document differs. */
  readonly severity: 'blocking' | 'warning';
  readonly first: IdentityClaim;
  /** Always a page. */
  readonly second: IdentityClaim & { readonly pageId: string };
  /** A person has said, with a reason, that both are the same customer's. */
  readonly isDecided: boolean;
}

/** Whether a slot (`requirement/type/side`) wants a document that says who somebody is. */
export function isIdentitySlot(slot: string | null): boolean {
  const parts = slotParts(slot);
  return parts !== null && IDENTITY_DOCUMENTS.has(parts.documentType);
}
