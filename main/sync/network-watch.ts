import type { Timers } from './types.ts';

/** How soon a network that came back is noticed. Looking costs a tenth of a millisecond. */
const LOOK_EVERY_MS = 3_000;

/**
 * Calls `onChange` when the network of this PC looks different from before: a cable, a wireless network, a sign-in. No
 * system tells all of that as an event to both a window and a command line, so it is looked at. Answers how to stop.
 */
export function watchNetwork(looks: () => string, timers: Timers, onChange: () => void): () => void {
  let before = looks();
  const lookLater = (): (() => void) => timers.after(LOOK_EVERY_MS, look);
  let cancel = lookLater();
  function look(): void {
    const now = looks();
    if (now !== before) onChange();
    before = now;
    cancel = lookLater();
  }
  return () => {
    cancel();
  };
}
