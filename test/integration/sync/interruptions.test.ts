/** The end of the program, a full disk, a clock that is set: nothing is lost and nothing sent twice. */
import { describe, expect, test } from 'vitest';
import { MOST_UPLOADS } from '../../../main/sync/upload-window.ts';
import { HOUR, MINUTE, offline, one, refused, world, worldForEach } from '../../support/one-world.ts';
import { World, done, evidence, lost } from '../../support/sync-world.ts';

worldForEach();

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
