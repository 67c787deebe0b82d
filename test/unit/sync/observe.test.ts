import { describe, expect, it } from 'vitest';
import { Observer } from '../../../main/sync/observe.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What an answer says of this PC's clock that came `tookMs` later by the wall clock, of which `awakeMs` by the one that stops in sleep. */
async function seen(call: { tookMs: number; awakeMs?: number; dateMs: number }): Promise<number | null> {
  let now = 100 * HOUR;
  let monotonic = 7 * HOUR;
  const began = now;
  const http = {
    send: async () => {
      now += call.tookMs;
      monotonic += call.awakeMs ?? call.tookMs;
      const date = new Date(began + call.dateMs).toUTCString();
      return { status: 200, headers: { date, 'content-type': 'application/json' }, body: new Uint8Array() };
    },
  };
  const observer = new Observer(http, { now: () => now, monotonic: () => monotonic });
  const { signal } = new AbortController();
  const watched = observer.watch();
  await watched.http.send({ method: 'GET', url: 'https://api.kyc.test/', headers: {}, body: null, signal });
  expect(watched.seen()?.clockOffByMs).toBe(observer.clockOffByMs());
  return observer.clockOffByMs();
}

describe('the clock of this PC, by the date of an answer', () => {
  it('is wrong by what lies outside of the time in which it was waited for', async () => {
    expect(await seen({ tookMs: 0, dateMs: 0 })).toBe(0);
    expect(await seen({ tookMs: 0, dateMs: 3 * HOUR })).toBe(3 * HOUR);
    expect(await seen({ tookMs: 2 * MINUTE, dateMs: -3 * HOUR })).toBe(-3 * HOUR);
    expect(await seen({ tookMs: 2 * MINUTE, dateMs: 5 * MINUTE })).toBe(3 * MINUTE);
  });

  it('is right when the PC slept, or the line was slow, between the answer and its reading', async () => {
    expect(await seen({ tookMs: 8 * HOUR, awakeMs: 50, dateMs: 0 })).toBe(0);
    expect(await seen({ tookMs: 20 * MINUTE, dateMs: 5 * MINUTE })).toBe(0);
  });

  it('is right when it was set right while the answer was under way', async () => {
    expect(await seen({ tookMs: -3 * HOUR, awakeMs: 50, dateMs: -3 * HOUR })).toBe(0);
    expect(await seen({ tookMs: 3 * HOUR, awakeMs: 50, dateMs: 3 * HOUR })).toBe(0);
  });
});
