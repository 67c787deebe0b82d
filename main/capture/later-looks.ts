const SECOND = 1_000;

/**
 * How long a page waits that could not be looked at, by the number of failures in a row. The customer is at the desk, so it begins
 * with what a virus scanner takes; the last step goes on for ever, for nothing says that the reason does not pass.
 */
const WAITS_MS: readonly number[] = [2 * SECOND, 10 * SECOND, 30 * SECOND, 60 * SECOND, 120 * SECOND, 300 * SECOND];
/** From this failure on, about two minutes after the first, a person is told: what passes by itself has mostly passed by then. */
const TOLD_FROM_FAILURE = 5;

export type LaterLooks = ReturnType<typeof createLaterLooks>;

/** Pages whose bytes, or whose row, could not be reached just now, each with its own growing wait. */
export function createLaterLooks(lookAgain: (pageId: string) => void) {
  const failures = new Map<string, number>();
  const timers = new Map<string, NodeJS.Timeout>();
  return {
    /** Sets the next look; answers whether it has failed for so long that a person should know. */
    later(pageId: string): { isToBeTold: boolean } {
      const count = (failures.get(pageId) ?? 0) + 1;
      failures.set(pageId, count);
      clearTimeout(timers.get(pageId));
      const again = (): void => {
        timers.delete(pageId);
        lookAgain(pageId);
      };
      timers.set(pageId, setTimeout(again, WAITS_MS[Math.min(count, WAITS_MS.length) - 1]).unref());
      return { isToBeTold: count === TOLD_FROM_FAILURE };
    },
    /** It was looked at, or there is no such page any more. */
    over(pageId: string): void {
      failures.delete(pageId);
    },
    close(): void {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}
