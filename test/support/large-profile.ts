import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { v7 as newId } from 'uuid';
import { z } from 'zod';
import { APPLICATION_ID, migrations, openDatabase } from '../../main/database/index.ts';
import type { WritableDatabase } from '../../main/database/index.ts';
import { sealContext } from '../../main/capture/records.ts';
import { appendLedger } from '../../main/ledger/index.ts';
import { createFieldCipher, createFileKeyStore, openKeys } from '../../main/vault/index.ts';
import type { FieldCipher } from '../../main/vault/index.ts';
import { Flow, Subject } from '../../shared/domain/index.ts';
import { openSatchel } from './open-satchel.ts';

const DAY_MS = 24 * 60 * 60_000;
/** What a busy branch has in a day. */
const CUSTOMERS_PER_DAY = 500;
const CUSTOMERS_PER_BATCH = 50;
const ROWS_PER_COMMIT = 1_000;
const PAGES = 2;

const clock = { now: () => Date.now(), monotonic: () => performance.now() };

const batchOf = (n: number): string => `batch-${Math.floor(n / CUSTOMERS_PER_BATCH)}`;

/** One customer in so many of each state; most are decided, as in a branch that has worked for months. */
function stateOf(n: number): string {
  if (n % 50 === 0) return 'draft';
  if (n % 50 === 1) return 'released';
  if (n % 50 < 6) return 'in_review';
  return n % 10 === 9 ? 'rejected' : 'accepted';
}

/**
 * Fills a profile with `customers` submissions of two pages each, their operations and their entries in the ledger, as
 * months of work would leave them; no page file is made. The newest are today's.
 */
export async function fillProfile(profile: string, customers: number): Promise<void> {
  // The first start makes keys, database and practice connections.
  const first = await openSatchel(profile);
  await first.satchel.start();
  await first.close();
  const keys = await openKeys({
    directory: join(profile, 'vault'),
    keyStore: createFileKeyStore({ file: join(profile, 'insecure.key'), random: randomBytes }),
    clock,
    random: randomBytes,
    mayCreate: false,
  });
  if (keys.kind !== 'unlocked') throw new Error('large profile: the vault is locked');
  const opened = openDatabase({
    file: join(profile, 'satchel.sqlite3'),
    applicationId: APPLICATION_ID,
    migrations,
    clock,
  });
  if (opened.kind !== 'opened') throw new Error(`large profile: the database was refused: ${opened.reason}`);
  const { db } = opened;
  const cipher = createFieldCipher(keys.vaultKey, randomBytes);
  try {
    const connection = db.get<{ id: string; flows: string }>('SELECT id, flows FROM connections ORDER BY id LIMIT 1');
    if (connection === undefined) throw new Error('large profile: no connection');
    const [flow] = z.array(Flow).parse(JSON.parse(connection.flows));
    if (flow === undefined) throw new Error('large profile: no flow');
    for (let start = 0; start < customers; start += ROWS_PER_COMMIT) {
      db.transaction((transaction) => {
        for (let n = start; n < Math.min(start + ROWS_PER_COMMIT, customers); n += 1) {
          const at = Date.now() - Math.floor((customers - 1 - n) / CUSTOMERS_PER_DAY) * DAY_MS - (n % 60) * 1_000;
          if (n % CUSTOMERS_PER_BATCH === 0) {
            transaction.run(
              `INSERT INTO batches (id, number, state, operator, created_at, released_at)
               VALUES (?, ?, 'released', 'operator', ?, ?)`,
              [batchOf(n), n / CUSTOMERS_PER_BATCH + 1, at, at],
            );
          }
          addCustomer(transaction, cipher, { n, at, connectionId: connection.id, flow });
        }
      });
    }
  } finally {
    opened.close();
  }
}

function addCustomer(
  db: WritableDatabase,
  cipher: FieldCipher,
  {
    n,
    at,
    connectionId,
    flow,
  }: {
    n: number;
    at: number;
    connectionId: string;
    flow: Flow;
  },
): void {
  const submissionId = newId();
  const state = stateOf(n);
  const isReleased = state !== 'draft';
  const isSent = isReleased && state !== 'released';
  const subject = Subject.parse({
    givenName: `Given ${n}`,
    familyName: `Family ${n % 997}`,
    country: 'DEU',
    reference: `REF-${n}`,
  });
  db.run(
    `INSERT INTO submissions (id, batch_id, connection_id, flow, flow_id, state, explanation, subject_sealed, operator, created_at,
       updated_at, released_at, sent_at, decided_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'operator', ?, ?, ?, ?, ?)`,
    [
      submissionId,
      batchOf(n),
      connectionId,
      JSON.stringify(flow),
      flow.id,
      state,
      JSON.stringify({ code: `submission.${state === 'in_review' ? 'inReview' : state}` }),
      cipher.seal(JSON.stringify(subject), sealContext.subject(submissionId)),
      at,
      at,
      isReleased ? at : null,
      isSent ? at : null,
      state === 'accepted' || state === 'rejected' ? at : null,
    ],
  );
  const entry = (kind: string, code: string, operationId: string | null, facts: Record<string, unknown> = {}): void => {
    const data = { message: { code }, requestId: operationId === null ? null : randomUUID(), nextAt: null, ...facts };
    appendLedger(db, { at, operator: 'operator', submissionId, operationId, kind, data });
  };
  entry('submission.created', 'ledger.submissionCreated', null);
  const pageIds: string[] = [];
  for (const requirement of flow.requirements.slice(0, PAGES)) {
    const [accepted] = requirement.accepts;
    if (accepted === undefined) continue;
    db.run('INSERT INTO documents (id, submission_id, requirement_id, document_type) VALUES (?, ?, ?, ?)', [
      newId(),
      submissionId,
      requirement.id,
      accepted.documentType,
    ]);
    const pageId = newId();
    const blobId = newId();
    pageIds.push(pageId);
    const sha256 = createHash('sha256').update(blobId).digest('hex');
    db.run("INSERT INTO blobs (id, kind, byte_length, sha256, created_at) VALUES (?, 'original', 1000000, ?, ?)", [
      blobId,
      sha256,
      at,
    ]);
    db.run(
      `INSERT INTO pages (id, submission_id, blob_id, slot, state, media_type, file_name_sealed, source, inspected_at,
         captured_at, delivered_at) VALUES (?, ?, ?, ?, 'active', 'image/jpeg', ?, 'folder', ?, ?, ?)`,
      [
        pageId,
        submissionId,
        blobId,
        `${requirement.id}/${accepted.documentType}/${accepted.sides[0] ?? 'front'}`,
        cipher.seal('page.jpg', sealContext.fileName(pageId)),
        at,
        at,
        isSent ? at : null,
      ],
    );
    entry('page.captured', 'ledger.pageCaptured', null, { pageId });
  }
  if (!isReleased) return;
  for (const pageId of pageIds) {
    const operationId = newId();
    db.run(
      `INSERT INTO operations (id, submission_id, connection_id, page_id, kind, payload, state, idempotency_key, run_at,
         byte_length, attempts, created_at, done_at, result) VALUES (?, ?, ?, ?, 'persona.document.create', ?, ?, ?, ?,
         1000000, 1, ?, ?, ?)`,
      [
        operationId,
        submissionId,
        connectionId,
        pageId,
        JSON.stringify({ pageId, text: 'x'.repeat(200) }),
        isSent ? 4 : 0,
        randomUUID(),
        at,
        at,
        isSent ? at : null,
        isSent ? '{"documentId":"doc_example"}' : null,
      ],
    );
    if (isSent) entry('operation.done', 'ledger.operationDone', operationId);
  }
  if (isSent) entry('submission.sent', 'submission.sent', null);
}
