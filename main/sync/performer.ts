import { errorFields } from '../logging/index.ts';
import type { Line } from '../network/index.ts';
import { markCommitted, neededBy, operationsOfSubmission, repeatUnknown } from '../outbox/index.ts';
import type { Claim } from '../outbox/index.ts';
import type { PerformContext, Provider } from '../providers/port.ts';
import type { Flight } from './flights.ts';
import type { Observer } from './observe.ts';
import { finishedAs } from './progress.ts';
import { LeaseLost, bare, mayHaveArrivedBefore, resolutionOf, work } from './resolve.ts';
import type { Verdict } from './settling.ts';
import type { ConnectionForSync, DispatcherDependencies } from './types.ts';

/** What came of a claim that was worked on, and by whom. */
interface Performed {
  readonly provider: Provider | undefined;
  readonly verdict: Verdict;
}

interface Surroundings {
  readonly observer: Observer;
  readonly line: Line;
  /** Bytes of an upload went out. */
  readonly onProgress: () => void;
  /** The disk did not take what must be written before a call, or in its middle. */
  readonly onStorageFailed: (error: unknown) => void;
}

/** Nothing was sent, because the disk did not take what must be written first. */
const STORAGE_FAILED: Verdict = {
  kind: 'performed',
  outcome: { kind: 'retry', evidence: bare({ code: 'sync.storageFailed' }) },
};

/** Does what a claim asks for through its provider, and writes only what must be on disk before the provider may have it. */
export class Performer {
  readonly #deps: DispatcherDependencies;
  readonly #around: Surroundings;

  constructor(dependencies: DispatcherDependencies, surroundings: Surroundings) {
    this.#deps = dependencies;
    this.#around = surroundings;
  }

  /** Finds out what to do with a claim and does it. `provider`: undefined when it, or its connection, is gone. Never rejects. */
  async perform(flight: Flight): Promise<Performed> {
    const connection = this.#connection(flight.claim);
    const provider = connection === null ? undefined : this.#deps.providers.get(connection.provider);
    return { provider, verdict: await this.#verdict(flight, connection, provider) };
  }

  #connection({ connectionId }: Claim): ConnectionForSync | null {
    try {
      return this.#deps.connections.forSync(connectionId);
    } catch (error) {
      this.#deps.log.error('sync.connectionThrew', errorFields(error));
      return null;
    }
  }

  async #verdict(
    flight: Flight,
    connection: ConnectionForSync | null,
    provider: Provider | undefined,
  ): Promise<Verdict> {
    const { db, clock, log } = this.#deps;
    const { claim } = flight;
    const rules = provider?.operations[claim.kind];
    if (connection === null || provider === undefined || rules === undefined) {
      return { kind: 'broken', cause: 'call_it', evidence: bare({ code: 'sync.connectionGone' }) };
    }
    const payload = rules.payload.safeParse(claim.payload);
    if (!payload.success) {
      log.error('sync.payloadInvalid', { kind: claim.kind });
      return { kind: 'broken', cause: 'call_it', evidence: bare({ code: 'sync.payloadInvalid' }) };
    }
    const resolution = claim.isUnknown ? resolutionOf(rules, claim, clock.now()) : 'repeat';
    if (resolution === 'person') return { kind: 'undecidable', evidence: bare({ code: 'sync.personDecides' }) };
    try {
      if (claim.isUnknown && resolution === 'repeat') {
        repeatUnknown(db, { operationId: claim.id, leaseToken: claim.leaseToken });
        flight.isAttemptCounted = true;
      }
      const operation = {
        id: claim.id,
        submissionId: claim.submissionId,
        kind: claim.kind,
        payload: payload.data,
        idempotencyKey: claim.idempotencyKey,
        attempt: claim.isUnknown && flight.isAttemptCounted ? claim.attempts + 1 : claim.attempts,
        firstAttemptAt: claim.firstAttemptAt,
        committedAt: claim.committedAt,
        mayHaveArrived: mayHaveArrivedBefore(db, claim),
        lastStatus: claim.lastError?.status ?? null,
        // One that has time needs the one before it for its turn only.
        needed: rules.repeat === 'idempotent' ? [] : finishedAs(neededBy(db, claim.id)),
        finished: () => finishedAs(operationsOfSubmission(db, claim.submissionId)),
        finishedOf: (submissionId: string) => finishedAs(operationsOfSubmission(db, submissionId)),
      };
      const context = this.#context(flight, connection);
      const way = resolution === 'repeat' ? 'perform' : 'look_up';
      const verdict = await work(way, { provider, operation, context, log });
      return flight.isHeldByDisk ? STORAGE_FAILED : verdict;
    } catch (error) {
      // Only the database can throw here: it goes back and waits for the disk, or is unknown if it was sent.
      this.#around.onStorageFailed(error);
      return STORAGE_FAILED;
    }
  }

  #context(flight: Flight, target: ConnectionForSync): PerformContext {
    const { clock, content } = this.#deps;
    const { claim } = flight;
    const watched = this.#around.observer.watch(target.connection);
    flight.seen = watched.seen;
    return {
      connection: target.connection,
      credential: () => target.credential(),
      tokens: target.tokens,
      http: this.#around.line.over(watched.http),
      clock,
      signal: flight.abort.signal,
      subject: () => content.subject(claim.submissionId),
      page: (pageId) => {
        flight.pageId = pageId;
        return content.page(pageId);
      },
      beforeLastByte: () => {
        // Only an attempt can arrive; the requests of a look-up, or of a status, may be lost without harm.
        if (!flight.isAttemptCounted) return;
        if (flight.isAbandoned || !this.#commit(flight)) throw new LeaseLost();
      },
      onProgress: (sentBytes) => {
        flight.sentBytes = sentBytes;
        flight.lastProgressAt = clock.monotonic();
        this.#around.onProgress();
      },
    };
  }

  /** The point of no return. A disk that does not take it stops the request before its last byte. */
  #commit(flight: Flight): boolean {
    const { db, clock } = this.#deps;
    const { id, leaseToken } = flight.claim;
    try {
      const isOurs = markCommitted(db, { operationId: id, leaseToken, now: clock.now() });
      if (isOurs) flight.isCommitted = true;
      return isOurs;
    } catch (error) {
      flight.isHeldByDisk = true;
      this.#around.onStorageFailed(error);
      throw error;
    }
  }
}
