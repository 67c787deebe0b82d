import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RateLimit } from '../../../main/providers/port.ts';
import { World, done, evidence } from '../../support/sync-world.ts';

const MINUTE = 60_000;
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

/** The provider's fixed window, as the practice server has it; `others` calls of other desks a minute come in evenly. */
function sharedLimit(
  limit: number,
  others = 0,
): { take(): { rateLimit: RateLimit; isRefused: boolean }; refused: number } {
  let startedAt = Number.NEGATIVE_INFINITY;
  let own = 0;
  const shared = {
    refused: 0,
    take() {
      const now = world.clock.now();
      if (now >= startedAt + MINUTE) {
        startedAt = now;
        own = 0;
      }
      own += 1;
      const used = own + Math.floor((others * (now - startedAt)) / MINUTE);
      const isRefused = used > limit;
      if (isRefused) shared.refused += 1;
      const resetMs = Math.ceil((startedAt + MINUTE - now) / 1_000) * 1_000;
      return { rateLimit: { limit, remaining: Math.max(limit - used, 0), resetMs }, isRefused };
    },
  };
  return shared;
}

test('ten thousand submissions in review: questions stay inside a fifth of the limit, and what is to be sent goes at once', async () => {
  const limit = sharedLimit(300);
  let asked = 0;
  world.provider.script = async ({ kind }) => {
    await world.clock.sleep(200);
    const { rateLimit } = limit.take();
    if (kind !== 'follow') return { ...done(), rateLimit };
    asked += 1;
    return { kind: 'again', afterMs: 2_000, evidence: evidence(), progress: { state: 'in_review' }, rateLimit };
  };
  const id = world.submission({ state: 'in_review' });
  for (let n = 1; n < 100; n += 1) world.submission({ state: 'in_review' });
  for (let n = 0; n < 100; n += 1) {
    const submissionId = n === 0 ? id : `submission-${String(n + 1).padStart(6, '0')}`;
    world.enqueue(
      ...Array.from({ length: 100 }, () => world.newOperation(submissionId, { kind: 'follow', isFollow: true })),
    );
  }
  world.dispatcher.start();
  await world.clock.advance(10 * MINUTE);
  // A fifth of 300 a minute, and the ten that a quiet time allows at once.
  expect(asked).toBeLessThanOrEqual(10 * 60 + 10);
  expect(asked).toBeGreaterThan(10 * 60 * 0.8);
  expect(limit.refused).toBe(0);
  const customer = world.submission();
  world.release(customer, world.newOperation(customer));
  await world.clock.advance(1_500);
  expect(world.submissionRow(customer).state).toBe('sent');
});

test('questions are asked no more once there is a decision', async () => {
  world.provider.script = ({ kind }) =>
    kind === 'follow' ? { ...done(), progress: { state: 'accepted', message: { code: 'test.accepted' } } } : done();
  const id = world.submission();
  const sent = world.newOperation(id);
  world.dispatcher.start();
  world.release(id, sent, world.newOperation(id, { kind: 'follow', isFollow: true, needs: [sent.id] }));
  await world.clock.advance(24 * 60 * MINUTE);
  expect(world.submissionRow(id).state).toBe('accepted');
  expect(world.provider.performed).toHaveLength(2);
});

test('beside a busy bank the desk takes a share, is hardly ever refused, and knows about when it will be done', async () => {
  const limit = sharedLimit(300, 240);
  world.provider.script = async () => {
    await world.clock.sleep(200);
    const { rateLimit, isRefused } = limit.take();
    return isRefused
      ? { kind: 'rate_limited', evidence: evidence('test.limited', 429), afterMs: rateLimit.resetMs, rateLimit }
      : { ...done(), rateLimit };
  };
  for (let n = 0; n < 100; n += 1) {
    const id = world.submission();
    world.release(id, world.newOperation(id), world.newOperation(id), world.newOperation(id));
  }
  const startedAt = world.clock.now();
  world.dispatcher.start();
  await world.clock.advance(3 * MINUTE);
  const forecast = world.dispatcher.status().clearAt;
  expect(forecast).not.toBeNull();
  await world.clock.until(() => world.dispatcher.status().waiting === 0, 60 * MINUTE);
  const truth = world.clock.now();
  // Sixty calls a minute are left by the others, so five minutes at least.
  expect(truth - startedAt).toBeLessThan(8 * MINUTE);
  expect(limit.refused / world.provider.performed.length).toBeLessThan(0.05);
  expect(Math.abs((forecast ?? 0) - truth)).toBeLessThan(0.2 * (truth - startedAt));
});

test('desks with databases of their own come back together after an outage, share one limit, and nobody is left behind', async () => {
  const desks = [world, ...Array.from({ length: 9 }, (_, n) => new World(n + 2, world.clock))];
  const CUSTOMERS = 30;
  const CALLS_EACH = 3;
  const limit = sharedLimit(300);
  let isDown = true;
  let calls = 0;
  const doneAt = new Map<World, number>();
  for (const desk of desks) {
    desk.provider.script = async () => {
      await world.clock.sleep(200);
      if (isDown) return { kind: 'pause', cause: 'wait', evidence: evidence('test.offline', null), afterMs: 15_000 };
      calls += 1;
      const { rateLimit, isRefused } = limit.take();
      doneAt.set(desk, world.clock.now());
      return isRefused
        ? { kind: 'rate_limited', evidence: evidence('test.limited', 429), afterMs: rateLimit.resetMs, rateLimit }
        : { ...done(), rateLimit };
    };
    for (let n = 0; n < CUSTOMERS; n += 1) {
      const id = desk.submission();
      desk.release(id, ...Array.from({ length: CALLS_EACH }, () => desk.newOperation(id)));
    }
    desk.dispatcher.start();
  }
  await world.clock.advance(60 * MINUTE);
  isDown = false;
  const backAt = world.clock.now();
  await world.clock.until(() => desks.every((desk) => desk.dispatcher.status().waiting === 0), 60 * MINUTE);
  const took = desks.map((desk) => (doneAt.get(desk) ?? 0) - backAt);
  const average = took.reduce((sum, ms) => sum + ms, 0) / took.length;
  for (const desk of desks.slice(1)) {
    const stopping = desk.dispatcher.stop();
    await world.clock.advance(10_000);
    await stopping;
    desk.dispose();
  }
  // Three minutes of the limit, after at most six until each has looked for the network.
  const minimum = (desks.length * CUSTOMERS * CALLS_EACH) / 300;
  // Without the shares each desk would run into the end of a window: one in a hundred.
  expect(limit.refused / calls).toBeLessThan(0.005);
  expect(Math.max(...took) / average).toBeLessThan(1.5);
  expect(calls - limit.refused).toBe(desks.length * CUSTOMERS * CALLS_EACH);
  expect(Math.max(...took)).toBeLessThan((6.25 + 2 * minimum) * MINUTE);
});
