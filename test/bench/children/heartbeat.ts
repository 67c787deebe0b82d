import { performance } from 'node:perf_hooks';

const BEAT_MS = 5;
/** Longer than this is felt in the window. */
export const FELT_MS = 40;

/**
 * How late a timer of 5 ms came in this thread while `work` ran: the longest delay, and how many were over 40 ms. `onBeat`
 * runs at every one.
 */
export async function watchThread<Result>(
  work: () => Promise<Result>,
  onBeat: () => void = () => {},
): Promise<{ result: Result; longestBlockMs: number; blocksOver40Ms: number }> {
  let longestBlockMs = 0;
  let blocksOver40Ms = 0;
  let last = performance.now();
  const beat = (): void => {
    const now = performance.now();
    const late = now - last - BEAT_MS;
    longestBlockMs = Math.max(longestBlockMs, late);
    if (late > FELT_MS) blocksOver40Ms += 1;
    last = now;
    onBeat();
  };
  const timer = setInterval(beat, BEAT_MS);
  try {
    const result = await work();
    beat();
    return { result, longestBlockMs, blocksOver40Ms };
  } finally {
    clearInterval(timer);
  }
}
