import { small } from '../planned.ts';
import type { PlanInput, PlannedOperation } from '../port.ts';
import { PERSONA_ACCOUNT, PERSONA_ACCOUNT_UPDATE } from './payloads.ts';
import { lastAccount } from './reference.ts';

export interface AccountPlan {
  /** Of an earlier release; null: the account that `steps` makes or finds. */
  readonly accountId: string | null;
  /** What comes before anything that belongs to the account; at most one operation. */
  readonly steps: readonly PlannedOperation[];
}

/**
 * The customer's account, before anything more comes of them: made or found at first, and corrected in a later release where it was
 * made here or is known to be this person's. `accountTypeId`: empty for the organisation's default.
 */
export function planAccount(earlier: PlanInput['earlier'], accountTypeId: string): AccountPlan {
  const known = lastAccount(earlier);
  if (known === null) {
    const payload = { accountTypeId: accountTypeId === '' ? null : accountTypeId };
    return { accountId: null, steps: [small('account', PERSONA_ACCOUNT, payload, [])] };
  }
  const { accountId, personMark } = known;
  const update = small('account-update', PERSONA_ACCOUNT_UPDATE, { accountId }, []);
  return { accountId, steps: personMark === undefined ? [] : [update] };
}
