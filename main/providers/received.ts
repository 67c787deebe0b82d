import { z } from 'zod';

/** What every provider's answers have in common. */

/** A whole number, also one that comes as a text: both platforms behind the providers write numbers in either way now and then. */
export const ReceivedNumber = z.union([
  z.number(),
  z
    .string()
    .regex(/^\d{1,16}$/)
    .transform(Number),
]);
