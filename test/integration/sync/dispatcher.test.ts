/** What is sent when, and what waits: the order, the shares, a connection that pauses. */
import { describe, expect, test } from 'vitest';
import { readLedger } from '../../../main/ledger/index.ts';
import { CredentialMissing } from '../../../main/providers/port.ts';
import { MOST_UPLOADS } from '../../../main/sync/upload-window.ts';
import { pauses } from '../../../main/sync/pause.ts';
import { HOUR, MINUTE, holdIt, offline, one, world, worldForEach } from '../../support/one-world.ts';
import { done, evidence } from '../../support/sync-world.ts';

worldForEach();

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
    // They were under way together: none of them has tested a pause.
    expect(pauses(world.db).get('connection')?.failures).toBe(0);
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

  test('what every connection waits for is over for all with the first answer, whatever was in the way last', async () => {
    one();
    world.connection('other');
    world.db.transaction((db) => db.run("UPDATE connections SET environment = 'sandbox'"));
    const faults = [{ ...offline, evidence: { ...offline.evidence, isNetworkWide: true as const } }, offline];
    world.provider.script = () => faults.shift() ?? done();
    world.dispatcher.start();
    await world.clock.advance(0);
    expect(new Set(pauses(world.db).keys())).toEqual(new Set(['connection', 'other']));
    await world.clock.advance(MINUTE);
    expect(faults).toEqual([]);
    expect(pauses(world.db).size).toBe(0);
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
