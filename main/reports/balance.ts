import type { BalanceView } from '../../shared/domain/index.ts';
import type { ReadableDatabase } from '../database/types.ts';
import { OperationState } from '../outbox/types.ts';

interface CountRow {
  readonly captured: number;
  readonly voided: number;
  readonly refused: number;
  readonly sent: number;
  readonly waiting: number;
}

const PLACE = `CASE
    WHEN voided_at IS NOT NULL THEN 'voided'
    WHEN submissions.state = 'rejected' OR pages.state = 'replaced' THEN 'refused'
    WHEN submissions.state IN ('retake', 'ready') AND delivered_at IS NOT NULL AND retake_slots IS NOT NULL
      AND EXISTS (SELECT 1 FROM json_each(retake_slots) WHERE json_each.key = slot) THEN 'refused'
    WHEN delivered_at IS NOT NULL THEN 'sent'
    ELSE 'waiting' END`;

/** How many of the pages are acknowledged according to the outbox: counted there, not from the pages' own mark. */
const ACKNOWLEDGED = `SELECT count(*) AS pages FROM pages JOIN submissions ON submissions.id = submission_id
  WHERE captured_at >= :from AND captured_at < :to AND pages.state <> 'removed' AND EXISTS (
    SELECT 1 FROM operations WHERE operations.submission_id = pages.submission_id AND operations.state = :done
      AND (page_id = pages.id OR instr(payload, pages.id) > 0))`;

const MARKED = `SELECT count(*) AS pages FROM pages
  WHERE captured_at >= :from AND captured_at < :to AND state <> 'removed' AND delivered_at IS NOT NULL`;

/**
 * The till balance of the pages captured from `fromMs` up to, not including, `toMs` (epoch ms). Counted are pages: those
 * taken out again before the release were undone and do not count. Each page is in exactly one place:
 *
 * - voided: its submission was voided;
 * - refused: its submission was rejected, a new page took its place, or the provider wants its slot again;
 * - sent: the provider acknowledged it;
 * - waiting: everything else.
 *
 * `isBalanced` is not the sum (that cannot fail): it compares the pages that are marked as delivered with the ones that
 * finished operations of the outbox name, the only truth about sending.
 */
export function balance(db: ReadableDatabase, { fromMs, toMs }: { fromMs: number; toMs: number }): BalanceView {
  const span = { from: fromMs, to: toMs };
  const row = db.get<CountRow>(
    `SELECT count(*) AS captured,
       count(*) FILTER (WHERE place = 'voided') AS voided,
       count(*) FILTER (WHERE place = 'refused') AS refused,
       count(*) FILTER (WHERE place = 'sent') AS sent,
       count(*) FILTER (WHERE place = 'waiting') AS waiting
     FROM (SELECT ${PLACE} AS place FROM pages JOIN submissions ON submissions.id = submission_id
       WHERE captured_at >= :from AND captured_at < :to AND pages.state <> 'removed')`,
    span,
  );
  const { captured = 0, voided = 0, refused = 0, sent = 0, waiting = 0 } = row ?? {};
  const acknowledged = db.get<{ pages: number }>(ACKNOWLEDGED, { ...span, done: OperationState.done })?.pages ?? 0;
  const marked = db.get<{ pages: number }>(MARKED, span)?.pages ?? 0;
  return {
    fromMs,
    toMs,
    captured,
    sent,
    waiting,
    refused,
    voided,
    isBalanced: captured === sent + waiting + refused + voided && acknowledged === marked,
  };
}
