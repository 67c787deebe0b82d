import { isHoldAllowed, isTakeBackAllowed, isVoidAllowed } from '../../../shared/domain/index.ts';
import type { SubmissionRow } from '../../../shared/domain/index.ts';

/** What a person may do to submissions from the table and the side panel. */
export const SUBMISSION_ACTIONS = ['release', 'tryNow', 'takeBack', 'hold', 'resume', 'override', 'void'] as const;
export type SubmissionAction = (typeof SUBMISSION_ACTIONS)[number];
/** Those that are one call to main; an override is a dialog's own, which stays open until a supervisor has allowed it. */
export type PerformedAction = Exclude<SubmissionAction, 'override'>;

type ActionFacts = Pick<SubmissionRow, 'state' | 'beside' | 'cause'>;

/** With the provider or on the way there, so that "try now" has something to try. */
const UNDER_WAY = new Set<SubmissionRow['state']>(['released', 'sending', 'sent', 'in_review']);

/**
 * What this submission allows, by the same ladder that main keeps. Main decides again when it is done; this only keeps
 * the desk from offering what would be refused. A held one is taken off hold before it is sent; a voided one allows nothing.
 */
export function allowedActions(row: ActionFacts): ReadonlySet<SubmissionAction> {
  const allowed = new Set<SubmissionAction>();
  if (row.beside.includes('voided')) return allowed;
  if (isVoidAllowed(row.state, row.cause)) allowed.add('void');
  if (isTakeBackAllowed(row.state)) allowed.add('takeBack');
  if (row.beside.includes('held')) return allowed.add('resume');
  if (row.state === 'ready') allowed.add('release');
  if (UNDER_WAY.has(row.state)) allowed.add('tryNow');
  if (isHoldAllowed(row.state)) allowed.add('hold');
  if (row.state === 'draft' || row.state === 'retake') allowed.add('override');
  return allowed;
}

/** The actions that every one of these rows allows, in the order they are offered; none for an empty selection. */
export function commonActions(rows: readonly ActionFacts[]): SubmissionAction[] {
  if (rows.length === 0) return [];
  const sets = rows.map(allowedActions);
  return SUBMISSION_ACTIONS.filter((action) => sets.every((set) => set.has(action)));
}

/** What is offered for chosen rows. An override is decided in the side panel, where what it overrides is in sight. */
export function selectionActions(rows: readonly ActionFacts[]): PerformedAction[] {
  return commonActions(rows).filter((action) => action !== 'override');
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
