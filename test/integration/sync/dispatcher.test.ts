import { MOST_UPLOADS } from '../../../main/sync/upload-window.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readLedger, verifyLedger } from '../../../main/ledger/index.ts';
import { CredentialMissing, PageUnreadable } from '../../../main/providers/port.ts';
import type { Outcome, Progress } from '../../../main/providers/port.ts';
import { cancelForSubmission, park, unpark } from '../../../main/outbox/index.ts';
import { hold, voidSubmission } from '../../../main/submissions/index.ts';
import { decideAttention } from '../../../main/sync/index.ts';
import { World, done, evidence, lost } from '../../support/sync-world.ts';

const FollowPayload = z.object({ n: z.number() });
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let world: World;

beforeEach(() => {
  world = new World();
});
afterEach(async () => {
  world.isDiskFull = false;
  const stopping = world.dispatcher.stop();
  await world.clock.advance(10_000);
  await stopping;
  world.dispose();
});

const desk = () => ({
  db: world.db,
  providers: new Map([['persona' as const, world.provider]]),
  connections: world.connections,
  random: world.random,
});
/** As capture holds a submission: on the ladder and in the queue. */
function holdIt(submissionId: string, isHeld: boolean): void {
  world.db.transaction((db) => {
    hold(db, submissionId, isHeld, kim());
    (isHeld ? park : unpark)(db, { submissionId });
  });
}
const kim = () => ({ now: world.clock.now(), operator: 'kim' });
const offline: Outcome = { kind: 'pause', cause: 'wait', evidence: evidence('test.offline', null), afterMs: 10_000 };
const refused: Outcome = { kind: 'attention', cause: 'correct_data', evidence: evidence('test.refused', 422) };

/** A released submission with one operation. */
function one(kind = 'small', byteLength = 0): { id: string; operationId: string } {
  const id = world.submission();
  const operation = world.newOperation(id, { kind, byteLength });
  world.release(id, operation);
  return { id, operationId: operation.id };
}

describe('order and fairness', () => {
  test('a released submission goes to sent, one operation after the other', async () => {
    const id = world.submission();
    const first = world.newOperation(id, { kind: 'upload', byteLength: 100_000 });
    const second = world.newOperation(id, { needs: [first.id] });
    world.dispatcher.start();
    world.release(id, first, second);
    await world.clock.advance(0);
    expect(world.provider.performed.map((call) => call.id)).toEqual([first.id, second.id]);
    expect(world.submissionRow(id).state).toBe('sent');
    expect(world.timeline(id)).toEqual([
      'submission.released',
      'submission.sending',
      'operation.done',
      'operation.done',
      'submission.sent',
    ]);
    expect(readLedger(world.db, { submissionId: id })[2]?.data).toMatchObject({ requestId: 'req-1', attempt: 1 });
  });

  test('a few calls at once, one of a submission; uploads have places of their own, and small calls pass them', async () => {
    world.provider.script = async () => {
      await world.clock.sleep(1_000);
      return done();
    };
    world.dispatcher.start();
    for (let customer = 0; customer < 9; customer += 1) {
      const id = world.submission();
      const upload = () => world.newOperation(id, { kind: 'upload', byteLength: 100_000 });
      world.release(id, upload(), upload());
    }
    await world.clock.advance(10);
    expect(world.provider.inFlight).toBe(MOST_UPLOADS);
    const small = one();
    await world.clock.advance(10);
    expect(world.provider.inFlight).toBe(MOST_UPLOADS + 1);
    expect(world.dispatcher.status()).toMatchObject({ sending: MOST_UPLOADS + 1, waiting: 10 });
    await world.clock.advance(1_000);
    expect(world.submissionRow(small.id).state).toBe('sent');
    await world.clock.advance(10_000);
    expect(world.provider.performed).toHaveLength(19);
    expect(world.provider.mostOfASubmission).toBe(1);
    expect(world.provider.mostInFlight).toBe(MOST_UPLOADS + 1);
  });

  test('uploads that break on the way are followed by fewer at once', async () => {
    world.provider.script = async () => {
      await world.clock.sleep(1_000);
      return { kind: 'retry', evidence: evidence('test.reset', null, null) };
    };
    world.dispatcher.start();
    for (let customer = 0; customer < 9; customer += 1) {
      const id = world.submission();
      world.release(id, world.newOperation(id, { kind: 'upload', byteLength: 100_000 }));
    }
    await world.clock.advance(10);
    expect(world.provider.inFlight).toBe(MOST_UPLOADS);
    await world.clock.advance(1_000);
    expect(world.provider.inFlight).toBe(1);
  });

  test('small calls without end do not starve an upload', async () => {
    world.provider.script = async ({ kind }) => {
      await world.clock.sleep(100);
      return kind === 'follow' ? { kind: 'again', afterMs: 250, evidence: evidence() } : done();
    };
    for (let n = 0; n < 20; n += 1) one('follow');
    const upload = one('upload', 1_000_000);
    world.dispatcher.start();
    await world.clock.advance(1_000);
    expect(world.state(upload.operationId)).toBe('done');
  });

  test('a customer that fails for ever blocks nobody and is never given up', async () => {
    const stuck = one();
    world.provider.script = ({ submissionId }) =>
      submissionId === stuck.id ? { kind: 'retry', evidence: evidence('test.down', 503) } : done();
    const others = Array.from({ length: 20 }, () => one());
    world.dispatcher.start();
    await world.clock.advance(1);
    expect(others.map(({ id }) => world.submissionRow(id).state)).toEqual(others.map(() => 'sent'));
    await world.clock.advance(100 * HOUR);
    expect(world.state(stuck.operationId)).toBe('pending');
    expect(world.provider.attemptsOf(stuck.operationId)).toBeGreaterThan(20);
    expect(
      new Set(world.provider.performed.filter(({ id }) => id === stuck.operationId).map(({ key }) => key)).size,
    ).toBe(1);
    // Asleep between the attempts: nothing but the one timer to the next due time.
    expect(world.clock.pending).toBe(1);
  });

  test('held is not sent, and goes on when it is let go; off the line nothing is', async () => {
    const { id, operationId } = one();
    holdIt(id, true);
    world.dispatcher.start();
    await world.clock.advance(HOUR);
    expect(world.provider.performed).toEqual([]);
    world.dispatcher.setOnline(false);
    holdIt(id, false);
    world.dispatcher.wake();
    await world.clock.advance(HOUR);
    expect(world.provider.performed).toEqual([]);
    // The switch survives a restart.
    world.crashAndStart();
    await world.clock.advance(HOUR);
    expect(world.dispatcher.status()).toMatchObject({ isOnlineWanted: false, waiting: 1 });
    world.dispatcher.setOnline(true);
    await world.clock.advance(0);
    expect(world.state(operationId)).toBe('done');
  });
});

describe('a connection that waits', () => {
  test('offline pauses it as a whole, costs no attempt, tests with one call, and goes on by itself', async () => {
    const all = Array.from({ length: 10 }, () => one());
    let isOffline = true;
    world.provider.script = () => (isOffline ? offline : done());
    world.dispatcher.start();
    await world.clock.advance(0);
    const first = world.provider.performed.length;
    expect(first).toBeLessThanOrEqual(4);
    expect(world.dispatcher.status()).toMatchObject({ network: 'offline', networkMessage: { code: 'test.offline' } });
    await world.clock.advance(12 * HOUR);
    const tests = world.provider.performed.length - first;
    expect(tests).toBeGreaterThan(50);
    expect(tests).toBeLessThan(12 * 60);
    expect(
      all.flatMap(({ id }) => world.operations(id)).every(({ attempts, failures }) => attempts === 0 && failures === 0),
    ).toBe(true);
    expect(all.flatMap(({ id }) => world.timeline(id)).filter((kind) => kind === 'connection.paused')).toHaveLength(1);
    isOffline = false;
    await world.clock.advance(7 * MINUTE);
    expect(all.map(({ id }) => world.submissionRow(id).state)).toEqual(all.map(() => 'sent'));
    expect(world.dispatcher.status()).toMatchObject({ network: 'online', waiting: 0 });
  });

  test('after ten hours in which the provider was down nothing waits for the ladder that those hours have climbed', async () => {
    const all = Array.from({ length: 10 }, () => one());
    let isDown = true;
    world.provider.script = () => (isDown ? { kind: 'retry', evidence: evidence('test.down', 503) } : done());
    world.dispatcher.start();
    await world.clock.advance(10 * HOUR);
    expect(Math.max(...all.flatMap(({ id }) => world.operations(id)).map(({ failures }) => failures))).toBeGreaterThan(
      5,
    );
    isDown = false;
    await world.clock.advance(20 * MINUTE);
    expect(all.map(({ id }) => world.submissionRow(id).state)).toEqual(all.map(() => 'sent'));
  });

  test('a refused credential stops only its connection, until a person acts; also over a restart', async () => {
    const other = world.submission({ connectionId: 'other' });
    world.provider.script = (_operation, context) => {
      if (context.connection.id === 'connection') throw new CredentialMissing();
      return done();
    };
    const mine = one();
    world.dispatcher.start();
    world.release(other, world.newOperation(other, { connectionId: 'other' }));
    await world.clock.advance(10 * HOUR);
    expect(world.submissionRow(other).state).toBe('sent');
    expect(world.provider.attemptsOf(mine.operationId)).toBe(1);
    world.crashAndStart();
    await world.clock.advance(10 * HOUR);
    expect(world.provider.attemptsOf(mine.operationId)).toBe(1);
    expect(world.dispatcher.status().attention).toBe(1);
    world.provider.script = () => done();
    world.dispatcher.resumeConnection('connection');
    await world.clock.advance(0);
    expect(world.dispatcher.status().attention).toBe(0);
    expect(world.operation(mine.operationId)).toMatchObject({ attempts: 1 });
    expect(world.submissionRow(mine.id).state).toBe('sent');
  });

  test('rate limited: the whole connection waits as long as it was told, and no attempt is spent', async () => {
    const all = Array.from({ length: 8 }, () => one());
    let limitedUntil = world.clock.now() + 30_000;
    world.provider.script = () =>
      world.clock.now() < limitedUntil
        ? { kind: 'rate_limited', evidence: evidence('test.limited', 429), afterMs: limitedUntil - world.clock.now() }
        : done();
    world.dispatcher.start();
    await world.clock.advance(29_999);
    const asked = world.provider.performed.length;
    expect(asked).toBeLessThanOrEqual(4);
    expect(all.flatMap(({ id }) => world.operations(id)).every(({ attempts }) => attempts === 0)).toBe(true);
    limitedUntil = 0;
    // Up to a quarter longer: the desks that were refused in the same window must not come back at the same moment.
    await world.clock.advance(7_500);
    expect(all.flatMap(({ id }) => world.operations(id)).map(({ attempts }) => attempts)).toEqual(all.map(() => 1));
    expect(world.provider.performed).toHaveLength(asked + 8);
  });

  test('an exhausted budget is waited for before it is overdrawn; a nearly exhausted one is spread', async () => {
    let remaining = 12;
    let windowEnds = 0;
    let overdrawn = 0;
    world.provider.script = () => {
      if (world.clock.now() >= windowEnds) {
        windowEnds = world.clock.now() + MINUTE;
        remaining = 100;
      }
      if (remaining === 0) overdrawn += 1;
      remaining = Math.max(remaining - 1, 0);
      return { ...done(), rateLimit: { limit: 100, remaining, resetMs: windowEnds - world.clock.now() } };
    };
    for (let n = 0; n < 250; n += 1) one();
    world.dispatcher.start();
    await world.clock.advance(0);
    expect(world.provider.performed.length).toBeLessThan(100);
    await world.clock.advance(5 * MINUTE);
    expect(world.provider.performed).toHaveLength(250);
    expect(overdrawn).toBe(0);
  });

  test('try now tests a paused connection and a waiting operation at once', async () => {
    const { id } = one();
    world.provider.script = () => ({ kind: 'retry', evidence: evidence('test.down', 503), afterMs: HOUR });
    world.dispatcher.start();
    await world.clock.advance(0);
    world.provider.script = () => ({ ...offline, afterMs: null });
    world.dispatcher.tryNow(id);
    await world.clock.advance(0);
    world.provider.script = () => done();
    await world.clock.advance(24 * HOUR);
    expect(world.submissionRow(id).state).toBe('sending');
    world.dispatcher.tryNow();
    await world.clock.advance(0);
    expect(world.submissionRow(id).state).toBe('sent');
  });
});

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

describe('what only a person can put right', () => {
  test('a refusal waits for a person; the next try is a new request', async () => {
    const { id, operationId } = one('upload', 100_000);
    world.provider.script = (_operation, context) => {
      context.beforeLastByte();
      return refused;
    };
    world.dispatcher.start();
    await world.clock.advance(30 * 24 * HOUR);
    expect(world.provider.attemptsOf(operationId)).toBe(1);
    expect(world.submissionRow(id)).toMatchObject({ is_attention: 1, cause: 'correct_data' });
    expect(world.dispatcher.status()).toMatchObject({ attention: 1, waiting: 0 });
    expect(world.operation(operationId).committedAt).toBeNull();
    world.provider.script = () => done();
    decideAttention(desk(), id, 'retry', kim());
    world.dispatcher.wake();
    await world.clock.advance(0);
    expect(new Set(world.provider.performed.map(({ key }) => key)).size).toBe(2);
    expect(world.submissionRow(id)).toMatchObject({ is_attention: 0, state: 'sent' });
  });

  test.each([
    ['before anything could arrive', false],
    ['after the request may have arrived', true],
  ])('an adapter that throws %s is a fault: told, never a crash, never done', async (_when, isAfter) => {
    const { id, operationId } = one();
    world.provider.script = (_operation, context) => {
      if (isAfter) context.beforeLastByte();
      throw new TypeError('a bug');
    };
    const other = one();
    world.dispatcher.start();
    await world.clock.advance(0);
    expect(world.state(operationId)).toBe('attention');
    expect(world.submissionRow(id)).toMatchObject({ is_attention: 1, cause: 'call_it' });
    expect(world.operation(operationId).committedAt !== null).toBe(isAfter);
    expect(world.logged.filter(({ event }) => event === 'sync.providerThrew')).toHaveLength(2);
    expect(world.state(other.operationId)).toBe('attention');
  });

  test('a damaged page asks for a new scan; a payload or a connection that is gone calls IT', async () => {
    const damaged = one();
    const strict = one('strict');
    const noKind = one('nonsense');
    const gone = world.submission({ connectionId: 'removed' });
    const orphan = world.newOperation(gone, { connectionId: 'removed' });
    world.provider.script = () => {
      throw new PageUnreadable('page');
    };
    world.dispatcher.start();
    world.release(gone, orphan);
    await world.clock.advance(0);
    expect([damaged.id, strict.id, noKind.id, gone].map((id) => world.submissionRow(id).cause)).toEqual([
      'rescan',
      'call_it',
      'call_it',
      'call_it',
    ]);
    expect(world.provider.performed.map((call) => call.id)).toEqual([damaged.operationId]);
  });

  test('a page that is refused opens its slot, calls the rest off, and is not asked for twice', async () => {
    const id = world.submission();
    const [front, back, bill] = ['identity/id_card/front', 'identity/id_card/back', 'address/utility_bill/single'].map(
      (slot) => world.page(id, slot),
    );
    const identity = world.newOperation(id, {
      kind: 'upload',
      byteLength: 100_000,
      payload: { pageIds: [front, back] },
    });
    const address = world.newOperation(id, { kind: 'upload', byteLength: 100_000, pageId: bill ?? null });
    world.provider.script = () => ({ kind: 'attention', cause: 'rescan', evidence: evidence('test.blurred', 422) });
    world.dispatcher.start();
    world.release(id, identity, address);
    await world.clock.advance(HOUR);
    const row = world.submissionRow(id);
    expect(row).toMatchObject({ state: 'retake', cause: 'rescan', is_attention: 0, round: 1 });
    expect(JSON.parse(row.retake_slots ?? 'null')).toEqual({
      'identity/id_card/back': { code: 'test.blurred' },
      'identity/id_card/front': { code: 'test.blurred' },
    });
    expect([world.state(identity.id), world.state(address.id)]).toEqual(['cancelled', 'cancelled']);
    expect(world.provider.performed).toHaveLength(1);
  });

  test('a void cancels what waits, and is refused while something may have arrived', async () => {
    const waiting = one();
    const flying = one();
    world.provider.script = async (_operation, context) => {
      context.beforeLastByte();
      await world.clock.sleep(1_000);
      return { kind: 'unknown', evidence: evidence('test.lost', null) };
    };
    holdIt(waiting.id, true);
    world.dispatcher.start();
    await world.clock.advance(0);
    const cancel = (submissionId: string) => cancelForSubmission(world.db, { submissionId });
    expect(cancel(flying.id)).toEqual({ kind: 'refused', because: 'in_flight' });
    await world.clock.advance(1_000);
    expect(cancel(flying.id)).toEqual({ kind: 'refused', because: 'may_have_arrived' });
    cancel(waiting.id);
    voidSubmission(world.db, waiting.id, new Uint8Array([1]), kim());
    expect(world.state(waiting.operationId)).toBe('cancelled');
    await world.clock.advance(HOUR);
    expect(world.provider.attemptsOf(waiting.operationId)).toBe(0);
  });
});

const retake = (requirementId: string, sides: ('front' | 'back')[] = []): Progress => ({
  state: 'retake',
  message: { code: `test.retake.${requirementId}` },
  slots: [{ requirementId, sides, message: { code: `test.why.${requirementId}` } }],
});

/** Two documents, each created and then followed. */
async function follow(...answers: Progress[]): Promise<string> {
  const id = world.submission();
  const operations = answers.flatMap((_answer, n) => {
    const create = world.newOperation(id, { kind: 'upload', byteLength: 100_000 });
    return [create, world.newOperation(id, { kind: 'follow', payload: { n }, needs: [create.id] })];
  });
  const polls = new Map<string, number>();
  world.provider.script = (operation) => {
    if (operation.kind !== 'follow') return done();
    const count = (polls.get(operation.id) ?? 0) + 1;
    polls.set(operation.id, count);
    const { n } = FollowPayload.parse(operation.payload);
    if (count <= 2 + n)
      return { kind: 'again', afterMs: 5_000, evidence: evidence('test.wait'), progress: { state: 'in_review' } };
    const progress = answers[n];
    return { kind: 'done', result: { n }, evidence: evidence(), ...(progress === undefined ? {} : { progress }) };
  };
  world.dispatcher.start();
  world.release(id, ...operations);
  await world.clock.advance(5_000);
  expect(world.submissionRow(id).state).toBe('in_review');
  await world.clock.advance(MINUTE);
  return id;
}

describe('decisions', () => {
  const accepted: Progress = { state: 'accepted', message: { code: 'test.accepted' } };
  const rejected: Progress = { state: 'rejected', message: { code: 'test.rejected' } };
  test('accepted only when every document is', async () => {
    const id = await follow(accepted, accepted);
    expect(world.submissionRow(id)).toMatchObject({
      state: 'accepted',
      explanation: '{"code":"test.accepted","params":{}}',
    });
    // Asked many times, told once.
    expect(world.timeline(id).filter((kind) => kind === 'operation.again')).toHaveLength(2);
    expect((await verifyLedger(world.db)).isIntact).toBe(true);
  });

  test('a rejection wins', async () => {
    expect(world.submissionRow(await follow(retake('identity'), rejected)).state).toBe('rejected');
  });

  test('retakes are merged: the named sides, or all of a document; then the next round decides', async () => {
    const id = await follow(retake('identity', ['back']), retake('address'));
    const row = world.submissionRow(id);
    expect(row).toMatchObject({ state: 'retake', cause: 'rescan', round: 1 });
    expect(Object.keys(z.record(z.string(), z.unknown()).parse(JSON.parse(row.retake_slots ?? '{}'))).sort()).toEqual([
      'address/utility_bill/single',
      'identity/id_card/back',
    ]);
    // What the provider sees of earlier results is what it gave.
    expect(
      world
        .operations(id)
        .filter(({ kind }) => kind === 'follow')
        .map(({ result }) => result),
    ).toEqual([{ n: 0 }, { n: 1 }]);
    world.provider.script = () => ({ kind: 'done', result: {}, evidence: evidence(), progress: accepted });
    world.release(id, world.newOperation(id, { kind: 'follow' }));
    await world.clock.advance(0);
    expect(world.submissionRow(id)).toMatchObject({ state: 'accepted', round: 1 });
  });

  test('a document refused while sending calls the rest off and asks for it again', async () => {
    const id = world.submission();
    const first = world.newOperation(id, { kind: 'upload', byteLength: 100_000 });
    const second = world.newOperation(id, { kind: 'upload', byteLength: 100_000 });
    const start = world.newOperation(id, { needs: [first.id, second.id] });
    world.provider.script = () => ({ kind: 'done', result: {}, evidence: evidence(), progress: retake('address') });
    world.dispatcher.start();
    world.release(id, first, second, start);
    await world.clock.advance(0);
    expect(world.submissionRow(id).state).toBe('retake');
    expect([first.id, second.id, start.id].map((one_) => world.state(one_))).toEqual([
      'done',
      'cancelled',
      'cancelled',
    ]);
  });
});

/** Ten hours of bad luck; answers the trace of all calls. */
async function run(): Promise<string> {
  const own = new World(7);
  own.provider.script = ({ attempt }, context) => {
    const chance = own.random.number();
    if (chance < 0.2) return lost(context);
    if (chance < 0.4) return { kind: 'retry', evidence: evidence('test.down', 503) };
    if (chance < 0.5) return offline;
    return attempt > 0 ? done() : refused;
  };
  own.provider.lookUpScript = () => ({ kind: 'did_not_happen', evidence: evidence() });
  for (let n = 0; n < 20; n += 1) {
    const id = own.submission();
    own.release(id, own.newOperation(id), own.newOperation(id, { kind: 'upload', byteLength: 100_000 }));
  }
  own.dispatcher.start();
  await own.clock.advance(10 * HOUR);
  const trace = JSON.stringify(own.provider.performed);
  const rows = own.db.get<{ open: number }>('SELECT count(*) AS open FROM operations WHERE state <> 4');
  expect(rows).toEqual({ open: 0 });
  const stopping = own.dispatcher.stop();
  await own.clock.advance(5_000);
  await stopping;
  own.dispose();
  return trace;
}

describe('the end, the disk, the clock', () => {
  test('stop takes less than five seconds, also with calls that hang; what may have arrived is unknown', async () => {
    const sent = one();
    const unsent = one();
    world.provider.script = ({ id }, context) => {
      if (id === sent.operationId) context.beforeLastByte();
      return new Promise(() => {});
    };
    world.dispatcher.start();
    await world.clock.advance(0);
    let isStopped = false;
    const stopping = (async () => {
      await world.dispatcher.stop();
      isStopped = true;
    })();
    await world.clock.advance(4_999);
    await stopping;
    expect(isStopped).toBe(true);
    expect([world.state(sent.operationId), world.state(unsent.operationId)]).toEqual(['unknown', 'pending']);
  });

  test('stop lets a short call finish and aborts a long one without a failure', async () => {
    const short = one();
    const long = one();
    world.provider.script = async ({ id }, context) => {
      if (id === short.operationId) {
        await world.clock.sleep(1_000);
        return done();
      }
      await world.clock.sleep(HOUR, context.signal).catch(() => {});
      return { kind: 'retry', evidence: evidence('test.aborted', null) };
    };
    world.dispatcher.start();
    await world.clock.advance(0);
    const stopping = world.dispatcher.stop();
    await world.clock.advance(4_999);
    await stopping;
    expect(world.state(short.operationId)).toBe('done');
    expect(world.operation(long.operationId)).toMatchObject({ state: 1, attempts: 0, failures: 0 });
  });

  test('a call that hangs for ever loses its place after the silence', async () => {
    const { operationId } = one();
    world.provider.script = ({ attempt }) => (attempt === 1 ? new Promise(() => {}) : done());
    world.dispatcher.start();
    await world.clock.advance(6 * MINUTE);
    expect(world.state(operationId)).toBe('done');
    expect(world.timeline(world.operation(operationId).submissionId)).toContain('operation.interrupted');
  });

  test('a crash at the worst moment: repeated with the same key, nothing twice', async () => {
    const { operationId } = one('upload', 100_000);
    world.provider.script = (_operation, context) => {
      context.beforeLastByte();
      return new Promise(() => {});
    };
    world.dispatcher.start();
    await world.clock.advance(0);
    world.provider.script = () => done();
    world.crashAndStart();
    await world.clock.advance(0);
    expect(world.provider.performed.map(({ key }) => key)).toEqual([`key-of-${operationId}`, `key-of-${operationId}`]);
    expect(world.state(operationId)).toBe('done');
  });

  test('a full disk: an answer is kept until it can be written, nothing new begins, then it goes on', async () => {
    const all = [one(), one(), one(), one(), one(), one()];
    world.provider.script = async () => {
      await world.clock.sleep(1_000);
      return done();
    };
    world.dispatcher.start();
    await world.clock.advance(500);
    world.isDiskFull = true;
    await world.clock.advance(10 * MINUTE);
    expect(world.provider.performed).toHaveLength(3);
    world.isDiskFull = false;
    await world.clock.advance(MINUTE);
    expect(all.map(({ id }) => world.submissionRow(id).state)).toEqual(all.map(() => 'sent'));
    expect(world.provider.performed).toHaveLength(6);
  });

  test('answers that arrive together are one commit, with what goes next', async () => {
    const all = Array.from({ length: 12 }, () => one('upload', 100_000));
    let answer = Promise.withResolvers<void>();
    world.provider.script = async () => {
      await answer.promise;
      return done();
    };
    const answerAll = async (): Promise<void> => {
      const { resolve } = answer;
      answer = Promise.withResolvers();
      resolve();
      await world.clock.advance(0);
    };
    world.dispatcher.start();
    await world.clock.advance(0);
    expect(world.provider.performed).toHaveLength(MOST_UPLOADS);
    world.transactions = 0;
    await answerAll();
    expect(world.provider.performed).toHaveLength(12);
    expect(world.transactions).toBe(1);
    await answerAll();
    expect(all.map(({ id }) => world.submissionRow(id).state)).toEqual(all.map(() => 'sent'));
  });

  test('what a full disk took only the second time, after room was made, goes once', async () => {
    const all = Array.from({ length: 12 }, (_, n) => (n % 2 === 0 ? one('upload', 100_000) : one()));
    world.provider.script = async () => {
      await world.clock.sleep(1_000);
      return done();
    };
    world.isRoomMade = true;
    world.dispatcher.start();
    await world.clock.advance(MINUTE);
    expect(all.map(({ id }) => world.submissionRow(id).state)).toEqual(all.map(() => 'sent'));
    expect(world.provider.performed).toHaveLength(12);
    expect(world.provider.mostInFlight).toBe(9);
  });

  test('a start on a full disk is no failure: what was in flight is taken back when there is room', async () => {
    const { operationId } = one();
    world.provider.script = async () => {
      await world.clock.sleep(1_000);
      return done();
    };
    world.dispatcher.start();
    await world.clock.advance(500);
    world.isDiskFull = true;
    world.crashAndStart();
    await world.clock.advance(MINUTE);
    expect(world.state(operationId)).toBe('claimed');
    world.isDiskFull = false;
    await world.clock.advance(MINUTE);
    expect(world.state(operationId)).toBe('done');
  });

  test('a token that the disk does not take is no fault of the call: it goes on by itself', async () => {
    const { id, operationId } = one();
    world.provider.script = () => {
      if (world.provider.attemptsOf(operationId) === 1) {
        throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_WRITE' });
      }
      return done();
    };
    world.dispatcher.start();
    await world.clock.advance(10 * MINUTE);
    expect([world.state(operationId), world.submissionRow(id).state]).toEqual(['done', 'sent']);
  });

  test('a database that fails after the point of no return leaves the call unknown', async () => {
    const { operationId } = one();
    world.provider.script = (_operation, context) => {
      context.beforeLastByte();
      throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_WRITE' });
    };
    world.dispatcher.start();
    await world.clock.advance(1_000);
    expect(world.state(operationId)).toBe('unknown');
  });

  test('a disk that does not take the point of no return stops the request, which is not unknown', async () => {
    const { operationId } = one();
    let arrived = 0;
    world.provider.script = async (_operation, context) => {
      await world.clock.sleep(10);
      context.beforeLastByte();
      arrived += 1;
      return done();
    };
    world.dispatcher.start();
    await world.clock.advance(5);
    world.isDiskFull = true;
    await world.clock.advance(MINUTE);
    expect(arrived).toBe(0);
    world.isDiskFull = false;
    await world.clock.advance(10 * MINUTE);
    expect(arrived).toBe(1);
    expect(world.state(operationId)).toBe('done');
  });

  test('a disk that fills up between taking a lost call and repeating it does not stop the queue for good', async () => {
    const { operationId } = one('upload', 100_000);
    world.provider.script = (_operation, context) => (world.provider.performed.length === 1 ? lost(context) : done());
    world.dispatcher.start();
    await world.clock.advance(1_000);
    expect(world.state(operationId)).toBe('unknown');
    const { forSync } = world.connections;
    world.connections.forSync = (id) => {
      world.isDiskFull = true;
      return forSync(id);
    };
    await world.clock.advance(MINUTE);
    expect(world.isDiskFull).toBe(true);
    world.connections.forSync = forSync;
    world.isDiskFull = false;
    await world.clock.advance(10 * MINUTE);
    expect(world.state(operationId)).toBe('done');
  });

  test('a clock set back while the disk is full is not forgotten', async () => {
    const { operationId } = one();
    world.provider.script = ({ attempt }) =>
      attempt === 1 ? { kind: 'retry', evidence: evidence('test.down', 503) } : done();
    world.dispatcher.start();
    await world.clock.advance(0);
    world.isDiskFull = true;
    world.clock.setWallBy(-2 * HOUR);
    world.dispatcher.wake();
    await world.clock.advance(MINUTE);
    world.isDiskFull = false;
    await world.clock.advance(MINUTE);
    expect(world.state(operationId)).toBe('done');
  });

  test('a clock set back while a call is under way is noticed when its answer comes', async () => {
    const waiting = one();
    world.provider.script = async ({ id, attempt }) => {
      if (id === waiting.operationId) {
        return attempt === 1 ? { kind: 'retry', evidence: evidence('test.down', 503), afterMs: 30_000 } : done();
      }
      await world.clock.sleep(10_000);
      return done();
    };
    world.dispatcher.start();
    await world.clock.advance(0);
    one();
    await world.clock.advance(5_000);
    world.clock.setWallBy(-2 * HOUR);
    await world.clock.advance(MINUTE);
    expect(world.state(waiting.operationId)).toBe('done');
  });

  test('a clock set back by two hours delays nothing by two hours', async () => {
    const { operationId } = one();
    world.provider.script = ({ attempt }) =>
      attempt === 1 ? { kind: 'retry', evidence: evidence('test.down', 503) } : done();
    world.dispatcher.start();
    await world.clock.advance(0);
    world.clock.setWallBy(-2 * HOUR);
    world.dispatcher.wake();
    await world.clock.advance(10_000);
    expect(world.state(operationId)).toBe('done');
  });

  test('nor the test of a connection that waits; and it is one call, however long it takes', async () => {
    for (let n = 0; n < 3; n += 1) one();
    world.provider.script = () => offline;
    world.dispatcher.start();
    await world.clock.advance(0);
    world.clock.setWallBy(-2 * HOUR);
    world.dispatcher.wake();
    const before = world.provider.performed.length;
    world.provider.script = async () => {
      await world.clock.sleep(MINUTE);
      return done();
    };
    await world.clock.until(() => world.provider.performed.length > before, 5 * MINUTE);
    await world.clock.advance(1_000);
    world.dispatcher.wake();
    await world.clock.advance(1_000);
    expect(world.provider.inFlight).toBe(1);
  });

  test('the forecast: three sent, seven to go, one every ten seconds', async () => {
    for (let n = 0; n < 10; n += 1) one('upload', 100_000);
    let queue = Promise.resolve();
    world.provider.script = async () => {
      queue = queue.then(() => world.clock.sleep(10_000));
      await queue;
      return done();
    };
    world.dispatcher.start();
    expect(world.dispatcher.status().clearAt).toBeNull();
    await world.clock.advance(50_001);
    const { waiting, clearAt } = world.dispatcher.status();
    expect(waiting).toBe(5);
    expect((clearAt ?? 0) - world.clock.now()).toBeGreaterThan(30_000);
    expect((clearAt ?? 0) - world.clock.now()).toBeLessThan(70_000);
  });

  test('the same seed takes the same way', async () => {
    expect(await run()).toBe(await run());
  });
});
