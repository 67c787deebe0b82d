import { z } from 'zod';
import { APIS, DECISION_FORM, type PracticeState } from './state.ts';

export const Decision = z.object({
  decision: z.string().regex(DECISION_FORM),
  /** The next document that this API receives; or, with `id`, a record that is there already. */
  api: z.enum(APIS).default('persona'),
  id: z.string().optional(),
});
export type Decision = z.infer<typeof Decision>;

/** What a decision makes of an inquiry as a whole. */
const INQUIRY_STATUS: Readonly<Record<string, string>> = {
  accept: 'approved',
  errored: 'failed',
  reject: 'failed',
  final: 'declined',
  hold: 'needs_review',
};

/**
 * A person, or a test, decides: the next document, or a document, inquiry, transaction or applicant by its id. What was under
 * way is decided at once. Throws `RangeError` for an id that is not there.
 */
export function decide(state: PracticeState, { decision, api, id }: Decision, now: number): void {
  if (id === undefined) {
    state.addNextDecision(api, decision);
    return;
  }
  const isDecided = state.db.transaction(
    () =>
      decideInTable(state, 'documents', 'document_id', id, decision, now) ||
      decideTransaction(state, id, decision, now) ||
      decideInquiry(state, id, decision, now) ||
      decideApplicant(state, id, decision, now),
  );
  if (!isDecided) throw new RangeError('there is no document, inquiry, transaction or applicant with this id');
}

function decideInTable(
  state: PracticeState,
  table: 'documents' | 'transactions',
  idColumn: 'document_id' | 'transaction_id',
  id: string,
  decision: string,
  now: number,
): boolean {
  // min() of SQLite is null when one of them is: a document that was not submitted stays so.
  const { changes } = state.db.run(
    `UPDATE ${table} SET decision = ?, decided_at = min(decided_at, ?) WHERE ${idColumn} = ?`,
    [decision, now, id],
  );
  return changes === 1;
}

function decideTransaction(state: PracticeState, id: string, decision: string, now: number): boolean {
  if (!decideInTable(state, 'transactions', 'transaction_id', id, decision, now)) return false;
  state.db.run('UPDATE transactions SET is_decided_by_person = 1 WHERE transaction_id = ?', [id]);
  // What its workflow was still looking at is through as well.
  state.db.run('UPDATE documents SET decided_at = min(decided_at, ?) WHERE transaction_id = ?', [now, id]);
  return true;
}

function decideInquiry(state: PracticeState, id: string, decision: string, now: number): boolean {
  const [kind = '', value] = decision.split('=', 2);
  const status = kind === 'status' ? value : INQUIRY_STATUS[kind];
  if (status === undefined) return false;
  const { changes } = state.db.run('UPDATE inquiries SET set_status = ?, set_at = ? WHERE inquiry_id = ?', [
    status,
    now,
    id,
  ]);
  return changes === 1;
}

function decideApplicant(state: PracticeState, id: string, decision: string, now: number): boolean {
  const [kind = '', value = ''] = decision.split('=', 2);
  const outcome = kind === 'reject' || kind === 'errored' ? 'retry' : kind === 'final' ? 'final' : decision;
  const labels = kind === 'reject' || kind === 'final' ? value.split(',') : [];
  const { changes } = state.db.run(
    `UPDATE applicants SET outcome = ?, reject_labels = ?, pending_at = min(pending_at, ?), reviewed_at = min(reviewed_at, ?)
     WHERE applicant_id = ?`,
    [outcome, JSON.stringify(labels), now, now, id],
  );
  return changes === 1;
}
