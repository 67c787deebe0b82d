import { claimNext, claimUnknown, nextDueAt, takeTurns } from '../outbox/index.ts';
import type { Claim, ClaimOptions } from '../outbox/index.ts';
import { standing, toSending } from '../submissions/index.ts';
import { Flights, newFlight } from './flights.ts';
import type { Flight } from './flights.ts';
import { gatesAt } from './gates.ts';
import type { Gates, Moment } from './gates.ts';
import { hoursOpenAt } from './hours.ts';
import { Pacings } from './pacings.ts';
import { bySystem } from './settling.ts';
import type { DispatcherDependencies } from './types.ts';
import { UploadWindow } from './upload-window.ts';

/** What has time and was due for so long goes before everything else, once: otherwise a busy branch would never come to it. */
const LATER_PATIENCE_MS = 10 * 60_000;

/**
 * Whose turn it is: takes from the outbox what may go at a moment, and tells when to look again. What it has taken is on its
 * way from then on, in `flights` and in the pacing of its connection, so that the next choice knows of it.
 */
export class Turns {
  readonly #deps: Pick<DispatcherDependencies, 'db' | 'clock' | 'random' | 'rules'>;
  readonly flights = new Flights();
  readonly uploadWindow = new UploadWindow();
  readonly pacings: Pacings;
  /** Connections whose last question was about changes: the next turn is that of a question about one decision. */
  readonly #hasAsked = new Set<string>();
  /** Connections where a question about changes waits for its turn. */
  questionsDue: () => readonly string[] = () => [];
  #hoursIgnoredUntil = Number.NEGATIVE_INFINITY;

  constructor(dependencies: Pick<DispatcherDependencies, 'db' | 'clock' | 'random' | 'rules'>) {
    this.#deps = dependencies;
    this.pacings = new Pacings(() => dependencies.random.number());
  }

  /** A person wants it now, whatever the hours are, until `monotonicMs`. */
  ignoreHoursUntil(monotonicMs: number): void {
    this.#hoursIgnoredUntil = monotonicMs;
  }

  /** When the hours in which nothing is sent end; null: this is not one of them. */
  hoursOpenAt({ now, monotonicMs }: Moment): number | null {
    return monotonicMs < this.#hoursIgnoredUntil ? null : hoursOpenAt(this.#deps.rules().hours, now);
  }

  /**
   * Takes everything that may go at this moment, durably and in one commit (the caller's, if there is one). If that is rolled
   * back, the caller must `putBack` what it got.
   */
  take(moment: Moment): Flight[] {
    const taken: Flight[] = [];
    try {
      this.#deps.db.transaction(() => {
        // A full disk has the work done a second time when room was made.
        this.putBack(taken.splice(0));
        takeTurns(this.#deps.db, moment);
        const next = (): Flight | null => this.#takeOne(moment, taken.length === 0);
        for (let flight = next(); flight !== null; flight = next()) taken.push(flight);
      });
    } catch (error) {
      this.putBack(taken);
      throw error;
    }
    return taken;
  }

  /** What was taken is not: the disk did not take it. */
  putBack(taken: readonly Flight[]): void {
    for (const { claim } of taken) {
      this.flights.delete(claim.id);
      this.pacings.of(claim.connectionId).answered(this.#deps.clock.monotonic(), null);
    }
  }

  /**
   * When to look again; null: nothing is planned, and whatever makes something due calls `wake`. `moment` is the one for which
   * `take` found nothing more: what has opened or become due since then is still ahead of it. With a later one here it would be
   * neither taken nor waited for, and nothing would be sent until somebody calls.
   */
  nextAt(moment: Moment): number | null {
    const hoursOpen = this.hoursOpenAt(moment);
    if (hoursOpen !== null) return hoursOpen;
    const { closed, opensAt, followOpensAt } = this.#gates(moment);
    const dueAt = nextDueAt(this.#deps.db, { after: moment.now, excludedConnectionIds: closed });
    const first = Math.min(...[dueAt, opensAt, followOpensAt].map((at) => at ?? Number.POSITIVE_INFINITY));
    return first === Number.POSITIVE_INFINITY ? null : first;
  }

  /**
   * Connections where a question about changes may be asked: before anything that is to be sent, or once all of that was taken. It
   * is counted with the questions about decisions, whose place it takes.
   */
  askable(moment: Moment, when: 'first' | 'afterwards'): (connectionId: string) => boolean {
    if (this.hoursOpenAt(moment) !== null) return () => false;
    const gates = this.#gates(moment);
    const shut = new Set([...gates.closed, ...gates.probing, ...gates.followClosed]);
    // A connection that was never used has no pacing yet, and nothing holds it up.
    const isFirst = (id: string): boolean => gates.followFirst.includes(id) || !this.pacings.has(id);
    return (id) => !shut.has(id) && (when === 'afterwards' || isFirst(id));
  }

  /** A question about changes has begun. */
  asked(connectionId: string): void {
    this.#hasAsked.add(connectionId);
    this.pacings.of(connectionId).began(this.#deps.clock.monotonic(), true);
  }

  #gates(moment: Moment): Gates {
    const { busyConnectionIds } = this.flights;
    return gatesAt({ ...moment, db: this.#deps.db, busyConnectionIds, pacings: this.pacings });
  }

  /** Takes an operation, and moves its submission to `sending` with the first. `isFirst`: of those that are taken at this moment. */
  #takeOne(moment: Moment, isFirst: boolean): Flight | null {
    const { db, clock, random } = this.#deps;
    const { now } = moment;
    if (this.flights.isFull(this.uploadWindow.size) || this.hoursOpenAt(moment) !== null) return null;
    const gates = this.#gates(moment);
    const options = {
      now,
      leaseToken: random.uuid(),
      excludedConnectionIds: gates.closed,
      busySubmissionIds: this.flights.busySubmissionIds,
    };
    const claim = claimUnknown(db, options) ?? this.#claimInTurn(options, gates, isFirst);
    if (claim === null) return null;
    const { state, isVoided } = standing(db, claim.submissionId) ?? {};
    // One that was voided before its first call stays where it is: what a purge has planned of it is no sending.
    if (state === 'released' && isVoided === false) {
      toSending(db, claim.submissionId, bySystem(now), claim.size === 'follow');
    }
    const flight = newFlight(claim, gates.probing.has(claim.connectionId), clock);
    this.flights.set(claim.id, flight);
    this.pacings.of(claim.connectionId).began(clock.monotonic(), claim.size === 'follow' || claim.size === 'later');
    if (claim.size === 'follow') this.#hasAsked.delete(claim.connectionId);
    return flight;
  }

  /** Questions that have their turn, then small calls, then uploads, then the other questions that the budget allows, then what has time. */
  #claimInTurn(
    options: ClaimOptions,
    { closed, followClosed, followFirst, probing }: Gates,
    isFirst: boolean,
  ): Claim | null {
    const { db } = this.#deps;
    const uploadPlaces = this.uploadWindow.size;
    const mayAsk = this.flights.isFree('small', uploadPlaces);
    const ask = (excludedConnectionIds: readonly string[]): Claim | null =>
      mayAsk ? claimNext(db, { ...options, excludedConnectionIds, size: 'follow' }) : null;
    const later = (excludedConnectionIds: readonly string[], dueBefore: number): Claim | null =>
      mayAsk ? claimNext(db, { ...options, excludedConnectionIds, dueBefore, size: 'later' }) : null;
    let claim = isFirst ? later(closed, options.now - LATER_PATIENCE_MS) : null;
    const asking = this.questionsDue().filter((id) => !probing.has(id));
    // One question about changes tells of many decisions, so it goes before them; but not always, or nothing would be decided.
    const kept = asking.filter((id) => !this.#hasAsked.has(id));
    if (claim === null && followFirst.length > 0) {
      const others = this.#connectionIds().filter(
        (id) => !followFirst.includes(id) || closed.includes(id) || kept.includes(id),
      );
      claim = ask(others);
    }
    for (const size of ['small', 'upload'] as const) {
      if (claim === null && this.flights.isFree(size, uploadPlaces)) claim = claimNext(db, { ...options, size });
    }
    const shut = [...closed, ...followClosed.filter((id) => !probing.has(id))];
    claim ??= ask([...shut, ...kept]);
    // Nor does it take the place of a question about changes that waits for the next one.
    return claim ?? later([...shut, ...asking], options.now);
  }

  #connectionIds(): string[] {
    return this.#deps.db.all<{ id: string }>('SELECT id FROM connections').map(({ id }) => id);
  }
}
