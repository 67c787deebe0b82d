import { describe, expect, it } from 'vitest';
import { exactTime } from '../../../../renderer/features/activity/exactTime.ts';

describe('a time of the ledger', () => {
  const at = Date.UTC(2026, 10, 22, 23, 5, 9, 40);

  it('is local to the second and exact in UTC to the millisecond', () => {
    const time = exactTime(at, 'en', 'Asia/Tokyo');
    expect(time.local).toContain('08:05:09');
    expect(time.local).toContain('23');
    expect(time.utc).toBe('2026-11-22 23:05:09.040 UTC');
    expect(time.iso).toBe('2026-11-22T23:05:09.040Z');
  });

  it('writes midnight as 00, so that times sort as they read', () => {
    expect(exactTime(Date.UTC(2026, 0, 1), 'en', 'UTC').local).toContain('00:00:00');
  });
});
