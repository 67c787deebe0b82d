import { describe, expect, it } from 'vitest';
import {
  dateInWords,
  distanceRefreshMs,
  formatBytes,
  formatCountdown,
  formatDistance,
  formatExactUtc,
  formatMoment,
} from '../../../../renderer/components/format.ts';

const noon = Date.UTC(2026, 10, 22, 12, 0, 0);

describe('formatBytes', () => {
  it('counts in decimal units with at most one place', () => {
    expect(formatBytes(999, 'en')).toBe('999 bytes');
    expect(formatBytes(1_000, 'en')).toBe('1 kB');
    expect(formatBytes(1_843_221, 'en')).toBe('1.8 MB');
    expect(formatBytes(50_000_000, 'en')).toBe('50 MB');
    expect(formatBytes(1_843_221, 'de')).toBe('1,8 MB');
  });
});

describe('dateInWords', () => {
  it('has the month in words, whatever the zone is, and nothing for what is no date', () => {
    expect(dateInWords('1990-03-04', 'en')).toBe('March 4, 1990');
    expect(dateInWords('1990-03-04', 'de')).toBe('4. März 1990');
    expect(['', '1990-13-04', '04.03.1990', '1990'].map((text) => dateInWords(text, 'en'))).toEqual(
      Array.from({ length: 4 }, () => undefined),
    );
  });
});

describe('formatMoment', () => {
  it('names only the time today, and the day otherwise, in the zone of the person', () => {
    expect(formatMoment(noon, noon, 'en', 'UTC')).toBe('12:00');
    expect(formatMoment(noon - 86_400_000, noon, 'en', 'UTC')).toMatch(/Sat.*21.*12:00/);
    // 23:30 UTC is already tomorrow in Berlin.
    const late = Date.UTC(2026, 10, 22, 23, 30);
    expect(formatMoment(late, noon, 'en', 'Europe/Berlin')).toMatch(/Mon.*23.*00:30/);
  });
});

describe('formatDistance', () => {
  it('says nothing for the last ten seconds, then counts whole units that have passed', () => {
    expect(formatDistance(noon - 9_000, noon, 'en')).toBeNull();
    expect(formatDistance(noon - 119_000, noon, 'en')).toBe('1 min. ago');
    expect(formatDistance(noon + 3 * 3_600_000, noon, 'en')).toBe('in 3 hr.');
    expect(formatDistance(noon - 49 * 3_600_000, noon, 'en')).toBe('2 days ago');
  });

  it('counts down to what comes next, and never says that it lies in the past', () => {
    expect(formatCountdown(noon + 35_000, noon, 'en')).toBe('in 35 sec.');
    expect(formatCountdown(noon + 9_000, noon, 'en')).toBeNull();
    expect(formatCountdown(noon - 35_000, noon, 'en')).toBeNull();
  });

  it('is refreshed more often the nearer it is', () => {
    const waits = [20_000, 600_000, 7_200_000].map((distance) => distanceRefreshMs(noon - distance, noon));
    expect(waits).toEqual(waits.toSorted((first, second) => first - second));
  });
});

describe('formatExactUtc', () => {
  it('is exact to the second and says its zone', () => {
    expect(formatExactUtc(noon + 5_999)).toBe('2026-11-22 12:00:05 UTC');
  });
});
