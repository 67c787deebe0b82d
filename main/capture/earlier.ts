import type { ReadableDatabase } from '../database/types.ts';
import { OperationState, operationsOfSubmission } from '../outbox/index.ts';
import type { PlanInput } from '../providers/port.ts';

/** What earlier releases of a submission got done at the provider, in the order in which it was done. */
export function earlierOperations(db: ReadableDatabase, submissionId: string): PlanInput['earlier'] {
  return operationsOfSubmission(db, submissionId)
    .filter((operation) => operation.state === OperationState.done)
    .toSorted((a, b) => (a.doneAt ?? 0) - (b.doneAt ?? 0))
    .map(({ kind, payload, result }) => ({ kind, payload, result }));
}
