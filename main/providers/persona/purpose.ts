import type { OperationToPerform } from '../port.ts';
import type { Purpose } from './refusals.ts';

/** In a conflict again after so many attempts: Persona will not take it, and a person has to find out why. */
export const MOST_CONFLICTS = 5;

/** What a create is for: the same answer means something else when an earlier attempt may have arrived, or how the last one was answered. */
export function purposeOf({ mayHaveArrived, lastStatus, attempt }: OperationToPerform): Purpose {
  if (!mayHaveArrived) return lastStatus === 409 && attempt >= MOST_CONFLICTS ? 'create_refused' : 'create';
  return lastStatus === 500 ? 'create_failed' : 'create_again';
}
