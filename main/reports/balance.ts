import type { BalanceDifference, BalancePlace, BalanceView } from '../../shared/domain/index.ts';
import type { ReadableDatabase } from '../database/types.ts';
import { OperationState } from '../outbox/types.ts';
import { placesByLedger } from './ledger-places.ts';
import type { PagePlace } from './ledger-places.ts';

/** How many differences are named; the others are counted. */
const NAMED_DIFFERENCES = 20;

interface PageRow {
  readonly id: string;
  readonly submissionId: string;
  /** Without regard to delivery, or null: then only delivery decides. */
  readonly place: 'voided' | 'refused' | null;
  /** The provider wants its slot again, so a delivered one is refused. */
  readonly isWantedAgain: number;
  readonly isMarked: number;
  readonly isAcknowledged: number;
}

/**
 * Each page by its row, and by the operations of the outbox. Acknowledged is a page that a finished operation names; one
 * whose acknowledgement takes several calls is marked with the last of them, so an unmarked page counts as acknowledged
 * only when nothing of its submission is left to do. A submission's own row is long (its flow and sealed fields), so it is opened only
 * where somebody may want a page again; the index says everything else.
 */
const PAGES = `SELECT pages.id, pages.submission_id AS submissionId,
    CASE WHEN voided_at IS NOT NULL THEN 'voided'
      WHEN submissions.state = 'rejected' OR pages.state = 'replaced' THEN 'refused' END AS place,
    CASE WHEN submissions.state IN ('retake', 'ready') THEN EXISTS (
      SELECT 1 FROM submissions AS wanting, json_each(retake_slots)
        WHERE wanting.id = pages.submission_id AND json_each.key = slot) ELSE 0 END AS isWantedAgain,
    delivered_at IS NOT NULL AS isMarked,
    EXISTS (SELECT 1 FROM operations WHERE operations.submission_id = pages.submission_id AND operations.state = :done
        AND (page_id = pages.id OR instr(payload, pages.id) > 0))
      AND (delivered_at IS NOT NULL OR NOT EXISTS (
        SELECT 1 FROM operations WHERE operations.submission_id = pages.submission_id
          AND operations.state NOT IN (:done, :cancelled))) AS isAcknowledged
  FROM pages JOIN submissions INDEXED BY submissions_for_lists ON submissions.id = submission_id
  WHERE captured_at >= :from AND captured_at < :to AND pages.state <> 'removed'`;

/**
 * The till balance of the pages captured from `fromMs` up to, not including, `toMs` (epoch ms), computed from the ledger.
 * Counted are pages: those taken out again before the release were undone and do not count. Each page is in exactly one
 * place:
 *
 * - voided: its submission was voided;
 * - refused: its submission was rejected, a new page took its place, or the provider wants its slot again;
 * - sent: the provider acknowledged it;
 * - waiting: everything else.
 *
 * `isBalanced` is not the sum (that cannot fail): every page is looked up a second time in the outbox, the only truth
 * about sending. Pages that the two do not agree about are named in `differences`.
 */
export function balance(db: ReadableDatabase, { fromMs, toMs }: { fromMs: number; toMs: number }): BalanceView {
  const rows = db.all<PageRow>(PAGES, {
    from: fromMs,
    to: toMs,
    done: OperationState.done,
    cancelled: OperationState.cancelled,
  });
  const submissionIds = new Set(rows.map(({ submissionId }) => submissionId));
  const byLedger = placesByLedger(db, { fromMs, toMs, submissionIds });
  const differences = compare(byLedger, rows);
  const sums: Record<BalancePlace, number> = { sent: 0, waiting: 0, refused: 0, voided: 0 };
  for (const { place } of byLedger.values()) sums[place] += 1;
  return {
    fromMs,
    toMs,
    captured: byLedger.size,
    ...sums,
    isBalanced: differences.length === 0,
    differing: differences.length,
    differences: differences.slice(0, NAMED_DIFFERENCES),
  };
}

function compare(byLedger: ReadonlyMap<string, PagePlace>, rows: readonly PageRow[]): BalanceDifference[] {
  const differences: BalanceDifference[] = [];
  const seen = new Set<string>();
  for (const row of rows) {
    seen.add(row.id);
    const ledger = byLedger.get(row.id)?.place ?? null;
    const acknowledged = placeOf(row, row.isAcknowledged === 1);
    const marked = placeOf(row, row.isMarked === 1);
    const outbox = acknowledged === ledger ? marked : acknowledged;
    if (outbox === ledger) continue;
    differences.push({ pageId: row.id, submissionId: row.submissionId, ledger, outbox });
  }
  for (const [pageId, { submissionId, place }] of byLedger) {
    if (!seen.has(pageId)) differences.push({ pageId, submissionId, ledger: place, outbox: null });
  }
  return differences;
}

function placeOf({ place, isWantedAgain }: PageRow, isDelivered: boolean): BalancePlace {
  if (place !== null) return place;
  if (!isDelivered) return 'waiting';
  return isWantedAgain === 1 ? 'refused' : 'sent';
}
