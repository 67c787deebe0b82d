/** Time that passes only when a test says so, with the timers that fall into it. */
import { until } from './until.ts';

export interface HandTimers {
  readonly clock: { now(): number; monotonic(): number };
  readonly timers: { after(delayMs: number, run: () => void): () => void };
  /** Timers that have not run and were not taken back. */
  count(): number;
  pass(ms: number): void;
  /** Time goes on until it is so. */
  after(what: string, isSo: () => boolean): Promise<unknown>;
}

export function handTimers(): HandTimers {
  let elapsedMs = 0;
  let left: { readonly at: number; readonly run: () => void }[] = [];
  function pass(ms: number): void {
    elapsedMs += ms;
    for (const timer of left.filter(({ at }) => at <= elapsedMs)) {
      left = left.filter((other) => other !== timer);
      timer.run();
    }
  }
  return {
    clock: { now: () => Date.now(), monotonic: () => elapsedMs },
    timers: {
      after: (delayMs, run) => {
        const timer = { at: elapsedMs + delayMs, run };
        left.push(timer);
        return () => {
          left = left.filter((other) => other !== timer);
        };
      },
    },
    count: () => left.length,
    pass,
    after: (what, isSo) =>
      until(what, () => {
        if (isSo()) return true;
        pass(500);
        return null;
      }),
  };
}
