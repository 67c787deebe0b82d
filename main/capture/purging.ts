import { setImmediate } from 'node:timers/promises';
import type { RetentionDue } from '../../shared/domain/index.ts';
import type { WritableDatabase } from '../database/types.ts';
import type { AlikeIndex } from './alike.ts';
import { enqueue, lastRedaction } from '../outbox/index.ts';
import { dueAfter, dueNow, overBefore } from './due.ts';
import type { DueSubmission } from './due.ts';
import { earlierOperations } from './earlier.ts';
import { newOperations } from './planning.ts';
import { record } from './timeline.ts';
import { inTurns } from './turns.ts';
import type { CaptureOptions } from './types.ts';

interface PageRow {
  readonly id: string;
  readonly blob_id: string;
  readonly thumbnail_blob_id: string | null;
  readonly rendition_blob_id: string | null;
}

/** Pages whose bytes are destroyed before their entries are struck out, in one commit. */
const SHREDDED_PER_COMMIT = 20;

/** Whether a page that is not purged has these bytes. */
function isNamed(transaction: WritableDatabase, blobId: string): boolean {
  const row = transaction.get(
    `SELECT 1 FROM pages WHERE blob_id = :id AND purged_at IS NULL
     UNION ALL SELECT 1 FROM pages WHERE thumbnail_blob_id = :id
     UNION ALL SELECT 1 FROM renditions JOIN pages ON pages.id = page_id
       WHERE renditions.blob_id = :id AND purged_at IS NULL LIMIT 1`,
    { id: blobId },
  );
  return row !== undefined;
}

/**
 * Stacks of which this is the last customer that is not purged, and in which nothing lies any more but what was taken out, as the file
 * whose sheets its customers have: that would outlive them for ever, since an emptied stack is never over.
 */
function emptiedStacks(transaction: WritableDatabase, submissionId: string): string[] {
  return transaction
    .all<{ id: string }>(
      `SELECT DISTINCT stack_id AS id FROM pages AS own
       WHERE submission_id = :id AND stack_id IS NOT NULL
         AND EXISTS (SELECT 1 FROM submissions WHERE id = own.stack_id AND is_held = 0 AND voided_at IS NULL)
         AND NOT EXISTS (SELECT 1 FROM pages AS others WHERE others.stack_id = own.stack_id
           AND others.submission_id <> :id AND others.purged_at IS NULL)
         AND NOT EXISTS (SELECT 1 FROM pages AS rest WHERE rest.submission_id = own.stack_id AND rest.state = 'active')`,
      { id: submissionId },
    )
    .map(({ id }) => id);
}

/** From this commit on its bytes will be destroyed. */
function doom(transaction: WritableDatabase, blobId: string): void {
  transaction.run('INSERT INTO blobs_to_shred (blob_id) VALUES (?) ON CONFLICT DO NOTHING', [blobId]);
}

/**
 * Takes the pages of what is over and past the retention period. One transaction a submission marks its pages, writes the
 * ledger and plans what is to be redacted at the provider; from its commit on they are purged. Then their keys and bytes are
 * destroyed, and whatever a crash left of that is done at the next start. Submission, ledger and the rows of the pages stay.
 */
export function createPurging(options: CaptureOptions, alike: Pick<AlikeIndex, 'forget'>) {
  const { db, vault, clock } = options;
  let shredding: Promise<void> = Promise.resolve();
  let isClosing = false;

  /** Counted in short turns: a branch keeps a hundred thousand customers. */
  async function due(keepDays: number): Promise<RetentionDue> {
    const found = { submissions: 0, pages: 0 };
    const before = overBefore(clock.now(), keepDays);
    let last: DueSubmission | null = null;
    await inTurns(
      () => {
        const rows = dueAfter(db, before, last);
        for (const { pageCount } of rows) found.pages += pageCount;
        found.submissions += rows.length;
        last = rows.at(-1) ?? null;
        return last !== null;
      },
      () => clock.monotonic(),
    );
    return found;
  }

  /** Marks what is due of one submission; answers its pages, or null when it is not due any more. */
  function mark(transaction: WritableDatabase, submissionId: string, keepDays: number): PageRow[] | null {
    const now = clock.now();
    if (dueNow(transaction, overBefore(now, keepDays), submissionId) === null) return null;
    const pages = [submissionId, ...emptiedStacks(transaction, submissionId)].flatMap((id) =>
      transaction.all<PageRow>(
        `SELECT id, pages.blob_id, thumbnail_blob_id, renditions.blob_id AS rendition_blob_id
         FROM pages LEFT JOIN renditions ON page_id = id WHERE submission_id = ? AND purged_at IS NULL`,
        [id],
      ),
    );
    for (const page of pages) {
      transaction.run(
        `UPDATE pages SET purged_at = ?, thumbnail_blob_id = NULL, findings = '[]',
           inspected_at = coalesce(inspected_at, ?) WHERE id = ?`,
        [now, now, page.id],
      );
      transaction.run('DELETE FROM readings WHERE page_id = ?', [page.id]);
      transaction.run('DELETE FROM page_measures WHERE page_id = ?', [page.id]);
    }
    // After every page is marked: bytes that a page which is not purged names as well stay.
    for (const page of pages) {
      for (const blobId of [page.blob_id, page.rendition_blob_id]) {
        if (blobId === null || isNamed(transaction, blobId)) continue;
        transaction.run('UPDATE blobs SET purged_at = ? WHERE id = ?', [now, blobId]);
        doom(transaction, blobId);
      }
      if (page.thumbnail_blob_id === null || isNamed(transaction, page.thumbnail_blob_id)) continue;
      transaction.run('DELETE FROM blobs WHERE id = ?', [page.thumbnail_blob_id]);
      doom(transaction, page.thumbnail_blob_id);
    }
    transaction.run('UPDATE submissions SET purged_at = ? WHERE id = ?', [now, submissionId]);
    record(options, transaction, {
      submissionId,
      kind: 'submission.purged',
      message: { code: 'ledger.purged', params: { count: pages.length, days: keepDays } },
      isSystem: true,
    });
    planRedaction(transaction, submissionId);
    return pages;
  }

  /**
   * One redaction after the other, so that what is refused (a key without that permission) comes to one person once, and not once
   * for each customer.
   */
  function planRedaction(transaction: WritableDatabase, submissionId: string): void {
    const row = transaction.get<{ connectionId: string }>(
      'SELECT connection_id AS connectionId FROM submissions WHERE id = ?',
      [submissionId],
    );
    if (row === undefined) return;
    const { connectionId } = row;
    const redaction = options.planRedaction(connectionId, () => earlierOperations(transaction, submissionId));
    if (redaction === null) return;
    const { planned, stays } = redaction;
    for (const message of stays) {
      record(options, transaction, { submissionId, kind: 'submission.staysAtProvider', message, isSystem: true });
    }
    if (planned.length === 0) return;
    let before = lastRedaction(transaction, connectionId);
    const inTurn = newOperations(options, { id: submissionId, connectionId }, planned, null).map((operation) => {
      const needs = before === null ? [] : [before];
      before = operation.id;
      return { ...operation, needs, hasTime: true };
    });
    enqueue(transaction, { operations: inTurn, now: clock.now() });
  }

  /** Destroys what is marked; what cannot be destroyed now stays written down. */
  async function shredMarked(): Promise<void> {
    const failures: unknown[] = [];
    for (let last = ''; ;) {
      const blobIds = db
        .all<{ id: string }>('SELECT blob_id AS id FROM blobs_to_shred WHERE blob_id > ? ORDER BY blob_id LIMIT ?', [
          last,
          SHREDDED_PER_COMMIT,
        ])
        .map(({ id }) => id);
      if (blobIds.length === 0 || isClosing) break;
      const shredded: string[] = [];
      for (const blobId of blobIds) {
        try {
          await vault.shred(blobId);
          shredded.push(blobId);
        } catch (error) {
          // One that resists holds up no other.
          failures.push(error);
        }
      }
      db.transaction((transaction) => {
        for (const blobId of shredded) transaction.run('DELETE FROM blobs_to_shred WHERE blob_id = ?', [blobId]);
      });
      last = blobIds.at(-1) ?? '';
    }
    if (failures.length > 0) throw failures[0];
  }

  /** One at a time, so that nothing is shredded twice at once. */
  function finishShredding(): Promise<void> {
    const next = shredding.then(shredMarked);
    shredding = next.catch(() => {});
    return next;
  }

  /**
   * Purges what is past `keepDays` now, one submission after the other; answers what it took. `mayGoOn` is asked before each.
   * Rejects when the disk does not take a mark, and at the end when bytes resisted: what was marked until then is finished at the
   * next time, and one file that resists keeps nothing else.
   */
  async function purge(keepDays: number, mayGoOn: () => boolean): Promise<RetentionDue> {
    const done = { submissions: 0, pages: 0 };
    const failures: unknown[] = [];
    const shred = (): Promise<void> =>
      finishShredding().catch((error: unknown) => {
        failures.push(error);
      });
    const ended = (): RetentionDue => {
      if (failures.length > 0) throw failures[0];
      return done;
    };
    await shred();
    for (;;) {
      const rows = dueAfter(db, overBefore(clock.now(), keepDays), null);
      if (rows.length === 0) return ended();
      for (const { id } of rows) {
        if (isClosing || !mayGoOn()) return ended();
        const pages = db.transaction((transaction) => mark(transaction, id, keepDays));
        if (pages === null) continue;
        for (const page of pages) alike.forget(page.id);
        done.submissions += 1;
        done.pages += pages.length;
        options.events.changed({ submissionIds: [id], batchIds: [] });
        await shred();
        await setImmediate();
      }
    }
  }

  /** Begins nothing new; resolves when what is being destroyed is. */
  async function stopPurging(): Promise<void> {
    isClosing = true;
    await shredding;
  }

  return { due, purge, finishShredding, stopPurging };
}
