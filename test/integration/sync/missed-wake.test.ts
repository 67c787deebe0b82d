import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { World } from '../../support/sync-world.ts';

let world: World;
beforeEach(() => {
  world = new World();
});
afterEach(() => {
  world.dispose();
});

describe('an operation that becomes due while the dispatcher looks for work', () => {
  // The wall clock moves between any two looks at it; the step is put at each of them in turn.
  for (const look of [1, 2, 3, 4, 5, 6]) {
    it(`is not slept through when the clock steps at look ${look}`, async () => {
      const submissionId = world.submission();
      const { clock } = world;
      world.dispatcher.start();
      await clock.advance(10);
      const operation = world.newOperation(submissionId, { runAt: clock.now() + 1 });
      const wallNow = clock.now;
      let looks = 0;
      Object.defineProperty(clock, 'now', {
        configurable: true,
        value: () => {
          looks += 1;
          return wallNow() + (looks >= look ? 1 : 0);
        },
      });
      world.enqueue(operation);
      world.dispatcher.wake();
      await clock.advance(60_000);
      expect(world.state(operation.id)).toBe('done');
    });
  }
});
