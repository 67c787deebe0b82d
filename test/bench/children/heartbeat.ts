import { performance } from 'node:perf_hooks';

const BEAT_MS = 5;
/** Longer than this is felt in the window. */
export const FELT_MS = 40;

/**
 * How late a timer of 5 ms came in this thread while `work` ran: the longest delay, and how many were over 40 ms. `onBeat`
 * runs at every one. `longestBusyMs` is the most processor time of this thread between two beats: the rest of a block is
 * waiting for the disk, or for a core that other programs have.
 */
export async function watchThread<Result>(
  work: () => Promise<Result>,
  onBeat: () => void = () => {},
): Promise<{ result: Result; longestBlockMs: number; blocksOver40Ms: number; longestBusyMs: number }> {
  let longestBlockMs = 0;
  let blocksOver40Ms = 0;
  let longestBusyMs = 0;
  let last = performance.now();
  let lastUsage = process.threadCpuUsage();
  const beat = (): void => {
    const now = performance.now();
    const late = now - last - BEAT_MS;
    longestBlockMs = Math.max(longestBlockMs, late);
    if (late > FELT_MS) blocksOver40Ms += 1;
    last = now;
    const { user, system } = process.threadCpuUsage(lastUsage);
    longestBusyMs = Math.max(longestBusyMs, (user + system) / 1000);
    lastUsage = process.threadCpuUsage();
    onBeat();
  };
  const timer = setInterval(beat, BEAT_MS);
  try {
    const result = await work();
    beat();
    return { result, longestBlockMs, blocksOver40Ms, longestBusyMs };
  } finally {
    clearInterval(timer);
  }
}
