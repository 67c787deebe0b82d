import { expect, test } from 'vitest';
import { herd, missedGoals, simulateFleet } from '../../bench/fleet/fleet.ts';

test('one desk alone is not slowed down by a limit that it does not reach, and is never refused', () => {
  const result = simulateFleet({ desks: 1 });
  expect(missedGoals(result)).toEqual([]);
  expect(result.refusedShare).toBe(0);
});

test('fifty desks share one limit without speaking to each other', () => {
  const result = simulateFleet({ desks: 50 });
  expect(result.refusedShare).toBeLessThan(0.02);
  expect(result.slowestToAverage).toBeLessThan(1.7);
  // Fifty desks need 13 minutes at least, and the last of them looks for the network six minutes after it is back.
  expect(result.drainMinutes).toBeLessThan(result.minimumMinutes + 6.5);
});

test('the planted herd, everybody back at the moment the window ends, is seen', () => {
  expect(missedGoals(simulateFleet({ desks: 50, pacer: herd }))).toContain('refusedShare');
});
