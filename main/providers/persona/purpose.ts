import type { OperationToPerform } from '../port.ts';
import type { Purpose } from './refusals.ts';

/** What a create is for: the same answer means something else when an earlier attempt may have arrived, or was answered with 500. */
export function purposeOf({ mayHaveArrived, lastStatus }: OperationToPerform): Purpose {
  if (!mayHaveArrived) return 'create';
  return lastStatus === 500 ? 'create_failed' : 'create_again';
}
