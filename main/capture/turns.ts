import { setImmediate } from 'node:timers/promises';

/** So long at most the main thread does one thing, so that the window never notices. */
export const TURN_MS = 10;

/**
 * Does long work in small steps, and lets everything else have its turn after each 10 ms of them. What else happens may change what the
 * next step finds.
 * @param step one small piece; answers whether there is another one
 * @param monotonic milliseconds
 */
export async function inTurns(step: () => boolean, monotonic: () => number): Promise<void> {
  for (;;) {
    const turnEnds = monotonic() + TURN_MS;
    while (monotonic() < turnEnds) if (!step()) return;
    await setImmediate();
  }
}

/**
 * The same for a loop that waits in between: what comes back is awaited after each piece, and goes on at once until 10 ms of it are over.
 * @param monotonic milliseconds
 */
export function takingTurns(monotonic: () => number): () => Promise<void> {
  let turnEnds = monotonic() + TURN_MS;
  return async () => {
    if (monotonic() < turnEnds) return;
    await setImmediate();
    turnEnds = monotonic() + TURN_MS;
  };
}
