import { ReadField } from '../../../shared/domain/index.ts';
import type { Disagreement, SubmissionDetail } from '../../../shared/domain/index.ts';

/** A field and what its document says of it. */
export interface ReadValue {
  field: ReadField;
  value: string;
}

/** Fields in which somebody typed something else than a page says, with what that page says; one page for each. */
export function readInstead({ disagreements }: Pick<SubmissionDetail, 'disagreements'>): ReadValue[] {
  return ReadField.options.flatMap((field) => {
    const found = disagreements.find((each) => each.field === field && each.first.pageId === null && !each.isDecided);
    return found === undefined ? [] : [{ field, value: found.second.value }];
  });
}

/** What stops the customer until a person decides: it may be two people. */
export function undecided({ disagreements }: Pick<SubmissionDetail, 'disagreements'>): Disagreement[] {
  return disagreements.filter(({ severity, isDecided }) => severity === 'blocking' && !isDecided);
}

/** How many fields a page filled that nobody has confirmed. */
export function countUnconfirmed({ unconfirmed }: Pick<SubmissionDetail, 'unconfirmed'>): number {
  return Object.keys(unconfirmed).length;
}
