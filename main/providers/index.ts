import type { ProviderId } from '../../shared/domain/index.ts';
import { persona } from './persona/index.ts';
import { personr } from './personr/index.ts';
import type { Provider } from './port.ts';
import { sumsub } from './sumsub/index.ts';

export * from './port.ts';
export { recordIdsOf } from './record-id.ts';

/** Every provider that a connection can name. */
export const PROVIDERS: Readonly<Record<ProviderId, Provider>> = { persona, personr, sumsub };
