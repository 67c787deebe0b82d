import { practiceFlows } from '../../shared/domain/practice-flows.ts';
import type { Flow, ProviderId } from '../../shared/domain/index.ts';

/** The first practice flow of a provider: identity and address at Persona, identity and selfie at the others. */
export function flowOf(provider: ProviderId): Flow {
  const [flow] = practiceFlows(provider);
  if (flow === undefined) throw new Error(`no practice flow of ${provider}`);
  return flow;
}
