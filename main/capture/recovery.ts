import { setImmediate } from 'node:timers/promises';
import type { WritableDatabase } from '../database/types.ts';
import type { SweepReport } from '../vault/types.ts';
import { recheck } from './check.ts';
import type { CaptureOptions } from './types.ts';

/** Rows read in one turn: a branch keeps hundreds of thousands of pages, and the window must not wait for them. */
const ROWS_PER_TURN = 5_000;
/** Pages marked in one commit; each means that its submission is checked anew. */
const LOST_PER_COMMIT = 20;

interface PageRow {
  readonly id: string;
  readonly submission_id: string;
  readonly blob_id: string;
  readonly thumbnail_blob_id: string | null;
  readonly rendition_blob_id: string | null;
  readonly state: string;
  readonly delivered_at: number | null;
}

/**
 * Makes vault and rows agree, once at start: files that no row names were never acknowledged and go; a page whose bytes are
 * gone says so at its slot while the customer can still come back, and a lost thumbnail is drawn again when it is looked at.
 */
export async function sweepVault(options: CaptureOptions): Promise<SweepReport> {
  const sweep = await options.vault.sweep(await knownBlobIds(options));
  if (sweep.missingFiles.length > 0) await markLost(options, new Set(sweep.missingFiles));
  return sweep;
}

async function knownBlobIds({ db }: CaptureOptions): Promise<Set<string>> {
  const known = new Set<string>();
  let last = '';
  for (;;) {
    const rows = db.all<{ id: string }>('SELECT id FROM blobs WHERE id > ? AND purged_at IS NULL ORDER BY id LIMIT ?', [
      last,
      ROWS_PER_TURN,
    ]);
    for (const { id } of rows) known.add(id);
    last = rows.at(-1)?.id ?? last;
    if (rows.length < ROWS_PER_TURN) return known;
    await setImmediate();
  }
}

/** One walk over the pages, whatever is missing. */
async function markLost(options: CaptureOptions, missing: ReadonlySet<string>): Promise<void> {
  const { db, log } = options;
  const isLost = (page: PageRow): boolean =>
    (missing.has(page.blob_id) || (page.rendition_blob_id !== null && missing.has(page.rendition_blob_id))) &&
    page.state === 'active' &&
    page.delivered_at === null;
  const hasLostThumbnail = (page: PageRow): boolean =>
    page.thumbnail_blob_id !== null && missing.has(page.thumbnail_blob_id);
  let last = '';
  for (;;) {
    const pages = db.all<PageRow>(
      `SELECT id, submission_id, pages.blob_id, thumbnail_blob_id, renditions.blob_id AS rendition_blob_id, state,
         delivered_at
       FROM pages LEFT JOIN renditions ON page_id = id WHERE id > ? ORDER BY id LIMIT ?`,
      [last, ROWS_PER_TURN],
    );
    const concerned = pages.filter((page) => isLost(page) || hasLostThumbnail(page));
    for (let start = 0; start < concerned.length; start += LOST_PER_COMMIT) {
      const group = concerned.slice(start, start + LOST_PER_COMMIT);
      db.transaction((transaction) => {
        for (const page of group) {
          if (hasLostThumbnail(page)) forgetThumbnail(transaction, page);
          if (isLost(page)) markPageLost(options, transaction, page);
        }
      });
      const lost = group.filter(isLost).length;
      if (lost > 0) log.error('page.bytesMissing', { pages: lost });
      await setImmediate();
    }
    last = pages.at(-1)?.id ?? last;
    if (pages.length < ROWS_PER_TURN) return;
    await setImmediate();
  }
}

function forgetThumbnail(transaction: WritableDatabase, page: PageRow): void {
  transaction.run('UPDATE pages SET thumbnail_blob_id = NULL WHERE id = ?', [page.id]);
  transaction.run('DELETE FROM blobs WHERE id = ?', [page.thumbnail_blob_id]);
}

function markPageLost(options: CaptureOptions, transaction: WritableDatabase, page: PageRow): void {
  transaction.run('UPDATE pages SET findings = ?, inspected_at = ? WHERE id = ?', [
    JSON.stringify([{ rule: 'page.lost', severity: 'blocking', params: {} }]),
    options.clock.now(),
    page.id,
  ]);
  recheck(options, transaction, page.submission_id);
}
