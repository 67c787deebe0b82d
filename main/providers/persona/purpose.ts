import type { OperationToPerform } from '../port.ts';
import type { Purpose } from './refusals.ts';

/** So many conflicts in a row: Persona will not take it, and a person has to find out why. */
const MOST_CONFLICTS = 5;

/** What a create is for: the same answer means something else when an earlier attempt may have arrived, or how the last one was answered. */
export function purposeOf(operation: OperationToPerform): Purpose {
  if (!operation.mayHaveArrived) return isLastConflict(operation) ? 'create_refused' : 'create';
  return operation.lastStatus === 500 ? 'create_failed' : 'create_again';
}

/** Whether one more conflict is the last that is waited for. */
export function isLastConflict({ lastStatus, answeredInARow }: OperationToPerform): boolean {
  return lastStatus === 409 && answeredInARow(409) >= MOST_CONFLICTS - 1;
}
