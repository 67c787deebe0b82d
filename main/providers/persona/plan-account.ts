import { PersonaRoute } from '../../../shared/domain/index.ts';
import type { Flow } from '../../../shared/domain/index.ts';
import { small } from '../planned.ts';
import type { PlanInput, PlannedOperation } from '../port.ts';
import { AccountPayload, PERSONA_ACCOUNT, PERSONA_ACCOUNT_UPDATE } from './payloads.ts';
import { lastAccount } from './reference.ts';

export interface AccountPlan {
  /** Of an earlier release; null: the account that `steps` makes or finds. */
  readonly accountId: string | null;
  /** What comes before anything that belongs to the account; at most one operation. */
  readonly steps: readonly PlannedOperation[];
}

/** By the flow's route; without one, each document by itself. */
export function routeOf({ route }: Pick<Flow, 'route'>): PersonaRoute {
  return PersonaRoute.parse(route ?? { by: 'documents' });
}

/** The type of the account that a customer of the route has, null: the organisation's default. Undefined: they have none. */
function accountTypeOf(route: PersonaRoute): string | null | undefined {
  if (route.by === 'transaction' || (route.by === 'documents' && route.account === 'none')) return undefined;
  return route.accountTypeId === '' ? null : route.accountTypeId;
}

/** Whether an account that was made or found with this payload is one that a flow wants: once it is known, nobody asks for its type again. */
export function servesAccount(payload: unknown, flow: Flow): boolean {
  const wanted = accountTypeOf(routeOf(flow));
  return wanted === undefined || AccountPayload.parse(payload).accountTypeId === wanted;
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
