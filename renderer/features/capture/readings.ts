import { isIdentitySlot } from '../../../shared/domain/index.ts';
import type { Disagreement, ReadField, SubmissionDetail } from '../../../shared/domain/index.ts';

/** A field and what its document says of it. */
export interface ReadValue {
  field: ReadField;
  value: string;
}

/**
 * Fields in which somebody typed something else than the identity document says, with what it says. All from one page, the first
 * that disagrees: two pages may be of two people, and their names must not be mixed.
 */
export function readInstead({ disagreements, pages }: Pick<SubmissionDetail, 'disagreements' | 'pages'>): ReadValue[] {
  const isIdentity = ({ second }: Disagreement): boolean =>
    isIdentitySlot(pages.find(({ id }) => id === second.pageId)?.slot ?? null);
  const typed = disagreements.filter((each) => each.first.pageId === null && !each.isDecided && isIdentity(each));
  const from = typed[0]?.second.pageId;
  return typed
    .filter(({ second }) => second.pageId === from)
    .map(({ field, second }) => ({ field, value: second.value }));
}

/** How many fields a page filled that nobody has confirmed. */
export function countUnconfirmed({ unconfirmed }: Pick<SubmissionDetail, 'unconfirmed'>): number {
  return Object.keys(unconfirmed).length;
}
