import type { SupervisorAction } from '../../shared/domain/index.ts';
import { Grant } from '../../main/supervision/grant.ts';

/** A supervisor's word for tests of what needs one; how it is given is tested in test/integration/supervision. */
export const grantFor = (about: string, action: SupervisorAction = 'override'): Grant =>
  new Grant(action, about, 'pin');
