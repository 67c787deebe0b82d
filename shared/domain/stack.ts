import { z } from 'zod';

/** Where one customer ends and the next begins, beside separator sheets, which always part two customers. */
export const SplitBy = z.enum(['separator', 'count', 'identity']);
export type SplitBy = z.infer<typeof SplitBy>;

/** More pages than this are no one customer's, and more customers in no one feeder. */
export const MOST_PAGES_EACH = 50;
export const MOST_STACK_CUSTOMERS = 1000;

/** How a stack is dealt out, and what the person who laid it into the feeder says of it. */
export const StackSettings = z.object({
  splitBy: SplitBy,
  /** Pages of each customer, for `count`; blank pages and separators are none. */
  pagesEach: z.number().int().min(1).max(MOST_PAGES_EACH),
  /** Null: nobody has counted. */
  expectedCustomers: z.number().int().min(1).max(MOST_STACK_CUSTOMERS).nullable(),
});
export type StackSettings = z.infer<typeof StackSettings>;

/**
 * What a person says about one page against the proposal. `cut`: a customer begins here; `join`: none does; `aside`: into the
 * tray; `keep`: out of it, though it looks blank or like a separator; `with`: to the customer of that other page.
 */
export const StackEdit = z.union([
  z.enum(['cut', 'join', 'aside', 'keep']),
  z.strictObject({ with: z.string().min(1).max(64) }),
]);
export type StackEdit = z.infer<typeof StackEdit>;

export const StackEdits = z.record(z.string(), StackEdit);
export type StackEdits = z.infer<typeof StackEdits>;

/** Why a customer begins with this page. */
export type CutReason = 'first' | 'separator' | 'count' | 'identity' | 'person';

/**
 * Why a page lies in the stack's tray and goes to nobody. `several`: one file with sheets of several customers, which are not
 * parted.
 */
export type TrayReason = 'separator' | 'blank' | 'several' | 'person';
