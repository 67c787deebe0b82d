import { describe, expect, it } from 'vitest';
import type { MediaType, ProviderId } from '../../../shared/domain/index.ts';
import { isSentInstead, renditionFor } from '../../../shared/rules/index.ts';
import type { SheetMeasures, WantedRendition } from '../../../shared/rules/index.ts';
import { flowOf } from '../../support/flow-of.ts';
import { goodMeasures } from '../../support/rule-pages.ts';

interface Asked {
  readonly mediaType?: MediaType;
  readonly sheetCount?: number;
  readonly byteLength?: number;
  readonly measures?: readonly SheetMeasures[];
  readonly isProtected?: boolean;
  readonly isSurrounded?: boolean;
  /** Of Persona: identity documents go as photos of government ids. */
  readonly isForPhotos?: boolean;
}

function wanted(provider: ProviderId, asked: Asked): WantedRendition | null {
  const { mediaType = 'image/jpeg', sheetCount = 1, byteLength = 400_000, measures = [goodMeasures()] } = asked;
  const { isProtected = false, isSurrounded = false } = asked;
  const route = asked.isForPhotos === true ? { route: { by: 'inquiry', templateId: 'itmpl_Practice' } } : {};
  const page = { mediaType, sheetCount, byteLength, measures, isProtected, isSurrounded };
  return renditionFor(provider, page, { ...flowOf(provider), ...route });
}

const scale = (...measures: SheetMeasures[]) =>
  wanted('persona', { byteLength: 2e7, measures, isForPhotos: true })?.limit?.leastScale;

describe('what is sent in place of an original', () => {
  it.each([
    ['persona', {}, undefined],
    ['persona', { byteLength: 15_000_000 }, undefined],
    ['persona', { byteLength: 15_000_001 }, undefined],
    ['persona', { byteLength: 15_000_001, isForPhotos: true }, 'persona.sentSmaller'],
    ['persona', { mediaType: 'image/png', byteLength: 15_000_001 }, 'persona.sentSmaller'],
    ['persona', { mediaType: 'application/pdf', byteLength: 15_000_001 }, undefined],
    ['persona', { mediaType: 'application/pdf', isForPhotos: true }, 'persona.sentAsPicture'],
    ['persona', { mediaType: 'application/pdf', isForPhotos: true, sheetCount: 2 }, undefined],
    ['personr', { byteLength: 15_000_001 }, undefined],
    ['personr', { mediaType: 'image/tiff' }, 'personr.sentAs'],
    ['sumsub', { mediaType: 'application/pdf' }, undefined],
    ['sumsub', { mediaType: 'application/pdf', isProtected: true }, 'sumsub.sentUnlocked'],
    ['sumsub', { mediaType: 'application/pdf', isProtected: true, sheetCount: 2 }, undefined],
    ['personr', { mediaType: 'application/pdf', isProtected: true }, 'personr.sentUnlocked'],
    ['persona', { mediaType: 'application/pdf', isProtected: true }, undefined],
  ] as const)('%s, %j: %s', (provider, asked, rule) => {
    expect(wanted(provider, asked)?.rule).toBe(rule);
  });

  it('is a PDF by itself of a file that has more than it, or the picture of it that is wanted, from every slot', () => {
    const surrounded = { mediaType: 'application/pdf', isSurrounded: true } as const;
    const alone = { rule: 'pdf.sentAlone', mediaType: 'application/pdf', limit: null };
    for (const provider of ['persona', 'personr', 'sumsub'] as const) {
      expect(wanted(provider, { ...surrounded, sheetCount: 3 })).toEqual(alone);
    }
    expect(wanted('persona', { ...surrounded, isForPhotos: true })).toMatchObject({
      ...alone,
      mediaType: 'image/jpeg',
      limit: {},
    });
    expect(wanted('sumsub', { ...surrounded, isProtected: true })?.rule).toBe('sumsub.sentUnlocked');
    expect(
      ['pdf.sentAlone', 'persona.sentAsPicture'].map((rule) => isSentInstead(rule, 'address/utility_bill/single')),
    ).toEqual([true, false]);
  });

  it('is made to fit what the provider takes of a picture; several sheets have no limit of pictures', () => {
    expect(wanted('persona', { mediaType: 'image/tiff' })?.limit?.maxBytes).toBe(15_000_000);
    expect(wanted('sumsub', { mediaType: 'image/tiff' })?.limit?.maxBytes).toBe(64_000_000);
    expect(wanted('persona', { mediaType: 'image/tiff', sheetCount: 2 })?.limit).toBeNull();
  });

  it('keeps the dots per inch, and the pixels, that are wanted of it in any slot', () => {
    // A zone tells the dots per inch: 150 are wanted.
    expect(scale(goodMeasures({ zoneDpi: 600 }))).toBe(0.25);
    // 100 dots per inch of A4 are 1169 pixels, which is the most that any document of this many pixels wants.
    expect(
      scale(goodMeasures({ document: { longer: 4677, shorter: 3307, touches: 0 }, width: 5000, height: 3600 })),
    ).toBe((100 * 297) / 25.4 / 4677);
    // Nothing tells how much of the picture is the document: 600 pixels on the short side.
    expect(scale(goodMeasures({ document: null, width: 5000, height: 3000 }))).toBe(0.2);
    expect([scale(), scale(goodMeasures({ zoneDpi: 72 }))]).toEqual([1, 1]);
    // Of several sheets the one that bears it least.
    expect(scale(goodMeasures({ zoneDpi: 600 }), goodMeasures({ zoneDpi: 300 }))).toBe(0.5);
  });
});
