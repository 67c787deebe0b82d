import { Pacing } from './pacing.ts';

/** The pacing of each connection: sending and asking share its one budget. */
export class Pacings {
  readonly #random: () => number;
  readonly #byConnection = new Map<string, Pacing>();

  constructor(random: () => number) {
    this.#random = random;
  }

  of(connectionId: string): Pacing {
    const known = this.#byConnection.get(connectionId);
    if (known !== undefined) return known;
    const made = new Pacing(this.#random);
    this.#byConnection.set(connectionId, made);
    return made;
  }

  has(connectionId: string): boolean {
    return this.#byConnection.has(connectionId);
  }

  /** What was learnt is void: the connection has another account or address now. */
  forget(connectionId: string): void {
    this.#byConnection.delete(connectionId);
  }

  entries(): IterableIterator<[string, Pacing]> {
    return this.#byConnection.entries();
  }
}
