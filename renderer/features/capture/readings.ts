import { isIdentitySlot } from '../../../shared/domain/index.ts';
import type { Disagreement, ReadField, SubmissionDetail } from '../../../shared/domain/index.ts';
import { isOfTwoPeople } from '../../../shared/rules/index.ts';

/** A field and what its document says of it. */
export interface ReadValue {
  field: ReadField;
  value: string;
}

/**
 * Fields in which somebody typed something else than the identity document says, with what it says, each once. All from one page, the first
 * that disagrees and shows documents of one person only: two pages may be of two people, and their names must not be mixed.
 */
export function readInstead({ disagreements, pages }: Pick<SubmissionDetail, 'disagreements' | 'pages'>): ReadValue[] {
  const isIdentity = ({ second }: Disagreement): boolean => {
    const page = pages.find(({ id }) => id === second.pageId);
    return isIdentitySlot(page?.slot ?? null) && page?.findings.some(({ rule }) => isOfTwoPeople(rule)) === false;
  };
  const typed = disagreements.filter((each) => each.first.pageId === null && !each.isDecided && isIdentity(each));
  const from = typed[0]?.second.pageId;
  const own = typed.filter(({ second }) => second.pageId === from);
  return own
    .filter(({ field }, index) => own.findIndex((each) => each.field === field) === index)
    .map(({ field, second }) => ({ field, value: second.value }));
}

/** How many fields a page filled that nobody has confirmed. */
export function countUnconfirmed({ unconfirmed }: Pick<SubmissionDetail, 'unconfirmed'>): number {
  return Object.keys(unconfirmed).length;
}
