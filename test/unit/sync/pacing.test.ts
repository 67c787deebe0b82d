import { expect, test } from 'vitest';
import { FOLLOW_SHARE, Pacing } from '../../../main/sync/pacing.ts';

const half = (): number => 0.5;
const limit = (used: number, resetMs: number) => ({ limit: 300, remaining: Math.max(300 - used, 0), resetMs });

/** One call that takes no time. */
function call(pacing: Pacing, now: number, used: number, resetMs: number, isRefused = false): void {
  pacing.began(now);
  pacing.answered(now, limit(used, resetMs), isRefused);
}

test('a provider that tells no limit is not paced', () => {
  const pacing = new Pacing(half);
  for (let n = 0; n < 1_000; n += 1) {
    pacing.began(n);
    pacing.answered(n, null);
    expect(pacing.opensAt).toBeLessThanOrEqual(n);
  }
  expect(pacing.share).toBeNull();
});

test('alone, it sends at once until a third of the window is left, then evenly, and never over the limit', () => {
  const pacing = new Pacing(half);
  let now = 0;
  for (let used = 1; used <= 200; used += 1) {
    expect(pacing.opensAt).toBeLessThanOrEqual(now);
    call(pacing, now, used, 60_000 - now);
    now += 10;
  }
  call(pacing, now, 201, 60_000 - now);
  expect(pacing.opensAt - now).toBeGreaterThan(100);
  call(pacing, now, 300, 60_000 - now);
  expect(pacing.opensAt).toBeGreaterThanOrEqual(60_000);
});

test('where others were seen lately, it does not use up a window at once', () => {
  const pacing = new Pacing(half);
  call(pacing, 0, 100, 30_000);
  call(pacing, 30_000, 1, 60_000);
  for (let used = 2, now = 31_500; used <= 50; used += 1, now += 10) call(pacing, now, used, 90_000 - now);
  expect(pacing.opensAt).toBeGreaterThan(31_990 + 100);
});

/** The wait of a desk of a crowd that at half of the window finds so much of it used. */
function waitAtHalf(used: number): number {
  const pacing = new Pacing(half);
  pacing.returned(300_000);
  call(pacing, 0, 30, 54_000);
  call(pacing, 24_000, used, 30_000);
  return (pacing.opensAt - 24_000) * (pacing.share ?? Number.NaN);
}

test('it waits by what is left of the window: shorter when much is left, beyond its end when nothing is', () => {
  expect(waitAtHalf(100)).toBeLessThan(waitAtHalf(150));
  expect(waitAtHalf(150)).toBeLessThan(waitAtHalf(200));
  const pacing = new Pacing(half);
  pacing.returned(300_000);
  call(pacing, 0, 300, 30_000);
  expect(pacing.opensAt).toBeGreaterThan(30_000);
});

test('after an outage it takes it that the others had tried as often as it did', () => {
  const pacing = new Pacing(half);
  pacing.returned(300_000);
  // A window that was used up in a third of its time: three times the limit came in, so one of nine minutes … of fifteen.
  call(pacing, 0, 300, 40_000, false);
  const gapMs = 1 / (pacing.share ?? Number.NaN);
  expect(gapMs).toBeGreaterThan(700_000);
  expect(gapMs).toBeLessThan(1_100_000);
});

/** When a desk with this chance tries again after it was refused. */
function comesBack(chance: number): number {
  const pacing = new Pacing(() => chance);
  pacing.returned(300_000);
  call(pacing, 0, 300, 30_000, true);
  return pacing.opensAt;
}

test('two desks that are refused at the same moment do not come back at the same moment', () => {
  expect(comesBack(0.1)).toBeGreaterThanOrEqual(30_000);
  expect(comesBack(0.9) - comesBack(0.1)).toBeGreaterThan(60_000);
});

test('questions take a fifth of the share, and ten at once after a quiet time', () => {
  const pacing = new Pacing(half);
  let asked = 0;
  for (let now = 0; now < 60_000; now += 10) {
    if (!pacing.mayFollow(now)) continue;
    pacing.began(now, true);
    pacing.answered(now, null);
    asked += 1;
  }
  expect(asked).toBeLessThanOrEqual(300 * FOLLOW_SHARE + 10);
  expect(asked).toBeGreaterThan(300 * FOLLOW_SHARE);
});
