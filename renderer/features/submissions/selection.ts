import type { SubmissionRow } from '../../../shared/domain/index.ts';

/**
 * The rows a person has chosen. Rows are kept whole, because a chosen row may have scrolled out of the pages in memory
 * and its allowed actions are still needed. `anchor` is the index where a range began.
 */
export interface Selection {
  rows: ReadonlyMap<string, SubmissionRow>;
  anchor: number | null;
}

export const EMPTY_SELECTION: Selection = { rows: new Map(), anchor: null };

/** Space or Ctrl+click: in or out; a later range begins here. */
export function toggle(selection: Selection, row: SubmissionRow, index: number): Selection {
  const rows = new Map(selection.rows);
  if (!rows.delete(row.id)) rows.set(row.id, row);
  return { rows, anchor: index };
}

/** Shift+arrows or Shift+click: exactly the rows between the anchor and the cursor. */
export function range(rowsBetween: readonly SubmissionRow[], anchor: number): Selection {
  return { rows: new Map(rowsBetween.map((row) => [row.id, row])), anchor };
}

/** The same selection with what is now known about its rows, so that actions are offered for the present state. */
export function refreshed(selection: Selection, current: Iterable<SubmissionRow>): Selection {
  let rows: Map<string, SubmissionRow> | null = null;
  for (const row of current) {
    const kept = selection.rows.get(row.id);
    if (kept === undefined || kept === row) continue;
    rows ??= new Map(selection.rows);
    rows.set(row.id, row);
  }
  return rows === null ? selection : { rows, anchor: selection.anchor };
}
