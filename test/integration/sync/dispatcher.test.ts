import { afterEach, beforeEach, expect, test } from 'vitest';
import { World, done } from '../../support/sync-world.ts';

let world: World;
beforeEach(() => {
  world = new World();
});
afterEach(async () => {
  const stopping = world.dispatcher.stop();
  await world.clock.advance(6_000);
  await stopping;
  world.dispose();
});

test('a released submission goes to sent, one operation after the other', async () => {
  const id = world.submission();
  const first = world.newOperation(id, { kind: 'upload', byteLength: 100_000 });
  const second = world.newOperation(id, { needs: [first.id] });
  world.dispatcher.start();
  world.release(id, first, second);
  await world.clock.advance(0);
  expect(world.provider.performed.map((one) => one.id)).toEqual([first.id, second.id]);
  expect(world.submissionRow(id).state).toBe('sent');
  expect(world.timeline(id)).toEqual([
    'submission.released',
    'submission.sending',
    'operation.done',
    'operation.done',
    'submission.sent',
  ]);
});

test('calls in flight: four at once, one of a submission, never more than three uploads', async () => {
  world.provider.script = async () => {
    await world.clock.sleep(1_000);
    return done();
  };
  world.dispatcher.start();
  for (let customer = 0; customer < 6; customer += 1) {
    const id = world.submission();
    const upload = () => world.newOperation(id, { kind: 'upload', byteLength: 100_000 });
    world.release(id, upload(), upload());
  }
  await world.clock.advance(10);
  expect(world.provider.inFlight).toBe(3);
  const small = world.submission();
  world.release(small, world.newOperation(small));
  await world.clock.advance(10);
  expect(world.provider.inFlight).toBe(4);
  await world.clock.advance(10_000);
  expect(world.provider.performed).toHaveLength(13);
  expect(world.provider.mostOfASubmission).toBe(1);
  expect(world.provider.mostInFlight).toBe(4);
});
