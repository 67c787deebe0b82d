import { describe, expect, it } from 'vitest';
import { JudgedRule, Subject } from '../../../shared/domain/index.ts';
import { practiceFlows } from '../../../shared/domain/practice-flows.ts';
import { preflight } from '../../../shared/rules/index.ts';
import type { RulePage } from '../../../shared/rules/index.ts';
import { goodMeasures, rulePage } from '../../support/rule-pages.ts';

const SELFIE = 'selfie/selfie/single';
const ELSEWHERE = ['identity/passport/single', 'identity/id_card/front', 'address/utility_bill/single', null];

function found(page: RulePage, provider: 'persona' | 'personr' | 'sumsub' = 'personr'): string[] {
  const [flow] = practiceFlows(provider);
  if (flow === undefined) throw new Error('there is no practice flow');
  const findings = preflight({
    provider,
    flow,
    documents: [],
    pages: [page],
    subject: Subject.parse({}),
    unconfirmed: {},
    decided: new Set<string>(),
    retakeSlots: [],
    now: 0,
  });
  return findings
    .filter(({ pageId, rule }) => pageId !== null && rule !== 'page.inTray')
    .map(({ rule, severity }) => `${rule}, ${severity}`);
}

const withFaces = (slot: string | null, faces: number): RulePage =>
  rulePage(slot, { measures: [goodMeasures({ faces })] });

describe('faces on a selfie', () => {
  it.each(['persona', 'personr', 'sumsub'] as const)('there is to be one, for %s', (provider) => {
    expect(found(withFaces(SELFIE, 1), provider)).toEqual([]);
    expect(found(withFaces(SELFIE, 0), provider)).toEqual(['page.noFace, warning']);
    expect(found(withFaces(SELFIE, 2), provider)).toEqual(['page.severalFaces, warning']);
  });

  it('are judged where the page lies: nothing is wanted of one elsewhere', () => {
    for (const slot of ELSEWHERE) {
      for (const faces of [0, 1, 2])
        expect(found(withFaces(slot, faces)).filter((rule) => /face/i.test(rule))).toEqual([]);
    }
  });

  it('are not judged where none were looked for, as on pages of an earlier version', () => {
    expect(found(rulePage(SELFIE, { measures: [goodMeasures()] }))).toEqual([]);
    expect(found(rulePage(SELFIE))).toEqual([]);
  });

  it('are not missed on a page without anything on it, which is said instead', () => {
    expect(found(rulePage(SELFIE, { measures: [goodMeasures({ faces: 0, ink: 0 })] }))).toEqual([
      'page.blank, blocking',
    ]);
  });

  it('never stop anybody: no flow can make these rules weigh more', () => {
    expect(JudgedRule.options.filter((rule) => /face/i.test(rule))).toEqual([]);
  });
});
