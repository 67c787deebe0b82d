import { describe, expect, it } from 'vitest';
import { evennessOf } from '../../../main/inspection/codes/level.ts';
import { randomFrom } from '../../../scripts/mrz/random.ts';

const random = randomFrom(417);
const [WIDTH, HEIGHT] = [400, 160];

/** A cut-out whose rows of `rowHeight` pixels have modules of three pixels, each row others; `gap` rows of pixels between them are white. */
function cutOut(rowHeight: number, gap: number, darkest = 20): { data: Uint8Array; width: number; height: number } {
  const data = new Uint8Array(WIDTH * HEIGHT).fill(240);
  for (let y = 0; y < HEIGHT; y += rowHeight + gap) {
    const modules = Array.from({ length: Math.ceil(WIDTH / 3) }, () => random.pick([darkest, 240]));
    for (let row = y; row < Math.min(HEIGHT, y + rowHeight); row += 1) {
      for (let x = 0; x < WIDTH; x += 1) data[row * WIDTH + x] = modules[Math.floor(x / 3)] ?? 240;
    }
  }
  return { data, width: WIDTH, height: HEIGHT };
}

describe('how even the rows of a cut-out are', () => {
  it('is much where every row has as many edges as the others, however pale they are', () => {
    expect(evennessOf(cutOut(9, 0))).toBeGreaterThan(0.75);
    expect(evennessOf(cutOut(9, 0, 200))).toBeGreaterThan(0.75);
  });

  it('is nothing where lines of text have gaps between them, and on an empty page', () => {
    expect(evennessOf(cutOut(14, 8))).toBeLessThan(0.05);
    expect(evennessOf({ data: new Uint8Array(WIDTH * HEIGHT).fill(240), width: WIDTH, height: HEIGHT })).toBe(0);
  });
});
