import { isChangeAllowed, isTakeBackAllowed } from '../../../shared/domain/index.ts';
import type { SubmissionRow } from '../../../shared/domain/index.ts';

/** Why pages and fields of a customer cannot be changed. The words are `capture.lock.<lock>`. */
export type Lock = 'onItsWay' | 'withProvider' | 'decided' | 'voided';

type LockFacts = Pick<SubmissionRow, 'state' | 'beside'>;

/** Null while the customer can be changed; by the same ladder that main keeps. */
export function lockOf(row: LockFacts): Lock | null {
  if (row.beside.includes('voided')) return 'voided';
  if (isChangeAllowed(row.state)) return null;
  if (mayTakeBack(row)) return 'onItsWay';
  return row.state === 'accepted' || row.state === 'rejected' ? 'decided' : 'withProvider';
}

/** Whether the customer can come back to the desk to be corrected. */
export function mayTakeBack(row: LockFacts): boolean {
  return isTakeBackAllowed(row.state) && !row.beside.includes('voided');
}
