import { z } from 'zod';
import { TypedDate } from './dates.ts';

const trimmed = (max: number) => z.string().trim().max(max);

/**
 * The customer's few fields. Everything is text and may be empty while the operator is typing; which fields a flow
 * requires is checked by preflight (`requiredFields`). Encrypted in the database and never logged.
 * - `birthDate`: ISO 8601 calendar date, `YYYY-MM-DD`.
 * - `documentNumber`: as printed on the identity document. No call of either provider takes it: it tells customers apart here.
 * - `documentExpiryDate`: the last day on which the identity document is valid (ICAO 9303's date of expiry), `YYYY-MM-DD`.
 * - `country`: ISO 3166-1 alpha-3 (Personr's form; Persona's alpha-2 is derived when sending).
 * - `companyName`, `registrationNumber`: of a company, as its register has them; empty for a person.
 * - `phone`: E.164 (`+` and digits); `reference`: the branch's own number for the customer.
 */
export const Subject = z.object({
  givenName: trimmed(100).default(''),
  familyName: trimmed(100).default(''),
  birthDate: TypedDate.default(''),
  documentNumber: trimmed(40).default(''),
  documentExpiryDate: TypedDate.default(''),
  country: z.union([z.literal(''), z.string().regex(/^[A-Z]{3}$/)]).default(''),
  email: z.union([z.literal(''), z.email()]).default(''),
  phone: z.union([z.literal(''), z.string().regex(/^\+[1-9][0-9]{6,14}$/)]).default(''),
  reference: trimmed(80).default(''),
  companyName: trimmed(200).default(''),
  registrationNumber: trimmed(60).default(''),
});
export type Subject = z.infer<typeof Subject>;

export const EMPTY_SUBJECT: Subject = Subject.parse({});
