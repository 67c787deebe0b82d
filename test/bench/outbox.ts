import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import Sqlite from 'better-sqlite3';
import { better, defineQueue } from 'plainjob';
import { v7 as newId } from 'uuid';
import { APPLICATION_ID, migrations, openDatabase } from '../../main/database/index.ts';
import type { WritableDatabase } from '../../main/database/index.ts';
import { claimNext, completeAndClaimNext, enqueue } from '../../main/outbox/index.ts';
import type { NewOperation } from '../../main/outbox/index.ts';
import { median } from './harness.ts';
import type { Bench } from './harness.ts';

const BLOCK = 100;
const BLOCK_PAIRS_PER_RUN = 12;
const RUNS = 5;

/** The same 300 bytes for both sides. */
const PAYLOAD = { requirement: 'identity', text: 'x'.repeat(260) };

interface Setting {
  readonly directory: string;
  readonly db: WritableDatabase;
  readonly queue: ReturnType<typeof defineQueue>;
  readonly close: () => void;
}

const clock = { now: () => Date.now(), monotonic: () => performance.now() };

/** An empty database of each, on the same disk, with the same durability. */
function open(): Setting {
  const directory = mkdtempSync(join(tmpdir(), 'satchel-bench-outbox-'));
  const opened = openDatabase({
    file: join(directory, 'satchel.sqlite3'),
    applicationId: APPLICATION_ID,
    migrations,
    clock,
  });
  if (opened.kind !== 'opened') throw new Error(`bench: the database was refused: ${opened.reason}`);
  const { db } = opened;
  db.transaction(() => {
    db.run(
      `INSERT INTO connections (id, provider, name, environment, base_url, settings, flows, created_at)
       VALUES ('c', 'persona', 'c', 'practice', 'http://127.0.0.1', '{}', '[]', 0)`,
    );
    db.run(`INSERT INTO batches (id, number, state, operator, created_at) VALUES ('b', 1, 'open', 'o', 0)`);
    db.run(
      `INSERT INTO submissions (id, batch_id, connection_id, flow, state, explanation, subject_sealed, operator, created_at, updated_at)
       VALUES ('s', 'b', 'c', '{}', 'released', '{}', x'00', 'o', 0, 0)`,
    );
  });
  const connection = new Sqlite(join(directory, 'plainjob.sqlite3'));
  const silent = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {} };
  const queue = defineQueue({ connection: better(connection), logger: silent });
  // plainjob sets synchronous=NORMAL; both sides must do the same work.
  connection.pragma('synchronous = FULL');
  queue.add('upload', PAYLOAD);
  if (connection.pragma('synchronous', { simple: true }) !== 2) throw new Error('bench: plainjob is not at FULL');
  const own = db.get<{ synchronous: number }>('SELECT synchronous FROM pragma_synchronous');
  if (own?.synchronous !== 2) throw new Error('bench: Satchel is not at FULL');
  return {
    directory,
    db,
    queue,
    close: () => {
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
    idempotencyKey: id,
    needs: [],
    byteLength: 1_000_000,
    runAt: 0,
  };
}

function fill(setting: Setting, waiting: number): void {
  for (let done = 0; done < waiting; done += 1_000) {
    const count = Math.min(1_000, waiting - done);
    enqueue(setting.db, { operations: Array.from({ length: count }, operation), now: 0 });
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
  for (let pair = 0; pair < BLOCK_PAIRS_PER_RUN; pair += 1) {
    if (pair % 2 === 0) {
      oursRates.push(rate(ours));
      peerRates.push(rate(peer));
    } else {
      peerRates.push(rate(peer));
      oursRates.push(rate(ours));
    }
  }
  return { ours: median(oursRates), peer: median(peerRates) };
}

function enqueueBlock(setting: Setting): void {
  for (let n = 0; n < BLOCK; n += 1) enqueue(setting.db, { operations: [operation()], now: 0 });
}

function enqueuePeerBlock(setting: Setting): void {
  for (let n = 0; n < BLOCK; n += 1) setting.queue.add('upload', PAYLOAD);
}

function completeBlock(setting: Setting): void {
  const { db } = setting;
  let claim = claimNext(db, { now: 1, leaseToken: newId() });
  for (let n = 0; n < BLOCK && claim !== null; n += 1) {
    claim = completeAndClaimNext(
      db,
      { operationId: claim.id, leaseToken: claim.leaseToken, result: { documentId: 'doc_x' }, now: 1 },
      { now: 1, leaseToken: newId() },
    ).claim;
  }
}

function completePeerBlock(setting: Setting): void {
  for (let n = 0; n < BLOCK; n += 1) {
    const job = setting.queue.getAndMarkJobAsProcessing('upload');
    if (job === undefined) throw new Error('bench: plainjob is empty');
    setting.queue.markJobAsDone(job.id);
  }
}

const available = (): null => null;

const enqueueBench: Bench = {
  name: 'outbox/enqueue',
  unit: 'operations/s',
  peerName: 'plainjob (FULL)',
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
            enqueuePeerBlock(setting);
          },
        ),
      );
    } finally {
      setting.close();
    }
  },
};

function completeBench(waiting: number): Bench {
  return {
    name: `outbox/complete@${waiting}`,
    unit: 'operations/s',
    peerName: 'plainjob (FULL)',
    better: 'more',
    runs: RUNS,
    unavailable: available,
    run: () => {
      const setting = open();
      try {
        // What is measured is finished and must be there besides the backlog that stays.
        fill(setting, waiting + (BLOCK + 1) * BLOCK_PAIRS_PER_RUN);
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

export const outboxBenches: readonly Bench[] = [enqueueBench, ...[0, 10_000, 100_000].map(completeBench)];
