import type { CopyDecision } from '../../../shared/domain/index.ts';
import type { Invocation } from '../invocation.ts';
import { EXIT } from '../exit-codes.ts';
import { withServices } from './with-services.ts';

/** Decides about a profile that may be a copy. Exit code 1 when there is nothing to decide, or not in this way. */
export function decideCopy(choice: CopyDecision) {
  return ({ profile, output }: Invocation): Promise<number> =>
    withServices(profile, { isStarted: false }, ({ satchel }) => {
      satchel.decideCopy(choice);
      output.line('Decided. Sending from this profile is allowed again.');
      return Promise.resolve(EXIT.ok);
    });
}
