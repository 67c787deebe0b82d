import { expect, test } from 'vitest';
import { GOALS, herd, missedGoals, simulateFleet } from '../../bench/fleet/fleet.ts';

test('one desk alone is not slowed down by a limit that it does not reach, and is never refused', () => {
  const result = simulateFleet({ desks: 1 });
  expect(missedGoals(result)).toEqual([]);
  expect(result.refusedShare).toBe(0);
});

test('a hundred desks share one limit without speaking to each other', () => {
  expect(missedGoals(simulateFleet({ desks: 100 }))).toEqual([]);
});

test('a hundred desks that are told at the same moment share it as well', () => {
  expect(missedGoals(simulateFleet({ desks: 100, comeBack: 'together' }))).toEqual([]);
});

test('fifty desks lose little more than the time until the last of them looks for the network', () => {
  const result = simulateFleet({ desks: 50 });
  expect(result.refusedShare).toBeLessThan(0.02);
  expect(result.slowestToAverage).toBeLessThan(1.7);
  // Fifty desks need 13 minutes at least, and the last of them looks for the network six minutes after it is back.
  expect(result.drainMinutes).toBeLessThan(result.minimumMinutes + 6.5);
});

test('a thousand desks, which see few windows, are rarely refused and finish together', () => {
  const result = simulateFleet({ desks: 1_000 });
  expect(result.refusedShare).toBeLessThan(GOALS.refusedShare);
  expect(result.slowestToAverage).toBeLessThan(GOALS.slowestToAverage);
  // Without the growth of the shares it is wrong by more than the time itself.
  expect(result.forecastErrorHalfway.mean).toBeLessThan(1);
});

test('the planted herd, everybody back at the moment the window ends, is seen', () => {
  expect(missedGoals(simulateFleet({ desks: 50, pacer: herd }))).toContain('refusedShare');
});
