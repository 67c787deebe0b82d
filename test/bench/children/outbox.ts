/** Enqueues operations one by one, then claims and completes them one by one, for counting what that asks of the disk. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { v7 as newId } from 'uuid';
import { z } from 'zod';
import { claimNext, complete, enqueue } from '../../../main/outbox/index.ts';
import { openOutbox } from '../outbox-database.ts';

const { operations } = z.object({ operations: z.number() }).parse(JSON.parse(process.argv[2] ?? ''));
const directory = mkdtempSync(join(tmpdir(), 'satchel-bench-outbox-'));
const clock = { now: () => Date.now(), monotonic: () => performance.now() };
const opened = openOutbox(directory, clock);
const { db } = opened;
for (let n = 0; n < operations; n += 1) {
  enqueue(db, {
    operations: [
      {
        id: newId(),
        submissionId: 's',
        connectionId: 'c',
        pageId: null,
        kind: 'persona.document.create',
        payload: { requirement: 'identity', text: 'x'.repeat(260) },
        idempotencyKey: randomUUID(),
        needs: [],
        byteLength: 1_000_000,
        runAt: 0,
      },
    ],
    now: 0,
  });
}
let claim = claimNext(db, { now: 1, leaseToken: randomUUID() });
while (claim !== null) {
  const done = { operationId: claim.id, leaseToken: claim.leaseToken, result: { documentId: 'doc_x' }, now: 1 };
  claim = db.transaction((transaction) => {
    complete(transaction, done);
    return claimNext(transaction, { now: 1, leaseToken: randomUUID() });
  });
}
opened.close();
rmSync(directory, { recursive: true, force: true });
