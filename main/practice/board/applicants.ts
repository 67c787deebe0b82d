import { SUMSUB_WORKSPACE } from '../sumsub/applicants.ts';
import type { PracticeState } from '../state.ts';
import type { BoardRecord } from './types.ts';

interface Row {
  readonly id: string;
  readonly workspace: string;
  readonly flowName: string;
  readonly createdAt: number;
  readonly pendingAt: number | null;
  readonly reviewedAt: number | null;
  readonly outcome: string | null;
  readonly rejectLabels: string;
}

/** The words of each API for the same stages. */
const STATUSES = {
  personr: { created: 'Created', begun: 'Pre-Checked', checked: 'Pending', done: 'Reviewed' },
  sumsub: { created: 'init', begun: 'pending', checked: 'queued', done: 'completed' },
} as const;

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
      const words = STATUSES[api];
      const onHold = api === 'sumsub' ? 'onHold' : state.switches['personr.onHold'];
      const status = statusOf(row, now, { ...words, onHold });
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

type Words = Readonly<Record<'created' | 'begun' | 'checked' | 'done' | 'onHold', string>>;

/** One of the API's words, or the one that a decision wants. */
function statusOf({ pendingAt, reviewedAt, outcome }: Row, now: number, words: Words): string {
  if (pendingAt === null || reviewedAt === null) return words.created;
  if (now < pendingAt) return words.begun;
  if (now < reviewedAt) return words.checked;
  if (outcome === 'hold') return words.onHold;
  const [kind, value] = (outcome ?? '').split('=', 2);
  return kind === 'status' && value !== undefined ? value : words.done;
}

function decisionOf({ outcome, rejectLabels }: Row): string | null {
  if (outcome !== 'retry' && outcome !== 'final') return outcome;
  const labels: unknown = JSON.parse(rejectLabels);
  return `${outcome === 'final' ? 'final' : 'reject'}=${Array.isArray(labels) ? labels.join(',') : ''}`;
}
