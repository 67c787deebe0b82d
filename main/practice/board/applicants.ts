import type { PracticeState } from '../state.ts';
import type { BoardRecord } from './types.ts';

interface Row {
  readonly id: string;
  readonly flowName: string;
  readonly createdAt: number;
  readonly pendingAt: number | null;
  readonly reviewedAt: number | null;
  readonly outcome: string | null;
  readonly rejectLabels: string;
}

/** The newest applicants, as a dashboard lists them. */
export function applicantsListed(state: PracticeState, now: number, limit: number): Omit<BoardRecord, 'files'>[] {
  return state.db
    .all<Row>(
      `SELECT applicant_id AS id, flow_name AS flowName, created_at AS createdAt, pending_at AS pendingAt,
         reviewed_at AS reviewedAt, outcome, reject_labels AS rejectLabels
       FROM applicants ORDER BY created_at DESC, applicant_id LIMIT ?`,
      [limit],
    )
    .map((row) => {
      const status = statusOf(row, now, state.switches['personr.onHold']);
      return {
        api: 'personr',
        kind: 'applicant',
        id: row.id,
        createdAt: row.createdAt,
        name: row.flowName,
        ownerId: null,
        status,
        decision: decisionOf(row),
        // Before the customer's pages are sent for review there is nothing to decide.
        isOpen: row.pendingAt !== null && (status === 'Pre-Checked' || status === 'Pending' || row.outcome === 'hold'),
      };
    });
}

/** `Created`, `Pre-Checked`, `Pending`, `Reviewed`, or the word that a decision wants. */
function statusOf({ pendingAt, reviewedAt, outcome }: Row, now: number, onHold: string): string {
  if (pendingAt === null || reviewedAt === null) return 'Created';
  if (now < pendingAt) return 'Pre-Checked';
  if (now < reviewedAt) return 'Pending';
  if (outcome === 'hold') return onHold;
  const [kind, value] = (outcome ?? '').split('=', 2);
  return kind === 'status' && value !== undefined ? value : 'Reviewed';
}

function decisionOf({ outcome, rejectLabels }: Row): string | null {
  if (outcome !== 'retry' && outcome !== 'final') return outcome;
  const labels: unknown = JSON.parse(rejectLabels);
  return `${outcome === 'final' ? 'final' : 'reject'}=${Array.isArray(labels) ? labels.join(',') : ''}`;
}
