import { randomBytes } from 'node:crypto';
import { silentLog } from '../../main/logging/index.ts';
import { createSupervision } from '../../main/supervision/index.ts';
import type { Supervision, SupervisionOptions } from '../../main/supervision/index.ts';
import type { SupervisorAction } from '../../shared/domain/index.ts';
import { Grant } from '../../main/supervision/grant.ts';
import type { Desk } from '../integration/capture/desk.ts';

/** A supervisor's word for tests of what needs one; how it is given is tested in test/integration/supervision. */
export const grantFor = (about: string, action: SupervisorAction = 'override'): Grant =>
  new Grant(action, about, 'pin');

/** Supervision on the database of a desk, as after a start: no policy, and a PIN that costs little to look at. */
export function supervisionOn(desk: Desk, options: Partial<SupervisionOptions> = {}): Supervision {
  return createSupervision({
    db: desk.db,
    cipher: desk.cipher,
    clock: { now: () => desk.clock.at, monotonic: () => 0 },
    random: (length) => randomBytes(length),
    operator: 'kim',
    policy: () => Promise.resolve({ kind: 'none' }),
    account: () => Promise.resolve({ names: ['kim'], groups: ['counter'] }),
    checkRecoveryKey: () => Promise.resolve('does_not_fit'),
    log: silentLog,
    cost: { N: 2 ** 10, r: 8, p: 1 },
    ...options,
  });
}
