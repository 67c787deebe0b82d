import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import Sqlite from 'better-sqlite3';
import { better, defineQueue } from 'plainjob';
import { v7 as newId } from 'uuid';
import type { WritableDatabase } from '../../main/database/index.ts';
import { claimNext, complete, enqueue } from '../../main/outbox/index.ts';
import type { Claim, NewOperation } from '../../main/outbox/index.ts';
import { fsyncsOf } from './children/run.ts';
import { isInstalled } from './files.ts';
import { median } from './harness.ts';
import { openOutbox } from './outbox-database.ts';
import type { Bench } from './harness.ts';

const BLOCK = 100;
/** As many as the reference figures were taken with. */
const BLOCK_PAIRS_PER_RUN = 60;
/** Not counted: a new database's first blocks are the compiler's and the page cache's, on both sides. */
const WARM_UP_PAIRS = 10;
const PAIRS = WARM_UP_PAIRS + BLOCK_PAIRS_PER_RUN;
const RUNS = 5;
/** Rows of one commit while a database is filled. */
const FILL_ROWS = 10_000;

/** `JobStatus.Done` of plainjob, which does not export it. */
const PLAINJOB_DONE = 2;

/** The same 300 bytes for both sides. */
const PAYLOAD = { requirement: 'identity', text: 'x'.repeat(260) };

interface Setting {
  readonly directory: string;
  readonly db: WritableDatabase;
  /** Inserts a row of the same content into a table without key, index or check: what the disk allows. */
  readonly insertRaw: (operation: NewOperation) => void;
  readonly queue: ReturnType<typeof defineQueue>;
  /** Everything that waits counts as done, on both sides. */
  readonly finishEverything: () => void;
  readonly close: () => void;
}

const clock = { now: () => Date.now(), monotonic: () => performance.now() };

/** An empty database of each, on the same disk, with the same durability. */
function open(): Setting {
  const directory = mkdtempSync(join(tmpdir(), 'satchel-bench-outbox-'));
  const opened = openOutbox(directory, clock);
  const { db } = opened;
  const connection = new Sqlite(join(directory, 'plainjob.sqlite3'));
  const silent = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {} };
  const queue = defineQueue({ connection: better(connection), logger: silent });
  // plainjob sets synchronous=NORMAL; both sides must do the same work.
  connection.pragma('synchronous = FULL');
  queue.add('upload', PAYLOAD);
  if (connection.pragma('synchronous', { simple: true }) !== 2) throw new Error('bench: plainjob is not at FULL');
  const raw = new Sqlite(join(directory, 'raw.sqlite3'));
  raw.pragma('locking_mode = EXCLUSIVE');
  raw.pragma('journal_mode = WAL');
  raw.pragma('synchronous = FULL');
  raw.exec(
    'CREATE TABLE rows (id, submission, connection, kind, payload, state, key, run_at, byte_length, created_at)',
  );
  const rawInsert = raw.prepare('INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const own = db.get<{ synchronous: number }>('SELECT synchronous FROM pragma_synchronous');
  if (own?.synchronous !== 2) throw new Error('bench: Satchel is not at FULL');
  return {
    directory,
    db,
    queue,
    insertRaw: ({ id, submissionId, connectionId, kind, payload, idempotencyKey, runAt, byteLength }) => {
      const text = JSON.stringify(payload);
      rawInsert.run(id, submissionId, connectionId, kind, text, 1, idempotencyKey, runAt, byteLength, 0);
    },
    finishEverything: () => {
      db.transaction(() => {
        db.run("UPDATE operations SET state = 4, done_at = 1, attempts = 1, result = '{}' WHERE state = 1");
      });
      connection.exec(`UPDATE plainjob_jobs SET status = ${PLAINJOB_DONE}`);
    },
    close: () => {
      raw.close();
      queue.close();
      connection.close();
      opened.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function operation(): NewOperation {
  const id = newId();
  return {
    id,
    submissionId: 's',
    connectionId: 'c',
    pageId: null,
    kind: 'persona.document.create',
    payload: PAYLOAD,
    idempotencyKey: randomUUID(),
    needs: [],
    byteLength: 1_000_000,
    runAt: 0,
  };
}

function fill(setting: Setting, waiting: number, isPeerFilled = true): void {
  for (let done = 0; done < waiting; done += FILL_ROWS) {
    const count = Math.min(FILL_ROWS, waiting - done);
    enqueue(setting.db, { operations: Array.from({ length: count }, operation), now: 0 });
    if (!isPeerFilled) continue;
    setting.queue.addMany(
      'upload',
      Array.from({ length: count }, () => PAYLOAD),
    );
  }
}

/** Operations per second of a block. */
function rate(work: () => void): number {
  const started = performance.now();
  work();
  return (BLOCK * 1_000) / (performance.now() - started);
}

/** Alternating blocks of 100 in one process: the only way that gives the same ratio twice on a shared machine. */
function alternate(ours: () => void, peer: () => void): { ours: number; peer: number } {
  const oursRates: number[] = [];
  const peerRates: number[] = [];
  for (let pair = 0; pair < PAIRS; pair += 1) {
    if (pair % 2 === 0) {
      oursRates.push(rate(ours));
      peerRates.push(rate(peer));
    } else {
      peerRates.push(rate(peer));
      oursRates.push(rate(ours));
    }
  }
  return { ours: median(oursRates.slice(WARM_UP_PAIRS)), peer: median(peerRates.slice(WARM_UP_PAIRS)) };
}

function enqueueBlock(setting: Setting): void {
  for (let n = 0; n < BLOCK; n += 1) enqueue(setting.db, { operations: [operation()], now: 0 });
}

function enqueuePeerBlock(setting: Setting): void {
  for (let n = 0; n < BLOCK; n += 1) setting.queue.add('upload', PAYLOAD);
}

function completeBlock(setting: Setting): void {
  const { db } = setting;
  let claim = claimNext(db, { now: 1, leaseToken: randomUUID() });
  for (let n = 0; n < BLOCK && claim !== null; n += 1) {
    const done = { operationId: claim.id, leaseToken: claim.leaseToken, result: { documentId: 'doc_x' }, now: 1 };
    // One commit for both, as the dispatcher does it.
    claim = db.transaction((transaction) => {
      complete(transaction, done);
      return claimNext(transaction, { now: 1, leaseToken: randomUUID() });
    });
  }
}

function completePeerBlock(setting: Setting): void {
  for (let n = 0; n < BLOCK; n += 1) {
    const job = setting.queue.getAndMarkJobAsProcessing('upload');
    if (job === undefined) throw new Error('bench: plainjob is empty');
    setting.queue.markJobAsDone(job.id);
  }
}

function rawBlock(setting: Setting): void {
  for (let n = 0; n < BLOCK; n += 1) setting.insertRaw(operation());
}

const available = (): null => null;

function enqueueBench(name: string, peerName: string, peerBlock: (setting: Setting) => void): Bench {
  return {
    name,
    unit: 'operations/s',
    peerName,
    better: 'more',
    runs: RUNS,
    unavailable: available,
    run: () => {
      const setting = open();
      try {
        return Promise.resolve(
          alternate(
            () => {
              enqueueBlock(setting);
            },
            () => {
              peerBlock(setting);
            },
          ),
        );
      } finally {
        setting.close();
      }
    },
  };
}

let fsyncNote: string | null = null;

/** fsyncs of enqueue, claim and complete, one operation at a time: the difference of two runs in a fresh process. */
async function countFsyncs(): Promise<void> {
  if (!isInstalled('strace')) {
    fsyncNote = 'fsyncs per operation: not counted, strace is missing (apt install strace)';
    return;
  }
  const counts: number[] = [];
  for (const operations of [500, 1_000]) counts.push(await fsyncsOf('outbox', { operations }));
  const [first = 0, second = 0] = counts;
  fsyncNote = `fsyncs per operation (enqueue, claim, complete; one at a time): ${((second - first) / 500).toFixed(2)} (goal at most 2.05)`;
}

function completeBench(waiting: number): Bench {
  return {
    name: `outbox/complete@${waiting}`,
    unit: 'operations/s',
    peerName: 'plainjob (FULL)',
    better: 'more',
    runs: RUNS,
    unavailable: available,
    ...(waiting === 0 ? { finish: countFsyncs, notes: () => (fsyncNote === null ? [] : [fsyncNote]) } : {}),
    run: () => {
      const setting = open();
      try {
        // What is measured is finished and must be there besides the backlog that stays.
        fill(setting, waiting + (BLOCK + 1) * PAIRS);
        return Promise.resolve(
          alternate(
            () => {
              completeBlock(setting);
            },
            () => {
              completePeerBlock(setting);
            },
          ),
        );
      } finally {
        setting.close();
      }
    },
  };
}

/** What must stay after every run is filled once: a million rows take longer to write than all that is measured. */
const STOCK = (BLOCK + 1) * PAIRS * RUNS;

interface Backlog {
  readonly waiting: number;
  /** Rows that are done and stay. */
  readonly done: number;
}

/** Opens and fills on first use; the same for all runs of one benchmark. */
function filledOnce({ waiting, done }: Backlog, isPeerFilled = true): { get(): Setting; close(): Promise<void> } {
  let setting: Setting | null = null;
  return {
    get() {
      if (setting !== null) return setting;
      setting = open();
      if (done > 0) {
        fill(setting, done, isPeerFilled);
        setting.finishEverything();
      }
      fill(setting, waiting + STOCK, isPeerFilled);
      return setting;
    },
    close() {
      setting?.close();
      setting = null;
      return Promise.resolve();
    },
  };
}

function nameOf({ waiting, done }: Backlog): string {
  return done > 0 ? `${waiting}-and-${done}-done` : String(waiting);
}

function backlogBench(backlog: Backlog): Bench {
  const filled = filledOnce(backlog);
  return {
    name: `outbox/complete@${nameOf(backlog)}`,
    unit: 'operations/s',
    peerName: 'plainjob (FULL)',
    better: 'more',
    runs: RUNS,
    unavailable: available,
    run: () => {
      const setting = filled.get();
      return Promise.resolve(
        alternate(
          () => {
            completeBlock(setting);
          },
          () => {
            completePeerBlock(setting);
          },
        ),
      );
    },
    close: () => filled.close(),
  };
}

/** The cost of one operation beside its cost with a thousand waiting: what a backlog costs. At most 1.2 times. */
function costBench(backlog: Backlog): Bench {
  const large = filledOnce(backlog, false);
  const small = filledOnce({ waiting: 1_000, done: 0 }, false);
  return {
    name: `outbox/cost@${nameOf(backlog)}`,
    unit: 'µs/operation',
    peerName: 'the same with 1,000 waiting',
    better: 'less',
    runs: RUNS,
    unavailable: available,
    run: () => {
      const [full, few] = [large.get(), small.get()];
      const rates = alternate(
        () => {
          completeBlock(full);
        },
        () => {
          completeBlock(few);
        },
      );
      return Promise.resolve({ ours: 1e6 / rates.ours, peer: 1e6 / rates.peer });
    },
    close: async () => {
      await large.close();
      await small.close();
    },
  };
}

/** How many answers are written in one commit when they arrive together: as many as may be in flight at once. */
const TOGETHER = 6;

/** Finishes and claims `TOGETHER` operations with each commit. */
function completeTogetherBlock(setting: Setting): void {
  const { db } = setting;
  const claim = (): Claim | null => claimNext(db, { now: 1, leaseToken: randomUUID() });
  const take = (): Claim[] => Array.from({ length: TOGETHER }, claim).filter((taken) => taken !== null);
  let claims = db.transaction(take);
  for (let n = 0; n < BLOCK; n += TOGETHER) {
    const arrived = claims;
    claims = db.transaction((transaction) => {
      for (const { id, leaseToken } of arrived) {
        complete(transaction, { operationId: id, leaseToken, result: { documentId: 'doc_x' }, now: 1 });
      }
      return take();
    });
  }
}

function oneOrTogetherBench(name: string, block: (setting: Setting) => void, notes: readonly string[]): Bench {
  return {
    name,
    unit: 'operations/s',
    peerName: 'plainjob (FULL), one at a time: its workers have no batch',
    better: 'more',
    runs: RUNS,
    unavailable: available,
    notes: () => notes,
    run: () => {
      const setting = open();
      try {
        fill(setting, (BLOCK + 2 * TOGETHER) * PAIRS);
        return Promise.resolve(
          alternate(
            () => {
              block(setting);
            },
            () => {
              completePeerBlock(setting);
            },
          ),
        );
      } finally {
        setting.close();
      }
    },
  };
}

const MILLION = 1_000_000;

export const outboxBenches: readonly Bench[] = [
  enqueueBench('outbox/enqueue', 'plainjob (FULL)', enqueuePeerBlock),
  enqueueBench('outbox/enqueue-limit', 'insert of the same row without key, index or check (FULL)', rawBlock),
  oneOrTogetherBench('outbox/complete-one', completeBlock, [
    'finishing one and claiming the next is one commit (goal at least 1.8)',
  ]),
  oneOrTogetherBench('outbox/complete-together', completeTogetherBlock, [
    `${TOGETHER} answers and ${TOGETHER} claims in one commit of the outbox (goal at least 5)`,
  ]),
  ...[0, 10_000, 100_000].map(completeBench),
  backlogBench({ waiting: MILLION, done: 0 }),
  backlogBench({ waiting: 1_000, done: MILLION }),
  costBench({ waiting: MILLION, done: 0 }),
  costBench({ waiting: 1_000, done: MILLION }),
];
