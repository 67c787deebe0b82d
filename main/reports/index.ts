import type { BalanceView, TodayView } from '../../shared/domain/index.ts';
import type { Clock } from '../../shared/util/clock.ts';
import type { ReadableDatabase } from '../database/types.ts';
import { balance } from './balance.ts';
import { today } from './today.ts';

export { localDay } from './today.ts';

export interface Reports {
  /** The balance of the pages captured from `fromMs` up to, not including, `toMs`. */
  balance(fromMs: number, toMs: number): BalanceView;
  /** The local day so far; the open batches come from capture. */
  today(): Omit<TodayView, 'openBatches'>;
}

/** Numbers for people, counted from the tables at the time of asking. */
export function createReports({ db, clock }: { db: ReadableDatabase; clock: Clock }): Reports {
  return {
    balance: (fromMs, toMs) => balance(db, { fromMs, toMs }),
    today: () => today(db, clock.now()),
  };
}
