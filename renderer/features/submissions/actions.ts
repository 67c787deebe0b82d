import type { SubmissionRow } from '../../../shared/domain/index.ts';

/** What a person may do to submissions from the table and the side panel. */
export const SUBMISSION_ACTIONS = ['release', 'tryNow', 'hold', 'resume', 'override', 'void'] as const;
export type SubmissionAction = (typeof SUBMISSION_ACTIONS)[number];

type ActionFacts = Pick<SubmissionRow, 'state' | 'beside' | 'filledSlots' | 'requiredSlots'>;

/** Work that has left the operator's hands and has no final decision yet. */
const UNDER_WAY = new Set<SubmissionRow['state']>(['released', 'sending', 'sent', 'in_review']);
const DECIDED = new Set<SubmissionRow['state']>(['accepted', 'rejected']);

/**
 * What this submission allows. Main decides again when it is done; this only keeps the desk from offering what would be
 * refused. A voided submission allows nothing; a held one can be taken off hold or voided.
 */
export function allowedActions(row: ActionFacts): ReadonlySet<SubmissionAction> {
  const allowed = new Set<SubmissionAction>();
  if (row.beside.includes('voided')) return allowed;
  if (!DECIDED.has(row.state)) allowed.add('void');
  if (row.beside.includes('held')) return allowed.add('resume');
  if (row.state === 'ready') allowed.add('release');
  if (row.state === 'retake' && row.filledSlots >= row.requiredSlots) allowed.add('release');
  if (UNDER_WAY.has(row.state)) allowed.add('tryNow');
  if (!DECIDED.has(row.state)) allowed.add('hold');
  if (row.state === 'draft') allowed.add('override');
  return allowed;
}

/** The actions that every one of these rows allows, in the order they are offered; none for an empty selection. */
export function commonActions(rows: readonly ActionFacts[]): SubmissionAction[] {
  if (rows.length === 0) return [];
  const sets = rows.map(allowedActions);
  return SUBMISSION_ACTIONS.filter((action) => sets.every((set) => set.has(action)));
}

/** What is offered for a selection of several: an override is a decision about one customer, never about many. */
export function selectionActions(rows: readonly ActionFacts[]): SubmissionAction[] {
  return commonActions(rows).filter((action) => action !== 'override' || rows.length === 1);
}

export interface BulkOutcome {
  done: number;
  failures: { submissionId: string; error: unknown }[];
  wasCancelled: boolean;
}

/**
 * Performs one action on many submissions, one after another, so that a refusal of one does not stop the others.
 * `onProgress` hears the number finished; an aborted `signal` stops before the next one.
 */
export async function performOnAll(
  submissionIds: readonly string[],
  perform: (submissionId: string) => Promise<unknown>,
  onProgress: (finished: number) => void,
  signal: AbortSignal,
): Promise<BulkOutcome> {
  const outcome: BulkOutcome = { done: 0, failures: [], wasCancelled: false };
  for (const [index, submissionId] of submissionIds.entries()) {
    if (signal.aborted) {
      outcome.wasCancelled = true;
      break;
    }
    try {
      await perform(submissionId);
      outcome.done += 1;
    } catch (error) {
      outcome.failures.push({ submissionId, error });
    }
    onProgress(index + 1);
  }
  return outcome;
}
