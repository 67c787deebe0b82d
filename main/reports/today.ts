import type { BatchView, TodayView } from '../../shared/domain/index.ts';
import type { ReadableDatabase } from '../database/types.ts';
import { balance } from './balance.ts';

const HOURS = 24;

/** Beginning and end of the local day of a moment, epoch ms. A day with a change of clocks has 23 or 25 hours. */
export function localDay(now: number): { fromMs: number; toMs: number } {
  const from = new Date(now);
  from.setHours(0, 0, 0, 0);
  const to = new Date(from);
  to.setDate(to.getDate() + 1);
  return { fromMs: from.getTime(), toMs: to.getTime() };
}

function byLocalHour(times: Iterable<{ at: number }>): number[] {
  const hours = Array.from({ length: HOURS }, () => 0);
  for (const { at } of times) {
    const hour = new Date(at).getHours();
    hours[hour] = (hours[hour] ?? 0) + 1;
  }
  return hours;
}

/** The day so far. Hours and balance count pages. */
export function today(
  db: ReadableDatabase,
  { now, openBatches }: { now: number; openBatches: BatchView[] },
): TodayView {
  const { fromMs, toMs } = localDay(now);
  const waiting = db.get<{ waiting: number; attention: number }>(
    `SELECT (SELECT count(*) FROM submissions WHERE state = 'ready' AND voided_at IS NULL) AS waiting,
       (SELECT count(*) FROM submissions WHERE is_attention = 1) +
       (SELECT count(*) FROM submissions WHERE state = 'retake' AND voided_at IS NULL AND is_attention = 0) +
       (SELECT count(*) FROM connections WHERE json_extract(pause, '$.cause') IS NOT NULL
          AND json_extract(pause, '$.untilMs') IS NULL) AS attention`,
  );
  return {
    openBatches,
    waitingForRelease: waiting?.waiting ?? 0,
    attention: waiting?.attention ?? 0,
    balance: balance(db, { fromMs, toMs }),
    capturedByHour: byLocalHour(
      db.all<{ at: number }>(
        "SELECT captured_at AS at FROM pages WHERE captured_at >= ? AND captured_at < ? AND state <> 'removed'",
        [fromMs, toMs],
      ),
    ),
    deliveredByHour: byLocalHour(
      db.all<{ at: number }>('SELECT delivered_at AS at FROM pages WHERE delivered_at >= ? AND delivered_at < ?', [
        fromMs,
        toMs,
      ]),
    ),
  };
}
