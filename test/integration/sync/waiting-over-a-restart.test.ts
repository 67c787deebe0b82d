/** Whatever something waits for, it goes on waiting for it after a restart, and for no longer; and clocks that jump ahead. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Outcome } from '../../../main/providers/port.ts';
import { DEFAULT_SENDING_RULES } from '../../../shared/domain/index.ts';
import { World, done, evidence, lost } from '../../support/sync-world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Longer than the longest time between two tests of a connection. */
const UNTIL_TESTED = 7 * MINUTE;
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

/** A released submission with one operation. */
function one(kind = 'small', byteLength = 0): { id: string; operationId: string } {
  const id = world.submission();
  const operation = world.newOperation(id, { kind, byteLength });
  world.release(id, operation);
  return { id, operationId: operation.id };
}

const WAITS: readonly [string, Outcome][] = [
  ['no network', { kind: 'pause', cause: 'wait', evidence: evidence('test.offline', null), afterMs: 5 * MINUTE }],
  ['429', { kind: 'rate_limited', evidence: evidence('test.limited', 429), afterMs: 5 * MINUTE }],
];

describe('after a restart', () => {
  test.each(WAITS)(
    'a connection that waits (%s) is not tried earlier, and goes on by itself',
    async (_why, outcome) => {
      const first = one();
      world.provider.script = () => outcome;
      world.dispatcher.start();
      await world.clock.advance(0);
      const second = one();
      world.crashAndStart();
      world.provider.script = () => done();
      await world.clock.advance(4 * MINUTE);
      expect(world.provider.performed).toHaveLength(1);
      await world.clock.advance(UNTIL_TESTED);
      expect([first, second].map(({ id }) => world.submissionRow(id).state)).toEqual(['sent', 'sent']);
      expect(world.operation(first.operationId).attempts).toBe(1);
    },
  );

  test('a provider that was down (503) is tested by one call, and then everything goes', async () => {
    const all = Array.from({ length: 8 }, () => one());
    world.provider.script = () => ({ kind: 'retry', evidence: evidence('test.down', 503) });
    world.dispatcher.start();
    await world.clock.advance(HOUR);
    const before = world.provider.performed.length;
    world.crashAndStart();
    await world.clock.advance(UNTIL_TESTED);
    expect(world.provider.performed.length - before).toBeLessThanOrEqual(2);
    world.provider.script = () => done();
    await world.clock.advance(20 * MINUTE);
    expect(all.map(({ id }) => world.submissionRow(id).state)).toEqual(all.map(() => 'sent'));
  });

  test.each([400, 409, 413, 422])('what was refused (%i) is asked about again, and not sent again', async (status) => {
    const { id, operationId } = one();
    world.provider.script = () => ({
      kind: 'attention',
      cause: 'correct_data',
      evidence: evidence('test.refused', status),
    });
    world.dispatcher.start();
    await world.clock.advance(0);
    world.crashAndStart();
    await world.clock.advance(30 * DAY);
    expect(world.provider.attemptsOf(operationId)).toBe(1);
    expect(world.submissionRow(id)).toMatchObject({ is_attention: 1, cause: 'correct_data' });
  });

  test('ten thousand that wait begin where they were: what was in flight first, the others in their old order', async () => {
    const waiting: string[] = [];
    world.db.transaction(() => {
      for (let n = 0; n < 10_000; n += 1) {
        const id = world.submission();
        const operation = world.newOperation(id);
        world.release(id, operation);
        waiting.push(operation.id);
      }
    });
    world.provider.script = () => new Promise(() => {});
    world.dispatcher.start();
    await world.clock.advance(0);
    const inFlight = world.provider.performed.map(({ id }) => id);
    expect(inFlight).toEqual(waiting.slice(0, inFlight.length));
    world.provider.performed.length = 0;
    world.provider.script = async () => {
      await world.clock.sleep(100);
      return done();
    };
    world.crashAndStart();
    await world.clock.advance(5_000);
    const sent = world.provider.performed.map(({ id }) => id);
    expect(sent.length).toBeGreaterThan(100);
    expect(sent).toEqual(waiting.slice(0, sent.length));
    expect(world.dispatcher.status().waiting).toBeGreaterThan(9_000);
  });
});

describe('a clock', () => {
  test('that is set a day ahead, and back again, makes nothing late, and nothing is sent twice', async () => {
    world.provider.script = ({ attempt }) =>
      attempt === 1 ? { kind: 'retry', evidence: evidence('test.down', 503) } : done();
    const before = one();
    world.dispatcher.start();
    await world.clock.advance(0);
    world.clock.setWallBy(DAY);
    const ahead = one();
    world.dispatcher.wake();
    await world.clock.advance(1);
    expect([before, ahead].map(({ operationId }) => world.state(operationId))).toEqual(['done', 'pending']);
    world.clock.setWallBy(-DAY);
    world.dispatcher.wake();
    await world.clock.advance(10_000);
    expect(world.state(ahead.operationId)).toBe('done');
    expect(world.provider.performed).toHaveLength(4);
  });

  test('that is set a day ahead makes the key of a lost call old: it is looked up, not repeated', async () => {
    const { operationId } = one('upload', 100_000);
    world.provider.script = (_operation, context) => lost(context);
    world.dispatcher.start();
    await world.clock.advance(0);
    world.clock.setWallBy(DAY);
    world.dispatcher.wake();
    await world.clock.advance(MINUTE);
    expect(world.provider.attemptsOf(operationId)).toBe(1);
    expect(world.provider.lookedUp).toEqual([operationId]);
  });

  test('that is in another time zone from now on keeps the hours of that zone, and delays nothing else', async () => {
    const zone = process.env['TZ'];
    try {
      process.env['TZ'] = 'UTC';
      // Nine in the morning in UTC; the virtual clock begins there.
      world.rules = { ...DEFAULT_SENDING_RULES, hours: { from: 11 * 60, until: 18 * 60 } };
      const { operationId } = one();
      world.dispatcher.start();
      await world.clock.advance(HOUR);
      expect(world.state(operationId)).toBe('pending');
      process.env['TZ'] = 'Europe/Berlin';
      await world.clock.advance(11 * MINUTE);
      expect(new Date(world.clock.now()).getHours()).toBe(12);
      expect(world.state(operationId)).toBe('done');
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });
});
