import { SubjectField, allFindings, needsPerson } from '../../../shared/domain/index.ts';
import type { Cause, ConnectionView, SubmissionDetail, SubmissionRow } from '../../../shared/domain/index.ts';

/** The causes in the order they are shown: what the customer at the desk waits for comes first. */
export const CAUSE_ORDER: readonly Cause[] = ['rescan', 'correct_data', 'sign_in', 'wait', 'call_it'];

/** A row's one cause. A retake is always a rescan; what carries no cause at all is for IT, never hidden. */
export function causeOf(row: Pick<SubmissionRow, 'cause' | 'state'>): Cause {
  return row.cause ?? (row.state === 'retake' ? 'rescan' : 'call_it');
}

export interface CauseGroup {
  cause: Cause;
  /** Connections that wait: one step, or only time, frees everything behind them. */
  connections: ConnectionView[];
  rows: SubmissionRow[];
}

/** A full minute of calls is used up: the everyday pace of a provider, told by the forecast and not as a trouble. */
const PACE = /^\w+\.rateLimited$/;

/** What a connection waits for is told here, unless it is only the provider's pace. */
function isTold({ pause }: ConnectionView): boolean {
  return pause !== null && !PACE.test(pause.message.code);
}

/**
 * A hold is a person's own wish; only what else happened to such a submission brings it here. A voided one needs somebody only about
 * what the provider still has of it.
 */
function needsSomething(row: SubmissionRow): boolean {
  return row.beside.includes('attention') || (row.state === 'retake' && !row.beside.includes('voided'));
}

/**
 * Waiting connections and rows by cause, longest waiting first, each submission once; causes without either are left out.
 */
export function groupByCause(rows: Iterable<SubmissionRow>, connections: readonly ConnectionView[] = []): CauseGroup[] {
  const told = connections.filter(isTold);
  const unique = new Map<string, SubmissionRow>();
  for (const row of rows) if (needsSomething(row)) unique.set(row.id, row);
  return CAUSE_ORDER.map((cause) => ({
    cause,
    connections: told.filter(({ pause }) => pause?.cause === cause),
    rows: [...unique.values()].filter((row) => causeOf(row) === cause).sort((a, b) => a.updatedAt - b.updatedAt),
  })).filter((group) => group.rows.length + group.connections.length > 0);
}

/** Where in Capture a person puts it right; without parts it is the submission as a whole. */
export interface Place {
  slot?: string;
  field?: string;
}

/**
 * The exact slot or field that is at fault: first what the provider refused, or asked for again and has not got yet, then the
 * worst finding that names a place, then the first required slot that is empty.
 */
export function placeToFix(detail: SubmissionDetail, cause: Cause): Place {
  if (cause === 'correct_data') {
    const refused = SubjectField.safeParse(detail.attention?.message.params?.['field']);
    if (refused.success) return { field: refused.data };
    const named = bySeverity(detail).find((finding) => finding.field !== null);
    return named === undefined || named.field === null ? {} : { field: named.field };
  }
  const retake = detail.slots.find(
    (slot) => slot.wantsRetake !== null && (slot.pageId === null || slot.pageId === slot.wantsRetake.previousPageId),
  );
  if (retake !== undefined) return { slot: retake.key };
  for (const finding of bySeverity(detail)) {
    const slot = finding.slot ?? detail.pages.find((page) => page.id === finding.pageId)?.slot ?? null;
    if (slot !== null && finding.severity !== 'info') return { slot };
  }
  const empty = detail.slots.find((slot) => !slot.isOptional && slot.pageId === null);
  return empty === undefined ? {} : { slot: empty.key };
}

const SEVERITY_RANK = { blocking: 0, warning: 1, info: 2 } as const;

function bySeverity(detail: SubmissionDetail): SubmissionDetail['findings'] {
  return allFindings(detail).sort((a, b) => SEVERITY_RANK[a.severity] - SEVERITY_RANK[b.severity]);
}

/** How many things a person has to do. A connection that only takes time is shown, and nothing has to be done about it. */
export function countToDo(groups: readonly CauseGroup[]): number {
  return groups.reduce(
    (sum, { rows, connections }) =>
      sum + rows.length + connections.filter(({ pause }) => pause !== null && needsPerson(pause)).length,
    0,
  );
}
