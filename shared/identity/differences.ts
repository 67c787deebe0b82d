import { ReadField } from '../domain/index.ts';
import type { Disagreement, IdentityClaim } from '../domain/index.ts';

/** What stops the customer until a person decides: it may be two people. */
export function undecided(disagreements: readonly Disagreement[]): Disagreement[] {
  return disagreements.filter(({ severity, isDecided }) => severity === 'blocking' && !isDecided);
}

/** One field that does not agree, with every place that says something about it: what was typed first, then the pages. */
export interface Difference {
  readonly field: ReadField;
  readonly claims: readonly IdentityClaim[];
}

/** What is undecided, field by field. */
export function differencesOf(disagreements: readonly Disagreement[]): Difference[] {
  const found = undecided(disagreements);
  return ReadField.options.flatMap((field) => {
    const claims = new Map<string, IdentityClaim>();
    for (const { first, second } of found.filter((each) => each.field === field)) {
      for (const claim of [first, second]) claims.set(JSON.stringify([claim.pageId, claim.value]), claim);
    }
    return claims.size === 0 ? [] : [{ field, claims: [...claims.values()] }];
  });
}
