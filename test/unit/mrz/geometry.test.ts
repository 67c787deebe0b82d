import { describe, expect, it } from 'vitest';
import { fitCurve, fitCurves, slopeOn, valueOn } from '../../../main/inspection/mrz/fit.ts';
import { pyramidOf } from '../../../main/inspection/mrz/picture.ts';
import type { Grey } from '../../../main/inspection/mrz/picture.ts';
import { isInPicture } from '../../../main/inspection/mrz/read.ts';
import { pointOn, reversed, sampleStrip } from '../../../main/inspection/mrz/strip.ts';
import type { LineShape } from '../../../main/inspection/mrz/strip.ts';
import { doubled, turnedBy } from '../../../main/inspection/mrz/turn.ts';

/** The middle of what is dark in a picture. */
function darkest(of: Grey): { x: number; y: number } {
  const shares = Array.from(of.data, (value) => Math.max(0, 90 - value));
  const total = shares.reduce((sum, share) => sum + share, 0);
  const mean = (place: (at: number) => number): number =>
    shares.reduce((sum, share, at) => sum + share * place(at), 0) / total;
  return { x: mean((at) => at % of.width), y: mean((at) => Math.floor(at / of.width)) };
}

const roundedAll = (values: readonly number[]): number[] => values.map((value) => Math.round(value * 1e6) / 1e6 + 0);
const bent = (x: number): number => 1e-3 * x * x - 2e-6 * x ** 3;

describe('geometry', () => {
  const shape: LineShape = {
    x: 300,
    y: 200,
    ux: 0.96,
    uy: 0.28,
    t: [-120, 9, 0.02, -0.0003],
    o: [3, 0.01, 0.0001, 0.000001],
    h: [9, 0.003],
    shear: [0.07, 0.0002],
  };

  it('a line read from its other end is the same line', () => {
    const back = reversed(shape, 29);
    for (const [index, v] of [
      [0, 0.4],
      [11, -0.7],
      [29, 0],
    ] as const) {
      const [there, here] = [pointOn(shape, index, v), pointOn(back, 29 - index, -v)];
      expect(here.x).toBeCloseTo(there.x, 6);
      expect(here.y).toBeCloseTo(there.y, 6);
    }
  });

  it('fits a curve through its own points, whose bend may change', () => {
    const xs = Array.from({ length: 12 }, (_, index) => index * 7 - 20);
    const at = (curve: readonly [number, number, number, number]): number[] => xs.map((x) => valueOn(curve, x));
    expect(roundedAll(fitCurve(xs, at([4, -0.3, 0.02, 0]), 2))).toEqual([4, -0.3, 0.02, 0]);
    expect(roundedAll(fitCurve(xs, at([4, -0.3, 0.02, 0.001]), 3))).toEqual([4, -0.3, 0.02, 0.001]);
    expect(slopeOn([4, -0.3, 0.02, 0.001], 10)).toBeCloseTo(0.4, 9);
    expect(roundedAll(fitCurve([5, 5, 5], [1, 2, 3], 3))).toEqual([2, 0, 0, 0]);
    expect(fitCurve([], [], 2)).toEqual([0, 0, 0, 0]);
  });

  it('fits curves of one bend, also where there are points of a part only', () => {
    const whole = Array.from({ length: 40 }, (_, index) => 10 * index);
    const part = whole.slice(0, 12);
    const [upper, lower] = fitCurves(
      [
        { xs: whole, ys: whole.map((x) => 50 + 0.1 * x + bent(x)) },
        // Each a quarter off in turn, which would lead a bend of their own far astray.
        { xs: part, ys: part.map((x, index) => 80 + 0.12 * x + bent(x) + (index % 2 === 0 ? 0.25 : -0.25)) },
      ],
      3,
    );
    if (upper === undefined || lower === undefined) throw new Error('a curve is missing');
    expect(valueOn(upper, 390)).toBeCloseTo(50 + 39 + bent(390), 0);
    expect(Math.abs(valueOn(lower, 390) - (80 + 0.12 * 390 + bent(390)))).toBeLessThan(2.5);
  });

  it('finds the way back from a picture that was turned or doubled', () => {
    const [width, height] = [160, 100];
    const dot = { x: 120, y: 31 };
    const picture = { data: new Uint8Array(width * height).fill(220), width, height };
    for (const [dx, dy] of [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ] as const)
      picture.data[(dot.y + dy) * width + dot.x + dx] = 0;
    for (const angle of [0.5, -0.5]) {
      const turned = turnedBy(picture, angle);
      if (turned === null) throw new Error('too large to be turned');
      const { picture: askew, back } = turned;
      const found = back({ ...shape, ...darkest(askew), ux: Math.cos(angle), uy: Math.sin(angle) });
      expect(found.x).toBeCloseTo(dot.x + 0.5, 0);
      expect(found.y).toBeCloseTo(dot.y + 0.5, 0);
      // What runs along x in the picture runs along the angle in the turned one.
      expect(found.ux).toBeCloseTo(1, 6);
      expect(found.uy).toBeCloseTo(0, 6);
    }
    const twice = darkest(doubled(picture));
    expect((twice.x + 0.5) / 2 - 0.5).toBeCloseTo(dot.x + 0.5, 1);
    expect((twice.y + 0.5) / 2 - 0.5).toBeCloseTo(dot.y + 0.5, 1);
  });

  it('is not turned where it is a long strip, whose turn would take gigabytes', () => {
    expect(turnedBy({ data: new Uint8Array(9_000_000), width: 100, height: 90_000 }, Math.PI / 6)).toBeNull();
  });

  it('of a zone is in the picture when the middles of its outer characters are', () => {
    const picture = pyramidOf({ data: new Uint8Array(100 * 40), width: 100, height: 40 });
    const line: LineShape = {
      x: 5,
      y: 10,
      ux: 1,
      uy: 0,
      t: [0, 10, 0, 0],
      o: [0, 0, 0, 0],
      h: [10, 0],
      shear: [0, 0],
    };
    const isIn = (moved: Partial<LineShape>, window: { start: number; length: number }): boolean =>
      isInPicture(picture, [line, { ...line, y: 30, ...moved }], { score: 0, ...window });
    expect(isIn({}, { start: 0, length: 10 })).toBe(true);
    expect(isIn({ x: -1 }, { start: 0, length: 10 })).toBe(false);
    expect(isIn({}, { start: 0, length: 11 })).toBe(false);
    expect(isIn({ y: 38 }, { start: 0, length: 10 })).toBe(false);
    // Leaning letters of the lower line.
    expect(isIn({ x: 2, shear: [-1, 0] }, { start: 0, length: 9 })).toBe(false);
  });

  it('samples a line that leaves the picture without leaving its memory', () => {
    const picture = { data: new Uint8Array(80 * 80).fill(200), width: 80, height: 80 };
    const strip = sampleStrip(pyramidOf(picture), { ...shape, x: 70, y: 5 }, -3, 40);
    expect(Math.min(...strip.data)).toBeGreaterThan(199);
  });
});
