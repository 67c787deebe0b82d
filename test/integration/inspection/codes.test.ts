import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInspection } from '../../../main/inspection/index.ts';
import type { InspectedCodes, InspectionPort } from '../../../main/inspection/index.ts';
import { randomFrom } from '../../../scripts/mrz/random.ts';
import { parseLicence } from '../../../shared/aamva/index.ts';
import { patchSheet } from '../../support/patch-sheets.ts';
import { drawLicenceBack, drawOtherCodes, licenceText, scanned } from '../../support/coded-pages.ts';
import { sample } from '../../support/samples.ts';

const random = randomFrom(417);
const USUAL = { dpi: 200, angle: 0, blur: 0.05, noise: 3, quality: 80 } as const;

const text = licenceText(random);
let card: Buffer;
let inspection: InspectionPort;
beforeAll(async () => {
  card = await drawLicenceBack(random, text);
  inspection = createInspection({ workers: 1 });
});
afterAll(async () => {
  await inspection.close();
});

async function codesOf(bytes: Uint8Array): Promise<InspectedCodes | undefined> {
  const seen = await inspection.inspect({ mediaType: 'image/jpeg', read: () => Promise.resolve(bytes) });
  expect(seen.thumbnail).not.toBeNull();
  return seen.codes;
}

describe('the codes of a page, through the real worker', () => {
  it.each([0, 3, 17, 44, 90, 135, 180, 271])('are read from a licence turned by %i degrees', async (angle) => {
    const page = await scanned(random, card, { ...USUAL, angle });
    expect(await codesOf(page)).toEqual({ separators: 'none', licence: parseLicence(text) });
  });

  it('are read at 150 dpi and from a card that fills its picture', async () => {
    const small = await scanned(random, card, { ...USUAL, dpi: 150, angle: 6 });
    expect((await codesOf(small))?.licence).toEqual(parseLicence(text));
    const photo = await sharp(card).resize(1600).rotate(90).jpeg({ quality: 70 }).toBuffer();
    expect((await codesOf(photo))?.licence).toEqual(parseLicence(text));
  });

  it('are a separator’s on a sheet with a patch code that separates', async () => {
    const sheet = await patchSheet({ patch: 'T', angle: 180, dpi: 300 });
    expect(await codesOf(sheet)).toEqual({ separators: 'all', licence: null });
  });

  it('are none where another kind of code lies', async () => {
    const page = await scanned(random, await drawOtherCodes(random), USUAL);
    expect(await codesOf(page)).toEqual({ separators: 'none', licence: null });
  });

  // So long and narrow that no half of it is short enough to be looked at: a till receipt.
  it.each([
    [100, 1000],
    [400, 4000],
    [9000, 60],
  ])('are looked for on a picture of %i by %i pixels, and that ends', async (width, height) => {
    const receipt = sharp({ create: { width, height, channels: 3, background: '#fdfdfb' } });
    const codes = await codesOf(await receipt.jpeg().toBuffer());
    expect(codes).toEqual({ separators: 'none', licence: null });
  });

  it('are none on a page without one', async () => {
    const passport = await sample('david-passport.jpg');
    expect(await codesOf(passport)).toEqual({ separators: 'none', licence: null });
  });
});
