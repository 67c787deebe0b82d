import type { OperationToPerform } from '../port.ts';
import type { Purpose } from './refusals.ts';

/** What a create is for: the same answer means something else when an earlier attempt may have arrived, or how the last one was answered. */
export function purposeOf({ mayHaveArrived, lastStatus }: OperationToPerform): Purpose {
  if (!mayHaveArrived) return 'create';
  return lastStatus === 500 ? 'create_failed' : 'create_again';
}
