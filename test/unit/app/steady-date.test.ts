import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { LONGEST_GAP_MS, TRUSTED_AFTER_MS, lookAtDate, trustedFrom } from '../../../main/app/steady-date.ts';
import type { SteadyDate } from '../../../main/settings/index.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const START = Date.UTC(2026, 10, 27, 9);

function looks(times: readonly number[]): NonNullable<SteadyDate> {
  let date: SteadyDate = null;
  for (const time of times) date = lookAtDate(date, time);
  if (date === null) throw new Error('one look at least');
  return date;
}

test('a date that is looked at for the first time is trusted a day later', () => {
  expect(trustedFrom(looks([START]))).toBe(START + TRUSTED_AFTER_MS);
});

test('a PC that is switched off at night and over a long weekend keeps its date', () => {
  expect(looks([START, START + 15 * HOUR_MS, START + 3.9 * DAY_MS]).sinceMs).toBe(START);
});

test.each([
  ['years ahead', 3_650 * DAY_MS],
  ['more than a long weekend ahead', LONGEST_GAP_MS + 1],
  ['back by a day', -DAY_MS],
])('a date that jumps %s begins anew, and is not trusted by what went before', (_name, jumpMs) => {
  const far = START + DAY_MS + jumpMs;
  expect(looks([START, START + DAY_MS, far])).toEqual({ sinceMs: far, lastMs: far });
});

test('a date that is put right after years ahead begins anew once more', () => {
  const far = START + 3_650 * DAY_MS;
  const back = START + DAY_MS + HOUR_MS;
  expect(looks([START, START + DAY_MS, far, back])).toEqual({ sinceMs: back, lastMs: back });
});

test('a clock that drifts, or is put right by some minutes, is no jump', () => {
  expect(looks([START, START + HOUR_MS, START + HOUR_MS - 10 * 60_000]).sinceMs).toBe(START);
});

test('whatever the looks were, the date is trusted only where it ran for a day without a gap', () => {
  const steps = fc.array(fc.integer({ min: -400 * DAY_MS, max: 400 * DAY_MS }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(steps, (given) => {
      const times = [START];
      for (const step of given) times.push((times.at(-1) ?? START) + step);
      const now = times.at(-1) ?? START;
      const date = looks(times);
      if (trustedFrom(date) > now) return;
      const run = times.slice(times.lastIndexOf(date.sinceMs));
      for (const [index, time] of run.entries()) {
        expect(time - (run[index - 1] ?? time)).toBeLessThanOrEqual(LONGEST_GAP_MS);
      }
      expect(now - date.sinceMs).toBeGreaterThanOrEqual(TRUSTED_AFTER_MS);
    }),
  );
});
