import { z } from 'zod';

/**
 * What the QR code of a separator sheet says. Only capitals, digits and spaces: QR's alphanumeric mode makes the fewest and
 * so the largest modules of it. The number is the sheet's version; sheets that a branch has printed must stay readable.
 */
export const SEPARATOR_TEXT = 'SATCHEL SEPARATOR 1';

export const MOST_SEPARATORS = 200;

/** Separator sheets to be made. */
export const SeparatorOrder = z.object({
  /** Sheets of paper. */
  count: z.number().int().min(1).max(MOST_SEPARATORS),
  language: z.enum(['en', 'de']),
});
export type SeparatorOrder = z.infer<typeof SeparatorOrder>;
