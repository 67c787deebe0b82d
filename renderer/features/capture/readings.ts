import { ReadField, isIdentitySlot } from '../../../shared/domain/index.ts';
import type { Disagreement, IdentityClaim, SubmissionDetail } from '../../../shared/domain/index.ts';

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

/** What stops the customer until a person decides: it may be two people. */
export function undecided({ disagreements }: Pick<SubmissionDetail, 'disagreements'>): Disagreement[] {
  return disagreements.filter(({ severity, isDecided }) => severity === 'blocking' && !isDecided);
}

/** One field that does not agree, with every place that says something about it: what was typed first, then the pages. */
export interface Difference {
  field: ReadField;
  claims: IdentityClaim[];
}

/** What is undecided, field by field. */
export function differences(detail: Pick<SubmissionDetail, 'disagreements'>): Difference[] {
  const found = undecided(detail);
  return ReadField.options.flatMap((field) => {
    const claims = new Map<string | null, IdentityClaim>();
    for (const { first, second } of found.filter((each) => each.field === field)) {
      for (const claim of [first, second]) claims.set(claim.pageId, claim);
    }
    return claims.size === 0 ? [] : [{ field, claims: [...claims.values()] }];
  });
}

/** How many fields a page filled that nobody has confirmed. */
export function countUnconfirmed({ unconfirmed }: Pick<SubmissionDetail, 'unconfirmed'>): number {
  return Object.keys(unconfirmed).length;
}
