import { describe, expect, it } from 'vitest';
import { axisTop, balanceDifference, barsOf } from '../../../../renderer/features/today/hours.ts';

const hours = (entries: Record<number, number>) => Array.from({ length: 24 }, (_, hour) => entries[hour] ?? 0);

describe('barsOf', () => {
  it('shows the usual hours of a quiet day', () => {
    expect(barsOf(hours({}), hours({})).map(({ hour }) => hour)).toEqual([8, 9, 10, 11, 12, 13, 14, 15, 16, 17]);
  });

  it('widens for what happened early and late', () => {
    const bars = barsOf(hours({ 6: 1 }), hours({ 23: 2 }));
    expect(bars[0]).toEqual({ hour: 6, captured: 1, delivered: 0 });
    expect(bars.at(-1)).toEqual({ hour: 23, captured: 0, delivered: 2 });
  });
});

describe('axisTop', () => {
  it('is a round number at or above the highest bar, with a whole middle', () => {
    for (const highest of [0, 3, 4, 7, 31, 99, 120, 1_999]) {
      const top = axisTop(highest);
      expect(top).toBeGreaterThanOrEqual(highest);
      expect(Number.isInteger(top / 2)).toBe(true);
    }
    expect(axisTop(31)).toBe(40);
  });
});

describe('balanceDifference', () => {
  it('is zero only when everything captured is accounted for', () => {
    const balance = { captured: 42, sent: 31, waiting: 7, refused: 3, voided: 1 };
    expect(balanceDifference(balance)).toBe(0);
    expect(balanceDifference({ ...balance, sent: 30 })).toBe(1);
  });
});
