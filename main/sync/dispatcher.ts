import { CLOCK_TOLERANCE_MS, needsPerson } from '../../shared/domain/index.ts';
import type { Message } from '../../shared/messages/index.ts';
import { clockText } from '../../shared/domain/index.ts';
import type { WritableDatabase } from '../database/types.ts';
import { SYSTEM_OPERATOR, appendLedger } from '../ledger/index.ts';
import { errorFields } from '../logging/index.ts';
import { abandonClaim, makeDue, moveDueTimesBack, recover } from '../outbox/index.ts';
import { Line } from '../network/index.ts';
import type { Outcome, Provider } from '../providers/port.ts';
import { Arrivals, STORAGE_RETRY_MS } from './arrivals.ts';
import type { Arrival } from './arrivals.ts';
import type { Flight } from './flights.ts';
import { Forecast } from './forecast.ts';
import type { Moment } from './gates.ts';
import { Observer } from './observe.ts';
import { pauses, setPause, testPauses, usualProbeMs, worstPause } from './pause.ts';
import type { ConnectionPause } from './pause.ts';
import { Performer } from './performer.ts';
import { Questions } from './questions.ts';
import { settle } from './settle.ts';
import type { Settled, Verdict } from './settling.ts';
import { readSwitches, writeSwitch } from './switches.ts';
import type { Switches } from './switches.ts';
import { TroubleWatch } from './trouble.ts';
import { Turns } from './turns.ts';
import type { DispatcherDependencies, SyncStatus } from './types.ts';
import { WallClock } from './wall-clock.ts';

/** A call that has shown no progress for this long is given up, even if its adapter hangs. */
const SILENCE_MS = 5 * 60_000;
/** How long a call that was told to stop may take to say what became of it. */
const ABORT_GRACE_MS = 10_000;
/** `stop` lets calls finish for this long, then tells them to stop … */
const STOP_FINISH_MS = 2_000;
/** … and after this long gives them up. Together under five seconds. */
const STOP_ABANDON_MS = 2_500;
/** The longest sleep, so that a clock that was changed, or a PC that slept, is noticed. */
const LONGEST_SLEEP_MS = 10 * 60_000;
/** After so many failed tests of a connection in a row (about two minutes), its silence was an outage. */
const OUTAGE_FAILURES = 3;
/** `tryNow` sends outside the hours as well, for this long. */
const HOURS_IGNORED_MS = 15 * 60_000;
/** Progress of an upload is told to the window at most this often. */
const PROGRESS_EVERY_MS = 250;

/**
 * Sends what the outbox holds: claims by need (one timer to the next due time, no polling), performs through the provider
 * port, writes what came of it. Everything that must survive is in the database; what is in memory can be lost at any time.
 */
export class Dispatcher {
  readonly #deps: DispatcherDependencies;
  readonly #turns: Turns;
  readonly #arrivals: Arrivals;
  readonly #questions: Questions;
  readonly #wallClock: WallClock;
  readonly #forecast = new Forecast();
  readonly #observer: Observer;
  readonly #performer: Performer;
  readonly #trouble = new TroubleWatch();
  /** All pages share what the branch allows of its line. */
  readonly #line: Line;
  #isRunning = false;
  #isRecovered = false;
  #isStopping = false;
  #isStorageBroken = false;
  #cancelTimer: () => void = () => {};
  #cancelStorageTimer: () => void = () => {};
  #switches: Switches;
  #network: SyncStatus['network'] = 'unknown';
  #networkMessage: Message = { code: 'sync.networkUnknown' };
  #lastProgressTold = Number.NEGATIVE_INFINITY;

  constructor(dependencies: DispatcherDependencies) {
    this.#deps = dependencies;
    this.#observer = new Observer(dependencies.http, dependencies.clock);
    this.#switches = readSwitches(dependencies.db);
    const { clock, timers, rules } = dependencies;
    this.#turns = new Turns(dependencies);
    this.#arrivals = new Arrivals(timers, (group) => this.#land(group));
    this.#wallClock = new WallClock(clock);
    this.#line = new Line({
      monotonic: () => clock.monotonic(),
      after: (delayMs, run) => timers.after(delayMs, run),
      bytesPerMs: () => {
        const kilobits = rules().maxKilobitsPerSecond;
        return kilobits === null ? null : kilobits / 8;
      },
    });
    this.#performer = new Performer(dependencies, {
      observer: this.#observer,
      line: this.#line,
      onProgress: () => {
        this.#tellProgress();
      },
      onStorageFailed: (error) => {
        this.#storageFailed(error);
      },
    });
    this.#questions = new Questions(dependencies, {
      turns: this.#turns,
      observer: this.#observer,
      line: this.#line,
      onBegan: () => {
        this.#changed([]);
      },
      onEnded: () => {
        this.#changed([]);
        this.#pump();
      },
      onStorageFailed: (error) => {
        this.#storageFailed(error);
      },
    });
  }

  /** Recovers what the last run left in flight, then begins to send. */
  start(): void {
    this.#isRunning = true;
    try {
      this.#recoverOnce();
      this.#questions.following.start();
    } catch (error) {
      this.#storageFailed(error);
    }
    this.#pump();
  }

  /** On a full disk this waits like everything else, and nothing is claimed before it is written. */
  #recoverOnce(): void {
    if (this.#isRecovered) return;
    const { db, clock } = this.#deps;
    const now = clock.now();
    const recovered = db.transaction(() => {
      const found = recover(db, { now });
      for (const { operationId, submissionId, isUnknown } of found) {
        this.#noteInterrupted(db, operationId, submissionId, isUnknown, now);
      }
      return found;
    });
    this.#isRecovered = true;
    this.#changed(recovered.map(({ submissionId }) => submissionId));
  }

  /**
   * Ends sending within five seconds: lets calls finish, then aborts them, then gives them up. Whatever may have arrived
   * without an answer is unknown afterwards. The database may be closed when it resolves.
   */
  async stop(): Promise<void> {
    if (!this.#isRunning) return;
    this.#isStopping = true;
    this.#cancelTimer();
    this.#cancelStorageTimer();
    const all = (): Promise<unknown> => Promise.all([...this.#turns.flights.values()].map(({ finished }) => finished));
    await this.#within(STOP_FINISH_MS, Promise.all([all(), this.#questions.stop()]));
    for (const { abort } of this.#turns.flights.values()) abort.abort();
    await this.#within(STOP_ABANDON_MS, all());
    for (const flight of this.#turns.flights.values()) this.#abandon(flight);
    this.#isRunning = false;
  }

  /** Something may have become due (a release, a decision, the network is back, the PC woke up). */
  wake(): void {
    this.#pump();
  }

  /**
   * The PC was asleep: calls that were in flight are told to stop, since their sockets are dead, and whoever waits for the
   * network tests at once, since it may be another one.
   */
  wokeUp(): void {
    for (const { abort } of this.#turns.flights.values()) abort.abort();
    this.#observer.forgetClock();
    this.networkChanged();
  }

  /** Makes waiting operations due at once, of one submission, one connection or all, and tests connections that are paused. */
  tryNow(submissionId: string | null = null, onlyConnectionId: string | null = null): void {
    const { db, clock } = this.#deps;
    const now = clock.now();
    this.#turns.ignoreHoursUntil(clock.monotonic() + HOURS_IGNORED_MS);
    const touched = db.transaction(() => {
      makeDue(db, { submissionId, connectionId: onlyConnectionId, now });
      const connectionId =
        submissionId === null
          ? onlyConnectionId
          : db.get<{ id: string }>('SELECT connection_id AS id FROM submissions WHERE id = ?', [submissionId])?.id;
      return testPauses(db, now, (id) => connectionId === null || id === connectionId);
    });
    this.#changed(submissionId === null ? [] : [submissionId], touched);
    this.#pump();
  }

  /** The system says that the network is another one, or back: whoever waits for it tests at once. */
  networkChanged(): void {
    const { db, clock } = this.#deps;
    const now = clock.now();
    const touched = db.transaction(() =>
      testPauses(db, now, (_id, { isNetworkWide, seen }) => isNetworkWide || (seen?.fault ?? null) !== null),
    );
    if (touched.length > 0) this.#changed([], touched);
    this.#pump();
  }

  /** Ends a connection's pause: its credential or settings were changed, or a person says that it is fine now. */
  resumeConnection(connectionId: string): void {
    const { db } = this.#deps;
    setPause(db, connectionId, null);
    this.#turns.pacings.forget(connectionId);
    this.#questions.following.forget(connectionId);
    this.#changed([], [connectionId]);
    this.#pump();
  }

  setOnline(isOnline: boolean): void {
    this.#setSwitch('isOnlineWanted', isOnline);
  }

  setPaused(isPaused: boolean): void {
    this.#setSwitch('isPaused', isPaused);
  }

  /** By what the last answer says that this PC's clock is wrong; null: by nothing worth telling, or no answer has said. */
  clockOffByMs(): number | null {
    const offByMs = this.#observer.clockOffByMs();
    return offByMs !== null && Math.abs(offByMs) >= CLOCK_TOLERANCE_MS ? offByMs : null;
  }

  status(): SyncStatus {
    const { db, clock } = this.#deps;
    const row = db.get<{ waiting: number; attention: number }>(
      `SELECT
         (SELECT count(*) FROM submissions INDEXED BY submissions_waiting WHERE state IN ('released', 'sending')
            AND voided_at IS NULL AND is_held = 0 AND is_attention = 0) AS waiting,
         (SELECT count(*) FROM submissions INDEXED BY submissions_needing_a_person WHERE is_attention = 1) +
         (SELECT count(*) FROM submissions INDEXED BY submissions_by_state
            WHERE state = 'retake' AND voided_at IS NULL AND is_attention = 0) AS attention`,
    );
    const waiting = row?.waiting ?? 0;
    // A connection that waits for a person (a refused key, a withdrawn call) holds up everything behind it.
    const stopped = [...pauses(db).values()].filter(needsPerson).length;
    const upload = this.#turns.flights.uploads.find(({ pageId }) => pageId !== null);
    const clearInMs =
      this.#mayClaim() && this.#turns.hoursOpenAt(this.#moment()) === null && this.#network !== 'offline'
        ? this.#forecast.clearInMs(waiting, clock.monotonic(), this.#share())
        : null;
    return {
      ...this.#switches,
      network: this.#network,
      networkMessage: this.#message(),
      waiting,
      sending: this.#turns.flights.size + this.#questions.size,
      attention: (row?.attention ?? 0) + stopped,
      upload:
        upload === undefined || upload.pageId === null
          ? null
          : { pageId: upload.pageId, sentBytes: upload.sentBytes, totalBytes: upload.claim.byteLength },
      clearAt: clearInMs === null ? null : clock.now() + clearInMs,
      clockOffByMs: this.clockOffByMs(),
    };
  }

  /** Calls per millisecond that the limits leave, where they are what holds up; null where they are not. */
  #share(): number | null {
    const now = this.#deps.clock.monotonic();
    let share: number | null = null;
    for (const [, pacing] of this.#turns.pacings.entries()) {
      if (pacing.prospect !== null && pacing.isHeldUp(now)) share = (share ?? 0) + pacing.prospect;
    }
    return share;
  }

  #setSwitch(name: keyof Switches, isOn: boolean): void {
    writeSwitch(this.#deps.db, name, isOn);
    this.#switches = { ...this.#switches, [name]: isOn };
    this.#changed([]);
    this.#pump();
  }

  #mayClaim(): boolean {
    return (
      this.#isRunning &&
      !this.#isStopping &&
      !this.#isStorageBroken &&
      this.#switches.isOnlineWanted &&
      !this.#switches.isPaused
    );
  }

  #moment(): Moment {
    const { clock } = this.#deps;
    return { now: clock.now(), monotonicMs: clock.monotonic() };
  }

  #message(): Message {
    if (!this.#switches.isOnlineWanted) return { code: 'sync.offlineWanted' };
    const { hours } = this.#deps.rules();
    return hours === null || this.#turns.hoursOpenAt(this.#moment()) === null
      ? (worstPause(this.#deps.db)?.message ?? this.#networkMessage)
      : { code: 'sync.outsideHours', params: { from: clockText(hours.from) } };
  }

  /** Fills the free places, then sleeps until something becomes due. */
  #pump(): void {
    if (!this.#mayClaim()) {
      this.#cancelTimer();
      return;
    }
    try {
      this.#recoverOnce();
      this.#noticeClock();
      const moment = this.#moment();
      this.#questions.ask(moment, 'first');
      this.#launch(this.#turns.take(moment));
      // Where nothing is left to be asked about together, what was kept back for that goes now.
      if (this.#questions.ask(moment, 'afterwards')) this.#launch(this.#turns.take(moment));
      this.#sleep(moment);
    } catch (error) {
      this.#storageFailed(error);
    }
  }

  /** Until something becomes due after `moment`, for which everything was taken that might go. */
  #sleep(moment: Moment): void {
    const { clock, timers } = this.#deps;
    this.#cancelTimer();
    if (!this.#mayClaim()) return;
    const times = [this.#turns.nextAt(moment), this.#questions.nextAt(moment)].filter((at) => at !== null);
    if (times.length === 0) return;
    const nextAt = Math.min(...times);
    this.#cancelTimer = timers.after(Math.min(Math.max(nextAt - clock.now(), 1), LONGEST_SLEEP_MS), () => {
      this.#pump();
    });
  }

  #tellProgress(): void {
    const at = this.#deps.clock.monotonic();
    if (at - this.#lastProgressTold < PROGRESS_EVERY_MS) return;
    this.#lastProgressTold = at;
    this.#changed([]);
  }

  /** What an upload that has come to its end tells about the line. */
  #learnLine({ claim, sentBytes, beganAt, isHeldByDisk }: Flight, verdict: Verdict): void {
    if (claim.size !== 'upload' || isHeldByDisk || verdict.kind !== 'performed') return;
    const now = this.#deps.clock.monotonic();
    const { outcome } = verdict;
    if (outcome.evidence.status !== null) {
      const inFlight = this.#turns.flights.uploads.length;
      this.#turns.uploadWindow.finished({ bytes: sentBytes, tookMs: now - beganAt, inFlight }, now);
    } else if (outcome.kind === 'retry' || outcome.kind === 'unknown') {
      this.#turns.uploadWindow.broke();
    }
  }

  #launch(taken: readonly Flight[]): void {
    for (const flight of taken) {
      this.#watch(flight, SILENCE_MS);
      flight.finished = this.#fly(flight);
    }
    if (taken.length > 0) this.#changed(taken.map(({ claim }) => claim.submissionId));
  }

  async #fly(flight: Flight): Promise<void> {
    const { provider, verdict } = await this.#performer.perform(flight);
    flight.cancelWatch();
    this.#learnLine(flight, verdict);
    if (flight.isAbandoned) return;
    this.#learnPace(flight, verdict);
    const isTroubleCommon = this.#trouble.isCommon(flight.claim, verdict, flight.isProbe);
    await this.#arrivals.add({ flight, provider, verdict, isTroubleCommon });
  }

  /** Writes what came of some flights and takes what may go next, in one commit. False: the disk did not take it. */
  #land(group: readonly Arrival[]): boolean {
    const { db } = this.#deps;
    const { flights } = this.#turns;
    const moment = this.#moment();
    let settled: { readonly arrival: Arrival; readonly written: Settled }[] = [];
    let taken: Flight[] = [];
    try {
      this.#noticeClock();
      db.transaction(() => {
        // A full disk has the work done a second time when room was made.
        this.#turns.putBack(taken);
        taken = [];
        settled = group.map((arrival) => ({ arrival, written: this.#settle(db, arrival, moment) }));
        for (const { flight } of group) flights.delete(flight.claim.id);
        if (this.#mayClaim()) taken = this.#turns.take(moment);
      });
    } catch (error) {
      this.#turns.putBack(taken);
      for (const { flight } of group) flights.set(flight.claim.id, flight);
      this.#storageFailed(error);
      return false;
    }
    this.#launch(taken);
    for (const { arrival, written } of settled) this.#tell(arrival, written);
    this.#sleep(moment);
    return true;
  }

  #settle(db: WritableDatabase, { flight, provider, verdict, isTroubleCommon }: Arrival, moment: Moment): Settled {
    const { claim } = flight;
    const { now, monotonicMs } = moment;
    const isFollowed = claim.size === 'follow' && outcomeOf(verdict)?.kind === 'again';
    return settle(db, {
      claim,
      provider: provider ?? NO_PROVIDER,
      rules: provider?.operations[claim.kind],
      verdict,
      isCommitted: flight.isCommitted,
      isAttemptCounted: flight.isAttemptCounted,
      isProbe: flight.isProbe,
      isTroubleCommon,
      seen: flight.seen(),
      isStopping: this.#isStopping,
      pacedUntil: now + Math.ceil(Math.max(this.#turns.pacings.of(claim.connectionId).opensAt - monotonicMs, 0)),
      readAnywayMs: isFollowed ? this.#questions.following.readAnywayMs(provider, claim.connectionId, claim.id) : 0,
      now,
      random: this.#deps.random,
    });
  }

  #tell({ flight: { claim }, verdict }: Arrival, settled: Settled): void {
    const { clock, log } = this.#deps;
    if (!settled.isMine) log.warn('sync.leaseLost', { kind: claim.kind });
    if (claim.size === 'follow') this.#questions.following.wasRead(claim.connectionId, claim.id);
    const isCall = claim.size === 'small' || claim.size === 'upload';
    if (settled.isMine && isCall && outcomeOf(verdict)?.kind === 'done') this.#forecast.called();
    if (settled.isSent) this.#forecast.sent(clock.monotonic());
    this.#learnNetwork(verdict);
    this.#changed([claim.submissionId], settled.isPauseChanged ? [claim.connectionId] : []);
  }

  /** What the answer tells of the provider's limit; first, when it ended an outage, that there was one. */
  #learnPace({ claim, isProbe }: Flight, verdict: Verdict): void {
    const { db, clock } = this.#deps;
    const pacing = this.#turns.pacings.of(claim.connectionId);
    const outcome = outcomeOf(verdict);
    const pause = isProbe ? pauses(db).get(claim.connectionId) : undefined;
    if (outcome !== null && outcome.evidence.status !== null && pause !== undefined && isOutage(pause)) {
      pacing.returned(usualProbeMs(pause.failures));
    }
    const limit = outcome?.rateLimit ?? null;
    pacing.answered(clock.monotonic(), limit, outcome?.kind === 'rate_limited' && limit?.remaining === 0);
  }

  #learnNetwork(verdict: Verdict): void {
    const outcome = outcomeOf(verdict);
    if (outcome === null) return;
    const { status, message, isNetworkWide } = outcome.evidence;
    const isWaiting = outcome.kind === 'pause' && outcome.cause === 'wait';
    if (isNetworkWide === true || (status === null && isWaiting)) {
      this.#network = 'offline';
      this.#networkMessage = message;
    } else if (status !== null) {
      this.#network = 'online';
      this.#networkMessage = { code: 'sync.online' };
    }
  }

  /** A call that hangs must not keep its place for ever, whatever its adapter does. */
  #watch(flight: Flight, afterMs: number): void {
    const { clock, timers } = this.#deps;
    flight.cancelWatch = timers.after(afterMs, () => {
      const silentMs = clock.monotonic() - flight.lastProgressAt;
      if (silentMs < SILENCE_MS) {
        this.#watch(flight, SILENCE_MS - silentMs);
        return;
      }
      flight.abort.abort();
      flight.cancelWatch = timers.after(ABORT_GRACE_MS, () => {
        this.#abandon(flight);
        this.#pump();
      });
    });
  }

  /** Gives up a flight that does not end. What it says later no longer matches the lease. */
  #abandon(flight: Flight): void {
    const { db, clock, log } = this.#deps;
    const { claim } = flight;
    flight.cancelWatch();
    flight.isAbandoned = true;
    this.#turns.flights.delete(claim.id);
    this.#turns.pacings.of(claim.connectionId).answered(clock.monotonic(), null);
    const now = clock.now();
    try {
      db.transaction(() => {
        const given = abandonClaim(db, { operationId: claim.id, leaseToken: claim.leaseToken, now });
        if (given !== null) this.#noteInterrupted(db, claim.id, claim.submissionId, given.isUnknown, now);
      });
    } catch (error) {
      // The next start recovers it in the same way.
      log.error('sync.abandonFailed', errorFields(error));
    }
    this.#changed([claim.submissionId]);
  }

  #noteInterrupted(
    db: WritableDatabase,
    operationId: string,
    submissionId: string,
    isUnknown: boolean,
    now: number,
  ): void {
    appendLedger(db, {
      at: now,
      operator: SYSTEM_OPERATOR,
      submissionId,
      operationId,
      kind: isUnknown ? 'operation.unknown' : 'operation.interrupted',
      data: {
        message: { code: isUnknown ? 'sync.interruptedUnknown' : 'sync.interrupted' },
        requestId: null,
        nextAt: now,
      },
    });
  }

  #storageFailed(error: unknown): void {
    const { log, timers } = this.#deps;
    log.error('sync.storageFailed', errorFields(error));
    if (this.#isStorageBroken) return;
    this.#isStorageBroken = true;
    this.#cancelTimer();
    this.#cancelStorageTimer = timers.after(STORAGE_RETRY_MS, () => {
      this.#isStorageBroken = false;
      this.#pump();
    });
  }

  /** The wall clock was set back: due times and pauses follow it, so that nothing sleeps through the difference. */
  #noticeClock(): void {
    const { db, clock, log } = this.#deps;
    this.#wallClock.whenSetBack((byMs) => {
      log.warn('sync.clockSetBack', { byMs });
      db.transaction(() => {
        moveDueTimesBack(db, { byMs, now: clock.now() });
        for (const [connectionId, pause] of pauses(db)) {
          if (pause.untilMs !== null) setPause(db, connectionId, { ...pause, untilMs: pause.untilMs - byMs });
        }
      });
    });
  }

  #changed(submissionIds: readonly string[], connectionIds: readonly string[] = []): void {
    this.#deps.onChange({ submissionIds, connectionIds });
  }

  /** Waits for `work`, but no longer than `ms`. */
  async #within(ms: number, work: Promise<unknown>): Promise<void> {
    const timeout = Promise.withResolvers<void>();
    const cancel = this.#deps.timers.after(ms, timeout.resolve);
    await Promise.race([work, timeout.promise]);
    cancel();
  }
}

/** For operations whose provider is gone: nothing is known about any kind. */
const NO_PROVIDER: Pick<Provider, 'operations'> = { operations: {} };

/** Long enough that other desks were cut off as well, and come back at the same time. */
function isOutage({ cause, failures }: ConnectionPause): boolean {
  return cause === 'wait' && failures >= OUTAGE_FAILURES;
}

function outcomeOf(verdict: Verdict): Outcome | null {
  if (verdict.kind === 'performed') return verdict.outcome;
  if (verdict.kind === 'looked_up' && (verdict.found.kind === 'happened' || verdict.found.kind === 'failed')) {
    return verdict.found.outcome;
  }
  return null;
}
