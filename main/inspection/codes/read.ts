import { parseLicence } from '../../../shared/aamva/index.ts';
import { SEPARATOR_TEXT } from '../../../shared/domain/index.ts';
import { levelWithin } from '../mrz/index.ts';
import type { Grey, Pyramid } from '../mrz/index.ts';
import { findBars } from './bars.ts';
import type { Region } from './bars.ts';
import { enlarged, evennessOf, levelled, remainingTurn } from './level.ts';
import { hasSeparatingPatch } from './patch.ts';
import { readCodesOf } from './zxing.ts';

/** The codes of one page that mean something here; absent or false: there is none. */
export interface PageCodes {
  readonly isSeparator: boolean;
  /** Text of a PDF417 code that `parseLicence` understands. */
  readonly licence?: string;
}

/** The longer side of what is searched for bars lies below this: 200 dpi of an A4 page. */
const BARS_PIXELS = 2400;
/** And for a separator's QR code, which is more than half as wide as its sheet: 25 modules of 12 pixels on A4. */
const SEPARATOR_PIXELS = 900;
/** And for a patch code, whose narrow bars are 0.08 inches: four pixels at least on A4. */
const PATCH_PIXELS = 1300;
/** Shorter than 120 pixels, at 100 to 200 dpi, is no code of a card. */
const LEAST_LENGTH = 120;
/** A page has one such code; what else has bars is a chequered pattern, a table, or another barcode. */
const MOST_REGIONS = 3;
/** Of drawn codes the rows are even by 0.8 and more, however blurred or coarse they are; of lines of text by 0.4 at most, of patterns by up to 0.8. */
const LEAST_EVENNESS = 0.6;
/** A code of about 290 modules is read best at this many pixels of length; smaller ones are enlarged, larger ones reduced. */
const GOOD_LENGTH = 900;

/** Half, full, double size: the one that comes nearest to what is read best, and then the next larger one. */
function scalesFor(length: number): number[] {
  const scale = Math.min(2, Math.max(0.5, 2 ** Math.round(Math.log2(GOOD_LENGTH / length))));
  return [scale, scale * 2];
}

async function readBars(picture: Grey, region: Region): Promise<string | null> {
  const cutOut = levelled(picture, region, 0, 1);
  if (evennessOf(cutOut) < LEAST_EVENNESS) return null;
  const turn = remainingTurn(cutOut);
  for (const scale of scalesFor(2 * region.halfLength)) {
    const texts = await readCodesOf(levelled(picture, region, turn, scale), { formats: ['PDF417'], tryRotate: false });
    const licence = texts.find((text) => parseLicence(text) !== null);
    if (licence !== undefined) return licence;
  }
  return null;
}

/**
 * Looks for the codes of a page: Satchel's own separator, a patch code that separates, then the PDF417 code of a driving licence at any angle.
 * @param picture a sheet in full size, whichever way up
 */
export async function readCodes(picture: Pyramid): Promise<PageCodes> {
  const small = picture.level(levelWithin(picture, SEPARATOR_PIXELS));
  const texts = await readCodesOf(small, { formats: ['QRCode'], tryRotate: false });
  if (texts.includes(SEPARATOR_TEXT)) return { isSeparator: true };
  if (hasSeparatingPatch(picture.level(levelWithin(picture, PATCH_PIXELS)))) return { isSeparator: true };
  const level = levelWithin(picture, BARS_PIXELS);
  const regions = findBars(picture.level(level)).filter(({ halfLength }) => 2 * halfLength >= LEAST_LENGTH);
  for (const region of regions.slice(0, MOST_REGIONS)) {
    const licence = await readBars(picture.level(0), enlarged(region, 2 ** level));
    if (licence !== null) return { isSeparator: false, licence };
  }
  return { isSeparator: false };
}
