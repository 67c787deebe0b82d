import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_SENDING_RULES } from '../../../shared/domain/index.ts';
import { World, done } from '../../support/sync-world.ts';

/**
 * Time goes on between any two looks at a clock. What opens or becomes due just then must be either claimed or waited for;
 * otherwise the queue would sleep until somebody happens to call it.
 */
let world: World;
beforeEach(() => {
  world = new World();
});
afterEach(() => {
  world.dispose();
});

const LOOKS = Array.from({ length: 12 }, (_, index) => index + 1);

/** From the look with this number on, counted over both clocks, they are one millisecond further. */
function stepAtLook(look: number): void {
  const { clock } = world;
  let looks = 0;
  for (const name of ['now', 'monotonic'] as const) {
    const read = clock[name];
    Object.defineProperty(clock, name, {
      configurable: true,
      value: () => {
        looks += 1;
        return read() + (looks >= look ? 1 : 0);
      },
    });
  }
}

describe.each(LOOKS)('when time goes on at look %i while the dispatcher looks for work', (look) => {
  it('an operation that becomes due is not slept through', async () => {
    const submissionId = world.submission();
    const { clock } = world;
    world.dispatcher.start();
    await clock.advance(10);
    const operation = world.newOperation(submissionId, { runAt: clock.now() + 1 });
    world.enqueue(operation);
    stepAtLook(look);
    world.dispatcher.wake();
    await clock.advance(60_000);
    expect(world.state(operation.id)).toBe('done');
  });

  it('nor is the share of the limit that opens', async () => {
    const { clock, provider } = world;
    provider.script = () => ({ ...done(), rateLimit: { limit: 300, remaining: 0, resetMs: 20_000 } });
    world.enqueue(world.newOperation(world.submission()));
    world.dispatcher.start();
    await clock.advance(10);
    const next = world.newOperation(world.submission());
    world.enqueue(next);
    world.dispatcher.wake();
    await clock.advance((clock.untilNextMs ?? 0) - 1);
    expect(world.state(next.id)).toBe('pending');
    stepAtLook(look);
    world.dispatcher.wake();
    await clock.advance(10 * 60_000);
    expect(world.state(next.id)).toBe('done');
  });

  it('nor are the hours that begin', async () => {
    const { clock } = world;
    const date = new Date(clock.now());
    const minute = date.getHours() * 60 + date.getMinutes();
    world.rules = { ...DEFAULT_SENDING_RULES, hours: { from: minute + 1, until: minute + 60 } };
    const operation = world.newOperation(world.submission());
    world.enqueue(operation);
    world.dispatcher.start();
    await clock.advance((clock.untilNextMs ?? 0) - 1);
    expect(world.state(operation.id)).toBe('pending');
    stepAtLook(look);
    world.dispatcher.wake();
    await clock.advance(60_000);
    expect(world.state(operation.id)).toBe('done');
  });
});
