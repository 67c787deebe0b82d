import { expect, test } from 'vitest';
import { clockText, minuteOf } from '../../../shared/domain/index.ts';
import { hoursOpenAt } from '../../../main/sync/hours.ts';

const at = (hour: number, minute = 0, day = 10): number => new Date(2026, 8, day, hour, minute).getTime();
const night = { from: 20 * 60, until: 6 * 60 };
const day = { from: 8 * 60 + 30, until: 18 * 60 };

test('hours inside a day and over midnight, both ends', () => {
  expect(hoursOpenAt(null, at(3))).toBeNull();
  expect(hoursOpenAt(day, at(8, 29))).toBe(at(8, 30));
  expect(hoursOpenAt(day, at(8, 30))).toBeNull();
  expect(hoursOpenAt(day, at(17, 59))).toBeNull();
  expect(hoursOpenAt(day, at(18))).toBe(at(8, 30, 11));
  expect(hoursOpenAt(night, at(19, 59))).toBe(at(20));
  expect(hoursOpenAt(night, at(23))).toBeNull();
  expect(hoursOpenAt(night, at(5, 59))).toBeNull();
  expect(hoursOpenAt(night, at(6))).toBe(at(20));
});

test('times of day are written and read in 24 hours', () => {
  expect([minuteOf('08:30'), minuteOf('8:30'), minuteOf('24:00'), minuteOf('8.30'), minuteOf('')]).toEqual([
    510,
    510,
    null,
    null,
    null,
  ]);
  expect([clockText(0), clockText(510), clockText(1_439)]).toEqual(['00:00', '08:30', '23:59']);
});
