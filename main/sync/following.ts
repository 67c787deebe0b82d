import type { ReadableDatabase, WritableDatabase } from '../database/types.ts';
import { bringForward, neededBy, openQuestions, operationOf } from '../outbox/index.ts';
import type { ChangesAnswer, Provider, ProviderChanges } from '../providers/port.ts';
import { impossible } from './impossible.ts';
import { finishedAs } from './progress.ts';
import type { ConnectionForSync, DispatcherDependencies } from './types.ts';

/** While the question works, a record that it never names is read all the same after this long, or half as long again. */
export const READ_ANYWAY_MS = 20 * 60_000;
/** At least so long between two questions of a connection: one has room for many records. */
const GAP_MS = 5_000;
/** A connection that may not ask is tried again after a day: somebody may have given its key the permission. */
const REFUSED_MS = 24 * 3_600_000;
/** After so many questions in a row without an answer, everything is read by itself again for a while. */
const MOST_FAILURES = 3;
/** More than this many questions about decisions of one connection are asked by themselves: the oldest ones. */
const MOST_FOLLOWED = 1_000;

/** One question about a decision, as far as the question about changes is concerned. */
interface Followed {
  readonly since: number;
  /** Null: not looked up yet. Empty: it can only be asked by itself. */
  records: readonly string[] | null;
  readonly known: Set<string>;
  /** When it may be asked about again, by the clock that never jumps. */
  dueAt: number;
  /** A change was named while it was being read: that answer may be older than the change, and does not make it wait long. */
  isOvertaken: boolean;
}

interface Watch {
  readonly followed: Map<string, Followed>;
  /** `unknown`: not answered yet, or not any more. */
  state: 'unknown' | 'works' | 'refused';
  failures: number;
  /** When the next question may be asked; infinite: nothing is followed. */
  dueAt: number;
  lastAt: number;
  abort: AbortController | null;
}

/** A question that may be asked now. */
export interface Question {
  readonly connectionId: string;
  readonly connection: ConnectionForSync;
  readonly changes: ProviderChanges;
  readonly operationIds: readonly string[];
  readonly records: readonly string[];
  readonly isKnown: (changeId: string, recordId: string) => boolean;
  readonly abort: AbortController;
}

type Dependencies = Pick<DispatcherDependencies, 'db' | 'clock' | 'random' | 'providers' | 'connections'>;

/**
 * Which records of a connection are asked about together, and when. Everything is in memory: after a restart the first question
 * names every change that its records have ever had, so a change is at most read once more and never missed. No time of a provider's
 * is compared with ours: a change is new when it was not named before.
 */
export class Following {
  readonly #deps: Dependencies;
  readonly #watches = new Map<string, Watch>();

  constructor(dependencies: Dependencies) {
    this.#deps = dependencies;
  }

  /** What the last run left to be followed is asked about as soon as anything may be asked. */
  start(): void {
    const { db, clock } = this.#deps;
    for (const { id } of db.all<{ id: string }>('SELECT id FROM connections WHERE removed_at IS NULL')) {
      if (openQuestions(db, { connectionId: id, limit: 1 }).length > 0) this.#watch(id).dueAt = clock.monotonic();
    }
  }

  /** Another key or address: what it may ask is not known any more. */
  forget(connectionId: string): void {
    const before = this.#watches.get(connectionId);
    this.#watches.delete(connectionId);
    if (before === undefined) return;
    before.abort?.abort();
    this.#watch(connectionId).dueAt = this.#deps.clock.monotonic();
  }

  /**
   * A record was read and is not decided: how long its next read may wait, at least. 0: as its adapter says, because nothing else
   * tells of a change.
   */
  readAnywayMs(provider: Provider | undefined, connectionId: string, operationId: string): number {
    if (provider?.changes === undefined) return 0;
    const watch = this.#watch(connectionId);
    if (watch.state === 'refused') return 0;
    const followed = this.#followed(watch, provider.changes, operationId);
    if (followed === null || followed.records?.length === 0) return 0;
    if (followed.dueAt === Number.NEGATIVE_INFINITY) {
      followed.dueAt = this.#deps.clock.monotonic() + provider.changes.pauseMs(0);
      watch.dueAt = Math.min(watch.dueAt, Math.max(followed.dueAt, watch.lastAt + GAP_MS));
    }
    return watch.state === 'works' && !followed.isOvertaken
      ? Math.round(READ_ANYWAY_MS * (1 + this.#deps.random.number() / 2))
      : 0;
  }

  /** What its read meant is on the disk: whatever was named in its course counts no more. */
  wasRead(connectionId: string, operationId: string): void {
    const followed = this.#watches.get(connectionId)?.followed.get(operationId);
    if (followed !== undefined) followed.isOvertaken = false;
  }

  /** When the next question is due, by the clock that never jumps, of the connections that may ask. Null: none. */
  nextAt(mayAsk: (connectionId: string) => boolean): number | null {
    let next = Number.POSITIVE_INFINITY;
    for (const [connectionId, { abort, dueAt }] of this.#watches) {
      if (abort === null && dueAt < next && mayAsk(connectionId)) next = dueAt;
    }
    return next === Number.POSITIVE_INFINITY ? null : next;
  }

  /** Connections with a question that is due. */
  due(): string[] {
    const now = this.#deps.clock.monotonic();
    return [...this.#watches].flatMap(([connectionId, { abort, dueAt }]) =>
      abort === null && dueAt <= now ? [connectionId] : [],
    );
  }

  /** The question that is due, with as many records as it has room for: those that have waited longest. It is under way from here. */
  take(connectionId: string): Question | null {
    const watch = this.#watch(connectionId);
    const connection = this.#deps.connections.forSync(connectionId);
    const changes = connection === null ? undefined : this.#deps.providers.get(connection.provider)?.changes;
    if (connection === null || changes === undefined) {
      watch.dueAt = Number.POSITIVE_INFINITY;
      return null;
    }
    const monotonicMs = this.#deps.clock.monotonic();
    this.#refresh(watch, connectionId);
    const chosen: string[] = [];
    const operationOfRecord = new Map<string, string>();
    const inTurn = [...watch.followed].sort(([, a], [, b]) => a.dueAt - b.dueAt);
    for (const [operationId, { dueAt }] of inTurn) {
      if (chosen.length === 0 && dueAt > monotonicMs) break;
      const records = this.#followed(watch, changes, operationId)?.records ?? [];
      if (records.length === 0) continue;
      if (operationOfRecord.size + records.length > changes.mostRecords) break;
      chosen.push(operationId);
      for (const record of records) operationOfRecord.set(record, operationId);
    }
    if (chosen.length === 0) {
      watch.dueAt = this.#nextDueAt(watch);
      return null;
    }
    watch.abort = new AbortController();
    return {
      connectionId,
      connection,
      changes,
      operationIds: chosen,
      records: [...operationOfRecord.keys()],
      isKnown: (changeId, recordId) =>
        watch.followed.get(operationOfRecord.get(recordId) ?? '')?.known.has(changeId) ?? false,
      abort: watch.abort,
    };
  }

  /** It came to its end, however. False: the connection was changed meanwhile, and the answer is another one's. */
  end({ connectionId, abort }: Question): boolean {
    const watch = this.#watches.get(connectionId);
    if (watch?.abort !== abort) return false;
    watch.abort = null;
    watch.lastAt = this.#deps.clock.monotonic();
    // Should the disk not take what follows from it, it is asked once more.
    watch.dueAt = watch.lastAt + GAP_MS;
    return true;
  }

  /**
   * Writes what the answer means: due times of what has changed, or of everything when nothing tells of changes any more. `answer`
   * null: there was none in time.
   */
  settle(db: WritableDatabase, question: Question, answer: ChangesAnswer | null): void {
    const watch = this.#watch(question.connectionId);
    const { clock, random } = this.#deps;
    const monotonicMs = clock.monotonic();
    switch (answer?.kind) {
      case 'answered': {
        const changed = changedIn(watch, question, answer.changes);
        this.#forward(db, watch, answer.isCut ? question.operationIds : [...changed.keys()]);
        watch.state = 'works';
        watch.failures = 0;
        for (const id of question.operationIds) {
          const followed = watch.followed.get(id);
          if (followed === undefined) continue;
          for (const changeId of changed.get(id) ?? []) followed.known.add(changeId);
          followed.dueAt = monotonicMs + question.changes.pauseMs(Math.max(0, clock.now() - followed.since));
        }
        watch.dueAt = this.#nextDueAt(watch);
        return;
      }
      case 'not_offered':
        this.#forward(db, watch, watch.state === 'works' ? [...watch.followed.keys()] : []);
        watch.state = 'refused';
        watch.dueAt = monotonicMs + REFUSED_MS;
        return;
      case 'limited':
        watch.dueAt = monotonicMs + Math.max(GAP_MS, answer.afterMs) * (1 + random.number() / 4);
        return;
      case 'failed':
      case undefined: {
        const isOver = watch.failures + 1 >= MOST_FAILURES;
        // One read by itself finds out what is wrong, and says so where everybody looks.
        const read = watch.state === 'works' ? [...watch.followed.keys()] : [];
        this.#forward(db, watch, isOver ? read : read.slice(0, 1));
        watch.failures += 1;
        if (isOver) watch.state = 'unknown';
        watch.dueAt = monotonicMs + (isOver ? READ_ANYWAY_MS : GAP_MS * 2 ** watch.failures);
        return;
      }
      default:
        impossible(answer);
    }
  }

  #forward(db: WritableDatabase, watch: Watch, operationIds: readonly string[]): void {
    const reading = bringForward(db, { operationIds, now: this.#deps.clock.now() });
    for (const id of reading) {
      const followed = watch.followed.get(id);
      if (followed !== undefined) followed.isOvertaken = true;
    }
  }

  #watch(connectionId: string): Watch {
    const known = this.#watches.get(connectionId);
    if (known !== undefined) return known;
    const made: Watch = {
      followed: new Map(),
      state: 'unknown',
      failures: 0,
      dueAt: Number.POSITIVE_INFINITY,
      lastAt: Number.NEGATIVE_INFINITY,
      abort: null,
    };
    this.#watches.set(connectionId, made);
    return made;
  }

  /** What is open now; what is not any more (decided, held, voided) is forgotten. */
  #refresh(watch: Watch, connectionId: string): void {
    const open = openQuestions(this.#deps.db, { connectionId, limit: MOST_FOLLOWED });
    const ids = new Set(open.map(({ id }) => id));
    for (const id of watch.followed.keys()) if (!ids.has(id)) watch.followed.delete(id);
    for (const { id, since } of open) if (!watch.followed.has(id)) watch.followed.set(id, newFollowed(since));
  }

  /** Null: there are too many, or it is gone. */
  #followed(watch: Watch, changes: ProviderChanges, operationId: string): Followed | null {
    const known = watch.followed.get(operationId);
    if (known?.records !== undefined && known.records !== null) return known;
    if (known === undefined && watch.followed.size >= MOST_FOLLOWED) return null;
    const operation = operationOf(this.#deps.db, operationId);
    if (operation === null) return null;
    const followed = known ?? newFollowed(operation.firstAttemptAt ?? operation.createdAt);
    followed.records = recordsOf(this.#deps.db, changes, operation);
    if (followed.records.length === 0 || followed.records.length > changes.mostRecords) {
      followed.records = [];
      followed.dueAt = Number.POSITIVE_INFINITY;
    }
    watch.followed.set(operationId, followed);
    return followed;
  }

  #nextDueAt({ followed, lastAt }: Watch): number {
    let first = Number.POSITIVE_INFINITY;
    for (const { dueAt } of followed.values()) first = Math.min(first, dueAt);
    return Math.max(first, lastAt + GAP_MS);
  }
}

function newFollowed(since: number): Followed {
  return {
    since,
    records: null,
    known: new Set(),
    dueAt: Number.NEGATIVE_INFINITY,
    isOvertaken: false,
  };
}

function recordsOf(
  db: ReadableDatabase,
  changes: ProviderChanges,
  operation: NonNullable<ReturnType<typeof operationOf>>,
): readonly string[] {
  const needed = finishedAs(neededBy(db, operation.id));
  return changes.recordsOf({ kind: operation.kind, payload: operation.payload, needed });
}

/** Which questions about decisions the changes are about, and the ids of those changes. */
function changedIn(
  { followed }: Watch,
  { operationIds }: Question,
  changes: readonly { readonly changeId: string; readonly recordId: string }[],
): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const id of operationIds) {
    const records = followed.get(id)?.records ?? [];
    const own = changes.filter(({ recordId }) => records.includes(recordId)).map(({ changeId }) => changeId);
    if (own.length > 0) found.set(id, own);
  }
  return found;
}
