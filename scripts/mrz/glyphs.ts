import sharp from 'sharp';
import { CHARACTERS } from '../../main/inspection/mrz/network.ts';
import type { Grey } from '../../main/inspection/mrz/picture.ts';
import { greyOf } from './grey.ts';

/** A font of the set, as fontconfig knows it. */
export interface FontFace {
  readonly family: string;
  readonly style: string;
}

export const OCR_B: FontFace = { family: 'OCR B', style: '' };
export const OCR_B_SHARP: FontFace = { family: 'OCR B S', style: '' };
export const DEJAVU_MONO: FontFace = { family: 'DejaVu Sans Mono', style: '' };
export const DEJAVU_MONO_BOLD: FontFace = { family: 'DejaVu Sans Mono', style: 'font-weight="bold"' };
export const NOTO_MONO: FontFace = { family: 'Noto Mono', style: '' };
export const FREE_MONO_BOLD: FontFace = { family: 'FreeMono', style: 'font-weight="bold"' };
export const LIBERATION_MONO_BOLD: FontFace = { family: 'Liberation Mono', style: 'font-weight="bold"' };

/** Mask pixels of a capital's height, and of the square that holds a glyph with its middle in the middle. */
export const MASK_CAP = 60;
export const MASK_SIZE = 108;

/** Ink of each character of a font, 0 to 255, `MASK_SIZE` squared bytes each; one set for each weight of the print. */
export interface GlyphSet {
  readonly face: FontFace;
  /** Width from one character to the next, for a capital's height of 1. */
  readonly advance: number;
  /** From thin to bold. */
  readonly weights: readonly (readonly Uint8Array[])[];
}

/** Where a blurred mask is cut: above one half the strokes get thinner, below they spread. */
const CUTS = [0.66, 0.5, 0.34, 0.2, 0.12];
const CUT_BLUR = 2.6;
const DRAWN_SIZE = 400;

function svgOf(face: FontFace, text: string, width: number, size: number, x: number, baseline: number): Buffer {
  const escaped = text.replaceAll('<', '&lt;');
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${DRAWN_SIZE}"><rect width="${width}" height="${DRAWN_SIZE}" fill="#fff"/>` +
      `<text x="${x}" y="${baseline}" text-anchor="middle" font-family="${face.family}" ${face.style} font-size="${size}">${escaped}</text></svg>`,
  );
}

function extent(picture: Grey): {
  top: number;
  bottom: number;
  left: number;
} {
  let top = picture.height;
  let bottom = 0;
  let left = picture.width;
  for (let at = 0; at < picture.data.length; at += 1) {
    if ((picture.data[at] ?? 255) > 127) continue;
    const y = Math.floor(at / picture.width);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y + 1);
    left = Math.min(left, at % picture.width);
  }
  return { top, bottom, left };
}

/** Measures a font and draws its characters in several weights. Fails when the font is not installed. */
export async function drawGlyphs(face: FontFace): Promise<GlyphSet> {
  const trial = 200;
  const one = extent(await greyOf(sharp(svgOf(face, 'H', 1600, trial, 800, 300))));
  const five = extent(await greyOf(sharp(svgOf(face, 'HHHHH', 1600, trial, 800, 300))));
  const cap = one.bottom - one.top;
  const advance = (one.left - five.left) / 2 / cap;
  const size = (trial * MASK_CAP) / cap;
  const masks: Buffer[] = [];
  for (const character of Array.from(CHARACTERS)) {
    const svg = svgOf(face, character, MASK_SIZE, size, MASK_SIZE / 2, MASK_SIZE / 2 + MASK_CAP / 2);
    const drawn = await sharp(svg)
      .extract({ left: 0, top: 0, width: MASK_SIZE, height: MASK_SIZE })
      .greyscale()
      .negate()
      .blur(CUT_BLUR)
      .toColourspace('b-w')
      .raw()
      .toBuffer();
    masks.push(drawn);
  }
  const weights = CUTS.map((cut) =>
    masks.map((mask) =>
      Uint8Array.from(mask, (value) => Math.min(255, Math.max(0, ((value / 255 - cut) * 5 + 0.5) * 255))),
    ),
  );
  return { face, advance, weights };
}
