import type { SubmissionRow } from '../../../shared/domain/index.ts';

/**
 * A batch's customers as they came to the desk. A folder with a manifest makes many of them in the same millisecond; ids
 * rise with every new one and keep those apart.
 */
export function inOrderOfArrival<Row extends Pick<SubmissionRow, 'createdAt' | 'id'>>(rows: readonly Row[]): Row[] {
  return rows.toSorted((first, second) => first.createdAt - second.createdAt || (first.id < second.id ? -1 : 1));
}
