import { performance } from 'node:perf_hooks';
import type { Clock } from '../../shared/util/clock.ts';
import type { Timers } from '../sync/index.ts';

/** Time of this PC. */
export const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };

/** Timers of this process. */
export const systemTimers: Timers = {
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => {
      clearTimeout(timer);
    };
  },
  soon: (run) => {
    setImmediate(run);
  },
};
