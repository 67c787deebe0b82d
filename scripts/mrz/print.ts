import { CHARACTERS } from '../../main/inspection/mrz/network.ts';
import { MASK_CAP, MASK_SIZE } from './glyphs.ts';
import type { GlyphSet } from './glyphs.ts';
import type { Random } from './random.ts';

/** How one line was printed. */
export interface Print {
  readonly set: GlyphSet;
  readonly weight: number;
  /** From one character to the next, for a capital's height of 1. */
  readonly pitch: number;
  /** Of each character's own width. */
  readonly widthScale: number;
  /** Italic lean to the right, as a share of the height. */
  readonly slant: number;
}

/** OCR-B's pitch is about a capital's height; printers and other fonts differ. */
export function randomPrint(random: Random, set: GlyphSet): Print {
  const pitch = Math.max(0.86, set.advance * random.between(0.94, random.chance(0.25) ? 1.5 : 1.14));
  return {
    set,
    weight: random.integer(0, set.weights.length - 1),
    pitch,
    widthScale: Math.min(pitch / set.advance, 1) * random.between(0.9, 1.08),
    slant: random.chance(0.3) ? random.between(-0.06, 0.1) : 0,
  };
}

/**
 * Ink (0 to 1) of `text` at a place of its line: character `i` has its middle at `u` = i, `v` counts capital heights below the
 * line's middle.
 */
export function inkAt(print: Print, text: string, u: number, v: number): number {
  const index = Math.round(u);
  const glyph = CHARACTERS.indexOf(text[index] ?? ' ');
  const mask = glyph < 0 ? undefined : print.set.weights[print.weight]?.[glyph];
  if (mask === undefined) return 0;
  const x = MASK_SIZE / 2 - 0.5 + (((u - index) * print.pitch + v * print.slant) * MASK_CAP) / print.widthScale;
  const y = MASK_SIZE / 2 - 0.5 + v * MASK_CAP;
  if (x < 0 || y < 0 || x >= MASK_SIZE - 1 || y >= MASK_SIZE - 1) return 0;
  const left = x | 0;
  const above = y | 0;
  const at = above * MASK_SIZE + left;
  const fx = x - left;
  const fy = y - above;
  const upper = (mask[at] ?? 0) * (1 - fx) + (mask[at + 1] ?? 0) * fx;
  const lower = (mask[at + MASK_SIZE] ?? 0) * (1 - fx) + (mask[at + MASK_SIZE + 1] ?? 0) * fx;
  return (upper * (1 - fy) + lower * fy) / 255;
}

/** Gaussian blur of `width` × `height` numbers, in place. */
export function blur(data: Float32Array, width: number, height: number, sigma: number): void {
  if (sigma < 0.15) return;
  const radius = Math.ceil(sigma * 2.5);
  const kernel = Array.from({ length: 2 * radius + 1 }, (_, index) =>
    Math.exp(-((index - radius) ** 2) / (2 * sigma * sigma)),
  );
  const sum = kernel.reduce((total, value) => total + value, 0);
  const pass = (length: number, count: number, step: number, jump: number): void => {
    const line = new Float32Array(length);
    for (let n = 0; n < count; n += 1) {
      for (let index = 0; index < length; index += 1) line[index] = data[n * jump + index * step] ?? 0;
      for (let index = 0; index < length; index += 1) {
        let total = 0;
        for (let tap = -radius; tap <= radius; tap += 1) {
          const at = Math.min(length - 1, Math.max(0, index + tap));
          total += (line[at] ?? 0) * (kernel[tap + radius] ?? 0);
        }
        data[n * jump + index * step] = total / sum;
      }
    }
  };
  pass(width, height, 1, width);
  pass(height, width, width, 1);
}
