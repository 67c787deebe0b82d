import { describe, expect, it } from 'vitest';
import { flowChoices, guessFlow } from '../../../../renderer/features/capture/flows.ts';
import type { ConnectionView } from '../../../../shared/domain/index.ts';

function connection(id: string, environment: ConnectionView['environment']): ConnectionView {
  return {
    id,
    provider: 'persona',
    name: id,
    nameKey: null,
    environment,
    baseUrl: 'https://example.invalid',
    flows: [{ id: 'identity', name: 'Identity', requiredFields: [], requirements: [] }],
    settings: {},
    hasCredential: true,
    pause: null,
  };
}

const practice = { connectionId: 'practice', flowId: 'identity' };
const real = { connectionId: 'real', flowId: 'identity' };

describe('the flow of the next customer', () => {
  it('offers practice after the real connections', () => {
    const choices = flowChoices([connection('practice', 'practice'), connection('real', 'production')]);
    expect(choices.map(({ connectionId }) => connectionId)).toEqual(['real', 'practice']);
  });

  it('is never practice by itself once there is a real connection', () => {
    const choices = flowChoices([connection('practice', 'practice'), connection('real', 'sandbox')]);
    expect(guessFlow(choices, practice)).toMatchObject(real);
    expect(guessFlow(choices, real)).toMatchObject(real);
    expect(guessFlow(choices, null)).toMatchObject(real);
  });

  it('is practice while there is nothing else, and nothing without a connection', () => {
    const choices = flowChoices([connection('practice', 'practice')]);
    expect(guessFlow(choices, practice)).toMatchObject(practice);
    expect(guessFlow([], practice)).toBeNull();
  });
});
