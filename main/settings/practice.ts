import { newSettings, PROVIDER_DESCRIPTORS, ProviderId } from '../../shared/domain/index.ts';
import type { ConnectionInput } from '../../shared/domain/index.ts';
import { FIRST_RUN_PROVIDERS } from '../../shared/domain/practice-flows.ts';
import type { Connections } from './connections.ts';

function practiceInput(provider: ProviderId, port: number): ConnectionInput {
  const { practice } = PROVIDER_DESCRIPTORS[provider];
  return {
    provider,
    name: practice.name,
    environment: 'practice',
    baseUrl: `http://127.0.0.1:${port}${practice.path}`,
    flows: [...practice.flows],
    settings: newSettings(provider),
    credential: practice.credential,
  };
}

/**
 * Makes the practice connections, or points them at the port on which the practice server listens now. Answers their ids, in
 * the order in which the providers are offered. A provider that no first run shows has a practice connection only where
 * somebody has made one.
 */
export function ensurePracticeConnections(connections: Connections, port: number): string[] {
  const existing = connections.list().filter((connection) => connection.environment === 'practice');
  return ProviderId.options.flatMap((provider) => {
    const input = practiceInput(provider, port);
    const found = existing.find((connection) => connection.provider === provider);
    if (found === undefined) return FIRST_RUN_PROVIDERS.includes(provider) ? [connections.create(input)] : [];
    connections.replace(found.id, input);
    return [found.id];
  });
}
