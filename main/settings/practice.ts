import { PersonaSettings } from '../../shared/domain/index.ts';
import type { ConnectionInput, Flow } from '../../shared/domain/index.ts';
import { PRACTICE_CONNECTIONS } from '../../shared/domain/practice-flows.ts';
import type { Connections } from './connections.ts';

/** What the practice server lets in unless its switches say otherwise. Not secrets: it answers on this PC only. */
const PRACTICE_PERSONA_KEY = 'persona_sandbox_practice';
const PRACTICE_PERSONR_LOGIN = { email: 'practice@satchel.invalid', password: 'practice' };

export interface PracticeFlows {
  readonly persona: readonly Flow[];
  readonly personr: readonly Flow[];
}

function practiceInputs(port: number, flows: PracticeFlows): ConnectionInput[] {
  const origin = `http://127.0.0.1:${port}`;
  return [
    {
      provider: 'persona',
      name: PRACTICE_CONNECTIONS.persona.name,
      environment: 'practice',
      baseUrl: `${origin}/persona/api/v1`,
      flows: [...flows.persona],
      settings: PersonaSettings.parse({}),
      credential: { apiKey: PRACTICE_PERSONA_KEY },
    },
    {
      provider: 'personr',
      name: PRACTICE_CONNECTIONS.personr.name,
      environment: 'practice',
      baseUrl: `${origin}/personr/api/1.1/wf`,
      flows: [...flows.personr],
      settings: {},
      credential: PRACTICE_PERSONR_LOGIN,
    },
  ];
}

/**
 * Makes the two practice connections, or points them at the port on which the practice server listens now. Answers their
 * ids, Persona first.
 */
export function ensurePracticeConnections(connections: Connections, port: number, flows: PracticeFlows): string[] {
  const existing = connections.list().filter((connection) => connection.environment === 'practice');
  return practiceInputs(port, flows).map((input) => {
    const found = existing.find((connection) => connection.provider === input.provider);
    if (found === undefined) return connections.create(input);
    connections.update(found.id, input);
    return found.id;
  });
}
