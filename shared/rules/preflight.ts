import type { Finding, Flow, Light } from '../domain/index.ts';
import { commonFindings } from './common.ts';
import { identityFindings } from './identity.ts';
import { WEIGHT_OF } from './judged.ts';
import { PROVIDER_RULES } from './providers.ts';
import { CHECK_WAITS_RULE } from './types.ts';
import type { PreflightInput } from './types.ts';

const RANK = { blocking: 0, warning: 1, info: 2 } as const;

/** A finding's severity under a flow: its own, unless the flow gives its rule another. Of a page only a slot wants anything. */
function severityIn({ severities = {} }: Flow, { rule, pageId, slot, severity }: Finding): Finding['severity'] {
  const weight = WEIGHT_OF.get(rule);
  return weight === undefined || (pageId !== null && slot === null) ? severity : (severities[weight] ?? severity);
}

/**
 * Every check that needs no network, in the provider's own terms. Pure: the same input gives the same findings, in the same
 * order, the gravest first.
 */
export function preflight(input: PreflightInput): Finding[] {
  const own = PROVIDER_RULES[input.provider].findings(input);
  const found = [...commonFindings(input), ...identityFindings(input), ...own];
  const findings = found.map((one) => ({ ...one, severity: severityIn(input.flow, one) }));
  return findings.toSorted((a, b) => RANK[a.severity] - RANK[b.severity]);
}

/** What is said of a page that nobody has looked at yet. */
const UNCHECKED: ReadonlySet<string> = new Set(['page.beingChecked', CHECK_WAITS_RULE]);

/** True when nothing blocks and every page has been looked at: the submission may become `ready`. */
export function isClean(findings: readonly Finding[]): boolean {
  return findings.every((found) => found.severity !== 'blocking' && !UNCHECKED.has(found.rule));
}

/**
 * What nobody can wave through: a place or field that the provider's calls cannot be made without, and pages that may be of two
 * customers, about which a person decides by looking at exactly what differs.
 */
const NEVER_OVERRIDDEN =
  /^(slot\.(empty|wantsRetake)|subject\.missing\.\w+|country\.unknown|page\.(beingChecked|checkWaits)|identity\.(disagrees|pagesDisagree))$/;

const OWN_NEVER_OVERRIDDEN: ReadonlySet<string> = new Set(
  Object.values(PROVIDER_RULES).flatMap(({ neverOverridden }) => neverOverridden),
);

/** True for a finding that a supervisor may override, with a reason. */
export function isOverridable(found: Finding): boolean {
  return !NEVER_OVERRIDDEN.test(found.rule) && !OWN_NEVER_OVERRIDDEN.has(found.rule);
}

/** True for a finding that a supervisor has overridden. `overridden`: the rules that they had before them; nobody has looked at another. */
export function isOverridden(found: Finding, overridden: ReadonlySet<string>): boolean {
  return overridden.has(found.rule) && isOverridable(found);
}

/**
 * The one light of a submission. `green`: every required slot is filled and clean. `red`: something must be captured or
 * corrected while the customer is here. `amber`: a page is still being checked, a warning wants a look, or
 * a person overrode what was found (`overridden`: these rules).
 */
export function lightOf(findings: readonly Finding[], overridden: ReadonlySet<string> = new Set()): Light {
  if (findings.some((found) => found.severity === 'blocking' && !isOverridden(found, overridden))) return 'red';
  if (findings.some((found) => found.severity === 'blocking')) return 'amber';
  if (findings.some((found) => found.severity === 'warning' || UNCHECKED.has(found.rule))) return 'amber';
  return 'green';
}
