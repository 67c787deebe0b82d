import { expect, test } from 'vitest';
import { FirstShare } from '../../../main/sync/first-share.ts';
import type { Look } from '../../../main/sync/first-share.ts';
import { Pacing } from '../../../main/sync/pacing.ts';

const AIM = 0.985;
const MINUTE = 60_000;
const half = (): number => 0.5;

/** What is seen so many seconds after a window's begin, when it had so many of its 300 calls. */
function look(seconds: number, used: number, options: { isRefused?: boolean; startsAt?: number } = {}): Look {
  const elapsedMs = seconds * 1_000;
  return {
    isRefused: options.isRefused ?? false,
    startsAt: options.startsAt ?? 0,
    elapsedMs,
    windowMs: MINUTE,
    limit: 300,
    used,
    load: options.isRefused === true ? (60 / seconds) ** 2 : used / 300 / (seconds / 60),
    noise: 1 / used + 0.01 + (1.5 / seconds) ** 2,
  };
}

/** Calls per minute. */
function shareAfter(...looks: Look[]): number | null {
  const first = new FirstShare(5 * MINUTE, AIM);
  let share: number | null = null;
  for (const each of looks) share = first.see(each);
  return share === null ? null : share * MINUTE;
}

test("a window's first seconds do not tell whether all have come or one after the other is coming: it looks again", () => {
  const first = new FirstShare(5 * MINUTE, AIM);
  expect(first.stage).toBe('unseen');
  expect(first.see(look(1, 10))).toBeNull();
  expect(first.stage).toBe('coming');
  expect(first.see(look(4, 60))).toBeNull();
  expect(first.stage).toBe('come');
});

test('desks that came together have had as many calls as this one: two each of 200 make a hundred, three calls a minute each', () => {
  expect(shareAfter(look(2, 60), look(30, 200))).toBeCloseTo((2 / 200) * 300 * AIM);
});

test('a first window that was used up counts as such: two calls of 300 and 100', () => {
  expect(shareAfter(look(2, 180), look(20, 100, { startsAt: MINUTE }))).toBeCloseTo((2 / 400) * 300 * AIM);
});

test('where the window goes on filling as it began, they come one after the other, thousands of them', () => {
  const share = shareAfter(look(3, 50), look(16, 270)) ?? Number.NaN;
  // 17 in a second for five minutes are 5,000 desks.
  expect(share).toBeGreaterThan(1 / 25);
  expect(share).toBeLessThan(1 / 12);
});

test('refused at the second look, it takes half of its part; refused in the first seconds, it is one of any number', () => {
  expect(shareAfter(look(2, 120), look(20, 300, { isRefused: true }))).toBeCloseTo((1 / 300 / 2) * 300 * AIM);
  expect(shareAfter(look(2, 300, { isRefused: true }))).toBeCloseTo(1 / 25);
});

test('a window that a flow of desks used up is no sign that they came together', () => {
  const share = shareAfter(look(3, 50), look(40, 300, { isRefused: true })) ?? Number.NaN;
  expect(share).toBeLessThan(0.4);
});

test('in a crowd a desk expects that its share grows until its work is done; alone it has all of the limit already', () => {
  const crowd = new Pacing(half);
  crowd.returned(5 * MINUTE);
  for (const [now, used] of [
    [2_000, 60],
    [30_000, 200],
  ] as const) {
    crowd.began(now);
    crowd.answered(now, { limit: 300, remaining: 300 - used, resetMs: MINUTE - now });
  }
  const share = crowd.share ?? Number.NaN;
  expect(share * MINUTE).toBeGreaterThan(2);
  expect(crowd.prospect).toBeGreaterThan(share * 1.3);

  const alone = new Pacing(half);
  for (const [now, used] of [
    [0, 1],
    [1_500, 2],
    [1_600, 3],
  ] as const) {
    alone.began(now);
    alone.answered(now, { limit: 300, remaining: 300 - used, resetMs: MINUTE - now });
  }
  expect(alone.share).not.toBeNull();
  expect(alone.prospect).toBe(alone.share);
});
