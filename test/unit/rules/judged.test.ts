import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withWeights } from '../../../scripts/weights-docs.ts';
import { Flow, JudgedRule, severitiesFor } from '../../../shared/domain/index.ts';
import { Subject } from '../../../shared/domain/subject.ts';
import { isOverridable, preflight } from '../../../shared/rules/index.ts';
import { JUDGED_RULES } from '../../../shared/rules/judged.ts';
import { RULES } from '../../../shared/rules/sources.ts';
import { finding } from '../../../shared/rules/place.ts';
import { personaFlow } from '../../support/rule-inputs.ts';
import { rulePage } from '../../support/rule-pages.ts';

/** What is found of two pages of a customer whose document has expired, under these weights. */
function weighed(severities: NonNullable<Flow['severities']>): string[] {
  const page = rulePage('identity/passport/single', {
    facts: [{ rule: 'page.editorNamed', severity: 'warning', params: {} }],
    alike: { pageId: 'elsewhere', reference: '', isSameCustomer: false },
  });
  const copy = rulePage('address/utility_bill/single', { sha256: page.sha256 });
  const findings = preflight({
    provider: 'persona',
    flow: { ...personaFlow, severities },
    documents: [],
    pages: [page, copy],
    subject: Subject.parse({
      givenName: 'E',
      familyName: 'M',
      reference: 'R',
      country: 'DEU',
      documentExpiryDate: '2020-01-01',
    }),
    unconfirmed: {},
    decided: new Set(),
    retakeSlots: [],
    now: Date.UTC(2026, 10, 22),
  });
  return findings.map(({ rule, severity }) => `${rule}, ${severity}`).toSorted();
}

describe('the weights of a flow', () => {
  it('stand for rules that there are, each for its own', () => {
    const rules = [...JUDGED_RULES.values()].flat();
    expect([...JUDGED_RULES.keys()]).toEqual(JudgedRule.options);
    expect(rules.filter((rule) => !(rule in RULES))).toEqual([]);
    expect(new Set(rules).size).toBe(rules.length);
  });

  it('are none for what nobody can wave through, for what a provider refuses, or for pages of two customers', () => {
    const rules = [...JUDGED_RULES.values()].flat();
    expect(rules.filter((rule) => !isOverridable(finding(rule, 'blocking', {})))).toEqual([]);
    expect(
      rules.filter((rule) =>
        /\.(file|photo|country)\.|\.page\.sameBytes$|^pdf\.|^identity\.(dis|pages)|twoPeople|separator/.test(rule),
      ),
    ).toEqual([]);
  });

  it('make a rule weigh more or less, also a customer’s own and one of a file', () => {
    expect(weighed({})).toEqual([
      'document.issueDateMissing, info',
      'page.alikeUnnamed, warning',
      'page.editorNamed, warning',
      'page.sameBytes, warning',
      'subject.documentExpired, blocking',
    ]);
    expect(
      weighed({
        'document.issueDateMissing': 'blocking',
        'page.alike': 'info',
        'page.editorNamed': 'blocking',
        'page.sameImage': 'blocking',
        'document.expired': 'warning',
      }),
    ).toEqual([
      'document.issueDateMissing, blocking',
      'page.alikeUnnamed, info',
      'page.editorNamed, blocking',
      'page.sameBytes, blocking',
      'subject.documentExpired, warning',
    ]);
  });

  it('never let another customer’s page stop this one', () => {
    expect(severitiesFor('page.alike')).toEqual(['warning', 'info']);
    const may = ['page.alike', 'page.blurred'].map(
      (rule) => Flow.safeParse({ ...personaFlow, severities: { [rule]: 'blocking' } }).success,
    );
    expect(may).toEqual([false, true]);
  });

  it('stand in docs/capture.md as the code has them (`npm run samples` writes it)', () => {
    const document = readFileSync(new URL('../../../docs/capture.md', import.meta.url), 'utf8');
    expect(document).toBe(withWeights(document));
  });
});
