import {
  check as checkProperty,
  commands as commandList,
  defaultReportMessage,
  modelRun,
  nat,
  property,
} from 'fast-check';
import type { Command, RunDetails } from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as outbox from '../../../main/outbox/index.ts';
import type { Claim } from '../../../main/outbox/index.ts';
import { Store } from '../../support/sync-world.ts';

/**
 * The outbox against a simple model, with a server that executes a key once. Workers may be stale: a crash takes their lease
 * away, and they still write what they know. Two known bugs are switched on at the end to show that this finds them.
 */
interface Worker {
  readonly claim: Claim;
  isCommitted: boolean;
  /** The server executed the request and this worker has the answer. */
  hasAnswer: boolean;
}

interface Mutants {
  /** Stale workers write all the same. */
  readonly ignoresLease: boolean;
  /** Every attempt goes out with a new key. */
  readonly newKeyPerAttempt: boolean;
}

/** What is known from outside: what the server has executed, and which operations were ever acknowledged. */
class Model {
  readonly enqueued: string[] = [];
  /** How often the server executed each operation. */
  readonly executed = new Map<string, number>();
  readonly keys = new Set<string>();
  readonly acknowledged = new Set<string>();
  workers: Worker[] = [];
  time = 1_000_000;
}

class System {
  readonly store: Store;
  readonly submissionId: string;
  readonly mutants: Mutants;
  tokens = 0;
  keys = 0;
  constructor(store: Store, mutants: Mutants) {
    this.store = store;
    this.mutants = mutants;
    this.submissionId = store.submission();
  }

  get db(): Store['db'] {
    return this.store.db;
  }

  /** The lease a worker writes with: the mutant reads whichever is valid now. */
  lease({ claim }: Worker): { operationId: string; leaseToken: string } {
    if (!this.mutants.ignoresLease) return { operationId: claim.id, leaseToken: claim.leaseToken };
    const row = this.db.get<{ lease_token: string | null }>('SELECT lease_token FROM operations WHERE id = ?', [
      claim.id,
    ]);
    return { operationId: claim.id, leaseToken: row?.lease_token ?? 'none' };
  }
}

const error = { message: { code: 'test.error' }, status: null, requestId: null };

abstract class Step implements Command<Model, System> {
  readonly pick: number;
  constructor(pick: number) {
    this.pick = pick;
  }
  worker(model: Readonly<Model>): Worker | undefined {
    return model.workers[this.pick % Math.max(model.workers.length, 1)];
  }
  check(model: Readonly<Model>): boolean {
    return this.worker(model) !== undefined;
  }
  run(model: Model, real: System): void {
    model.time += 1;
    this.act(model, real);
    invariants(model, real);
  }
  abstract act(model: Model, real: System): void;
  toString(): string {
    return `${this.constructor.name}(${this.pick})`;
  }
}

/** What must hold after every step. */
function invariants(model: Model, real: System): void {
  const rows = real.store.operations(real.submissionId);
  expect(rows.map(({ id }) => id).sort()).toEqual([...model.enqueued].sort());
  for (const row of rows) {
    expect(model.executed.get(row.id) ?? 0, 'executed twice').toBeLessThanOrEqual(1);
    if (row.state === outbox.OperationState.done) expect(model.executed.get(row.id), 'done without an answer').toBe(1);
    if (model.acknowledged.has(row.id)) expect(row.state, 'done is for ever').toBe(outbox.OperationState.done);
    // What may have arrived is never offered as if it had not.
    if (row.state === outbox.OperationState.pending) expect(row.committedAt).toBeNull();
  }
}

class Enqueue extends Step {
  override check(): boolean {
    return true;
  }
  act(model: Model, real: System): void {
    const operation = real.store.newOperation(real.submissionId, {
      kind: this.pick % 2 === 0 ? 'keyed' : 'plain',
      runAt: model.time,
      needs: this.pick % 3 === 0 ? model.enqueued.slice(-1) : [],
    });
    real.store.enqueue(operation);
    model.enqueued.push(operation.id);
  }
}

class ClaimNext extends Step {
  override check(): boolean {
    return true;
  }
  act(model: Model, real: System): void {
    real.tokens += 1;
    const claim = outbox.claimNext(real.db, { now: model.time, leaseToken: `lease-${real.tokens}` });
    if (claim !== null) model.workers.push({ claim, isCommitted: false, hasAnswer: false });
  }
}

/** Resolves an unknown one as sync does: repeats it with its key, or looks it up where the server knows no keys. */
class Resolve extends Step {
  override check(): boolean {
    return true;
  }
  act(model: Model, real: System): void {
    real.tokens += 1;
    const claim = outbox.claimUnknown(real.db, { now: model.time, leaseToken: `lease-${real.tokens}` });
    if (claim === null) return;
    const mine = { operationId: claim.id, leaseToken: claim.leaseToken, now: model.time };
    if (claim.kind === 'keyed') {
      outbox.repeatUnknown(real.db, mine);
      model.workers.push({ claim, isCommitted: false, hasAnswer: false });
    } else if ((model.executed.get(claim.id) ?? 0) === 0) {
      outbox.resolveUnknown(real.db, mine);
    } else if (outbox.complete(real.db, { ...mine, result: {} })) {
      model.acknowledged.add(claim.id);
    }
  }
}

/** Passes the point of no return; the server executes a key once, and a request without one every time. The answer may be lost (even picks). */
class Send extends Step {
  override check(model: Readonly<Model>): boolean {
    return this.worker(model)?.isCommitted === false;
  }
  act(model: Model, real: System): void {
    const worker = this.worker(model);
    if (worker === undefined) return;
    if (!outbox.markCommitted(real.db, { ...real.lease(worker), now: model.time })) return;
    worker.isCommitted = true;
    const { claim } = worker;
    real.keys += 1;
    const key = real.mutants.newKeyPerAttempt ? `fresh-${real.keys}` : claim.idempotencyKey;
    if (claim.kind === 'plain' || !model.keys.has(key)) {
      model.executed.set(claim.id, (model.executed.get(claim.id) ?? 0) + 1);
    }
    model.keys.add(key);
    worker.hasAnswer = this.pick % 2 === 1;
  }
}

class Finish extends Step {
  override check(model: Readonly<Model>): boolean {
    return this.worker(model)?.hasAnswer === true;
  }
  act(model: Model, real: System): void {
    const worker = this.worker(model);
    if (worker === undefined) return;
    const isMine = outbox.complete(real.db, { ...real.lease(worker), result: {}, now: model.time });
    if (isMine) model.acknowledged.add(worker.claim.id);
    model.workers = model.workers.filter((one) => one !== worker);
  }
}

/** The attempt ends without an answer: as sync decides, by the point of no return. */
class Fail extends Step {
  override check(model: Readonly<Model>): boolean {
    return this.worker(model)?.hasAnswer === false;
  }
  act(model: Model, real: System): void {
    const worker = this.worker(model);
    if (worker === undefined) return;
    const mine = { ...real.lease(worker), now: model.time, error };
    const isUnknown = worker.isCommitted || worker.claim.isUnknown;
    if (worker.isCommitted && this.pick % 2 === 0) outbox.markUnknown(real.db, { ...mine, runAt: model.time });
    else if (this.pick % 3 === 0)
      outbox.releaseClaim(real.db, { ...mine, runAt: null, isUnknown, isAttemptCounted: true });
    else if (this.pick % 5 === 0) outbox.toAttention(real.db, { ...mine, isUnknown });
    else outbox.retryLater(real.db, { ...mine, random: 0, isUnknown });
    model.workers = model.workers.filter((one) => one !== worker);
  }
}

/** The process dies and starts again. Its old workers are remembered: what is under way in the network may still come. */
class CrashAndRecover extends Step {
  override check(): boolean {
    return true;
  }
  act(model: Model, real: System): void {
    outbox.recover(real.db, { now: model.time });
  }
}

class Wait extends Step {
  override check(): boolean {
    return true;
  }
  act(model: Model): void {
    model.time += outbox.LONGEST_BACKOFF_MS;
  }
}

/** A person who looked at the server decides. */
class Decide extends Step {
  override check(): boolean {
    return true;
  }
  act(model: Model, real: System): void {
    const row = real.store.operations(real.submissionId).find(({ state }) => state === outbox.OperationState.attention);
    if (row === undefined) return;
    const hasArrived = (model.executed.get(row.id) ?? 0) > 0;
    const choice = row.committedAt === null ? 'retry' : hasArrived ? 'confirm_delivered' : 'send_again';
    const { isDone } = outbox.reopen(real.db, { operationId: row.id, choice, now: model.time });
    if (isDone) model.acknowledged.add(row.id);
  }
}

const kinds = [
  Enqueue,
  ClaimNext,
  ClaimNext,
  Send,
  Send,
  Finish,
  Fail,
  Resolve,
  Resolve,
  CrashAndRecover,
  Wait,
  Decide,
];
const commands = commandList(
  kinds.map((Kind) => nat({ max: 30 }).map((pick) => new Kind(pick))),
  { size: '+2', maxCommands: 120 },
);

let store: Store;
beforeAll(() => {
  store = new Store();
});
afterAll(() => {
  store.dispose();
});

function check(mutants: Mutants, numRuns: number): RunDetails<[Iterable<Command<Model, System>>]> {
  return checkProperty(
    property(commands, (list) => {
      store.db.transaction((db) => {
        db.run('DELETE FROM operation_needs');
        db.run('DELETE FROM operations');
        db.run('DELETE FROM documents');
        db.run('DELETE FROM submissions');
      });
      // Everything of a run is one transaction, so that thousands of commits cost the disk nothing.
      store.db.transaction(() => {
        modelRun(() => ({ model: new Model(), real: new System(store, mutants) }), list);
      });
    }),
    { numRuns, seed: 20_260_901 },
  );
}

test('nothing is lost, executed twice, or done without an answer, whatever happens in whatever order', () => {
  const result = check({ ignoresLease: false, newKeyPerAttempt: false }, 150);
  expect(defaultReportMessage(result) ?? 'holds').toBe('holds');
}, 60_000);

test('finds a worker that writes without its lease', () => {
  const result = check({ ignoresLease: true, newKeyPerAttempt: false }, 400);
  expect(result.failed).toBe(true);
}, 60_000);

test('finds a new key for every attempt', () => {
  const result = check({ ignoresLease: false, newKeyPerAttempt: true }, 400);
  expect(result.failed).toBe(true);
}, 60_000);
