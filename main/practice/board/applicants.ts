import { SUMSUB_WORKSPACE } from '../sumsub/applicants.ts';
import { personrStages, stageOf, SUMSUB_STAGES, type Stages } from '../stages.ts';
import type { PracticeState } from '../state.ts';
import type { BoardRecord } from './types.ts';

interface Row extends Stages {
  readonly id: string;
  readonly workspace: string;
  readonly flowName: string;
  readonly createdAt: number;
  readonly rejectLabels: string;
}

/** The newest applicants of Personr and Sumsub, as their dashboards list them. */
export function applicantsListed(state: PracticeState, now: number, limit: number): Omit<BoardRecord, 'files'>[] {
  return state.db
    .all<Row>(
      `SELECT applicant_id AS id, workspace, flow_name AS flowName, created_at AS createdAt, pending_at AS pendingAt,
         reviewed_at AS reviewedAt, outcome, reject_labels AS rejectLabels
       FROM applicants ORDER BY created_at DESC, applicant_id LIMIT ?`,
      [limit],
    )
    .map((row) => {
      const api = row.workspace === SUMSUB_WORKSPACE ? 'sumsub' : 'personr';
      const words = api === 'sumsub' ? SUMSUB_STAGES : personrStages(state);
      const status = stageOf(row, now, words);
      return {
        api,
        kind: 'applicant',
        id: row.id,
        createdAt: row.createdAt,
        name: row.flowName,
        ownerId: null,
        status,
        decision: decisionOf(row),
        // Before the customer's pages are sent for review there is nothing to decide.
        isOpen:
          row.pendingAt !== null && (status === words.begun || status === words.checked || row.outcome === 'hold'),
      };
    });
}

function decisionOf({ outcome, rejectLabels }: Row): string | null {
  if (outcome !== 'retry' && outcome !== 'final') return outcome;
  const labels: unknown = JSON.parse(rejectLabels);
  return `${outcome === 'final' ? 'final' : 'reject'}=${Array.isArray(labels) ? labels.join(',') : ''}`;
}
