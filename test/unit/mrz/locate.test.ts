import { describe, expect, it } from 'vitest';
import { hasRowsAskew } from '../../../main/inspection/mrz/askew.ts';
import type { Component } from '../../../main/inspection/mrz/components.ts';
import { valueOn } from '../../../main/inspection/mrz/fit.ts';
import { isOnZone, isSharing } from '../../../main/inspection/mrz/overlap.ts';
import { pitchOf } from '../../../main/inspection/mrz/recognise.ts';
import { pointOn } from '../../../main/inspection/mrz/strip.ts';
import { zonesAmong } from '../../../main/inspection/mrz/zones.ts';
import { randomFrom } from '../../../scripts/mrz/random.ts';

/** Letters as dark boxes of 8 by 12 pixels, `rows` lines of 30, turned clockwise around the picture's middle by `degrees`. */
function lettersAskew(rows: number, degrees: number, distanceOf: () => number = () => 12): Component[] {
  const [cosine, sine] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return Array.from({ length: rows }, (_, row) => {
    let along = -180;
    return Array.from({ length: 30 }, (): Component => {
      along += distanceOf();
      const across = 26 * (row - (rows - 1) / 2);
      const [x, y] = [500 + along * cosine - across * sine, 400 + along * sine + across * cosine];
      const [halfWidth, halfHeight] = [
        (8 * Math.abs(cosine) + 12 * Math.abs(sine)) / 2,
        (8 * Math.abs(sine) + 12 * Math.abs(cosine)) / 2,
      ];
      return { left: x - halfWidth, right: x + halfWidth, top: y - halfHeight, bottom: y + halfHeight };
    });
  }).flat();
}

describe('a zone among dark things', () => {
  const WIDTH = 1000;
  const heightOf = (degrees: number): number => zonesAmong(lettersAskew(3, degrees), WIDTH)[0]?.lines[0]?.h[0] ?? 0;

  it('has the height of its capitals, however it leans', () => {
    // Figures are taller than capitals: of 12 pixels (13 with both edges) a capital has 11 or a little more.
    expect(heightOf(0)).toBeGreaterThan(10.8);
    expect(heightOf(0)).toBeLessThan(11.8);
    expect(heightOf(15) / heightOf(0)).toBeCloseTo(Math.cos(Math.PI / 12), 1.5);
  });

  it('tells the distance of its characters along its lines, however they lie', () => {
    const [zone] = zonesAmong(lettersAskew(3, 15), WIDTH);
    if (zone === undefined) throw new Error('no zone was found');
    expect(pitchOf(zone)).toBeCloseTo(12, 1);
  });

  it('is found for each of three cards on one glass, and none in a page of text of the same pitch', () => {
    const cards = [0, 1, 2].flatMap((card) =>
      letters([30, 30, 30], (at, row) => ({ x: 200 + 12 * at, y: 100 + 260 * card + 26 * row })),
    );
    const zones = zonesAmong(cards, WIDTH);
    const tops = [0, 1, 2].map((card) =>
      zones.find(({ lines }) => Math.abs((lines[0]?.o[0] ?? 0) - 100 - 260 * card) < 2),
    );
    expect(tops.map((zone) => zone?.lines.length)).toEqual([3, 3, 3]);
    const [first, second] = tops;
    const line = second?.lines[2];
    if (first === undefined || second === undefined || line === undefined) throw new Error('a card is missing');
    // All of a card's zones share print, and none shares any with another card's.
    for (const zone of zones)
      expect([first, second].filter((other) => isSharing(zone, other)).length).toBeLessThanOrEqual(1);
    expect(isSharing({ ...first, lines: first.lines.slice(1) }, first)).toBe(true);
    expect(isOnZone(pointOn(line, 15, 0), second)).toBe(true);
    expect(isOnZone({ x: 200 + 12 * 33, y: 100 }, first)).toBe(false);
    const lengths = Array.from({ length: 20 }, (_, row) => 24 + ((row * 7) % 23));
    const text = letters(lengths, (at, row) => ({ x: 200 + 12 * at, y: 100 + 24 * row }));
    expect(zonesAmong(text, WIDTH)).toEqual([]);
  });

  it('is found for each of two cards beside each other, though specks between them join their rows', () => {
    const begins = [100, 100 + 12 * 33.6];
    const cards = begins.flatMap((left) =>
      letters([30, 30, 30], (at, row) => ({ x: left + 12 * at, y: 300 + 26 * row })),
    );
    const specks = letters([2, 2, 2], (at, row) => ({ x: 465 + 15 * at, y: 300 + 26 * row }));
    const zones = zonesAmong([...cards, ...specks], WIDTH).filter(({ lines }) => lines.length === 3);
    const found = begins.map((left) =>
      zones.some(({ lines: [line], first }) => line !== undefined && Math.abs(pointOn(line, first, 0).x - left) < 40),
    );
    expect(found).toEqual([true, true]);
  });

  it('has lines that bend alike, also where marks were found of half a line only', () => {
    const [upper, lower] = [0, 26].map((down) =>
      Array.from({ length: 36 }, (_, index): Component => {
        const [x, y] = [200 + 12 * index, 300 + down];
        return { left: x - 4, right: x + 4, top: y - 6, bottom: y + 6 };
      }),
    );
    // The marks of the upper line end early, and its middle sags by a pixel.
    const half = (upper ?? []).slice(0, 20).map((mark, index) => {
      const sag = 1 - ((index - 9.5) / 9.5) ** 2;
      return { ...mark, top: mark.top + sag, bottom: mark.bottom + sag };
    });
    const [zone] = zonesAmong([...half, ...(lower ?? [])], WIDTH);
    const [line] = zone?.lines ?? [];
    if (zone === undefined || line === undefined) throw new Error('no zone was found');
    expect(pointOn(line, zone.last, 0).x).toBeCloseTo(200 + 12 * 35, 0);
    expect(Math.abs(pointOn(line, zone.last, 0).y - 300)).toBeLessThan(1.5);
  });
});

/** Letters of a zone's rows, where `place` says; `rows`: characters of each. */
function letters(
  rows: readonly number[],
  place: (at: number, row: number) => { x: number; y: number; size?: number },
): Component[] {
  return rows.flatMap((count, row) =>
    Array.from({ length: count }, (_, at): Component => {
      const { x, y, size = 1 } = place(at, row);
      return { left: x - 4.5 * size, right: x + 4.5 * size, top: y - 7 * size, bottom: y + 7 * size };
    }),
  );
}

const shrinking = (at: number): number => 1.25 - (0.5 * at) / 43;

/** Before a camera that was tilted both ways. */
function tilted(at: number, row: number): { x: number; y: number; size: number } {
  const away = 1 + (0.6 * at) / 29;
  return { x: 300 + (30 * at) / away, y: 300 + (240 + 76 * row) / away, size: 1.6 / away };
}

describe('a zone whose rows are not straight and level', () => {
  const WIDTH = 1400;
  const BEGIN = 300;
  const PITCH = 14;

  function found(things: readonly Component[]) {
    const [zone] = zonesAmong(things, WIDTH);
    if (zone === undefined) throw new Error('no zone was found');
    return zone;
  }

  it.each([
    ['like a bow', (share: number) => 45 * Math.sin(Math.PI * share)],
    ['like an S', (share: number) => 10 * Math.sin(2 * Math.PI * share)],
    ['up at one side', (share: number) => 60 * Math.exp(-share / 0.25)],
  ])('is followed where its page is bent %s', (_name, bend) => {
    const place = (at: number, row: number) => ({ x: BEGIN + PITCH * at, y: 400 + 32 * row - bend(at / 43) });
    const zone = found(letters([44, 44], place));
    expect([zone.first, zone.last]).toEqual([0, 43]);
    for (const at of [0, 8, 21, 35, 43]) {
      for (const row of [0, 1]) {
        const [line, truth] = [zone.lines[row], place(at, row)];
        if (line === undefined) throw new Error('a line is missing');
        const { x, y } = pointOn(line, at, 0);
        expect(Math.abs(x - truth.x), `across, ${at}`).toBeLessThan(2);
        expect(Math.abs(y - truth.y), `down, ${at}`).toBeLessThan(3);
      }
    }
  });

  it('has whole rows that begin together, however the camera was tilted', () => {
    // A character stands 20 pixels to the right of the one above it, nearly one and a half places.
    const zone = found(letters([44, 44], (at, row) => ({ x: BEGIN + PITCH * at + 20 * row, y: 400 + 36 * row })));
    expect([zone.first, zone.last]).toEqual([0, 43]);
    expect(zone.lines[0]?.shear[0]).toBeCloseTo(20 / 36, 2);
  });

  it('has letters that get smaller where its rows come nearer to each other', () => {
    const things = letters([44, 44], (at, row) => ({
      x: BEGIN + PITCH * at,
      y: 400 + 34 * (row - 0.5) * shrinking(at),
      size: shrinking(at),
    }));
    const [line] = found(things).lines;
    if (line === undefined) throw new Error('no line was found');
    const heightAt = (at: number): number => line.h[0] + line.h[1] * valueOn(line.t, at);
    expect(heightAt(0) / heightAt(43)).toBeCloseTo(1.25 / 0.75, 1);
  });

  it('is followed where the camera was tilted so much that letters at its end are half as far from each other', () => {
    const zone = found(letters([30, 30, 30], tilted));
    expect(zone.lines).toHaveLength(3);
    expect([zone.first, zone.last]).toEqual([0, 29]);
    for (const [row, line] of zone.lines.entries()) {
      for (const at of [0, 15, 29]) expect(Math.abs(pointOn(line, at, 0).x - tilted(at, row).x)).toBeLessThan(3);
    }
  });

  it('ends where its document ends, though other print beside it lies on its rows', () => {
    const things = letters([30, 30, 30], (at, row) => ({ x: BEGIN + PITCH * at, y: 400 + 34 * row }));
    const strays = [4, 5, 6].map((at, row): Component => {
      const [x, y] = [BEGIN + PITCH * (29 + at), 400 + 34 * row];
      return { left: x - 4, right: x + 4, top: y - 7, bottom: y + 7 };
    });
    const zone = found([...things, ...strays]);
    expect(zone.lines).toHaveLength(3);
    expect([zone.first, zone.last]).toEqual([0, 29]);
  });
});

describe('a look at a turned picture', () => {
  const picture = { data: new Uint8Array(), width: 1000, height: 800 };
  const isWorthIt = (things: readonly Component[]): boolean =>
    [Math.PI / 6, -Math.PI / 6].some((angle) => hasRowsAskew(things, picture, angle));

  it.each([16, 30, 45, 60, 74, 105, 120, 135, 150, 165])('is worth it for a zone turned by %i degrees', (degrees) => {
    expect(isWorthIt(lettersAskew(2, degrees))).toBe(true);
    expect(isWorthIt(lettersAskew(3, degrees))).toBe(true);
  });

  it('is not for an upright page, a single row, or letters at other distances from each other', () => {
    const random = randomFrom(30);
    expect(isWorthIt(lettersAskew(12, 0))).toBe(false);
    expect(isWorthIt(lettersAskew(1, 30))).toBe(false);
    expect(isWorthIt(lettersAskew(2, 30, () => random.between(9, 28)))).toBe(false);
    expect(isWorthIt([])).toBe(false);
  });
});
