import { describe, expect, it } from 'vitest';
import type { Environment } from '../../../shared/domain/index.ts';
import { Observer } from '../../../main/sync/observe.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What an answer says of this PC's clock that came `tookMs` later by the wall clock, of which `awakeMs` by the one that stops in sleep. */
async function seen(call: {
  tookMs: number;
  awakeMs?: number;
  dateMs: number;
  environment?: Environment;
}): Promise<{ ofCall: number | null; known: number | null; afterSleep: number | null }> {
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
  const watched = observer.watch({ environment: call.environment ?? 'sandbox' });
  await watched.http.send({ method: 'GET', url: 'https://api.kyc.test/', headers: {}, body: null, signal });
  const known = observer.clockOffByMs();
  observer.forgetClock();
  return { ofCall: watched.seen()?.clockOffByMs ?? null, known, afterSleep: observer.clockOffByMs() };
}

const off = (offMs: number) => ({ ofCall: offMs, known: offMs, afterSleep: null });

describe('the clock of this PC, by the date of an answer', () => {
  it('is wrong by what lies outside of the time in which it was waited for', async () => {
    expect(await seen({ tookMs: 0, dateMs: 0 })).toEqual(off(0));
    expect(await seen({ tookMs: 0, dateMs: 3 * HOUR })).toEqual(off(3 * HOUR));
    expect(await seen({ tookMs: 2 * MINUTE, dateMs: -3 * HOUR })).toEqual(off(-3 * HOUR));
    expect(await seen({ tookMs: 2 * MINUTE, dateMs: 5 * MINUTE })).toEqual(off(3 * MINUTE));
  });

  it.each([
    ['the PC slept between the answer and its reading', { tookMs: 8 * HOUR, awakeMs: 50, dateMs: 0 }],
    ['the line was slow', { tookMs: 20 * MINUTE, dateMs: 5 * MINUTE }],
    ['it was set back while the answer was under way', { tookMs: -3 * HOUR, awakeMs: 50, dateMs: -3 * HOUR }],
    ['it was set forward while the answer was under way', { tookMs: 3 * HOUR, awakeMs: 50, dateMs: 3 * HOUR }],
  ])('is neither wrong nor known to be right when %s', async (_what, call) => {
    expect(await seen(call)).toEqual({ ofCall: 0, known: null, afterSleep: null });
  });

  it('is not what the practice server says, which has it from here', async () => {
    expect(await seen({ tookMs: 0, dateMs: 0, environment: 'practice' })).toMatchObject({ known: null });
  });
});
