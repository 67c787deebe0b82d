import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { hasSeparatingPatch } from '../../../main/inspection/codes/patch.ts';
import type { Grey } from '../../../main/inspection/mrz/index.ts';
import { patchSheet } from '../../support/patch-sheets.ts';
import type { PatchSheet } from '../../support/patch-sheets.ts';

async function greyOf(bytes: Uint8Array): Promise<Grey> {
  const { data, info } = await sharp(bytes).greyscale().raw().toBuffer({ resolveWithObject: true });
  return { data: new Uint8Array(data), width: info.width, height: info.height };
}

const isSeparator = async (sheet: PatchSheet): Promise<boolean> =>
  hasSeparatingPatch(await greyOf(await patchSheet(sheet)));

describe('a patch code that separates', () => {
  it.each([2, 3, 'T'] as const)('is seen: patch %s, whichever way up', async (patch) => {
    for (const angle of [0, 90, 180, 270, 2, -4, 93]) {
      expect(await isSeparator({ patch, angle, dpi: 150 }), `turned by ${angle}`).toBe(true);
    }
  });

  it.each([1, 4, 6] as const)('is not patch %s, which steers a scanner', async (patch) => {
    for (const angle of [0, 90, 180, 3]) expect(await isSeparator({ patch, angle, dpi: 150 })).toBe(false);
  });

  it('is seen blurred, faint, on pastel paper, and at 75 to 200 dpi', async () => {
    for (const dpi of [75, 100, 200]) expect(await isSeparator({ patch: 'T', angle: 1, dpi }), `${dpi} dpi`).toBe(true);
    expect(await isSeparator({ patch: 'T', angle: 1, dpi: 150, blur: 0.015 })).toBe(true);
    expect(await isSeparator({ patch: 'T', angle: 1, dpi: 150, paper: '#bde3c4', ink: '#555' })).toBe(true);
  });
});
