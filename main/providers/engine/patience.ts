import type { Patience } from '../port.ts';

/** Over about a quarter of an hour, by the waits between the attempts: what a provider is busy with for a moment is over by then. */
const MOST_CONFLICTS = 5;

/** How long "busy" is believed; `code`: what a person is told then. `inARow`: where it is known to last longer. */
export function patience(code: string, inARow = MOST_CONFLICTS): Patience {
  return { inARow, message: { code } };
}
