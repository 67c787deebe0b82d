import { setImmediate } from 'node:timers/promises';
import type { ReadableDatabase, SqlValue } from '../database/types.ts';

/**
 * Rows of the index looked at in one statement. Counting the tabs of so many takes some 5 ms; 100,000 at once would hold
 * the main thread for longer than the 40 ms that nobody feels.
 */
const PIECE_ROWS = 20_000;
/** Above every id: ids are UUIDs. */
const ABOVE_ALL = 'g';

export interface ListQuery<Tab extends string> {
  /** A condition on the columns of `submissions_for_lists`, with its parameters. */
  readonly where: string;
  readonly parameters: readonly SqlValue[];
  /** Each tab's condition, written out in the code. */
  readonly tabs: Readonly<Record<Tab, string>>;
  readonly tab: Tab;
  readonly offset: number;
  readonly limit: number;
  /** Only for tests, which have fewer rows. */
  readonly pieceRows?: number;
}

/**
 * The ids of one window of a tab, newest first, and how many submissions each tab holds under the same condition. Reads
 * only the narrow index, newest first, in pieces between which everything else gets its turn; what changes meanwhile may
 * be counted as it was before or after.
 */
export async function listWindow<Tab extends string>(
  db: ReadableDatabase,
  query: ListQuery<Tab>,
): Promise<{ ids: string[]; counts: Record<string, number> }> {
  const { where, parameters, tab, limit, pieceRows = PIECE_ROWS } = query;
  const columns = Object.entries<string>(query.tabs).map(
    ([name, sql]) => `count(*) FILTER (WHERE ${sql}) AS "${name}"`,
  );
  const counts: Record<string, number> = Object.fromEntries(Object.keys(query.tabs).map((name) => [name, 0]));
  const ids: string[] = [];
  let skip = query.offset;
  let above = ABOVE_ALL;
  for (;;) {
    const last = db.get<{ id: string }>(
      `SELECT id FROM submissions INDEXED BY submissions_for_lists WHERE id < ? ORDER BY id DESC LIMIT 1 OFFSET ?`,
      [above, pieceRows - 1],
    );
    const piece = `submissions INDEXED BY submissions_for_lists WHERE id < ? AND id >= ? AND ${where}`;
    const range = [above, last?.id ?? '', ...parameters];
    const found = db.get<Record<string, number>>(`SELECT ${columns.join(', ')} FROM ${piece}`, range) ?? {};
    for (const [name, count] of Object.entries(found)) counts[name] = (counts[name] ?? 0) + count;
    const ofTab = found[tab] ?? 0;
    if (ids.length < limit && ofTab > skip) {
      const rows = db.all<{ id: string }>(
        `SELECT id FROM ${piece} AND ${query.tabs[tab]} ORDER BY id DESC LIMIT ? OFFSET ?`,
        [...range, limit - ids.length, skip],
      );
      ids.push(...rows.map(({ id }) => id));
    }
    skip = Math.max(0, skip - ofTab);
    if (last === undefined) return { ids, counts };
    above = last.id;
    await setImmediate();
  }
}
