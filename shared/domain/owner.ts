import { z } from 'zod';

/** What an owner is to a company, in Personr's own words. A person may be a director and hold shares: the one that counts is chosen. */
export const OwnerPosition = z.enum(['Director', 'Shareholder', 'Other']);
export type OwnerPosition = z.infer<typeof OwnerPosition>;
