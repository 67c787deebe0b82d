import type { Clock } from '../../shared/util/clock.ts';
import { errorFields } from '../logging/index.ts';
import type { Log } from '../logging/index.ts';
import type { Timers } from '../sync/index.ts';

/** How often the date is looked at: a clock that was put right must not leave a customer waiting at the desk. */
const LOOK_EVERY_MS = 60_000;

export interface DayWatchOptions {
  readonly clock: Pick<Clock, 'now'>;
  readonly timers: Pick<Timers, 'after'>;
  readonly log: Log;
  /** The day on which everything was looked at last, kept over restarts; null: never. */
  readonly checkedDay: { get(): string | null; set(day: string): void };
  /** Whatever depends on the date is looked at again, until `isOver` says that the app ends. `dayBefore`: the day of the last look. */
  readonly onDay: (isOver: () => boolean, dayBefore: string | null) => Promise<void>;
}

/** Tells when the date is another one than at the last look, whichever way it went; documents expire at midnight UTC. */
export function createDayWatch({ clock, timers, log, checkedDay, onDay }: DayWatchOptions) {
  let cancelTimer: (() => void) | null = null;
  let running: Promise<void> = Promise.resolve();
  let isStopping = false;

  async function look(): Promise<void> {
    try {
      const day = new Date(clock.now()).toISOString().slice(0, 10);
      const dayBefore = checkedDay.get();
      if (dayBefore !== day) {
        await onDay(() => isStopping, dayBefore);
        if (!isStopping) checkedDay.set(day);
      }
    } catch (error) {
      // The day stays unchecked, so the next look does it again; a release looks for itself.
      log.warn('dayWatch.failed', errorFields(error));
    }
    if (isStopping) return;
    cancelTimer = timers.after(LOOK_EVERY_MS, () => {
      running = look();
    });
  }

  return {
    start(): void {
      running = look();
    },
    async stop(): Promise<void> {
      isStopping = true;
      cancelTimer?.();
      await running;
    },
  };
}
