import type { Services } from '../../app/index.ts';
import { counted } from './counted.ts';

/** Records of purged customers that a connection's provider is still to remove: no customer's state says so. */
export interface Removal {
  readonly connectionId: string;
  readonly name: string;
  readonly open: number;
}

/** Of each connection that has some. */
export async function removalsOf({ retention }: Services): Promise<Removal[]> {
  return (await retention.view()).redactions
    .filter(({ open }) => open > 0)
    .map(({ connectionId, name, open }) => ({ connectionId, name, open }));
}

/** The same for people. */
export function removalLines(removals: readonly Removal[]): string[] {
  return removals.map(
    ({ name, open }) =>
      `to be removed: ${name}: ${counted(open, 'record')} of purged customers, one after the other whenever Satchel runs`,
  );
}

/** Between two of a connection's lie a few seconds. */
const SOON_MS = 10_000;

/** What a run is about; null: all of it. */
export interface RunScope {
  readonly submissionId: string | null;
  readonly connectionId: string | null;
}

/**
 * Which removals a run has tried. They go one after the other, so of each connection the next one tells: one that failed in this run, or waits
 * for a person, holds up those behind it, and the run does not wait for its next attempt.
 */
export class RemovalsTried {
  readonly #services: Services;
  readonly #scope: RunScope;
  /** How often each had been tried when this run first saw it. */
  readonly #before = new Map<string, number>();

  constructor(services: Services, scope: RunScope) {
    this.#services = services;
    this.#scope = scope;
  }

  /** Whether one has its turn that this run has not tried once. None where the connection waits, or nothing is sent at all. */
  isOneLeft(): boolean {
    const { retention, connections, dispatcher } = this.#services;
    const { isOnlineWanted, isPaused } = dispatcher.status();
    if (!isOnlineWanted || isPaused) return false;
    const waiting = new Set(
      connections
        .views()
        .filter(({ pause }) => pause !== null && (pause.untilMs === null || pause.untilMs > Date.now()))
        .map(({ id }) => id),
    );
    const { submissionId, connectionId } = this.#scope;
    return retention
      .nextRedactions()
      .filter((next) => (submissionId ?? next.submissionId) === next.submissionId)
      .filter((next) => (connectionId ?? next.connectionId) === next.connectionId)
      .some(({ operationId, attempts, isUnderWay, ...next }) => {
        const before = this.#before.get(operationId) ?? (isUnderWay ? attempts - 1 : attempts);
        this.#before.set(operationId, before);
        const isSoon = next.runAt <= Date.now() + SOON_MS;
        return isUnderWay || (isSoon && attempts === before && !waiting.has(next.connectionId));
      });
  }
}
