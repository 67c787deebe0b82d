import { describe, expect, it } from 'vitest';
import { DARKEST, INK, thingsIn } from '../../../main/inspection/mrz/components.ts';
import { partsOf } from '../../../main/inspection/mrz/parts.ts';
import { pyramidOf } from '../../../main/inspection/mrz/picture.ts';

describe('the parts of a large picture', () => {
  it('are what lies on an empty table, not all of it, and not specks', () => {
    const [width, height] = [4000, 3000];
    const data = new Uint8Array(width * height).fill(180);
    const print = (left: number, top: number, across: number, down: number): void => {
      for (let y = top; y < top + down; y += 1)
        for (let x = left; x < left + across; x += 1)
          if ((x >> 3) % 3 === 0 && (y >> 3) % 3 === 0) data[y * width + x] = 30;
    };
    print(2400, 500, 500, 320);
    print(300, 2000, 40, 40);
    const [part, ...others] = partsOf(pyramidOf({ data, width, height }));
    expect(others).toEqual([]);
    if (part === undefined) throw new Error('no part was found');
    expect(part.left).toBeLessThan(2400);
    expect(part.top).toBeLessThan(500);
    expect(part.left + part.width).toBeGreaterThan(2900);
    expect(part.top + part.height).toBeGreaterThan(820);
    expect(part.width * part.height).toBeLessThan(2.2 * 500 * 320);
    print(0, 0, width, height);
    expect(partsOf(pyramidOf({ data, width, height }))).toEqual([]);
  });
});

describe('dark things', () => {
  it('are seen in deep shadow too, where ink and paper are few levels apart', () => {
    const [width, height] = [200, 60];
    const data = new Uint8Array(width * height).fill(24);
    for (let y = 22; y < 36; y += 1)
      for (let left = 20; left < 180; left += 20) data.fill(17, y * width + left, y * width + left + 3);
    expect(thingsIn({ data, width, height })).toHaveLength(8);
    // By daylight so little is noise.
    expect(thingsIn({ data: data.map((value) => value + 150), width, height })).toEqual([]);
  });

  it('are told from the lines of security print by being darkest', () => {
    const [width, height] = [240, 60];
    const data = new Uint8Array(width * height).fill(220);
    // Fine lines every six pixels from side to side, and ten faint letters over them.
    for (let y = 0; y < height; y += 6) data.fill(180, y * width, (y + 1) * width);
    for (let letter = 0; letter < 10; letter += 1) {
      for (let y = 22; y < 36; y += 1) {
        const left = y * width + 20 + 20 * letter;
        data.fill(130, left, left + 2);
        data.fill(130, left + 8, left + 10);
      }
    }
    const letters = (deviations: number): number =>
      thingsIn({ data, width, height }, deviations).filter(({ top, bottom }) => bottom - top > 10).length;
    expect(letters(INK)).toBe(0);
    expect(letters(DARKEST)).toBe(20);
  });
});
