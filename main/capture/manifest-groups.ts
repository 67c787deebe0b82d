import { BadRow } from './manifest-rows.ts';
import type { ManifestProblem, Row } from './manifest-rows.ts';

/** The rows of a manifest by whom they are about. */
export interface GroupedRows {
  /** By the word of the column `customer`, in the order of their first rows. */
  readonly byCustomer: ReadonlyMap<string, readonly [Row, ...Row[]]>;
  /** By reference, without regard to capitals: the first row of each customer that has it. */
  readonly byReference: ReadonlyMap<string, readonly Row[]>;
  /** Rows that name no customer. */
  readonly problems: readonly ManifestProblem[];
}

function addTo(groups: Map<string, [Row, ...Row[]]>, key: string, row: Row): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [row]);
  else group.push(row);
}

/** `turn` is awaited before each row and each customer: a long manifest has 100,000 of them. */
export async function groupRows(rows: readonly Row[], turn: () => Promise<void>): Promise<GroupedRows> {
  const problems: ManifestProblem[] = [];
  const byCustomer = new Map<string, [Row, ...Row[]]>();
  for (const row of rows) {
    await turn();
    if (row.customer === '') problems.push(new BadRow(row.line, 'manifest.noCustomer', { column: 'customer' }).problem);
    else addTo(byCustomer, row.customer, row);
  }
  const byReference = new Map<string, [Row, ...Row[]]>();
  for (const [first] of byCustomer.values()) {
    await turn();
    if (first.reference !== '') addTo(byReference, first.reference.toLowerCase(), first);
  }
  return { byCustomer, byReference, problems };
}
