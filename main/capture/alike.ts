import type { ReadableDatabase } from '../database/types.ts';
import type { FieldCipher } from '../vault/types.ts';
import { findAlike, sealContext } from './records.ts';
import { inTurns } from './turns.ts';

/** Looks decrypted in one step. */
const PAGE_ROWS = 100;
/** Above every id: ids are UUIDs. */
const ABOVE_ALL = 'g';
/** The newest pages that a new one is compared with: some weeks of a branch, in 4 MB and about 10 ms a page. */
const MOST_PAGES = 5_000;
/**
 * From this likeness on two pages are said to look alike, 1 being the same. Drawn documents captured twice reach 0.965 and more,
 * of two people on one template 0.95 at most (docs/capture.md).
 */
const ALIKE = 0.96;
/** The middle of what a byte of a look holds (`main/inspection/measure/look.ts`). */
const ZERO = 128;

interface Known {
  readonly submissionId: string;
  readonly look: Int8Array;
  readonly length: number;
}

function known(submissionId: string, bytes: Uint8Array): Known {
  const look = Int8Array.from(bytes, (value) => value - ZERO);
  return { submissionId, look, length: Math.sqrt(look.reduce((sum, value) => sum + value * value, 0)) };
}

/** How alike two looks are, upright or upside down: at most 1. */
function likeness(a: Known, b: Known): number {
  let [same, turned] = [0, 0];
  const last = b.look.length - 1;
  for (let at = 0; at <= last; at += 1) {
    const value = a.look[at] ?? 0;
    same += value * (b.look[at] ?? 0);
    turned += value * (b.look[last - at] ?? 0);
  }
  return Math.max(same, turned) / (a.length * b.length);
}

/** Whether two pages look alike, by what inspection keeps of how they look. */
export function isAlike(one: Uint8Array, other: Uint8Array): boolean {
  return likeness(known('', one), known('', other)) >= ALIKE;
}

export type AlikeIndex = ReturnType<typeof createAlikeIndex>;

/**
 * How pages look, decrypted, in memory only: a look is derived from what a customer brought, so the database holds it sealed.
 * Filled once in small turns, the newest first.
 */
export function createAlikeIndex(db: ReadableDatabase, cipher: FieldCipher, monotonic: () => number) {
  const pages = new Map<string, Known>();
  let filling: Promise<void> | null = null;

  /** Takes in the next older pages after `last`; answers the last one taken, or null when there are no more to take. */
  function fillMore(last: string): string | null {
    const rows = db.all<{ id: string; submission_id: string; look_sealed: Uint8Array }>(
      `SELECT page_id AS id, submission_id, look_sealed FROM page_measures JOIN pages ON pages.id = page_id
       WHERE look_sealed IS NOT NULL AND page_id < ? ORDER BY page_id DESC LIMIT ?`,
      [last, PAGE_ROWS],
    );
    for (const row of rows) {
      const bytes = Buffer.from(cipher.open(row.look_sealed, sealContext.look(row.id)), 'base64');
      if (!pages.has(row.id)) pages.set(row.id, known(row.submission_id, bytes));
    }
    return rows.length < PAGE_ROWS || pages.size >= MOST_PAGES ? null : (rows.at(-1)?.id ?? null);
  }

  function fill(): Promise<void> {
    let next: string | null = ABOVE_ALL;
    return inTurns(() => {
      if (next !== null) next = fillMore(next);
      return next !== null;
    }, monotonic);
  }

  return {
    /** Starts filling at the first call; resolves when the newest pages are in. */
    ready(): Promise<void> {
      filling ??= fill();
      return filling;
    },

    /** Adds a page that was looked at; one that is there already is left as it is. */
    add(pageId: string, submissionId: string, look: Uint8Array): void {
      if (pages.has(pageId)) return;
      pages.set(pageId, known(submissionId, look));
      if (pages.size <= MOST_PAGES) return;
      const [oldest] = pages.keys();
      if (oldest !== undefined) pages.delete(oldest);
    },

    /** Its look is not kept any longer. */
    forget(pageId: string): void {
      pages.delete(pageId);
    },

    /**
     * The page that looks most like this one, of the same submission if any does; null when none is alike. One that was taken out, or whose
     * customer was voided, counts only where no other is alike: it may come back.
     */
    find(pageId: string, submissionId: string, look: Uint8Array): string | null {
      const wanted = known(submissionId, look);
      const found: { readonly id: string; readonly score: number }[] = [];
      for (const [id, other] of pages) {
        if (id === pageId) continue;
        const likely = likeness(wanted, other);
        if (likely < ALIKE) continue;
        found.push({ id, score: likely + (other.submissionId === submissionId ? 1 : 0) });
      }
      const ids = found.toSorted((a, b) => b.score - a.score).map(({ id }) => id);
      return ids.find((id) => findAlike(db, { alikePageId: id }) !== null) ?? ids[0] ?? null;
    },
  };
}
