import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { World, evidence } from '../../support/sync-world.ts';

let world: World;
beforeEach(() => {
  world = new World();
});
afterEach(() => {
  world.dispose();
});

describe('a call that passed the point of no return and failed without an answer', () => {
  for (const kind of ['byPerson', 'small', 'upload']) {
    it(`is in doubt (${kind}), unless the network proves that there was no connection`, async () => {
      for (const isProved of [false, true]) {
        const submissionId = world.submission();
        const operation = world.newOperation(submissionId, { kind });
        world.provider.script = (_operation, context) => {
          context.beforeLastByte();
          const refused = evidence('network.refused', null, null);
          return {
            kind: 'pause',
            cause: 'wait',
            evidence: isProved ? { ...refused, hasNotArrived: true } : refused,
            afterMs: 3_600_000,
          };
        };
        world.enqueue(operation);
        world.dispatcher.start();
        await world.clock.advance(10);
        expect(world.state(operation.id)).toBe(isProved ? 'pending' : 'unknown');
        world.dispose();
        world = new World();
      }
    });
  }
});
