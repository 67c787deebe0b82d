import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_SENDING_RULES } from '../../../shared/domain/index.ts';
import { World, done, evidence } from '../../support/sync-world.ts';

const HOUR = 3_600_000;
let world: World;

beforeEach(() => {
  world = new World();
});
afterEach(async () => {
  const stopping = world.dispatcher.stop();
  await world.clock.advance(10_000);
  await stopping;
  world.dispose();
});

function minuteNow(): number {
  const date = new Date(world.clock.now());
  return date.getHours() * 60 + date.getMinutes();
}

test('outside the hours nothing goes and the status says until when; at their start it does; try now does not wait', async () => {
  const from = (minuteNow() + 120) % 1_440;
  world.rules = { ...DEFAULT_SENDING_RULES, hours: { from, until: (from + 60) % 1_440 } };
  const first = world.submission();
  world.dispatcher.start();
  world.release(first, world.newOperation(first));
  await world.clock.advance(1.9 * HOUR);
  expect(world.provider.performed).toEqual([]);
  expect(world.dispatcher.status()).toMatchObject({ networkMessage: { code: 'sync.outsideHours' }, clearAt: null });
  await world.clock.advance(0.2 * HOUR);
  expect(world.submissionRow(first).state).toBe('sent');
  await world.clock.advance(2 * HOUR);
  const second = world.submission();
  world.release(second, world.newOperation(second));
  await world.clock.advance(HOUR);
  expect(world.submissionRow(second).state).toBe('released');
  world.dispatcher.tryNow();
  await world.clock.advance(0);
  expect(world.submissionRow(second).state).toBe('sent');
});

test('paused, what is under way is finished and nothing new begins, also over a restart; then it goes on', async () => {
  const first = world.submission();
  const underWay = Promise.withResolvers<undefined>();
  world.provider.script = async () => {
    await underWay.promise;
    return done();
  };
  world.dispatcher.start();
  world.release(first, world.newOperation(first));
  await world.clock.advance(0);
  world.dispatcher.setPaused(true);
  const second = world.submission();
  world.release(second, world.newOperation(second));
  underWay.resolve(undefined);
  await world.clock.advance(HOUR);
  expect([first, second].map((id) => world.submissionRow(id).state)).toEqual(['sent', 'released']);
  world.crashAndStart();
  await world.clock.advance(HOUR);
  expect(world.dispatcher.status()).toMatchObject({ isPaused: true, waiting: 1 });
  expect(world.submissionRow(second).state).toBe('released');
  world.dispatcher.setPaused(false);
  await world.clock.advance(0);
  expect(world.submissionRow(second).state).toBe('sent');
});

test('after sleep the calls on dead sockets are told to stop, and what is due is looked at at once', async () => {
  const id = world.submission();
  const operation = world.newOperation(id);
  let attempts = 0;
  world.provider.script = (_operation, context) => {
    attempts += 1;
    if (attempts > 1) return done();
    return new Promise((resolve) => {
      context.signal.addEventListener('abort', () => {
        resolve({ kind: 'retry', evidence: evidence('network.aborted', null), afterMs: 0 });
      });
    });
  };
  world.dispatcher.start();
  world.release(id, operation);
  await world.clock.advance(1_000);
  world.dispatcher.wokeUp();
  await world.clock.advance(6_000);
  expect(attempts).toBe(2);
  expect(world.submissionRow(id).state).toBe('sent');
});

test('a stop with calls that never end is over within five seconds', async () => {
  world.provider.script = () => new Promise(() => {});
  for (let n = 0; n < 4; n += 1) {
    const id = world.submission();
    world.release(id, world.newOperation(id));
  }
  world.dispatcher.start();
  await world.clock.advance(10);
  const startedAt = world.clock.monotonic();
  let endedAt: number | null = null;
  const stopping = (async () => {
    await world.dispatcher.stop();
    endedAt = world.clock.monotonic();
  })();
  await world.clock.advance(5_000);
  await stopping;
  expect((endedAt ?? Number.NaN) - startedAt).toBeLessThan(5_000);
});
