import { z } from 'zod';
import type { BalancePlace } from '../../shared/domain/index.ts';
import type { ReadableDatabase } from '../database/types.ts';

export interface PagePlace {
  readonly submissionId: string;
  readonly place: BalancePlace;
}

interface Row {
  readonly submissionId: string;
  readonly at: number;
  readonly kind: string;
  readonly data: string;
}

/** Submissions in one question: each question by itself costs more than a customer's few rows. A day has some hundreds. */
const STORIES_AT_ONCE = 500;

const KINDS = [
  'page.captured',
  'page.moved',
  'page.removed',
  'page.restored',
  'page.handedOver',
  'page.received',
  'operation.done',
  'operation.decided',
  'submission.released',
  'submission.rejected',
  'submission.retake',
  'submission.voided',
] as const;

const PageFacts = z.object({
  pageId: z.string(),
  replacesPageId: z.string().nullish(),
  /** Of a page that was handed over: the submission that has it now. */
  to: z.string().nullish(),
  /** Of a page that was received: when it was captured, in whatever submission. */
  capturedAt: z.number().optional(),
});
/** Rows of `operation.…`: the pages that it delivered; of `submission.retake`: those that the provider wants anew. */
const PagesFacts = z.object({ pageIds: z.array(z.string()).optional() });

interface Page {
  capturedAt: number;
  isRemoved: boolean;
  isDelivered: boolean;
  /** The page whose place it took. */
  replaces: string | null;
}

/** What the ledger says about one submission, followed row by row. */
class Story {
  readonly pages = new Map<string, Page>();
  /** Submissions to which it handed pages over. */
  readonly receivers = new Set<string>();
  /** Times of acknowledgements in rows of versions that did not name the pages. */
  readonly unnamedDeliveries = new Set<number>();
  isVoided = false;
  isRejected = false;
  wantedAnew: ReadonlySet<string> = new Set();

  take({ at, kind, data }: Row): void {
    const facts: unknown = JSON.parse(data);
    if (kind.startsWith('page.')) {
      this.#takePage(at, kind, PageFacts.parse(facts));
    } else if (kind === 'operation.done' || kind === 'operation.decided') {
      const { pageIds } = PagesFacts.parse(facts);
      if (pageIds === undefined) this.unnamedDeliveries.add(at);
      for (const pageId of pageIds ?? []) this.#change(pageId, { isDelivered: true });
    } else if (kind === 'submission.voided') {
      this.isVoided = true;
    } else if (kind === 'submission.rejected') {
      this.isRejected = true;
    } else if (kind === 'submission.released') {
      this.wantedAnew = new Set();
    } else {
      const { pageIds } = PagesFacts.parse(facts);
      if (pageIds !== undefined) this.wantedAnew = new Set(pageIds);
    }
  }

  #takePage(at: number, kind: string, facts: z.infer<typeof PageFacts>): void {
    const { pageId, replacesPageId: replaces = null } = facts;
    if (kind === 'page.captured' || kind === 'page.received') {
      this.pages.set(pageId, { capturedAt: facts.capturedAt ?? at, isRemoved: false, isDelivered: false, replaces });
    }
    if (kind === 'page.handedOver') {
      this.pages.delete(pageId);
      if (typeof facts.to === 'string') this.receivers.add(facts.to);
    }
    if (kind === 'page.moved') this.#change(pageId, { replaces });
    if (kind === 'page.removed') this.#change(pageId, { isRemoved: true, replaces });
    if (kind === 'page.restored') this.#change(pageId, { isRemoved: false, replaces });
  }

  #change(pageId: string, changed: Partial<Page>): void {
    const page = this.pages.get(pageId);
    if (page !== undefined) Object.assign(page, changed);
  }

  placeOf(pageId: string, page: Page): BalancePlace {
    if (this.isVoided) return 'voided';
    const isReplaced = [...this.pages.values()].some(({ replaces }) => replaces === pageId);
    if (this.isRejected || isReplaced) return 'refused';
    if (!page.isDelivered) return 'waiting';
    return this.wantedAnew.has(pageId) ? 'refused' : 'sent';
  }
}

/**
 * Where each page captured in the span is, by the ledger alone; pages taken out again are left out. `submissionIds` are
 * looked at in any case, so that a clock that was set back hides nothing that the desk knows of.
 */
export function placesByLedger(
  db: ReadableDatabase,
  { fromMs, toMs, submissionIds }: { fromMs: number; toMs: number; submissionIds: ReadonlySet<string> },
): Map<string, PagePlace> {
  const places = new Map<string, PagePlace>();
  const looked = new Set([...submissionIds, ...submissionsByLedger(db, fromMs, toMs)]);
  const waiting = [...looked];
  while (waiting.length > 0) {
    for (const [submissionId, story] of storiesOf(db, waiting.splice(0, STORIES_AT_ONCE))) {
      // Whoever received a page of this span is looked at too.
      for (const receiver of story.receivers) {
        if (looked.has(receiver)) continue;
        looked.add(receiver);
        waiting.push(receiver);
      }
      for (const [pageId, page] of story.pages) {
        if (page.isRemoved || page.capturedAt < fromMs || page.capturedAt >= toMs) continue;
        places.set(pageId, { submissionId, place: story.placeOf(pageId, page) });
      }
    }
  }
  return places;
}

function storiesOf(db: ReadableDatabase, submissionIds: readonly string[]): ReadonlyMap<string, Story> {
  const stories = new Map<string, Story>();
  const rows = db.all<Row>(
    `SELECT submission_id AS submissionId, at, kind, data FROM ledger
     WHERE submission_id IN (SELECT value FROM json_each(?)) AND kind IN (${KINDS.map(() => '?').join(', ')})
     ORDER BY submission_id, sequence`,
    [JSON.stringify(submissionIds), ...KINDS],
  );
  for (const row of rows) {
    const story = stories.get(row.submissionId) ?? new Story();
    stories.set(row.submissionId, story);
    story.take(row);
  }
  for (const [submissionId, story] of stories) addUnnamed(db, submissionId, story);
  return stories;
}

/** What rows of versions that did not name the pages delivered. */
function addUnnamed(db: ReadableDatabase, submissionId: string, story: Story): void {
  if (story.unnamedDeliveries.size === 0) return;
  const marked = db.all<{ id: string; at: number }>(
    'SELECT id, delivered_at AS at FROM pages WHERE submission_id = ? AND delivered_at IS NOT NULL',
    [submissionId],
  );
  for (const { id, at } of marked) {
    const page = story.pages.get(id);
    if (page !== undefined && story.unnamedDeliveries.has(at)) page.isDelivered = true;
  }
}

/** Submissions with a page captured in the span, by the ledger: also those whose rows are gone from the other tables. */
function submissionsByLedger(db: ReadableDatabase, fromMs: number, toMs: number): string[] {
  return db
    .all<{ id: string | null }>(
      `SELECT DISTINCT submission_id AS id FROM ledger
       WHERE sequence >= ? AND sequence < ? AND kind = 'page.captured' AND at >= ? AND at < ?`,
      [firstSequenceAt(db, fromMs), firstSequenceAt(db, toMs), fromMs, toMs],
    )
    .flatMap(({ id }) => (id === null ? [] : [id]));
}

/** The first row that is not older than `at`: rows are in the order of time, so it is found by halving. */
function firstSequenceAt(db: ReadableDatabase, at: number): number {
  let from = 1;
  let to = (db.get<{ last: number | null }>('SELECT max(sequence) AS last FROM ledger')?.last ?? 0) + 1;
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    const row = db.get<{ at: number }>('SELECT at FROM ledger WHERE sequence >= ? ORDER BY sequence LIMIT 1', [middle]);
    if (row === undefined || row.at >= at) to = middle;
    else from = middle + 1;
  }
  return from;
}
