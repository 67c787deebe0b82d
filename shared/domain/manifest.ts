import { z } from 'zod';

/**
 * What becomes of customers of a manifest that came in before: nothing is imported at all, they are there twice, or only what is
 * not here yet is taken in.
 */
export const BeforeChoice = z.enum(['refuse', 'twice', 'missing']);
export type BeforeChoice = z.infer<typeof BeforeChoice>;
