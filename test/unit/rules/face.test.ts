import { describe, expect, it } from 'vitest';
import { JudgedRule } from '../../../shared/domain/index.ts';
import { CARD_BACK_RULE, PASSPORT_RULE } from '../../../shared/rules/index.ts';
import type { RulePage, SheetMeasures } from '../../../shared/rules/index.ts';
import { kindFindings } from '../../../shared/rules/kind.ts';
import { SELFIE, onPage } from '../../support/rule-inputs.ts';
import { goodMeasures, rulePage } from '../../support/rule-pages.ts';

const ELSEWHERE = ['identity/passport/single', 'identity/id_card/front', 'address/utility_bill/single', null];

const withFaces = (slot: string | null, faces: number): RulePage =>
  rulePage(slot, { measures: [goodMeasures({ faces, document: null })] });

/** What is said of a selfie with these measures, and of what kind it was read to be. */
function on(changes: Partial<SheetMeasures>, kind?: string): string[] {
  const facts = kind === undefined ? [] : [{ rule: kind, severity: 'info' as const, params: {} }];
  return onPage(rulePage(SELFIE, { facts, measures: [goodMeasures({ document: null, ...changes })] }));
}

const scanned = (slot: string, changes: Partial<RulePage> = {}) =>
  kindFindings(
    rulePage(slot, { source: 'scanner', measures: [goodMeasures({ faces: 1, document: null })], ...changes }),
  );

describe('faces on a selfie', () => {
  it.each(['persona', 'personr', 'sumsub'] as const)('there is to be one, for %s', (provider) => {
    expect(onPage(withFaces(SELFIE, 1), provider)).toEqual([]);
    expect(onPage(withFaces(SELFIE, 0), provider)).toEqual(['page.noFace, warning']);
    expect(onPage(withFaces(SELFIE, 2), provider)).toEqual(['page.severalFaces, warning']);
  });

  it('are judged where the page lies: nothing is wanted of one elsewhere', () => {
    for (const slot of ELSEWHERE) {
      for (const faces of [0, 1, 2])
        expect(onPage(withFaces(slot, faces)).filter((rule) => /face/i.test(rule))).toEqual([]);
    }
  });

  it('are not judged where none were looked for, as on pages of an earlier version', () => {
    expect(onPage(rulePage(SELFIE, { measures: [goodMeasures({ document: null })] }))).toEqual([]);
    expect(onPage(rulePage(SELFIE))).toEqual([]);
  });

  it('are not missed on a page without anything on it, which is said instead', () => {
    expect(onPage(rulePage(SELFIE, { measures: [goodMeasures({ faces: 0, ink: 0 })] }))).toEqual([
      'page.blank, blocking',
    ]);
  });

  it('are not missed on a document in the place of a selfie, which is said instead; people and what they hold are no document', () => {
    const said = ['page.documentForSelfie, warning'];
    const card = { longer: 1011, shorter: 638, touches: 0 };
    for (const faces of [0, 1, 2]) expect(on({ faces, document: card })).toEqual(said);
    expect(on({ faces: 1, document: { ...card, touches: 1 } })).toEqual([]);
    expect(on({ faces: 1, document: { ...card, shorter: 760 } })).toEqual([]);
    // A passport that fills the picture (125 mm), and one that is held up in a picture of half a metre.
    expect(on({ width: 1640, height: 1146, zoneDpi: 333 }, PASSPORT_RULE)).toEqual(said);
    const heldUp = on({ width: 1920, height: 1080, zoneDpi: 97 }, PASSPORT_RULE);
    expect(heldUp).not.toContain('page.documentForSelfie, warning');
    expect(on({}, CARD_BACK_RULE)).toEqual(said);
  });

  it('are the portrait on some paper where a page came from the scanner, which is said whatever else is seen', () => {
    expect(scanned(SELFIE)).toMatchObject([{ rule: 'page.scannedSelfie', severity: 'warning' }]);
    expect(scanned('identity/id_card/front')).toEqual([]);
    expect(scanned(SELFIE, { source: 'camera' })).toEqual([]);
    expect(scanned(SELFIE, { measures: [goodMeasures({ ink: 0 })] })).toEqual([]);
    // What was read on it says more.
    expect(scanned(SELFIE, { measures: [goodMeasures()] })).toMatchObject([{ rule: 'page.documentForSelfie' }]);
  });

  it('never stop anybody: no flow can make these rules weigh more', () => {
    expect(JudgedRule.options.filter((rule) => /face/i.test(rule))).toEqual([]);
  });
});
