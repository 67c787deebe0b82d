import { z } from 'zod';
import { SeparatorOrder } from '../../../shared/domain/index.ts';
import { saveSeparators } from '../../separators/index.ts';
import { EXIT } from '../exit-codes.ts';
import type { Invocation } from '../invocation.ts';
import { counted } from './counted.ts';

export const SeparatorOptions = z.object({
  out: z.string().min(1),
  count: z.coerce.number().pipe(SeparatorOrder.shape.count),
  language: SeparatorOrder.shape.language,
});

/** Saves separator sheets as a PDF. Needs no profile: it may be run where the printer is. */
export async function separators({ output }: Invocation, options: z.infer<typeof SeparatorOptions>): Promise<number> {
  const { out, count, language } = options;
  await saveSeparators(out, { count, language });
  output.result({ file: out, sheets: count, pages: 2 * count }, () => [
    `${out}: ${counted(count, 'separator sheet')}, two equal pages each. Print them on both sides.`,
  ]);
  return EXIT.ok;
}
