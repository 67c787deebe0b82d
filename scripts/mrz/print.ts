import { CHARACTERS } from '../../main/inspection/mrz/network.ts';
import { valueAt } from '../../main/inspection/mrz/picture.ts';
import { MASK_CAP, MASK_SIZE } from './glyphs.ts';
import type { GlyphSet } from './glyphs.ts';
import type { Random } from './random.ts';
import { wave } from './waves.ts';

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
  /** Pushes the outline of every character, because printers' fonts only approximate OCR-B; null: as the font draws it. */
  readonly warp: Warp | null;
}

/** How far (in capital heights) and in how many waves for a capital's height; `phase` in turns. One for each direction. */
interface Push {
  readonly reach: number;
  readonly waves: number;
  readonly phase: number;
}
type Warp = readonly [across: Push, down: Push];

function randomPush(random: Random): Push {
  return { reach: random.between(0, 0.05), waves: random.between(0.4, 1.3), phase: random.next() };
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
    warp: random.chance(0.4) ? [randomPush(random), randomPush(random)] : null,
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
  let across = ((u - index) * print.pitch + v * print.slant) / print.widthScale;
  let down = v;
  if (print.warp !== null) {
    const [sideways, upwards] = print.warp;
    down += upwards.reach * wave(upwards.waves * across + upwards.phase);
    across += sideways.reach * wave(sideways.waves * v + sideways.phase);
  }
  const x = MASK_SIZE / 2 - 0.5 + across * MASK_CAP;
  const y = MASK_SIZE / 2 - 0.5 + down * MASK_CAP;
  if (x < 0 || y < 0 || x >= MASK_SIZE - 1 || y >= MASK_SIZE - 1) return 0;
  return valueAt(mask, MASK_SIZE, x, y) / 255;
}
