/** A call whose answer was lost: repeated, looked up or left to a person, and never taken for sent. */
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../../main/providers/port.ts';
import { decideAttention } from '../../../main/sync/index.ts';
import { HOUR, MINUTE, desk, kim, offline, one, world, worldForEach } from '../../support/one-world.ts';
import { done, evidence, lost } from '../../support/sync-world.ts';

worldForEach();

describe('lost answers', () => {
  test('with a key the provider still keeps: repeated with the same key, after the grace', async () => {
    const { id, operationId } = one('upload', 100_000);
    world.provider.script = (_operation, context) => lost(context);
    world.dispatcher.start();
    await world.clock.advance(9_999);
    expect(world.state(operationId)).toBe('unknown');
    expect(world.provider.attemptsOf(operationId)).toBe(1);
    world.provider.script = () => done();
    await world.clock.advance(1);
    expect(world.provider.performed.map(({ key, attempt }) => [key, attempt])).toEqual([
      [`key-of-${operationId}`, 1],
      [`key-of-${operationId}`, 2],
    ]);
    expect(world.provider.lookedUp).toEqual([]);
    expect(world.submissionRow(id).state).toBe('sent');
    expect(world.timeline(id)).toContain('operation.unknown');
  });

  test('a repeat that does not get through leaves it unknown', async () => {
    const { operationId } = one('upload', 100_000);
    world.provider.script = (_operation, context) => lost(context);
    world.dispatcher.start();
    await world.clock.advance(0);
    for (const outcome of [
      offline,
      { kind: 'retry', evidence: evidence('test.gateway', 503) },
      { kind: 'rate_limited', evidence: evidence('test.limited', 429), afterMs: 1_000 },
    ] satisfies Outcome[]) {
      const before = world.provider.performed.length;
      world.provider.script = () => outcome;
      await world.clock.until(() => world.provider.performed.length > before);
      await world.clock.advance(0);
      expect(world.state(operationId)).toBe('unknown');
    }
  });

  test('with a key older than the provider keeps it: looked up, never repeated blindly', async () => {
    const { operationId } = one('upload', 100_000);
    world.provider.script = (_operation, context) => lost(context);
    world.dispatcher.start();
    await world.clock.advance(0);
    world.dispatcher.setPaused(true);
    await world.clock.advance(23 * HOUR + MINUTE);
    world.dispatcher.setPaused(false);
    await world.clock.advance(0);
    expect(world.provider.attemptsOf(operationId)).toBe(1);
    expect(world.provider.lookedUp).toEqual([operationId]);
    expect(world.state(operationId)).toBe('attention');
  });

  test('a clock that was set back makes no old key young', async () => {
    const { operationId } = one('upload', 100_000);
    world.provider.script = (_operation, context) => lost(context);
    world.dispatcher.start();
    await world.clock.advance(0);
    world.dispatcher.setPaused(true);
    await world.clock.advance(12 * HOUR);
    world.clock.setWallBy(-2 * HOUR);
    await world.clock.advance(12 * HOUR);
    world.dispatcher.setPaused(false);
    await world.clock.advance(0);
    expect(world.provider.attemptsOf(operationId)).toBe(1);
    expect(world.provider.lookedUp).toEqual([operationId]);
  });

  test('a clock that was set back makes no young key old', async () => {
    const { operationId } = one('upload', 100_000);
    world.provider.script = ({ attempt }, context) => (attempt === 1 ? lost(context) : done());
    world.dispatcher.start();
    await world.clock.advance(0);
    world.clock.setWallBy(-2 * HOUR);
    world.dispatcher.wake();
    await world.clock.advance(11_000);
    expect(world.provider.lookedUp).toEqual([]);
    expect(world.state(operationId)).toBe('done');
  });

  test('of a held customer is neither looked up nor repeated before the customer may go on', async () => {
    const { id, operationId } = one();
    world.provider.script = (_operation, context) => lost(context);
    world.dispatcher.start();
    await world.clock.advance(0);
    const hold = (isHeld: number) => world.db.run('UPDATE submissions SET is_held = ? WHERE id = ?', [isHeld, id]);
    world.db.transaction(() => hold(1));
    await world.clock.advance(HOUR);
    expect([world.state(operationId), world.provider.lookedUp]).toEqual(['unknown', []]);
    world.db.transaction(() => hold(0));
    world.dispatcher.wake();
    await world.clock.advance(0);
    expect(world.provider.lookedUp).toEqual([operationId]);
  });

  test('looked up: it had happened, so it is done without a second request', async () => {
    const { id, operationId } = one();
    const pageId = world.page(id, 'identity/id_card/front');
    world.provider.script = (_operation, context) => lost(context);
    const happened = { kind: 'done', result: { found: 1 }, evidence: evidence(), deliveredPageIds: [pageId] } as const;
    world.provider.lookUpScript = () => ({ kind: 'happened', outcome: happened });
    world.dispatcher.start();
    await world.clock.advance(10_000);
    expect(world.provider.attemptsOf(operationId)).toBe(1);
    expect(world.operation(operationId).result).toEqual({ found: 1 });
    expect(world.submissionRow(id).state).toBe('sent');
    expect(world.db.get('SELECT delivered_at FROM pages WHERE id = ?', [pageId])).toEqual({
      delivered_at: world.clock.now(),
    });
  });

  test('looked up: it had not happened, so it is sent again', async () => {
    const { operationId } = one();
    world.provider.script = ({ attempt }, context) => (attempt === 1 ? lost(context) : done());
    world.provider.lookUpScript = () => ({ kind: 'did_not_happen', evidence: evidence() });
    world.dispatcher.start();
    await world.clock.advance(10_000);
    expect(world.provider.attemptsOf(operationId)).toBe(2);
    expect(world.state(operationId)).toBe('done');
  });

  test('a look-up that does not work is repeated, not the request', async () => {
    const { operationId } = one();
    world.provider.script = (_operation, context) => lost(context);
    world.provider.lookUpScript = () => ({
      kind: 'failed',
      outcome: { kind: 'retry', evidence: evidence('test.down', 502) },
    });
    world.dispatcher.start();
    await world.clock.advance(24 * HOUR);
    expect(world.provider.attemptsOf(operationId)).toBe(1);
    expect(world.provider.lookedUp.length).toBeGreaterThan(8);
    expect(world.state(operationId)).toBe('unknown');
  });

  test('nothing can tell: a person decides, and is offered only what is safe', async () => {
    const { id, operationId } = one('byPerson');
    world.provider.script = ({ attempt }, context) => (attempt === 1 ? lost(context) : done());
    world.dispatcher.start();
    await world.clock.advance(10_000);
    expect(world.state(operationId)).toBe('attention');
    expect(world.submissionRow(id)).toMatchObject({ is_attention: 1, cause: 'call_it', state: 'sending' });
    expect(world.operation(operationId).committedAt).not.toBeNull();
    expect(() => {
      decideAttention(desk(), id, 'retry', kim());
    }).toThrow('nothing waits for this decision');
    await world.clock.advance(30 * 24 * HOUR);
    expect(world.provider.attemptsOf(operationId)).toBe(1);
    decideAttention(desk(), id, 'send_again', kim());
    world.dispatcher.wake();
    await world.clock.advance(0);
    expect(world.provider.performed.map(({ key }) => key)).toEqual([`key-of-${operationId}`, `key-of-${operationId}`]);
    expect(world.submissionRow(id)).toMatchObject({ is_attention: 0, state: 'sent' });
  });

  test('confirmed by a person: sent, without another request', async () => {
    const { id, operationId } = one('byPerson');
    world.provider.script = (_operation, context) => lost(context);
    world.dispatcher.start();
    await world.clock.advance(10_000);
    decideAttention(desk(), id, 'confirm_delivered', kim());
    expect(world.submissionRow(id)).toMatchObject({ is_attention: 0, state: 'sent' });
    expect(world.provider.attemptsOf(operationId)).toBe(1);
  });

  test('past the point of no return and without an answer it is unknown, whatever the adapter calls it', async () => {
    const outcomes: Outcome[] = [
      { kind: 'retry', evidence: evidence('test.reset', null) },
      offline,
      { kind: 'rate_limited', evidence: evidence('test.odd', null), afterMs: 1_000 },
    ];
    world.dispatcher.start();
    for (const outcome of outcomes) {
      world.provider.script = (_operation, context) => {
        context.beforeLastByte();
        return outcome;
      };
      world.dispatcher.resumeConnection('connection');
      const { operationId } = one();
      await world.clock.advance(0);
      expect(world.state(operationId)).toBe('unknown');
    }
  });

  test('asking a status is never in doubt', async () => {
    const { operationId } = one('follow');
    world.provider.script = ({ attempt }, context) => (attempt === 1 ? lost(context) : done());
    world.dispatcher.start();
    await world.clock.advance(0);
    expect(world.state(operationId)).toBe('pending');
    await world.clock.advance(10_000);
    expect(world.state(operationId)).toBe('done');
  });

  test('a fresh key only where the adapter says that the first request did not happen', async () => {
    const { operationId } = one('upload', 100_000);
    world.provider.script = ({ attempt }, context) => {
      if (attempt > 1) return done();
      context.beforeLastByte();
      return { kind: 'retry', evidence: evidence('test.error', 500), freshKey: true };
    };
    world.dispatcher.start();
    await world.clock.advance(MINUTE);
    const keys = world.provider.performed.map(({ key }) => key);
    expect(keys).toHaveLength(2);
    expect(keys[0]).not.toBe(keys[1]);
    expect(world.state(operationId)).toBe('done');
  });
});

test.each([
  { freshKey: true, isSameKey: false },
  { freshKey: false, isSameKey: true },
])('after a pause whose refusal the provider keeps with the key ($freshKey) the key is new', async (given) => {
  const { operationId } = one('upload', 100_000);
  const refusal = {
    kind: 'pause',
    cause: 'call_it',
    evidence: evidence('test.withdrawn', 410),
    afterMs: 10_000,
  } as const;
  world.provider.script = (_operation, context) => {
    context.beforeLastByte();
    return world.provider.attemptsOf(operationId) > 1 ? done() : { ...refusal, freshKey: given.freshKey };
  };
  world.dispatcher.start();
  await world.clock.advance(HOUR);
  const [first, second] = world.provider.performed.map(({ key }) => key);
  expect(world.state(operationId)).toBe('done');
  expect(first === second).toBe(given.isSameKey);
});
