import type { Provider } from '../providers/port.ts';
import type { Flight } from './flights.ts';
import type { Verdict } from './settling.ts';
import type { Timers } from './types.ts';

/** What came of a flight, not yet on the disk. */
export interface Arrival {
  readonly flight: Flight;
  readonly provider: Provider | undefined;
  readonly verdict: Verdict;
  /** Several customers failed in a row: the whole connection is in trouble. */
  readonly isTroubleCommon: boolean;
}

/** When the disk does not take a write (full, failing), it is tried again after this long; nothing is claimed meanwhile. */
export const STORAGE_RETRY_MS = 5_000;

/**
 * Gathers what arrives in the same turn of the event loop, so that it is written in one commit. What could not be written is
 * kept and written again: forgetting an answer would make it unknown.
 */
export class Arrivals {
  readonly #timers: Timers;
  readonly #write: (group: readonly Arrival[]) => boolean;
  #waiting: { readonly arrival: Arrival; readonly landed: () => void }[] = [];

  /** `write` answers false when the disk did not take it. */
  constructor(timers: Timers, write: (group: readonly Arrival[]) => boolean) {
    this.#timers = timers;
    this.#write = write;
  }

  /** Resolves when it is written, or when its flight was abandoned meanwhile. */
  add(arrival: Arrival): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push({ arrival, landed: resolve });
    if (this.#waiting.length === 1) {
      this.#timers.soon(() => {
        this.#land();
      });
    }
    return promise;
  }

  #land(): void {
    const group = this.#waiting;
    const wanted = group.filter(({ arrival }) => !arrival.flight.isAbandoned);
    this.#waiting = [];
    const isWritten = wanted.length === 0 || this.#write(wanted.map(({ arrival }) => arrival));
    if (!isWritten) {
      this.#waiting = [...wanted, ...this.#waiting];
      this.#timers.after(STORAGE_RETRY_MS, () => {
        this.#land();
      });
    }
    for (const one of group) {
      if (isWritten || one.arrival.flight.isAbandoned) one.landed();
    }
  }
}
