import { ReadField } from '../domain/index.ts';
import type { Disagreement, Finding } from '../domain/index.ts';
import { disagreementsOf } from '../identity/index.ts';
import { finding, placeOf } from './place.ts';
import type { PreflightInput, RulePage } from './types.ts';

/** The same two places may differ in several fields; that is one thing to look at. */
function byPlaces(disagreements: readonly Disagreement[]): Disagreement[][] {
  const groups = new Map<string, Disagreement[]>();
  for (const each of disagreements) {
    const places = `${each.first.pageId} ${each.second.pageId} ${each.severity}`;
    groups.set(places, [...(groups.get(places) ?? []), each]);
  }
  return [...groups.values()];
}

/** The rule for one pair of places. What differs is never in a finding: it is shown from the sealed rows only. */
function ruleOf(group: readonly Disagreement[]): { rule: string; severity: Finding['severity'] } {
  const [first] = group;
  if (group.every(({ isDecided }) => isDecided)) return { rule: 'identity.decided', severity: 'warning' };
  if (first?.severity === 'warning') return { rule: 'identity.otherExpiry', severity: 'warning' };
  return { rule: first?.first.pageId === null ? 'identity.disagrees' : 'identity.pagesDisagree', severity: 'blocking' };
}

function disagreementFindings(input: PreflightInput): Finding[] {
  const pageOf = (pageId: string | null): RulePage | undefined => input.pages.find(({ id }) => id === pageId);
  return byPlaces(disagreementsOf(input)).flatMap((group) => {
    const page = pageOf(group[0]?.second.pageId ?? null);
    if (page === undefined) return [];
    const { rule, severity } = ruleOf(group);
    const other = pageOf(group[0]?.first.pageId ?? null);
    return [
      finding(rule, severity, placeOf(page), {
        file: page.fileName,
        ...(other === undefined ? {} : { other: other.fileName }),
      }),
    ];
  });
}

/** What a check digit covers may go as it was read; names and state have none, so a person looks at them. */
function unconfirmedFindings({ unconfirmed }: PreflightInput): Finding[] {
  const fields = ReadField.options.filter((field) => unconfirmed[field]?.isChecked === false);
  const [field] = fields;
  if (field === undefined) return [];
  return [finding('subject.unconfirmed', 'warning', { field }, { count: fields.length })];
}

/** Another customer's page says the same document number. */
function sameNumberFindings({ pages }: PreflightInput): Finding[] {
  return pages.flatMap((page) => {
    const { sameNumberReference: reference, fileName: file } = page;
    if (reference === null) return [];
    return [
      reference === ''
        ? finding('identity.sameNumberUnnamed', 'warning', placeOf(page), { file })
        : finding('identity.sameNumber', 'warning', placeOf(page), { file, reference }),
    ];
  });
}

/** Whose the pages are. Sources: product's mixed-customer alarm; ICAO Doc 9303-3 for what a check digit covers. */
export function identityFindings(input: PreflightInput): Finding[] {
  return [...disagreementFindings(input), ...unconfirmedFindings(input), ...sameNumberFindings(input)];
}
