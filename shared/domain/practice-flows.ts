import type { Environment } from './connection.ts';
import type { BuiltInName, Flow } from './flow.ts';
import { PROVIDER_DESCRIPTORS, ProviderId } from './providers/index.ts';

/**
 * The flows of a practice connection. Their names are the ones that the practice server knows; the sample batch
 * (assets/samples/manifest.csv) fills exactly the requirements of those that a first run makes.
 */
export function practiceFlows(provider: ProviderId): Flow[] {
  return [...PROVIDER_DESCRIPTORS[provider].practice.flows];
}

/** Providers whose practice connection a first run makes. */
export const FIRST_RUN_PROVIDERS: readonly ProviderId[] = ProviderId.options.filter(
  (id) => PROVIDER_DESCRIPTORS[id].practice.isInFirstRun,
);

/** The key of a connection's words; null for every connection that somebody named. */
export function connectionNameKey(connection: {
  readonly provider: ProviderId;
  readonly environment: Environment;
  readonly name: string;
}): BuiltInName | null {
  const { name, nameKey } = PROVIDER_DESCRIPTORS[connection.provider].practice;
  return connection.environment === 'practice' && connection.name === name ? nameKey : null;
}
