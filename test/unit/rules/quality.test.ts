import { describe, expect, it } from 'vitest';
import { Flow } from '../../../shared/domain/index.ts';
import type { RulePage, SheetMeasures } from '../../../shared/rules/index.ts';
import { flowOf } from '../../support/flow-of.ts';
import { BILL, PASSPORT, SELFIE, onPage } from '../../support/rule-inputs.ts';
import { goodMeasures, rulePage } from '../../support/rule-pages.ts';

const CARD = 'identity/id_card/front';

/** Print on white, with no border to find. */
const WHOLE_SHEET = { width: 1654, height: 2339, document: null };

const of = (slot: string | null, changes: Partial<SheetMeasures>, page: Partial<RulePage> = {}): RulePage =>
  rulePage(slot, { measures: [goodMeasures(changes)], ...page });

describe('what the measures of a page say', () => {
  it('is nothing when all is well, and nothing of a page that was not measured', () => {
    for (const slot of [CARD, null]) expect(onPage(of(slot, {}))).toEqual([]);
    expect(onPage(of(SELFIE, { document: null }))).toEqual([]);
    expect(onPage(of(BILL, WHOLE_SHEET))).toEqual([]);
    expect(onPage(rulePage(CARD))).toEqual([]);
  });

  it('only ever warns, except of a blank page in a slot', () => {
    expect(onPage(of(CARD, { ink: 0 }))).toEqual(['page.blank, blocking']);
    expect(onPage(of(null, { ink: 0 }))).toEqual(['page.blank, info']);
    const worst = { edgePixels: 99, bright: 20, contrast: 5, saturated: 1, glare: 1, colour: 0 };
    const all = onPage(of(CARD, { ...worst, document: { longer: 300, shorter: 290, touches: 1 } }));
    expect(all).toEqual([
      'page.lowResolution, warning',
      'page.blurred, warning',
      'page.dark, warning',
      'page.cut, warning',
    ]);
  });

  it('does not tell reflections on what is blurred, nor colours of what is dark or faint', () => {
    expect(onPage(of(CARD, { glare: 0.05 }))).toEqual(['page.glare, warning']);
    expect(onPage(of(CARD, { glare: 0.05, edgePixels: 9 }))).toEqual(['page.blurred, warning']);
    expect(onPage(of(CARD, { colour: 2, bright: 60 }))).toEqual(['page.dark, warning']);
    expect(onPage(of(CARD, { colour: 2, contrast: 30 }))).toEqual(['page.faint, warning']);
  });

  it('depends on how large the document is: half a millimetre of blur spoils a card and not a sheet', () => {
    expect(onPage(of(CARD, { edgePixels: 6 }))).toEqual(['page.blurred, warning']);
    expect(onPage(of(BILL, { ...WHOLE_SHEET, edgePixels: 4 }))).toEqual([]);
    // As sharp as its pixels are: then they are too few.
    expect(onPage(of(CARD, { document: { longer: 400, shorter: 252, touches: 0 }, edgePixels: 2.5 }))).toEqual([
      'page.lowResolution, warning',
    ]);
  });

  it('believes the zone of a document more than its outline', () => {
    expect(onPage(of(PASSPORT, { document: { longer: 1000, shorter: 700, touches: 0 }, zoneDpi: 120 }))).toEqual([
      'page.lowResolution, warning',
    ]);
    expect(onPage(of(PASSPORT, { document: { longer: 500, shorter: 350, touches: 0 }, zoneDpi: 300 }))).toEqual([]);
  });

  it('knows a sheet of a PDF for A4, and a photograph for nothing', () => {
    const sheet = { width: 700, height: 990, document: null };
    expect(onPage(of(BILL, sheet, { mediaType: 'application/pdf' }))).toEqual(['page.lowResolution, warning']);
    expect(onPage(of(BILL, sheet))).toEqual([]);
  });

  it('counts pixels only where it does not know the dots per inch', () => {
    const small = { widthPixels: 800, heightPixels: 510 };
    expect(onPage(of(CARD, { document: { longer: 760, shorter: 480, touches: 0 } }, small))).toEqual([]);
    expect(onPage(of(CARD, { document: null }, small))).toEqual(['page.tooFewPixels, warning']);
  });

  it('takes a document at the border for cut only when it has lost its shape', () => {
    expect(onPage(of(CARD, { document: { longer: 1011, shorter: 638, touches: 2 } }))).toEqual([]);
    expect(onPage(of(CARD, { document: { longer: 800, shorter: 638, touches: 1 } }))).toEqual(['page.cut, warning']);
    expect(onPage(of(CARD, { document: { longer: 800, shorter: 638, touches: 0 } }))).toEqual([]);
    expect(onPage(of(BILL, { document: { longer: 1800, shorter: 1700, touches: 1 } }))).toEqual([]);
  });

  it('takes no corner for it, whose shape is that of a photograph taken aslant', () => {
    const document = { longer: 950, shorter: 638, touches: 1, beyond: 0 };
    expect(onPage(of(CARD, { document: { ...document, contact: 0.1 } }))).toEqual([]);
    expect(onPage(of(CARD, { document: { ...document, contact: 0.9 } }))).toEqual(['page.cut, warning']);
  });

  it('takes a card that lies askew and runs over the border for cut, even where another size’s shape is left of it', () => {
    const document = { longer: 905, shorter: 638, touches: 1, contact: 0.9 };
    expect(onPage(of(CARD, { document: { ...document, beyond: 0.1 } }))).toEqual(['page.cut, warning']);
    expect(onPage(of(CARD, { document: { ...document, beyond: 0 } }))).toEqual([]);
  });

  it('wants colour of documents and faces, under each provider’s own rule', () => {
    expect(onPage(of(CARD, { colour: 3 }))).toEqual(['personr.page.blackAndWhite, warning']);
    expect(onPage(of(CARD, { colour: 3 }), 'persona')).toEqual(['persona.page.blackAndWhite, info']);
    expect(onPage(of(SELFIE, { colour: 3, document: null }))).toEqual(['personr.page.blackAndWhite, warning']);
    expect(onPage(of(BILL, { ...WHOLE_SHEET, colour: 3 }))).toEqual([]);
    const sheets = [goodMeasures({ colour: 3 }), goodMeasures({ colour: 50, sheet: 2 })];
    expect(onPage(rulePage(CARD, { measures: sheets, sheetCount: 2 }))).toEqual([]);
  });

  it('weighs as much as the flow says', () => {
    const grey = of(CARD, { colour: 3 });
    expect(onPage(grey, 'personr', { 'page.blackAndWhite': 'blocking' })).toEqual([
      'personr.page.blackAndWhite, blocking',
    ]);
    expect(onPage(grey, 'persona', { 'page.blackAndWhite': 'warning' })).toEqual([
      'persona.page.blackAndWhite, warning',
    ]);
    const blank = { ink: 0 };
    expect(onPage(of(CARD, blank), 'personr', { 'page.blank': 'warning' })).toEqual(['page.blank, warning']);
    // In the tray nothing is wanted of it.
    expect(onPage(of(null, blank), 'personr', { 'page.blank': 'blocking' })).toEqual(['page.blank, info']);
    expect(Flow.safeParse({ ...flowOf('personr'), severities: { 'slot.empty': 'info' } }).success).toBe(false);
  });

  it('leaves blank sheets between others alone, and names the sheet that something is wrong with', () => {
    const sheets = [goodMeasures({ ink: 0, contrast: 8 }), goodMeasures({ ...WHOLE_SHEET, sheet: 2, bright: 60 })];
    const page = rulePage(BILL, {
      measures: sheets,
      sheetCount: 2,
      fileName: 'bill.pdf',
      mediaType: 'application/pdf',
    });
    expect(onPage(page)).toEqual(['page.dark, warning']);
    // Not every sheet was looked at, so the rest may have something on it.
    expect(onPage(of(BILL, { ink: 0 }, { sheetCount: 30 }))).toEqual([]);
  });
});
