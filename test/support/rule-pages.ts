import type { RulePage, SheetMeasures } from '../../shared/rules/index.ts';

/** Measures of a sheet that nothing is wrong with: a card on glass at 300 dpi. */
export function goodMeasures(changes: Partial<SheetMeasures> = {}): SheetMeasures {
  return {
    sheet: 1,
    width: 1640,
    height: 1146,
    document: { longer: 1011, shorter: 638, touches: 0 },
    ink: 0.5,
    edgePixels: 2.1,
    bright: 240,
    contrast: 180,
    saturated: 0,
    glare: 0,
    colour: 60,
    zoneDpi: null,
    ...changes,
  };
}

let made = 0;

/** A page that preflight has nothing to say about, in a slot (`requirement/type/side`) or the tray. Each has bytes of its own. */
export function rulePage(slot: string | null, changes: Partial<RulePage> = {}): RulePage {
  made += 1;
  return {
    id: `page-${made}`,
    slot,
    fileName: 'scan.jpg',
    source: 'dialog',
    mediaType: 'image/jpeg',
    byteLength: 400_000,
    sha256: String(made),
    widthPixels: 1600,
    heightPixels: 1100,
    sheetCount: 1,
    isInspected: true,
    isDelivered: false,
    facts: [],
    measures: [],
    duplicateReference: null,
    alike: null,
    readings: [],
    sameNumberReference: null,
    ...changes,
  };
}
