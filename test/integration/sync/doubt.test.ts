/** What is remembered of attempts that may have arrived, and what a person can decide about them. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { cancelForSubmission } from '../../../main/outbox/index.ts';
import type { OperationToPerform, Outcome, RecordAnswer } from '../../../main/providers/port.ts';
import { confirmRecord, decideAttention } from '../../../main/sync/index.ts';
import { EMPTY_SUBJECT } from '../../../shared/domain/index.ts';
import { World, done, evidence, lost } from '../../support/sync-world.ts';

let world: World;
const seen: boolean[] = [];
let answer: RecordAnswer = { kind: 'other', message: { code: 'test.other' } };
const compared: { recordId: string; operation: OperationToPerform }[] = [];

beforeEach(() => {
  world = new World();
  seen.length = 0;
  compared.length = 0;
  world.provider.operations['byRecord'] = {
    payload: z.looseObject({}),
    size: 'small',
    repeat: 'person',
    person: {
      about: 'applicant',
      question: (payload) => ({ code: 'test.isItThere', params: { of: JSON.stringify(payload) } }),
      confirmedBy: 'record',
      compare: (recordId, operation) => {
        compared.push({ recordId, operation });
        return Promise.resolve(answer);
      },
    },
  };
});
afterEach(async () => {
  const stopping = world.dispatcher.stop();
  await world.clock.advance(10_000);
  await stopping;
  world.dispose();
});

const kim = () => ({ now: world.clock.now(), operator: 'kim' });
const desk = () => ({
  db: world.db,
  providers: new Map([['persona' as const, world.provider]]),
  connections: world.connections,
  random: world.random,
});
const records = () => ({
  ...desk(),
  http: { send: () => Promise.reject(new Error('not in these tests')) },
  content: { page: () => Promise.reject(new Error('not in these tests')), subject: () => EMPTY_SUBJECT },
  clock: world.clock,
});

/** Two operations whose answers were lost and that nothing can tell about, and one that waits for them. */
async function inDoubt(kind: string): Promise<{ id: string; first: string; second: string; after: string }> {
  const id = world.submission();
  const first = world.newOperation(id, { kind, payload: { n: 1 } });
  const second = world.newOperation(id, { kind, payload: { n: 2 } });
  const after = world.newOperation(id, { needs: [first.id, second.id] });
  world.provider.script = (operation, context) => (operation.kind === kind ? lost(context) : done());
  world.dispatcher.start();
  world.release(id, first, second, after);
  await world.clock.advance(60_000);
  expect([world.state(first.id), world.state(second.id)]).toEqual(['attention', 'attention']);
  return { id, first: first.id, second: second.id, after: after.id };
}

/** What each attempt is told, while they end one after the other as `ends` says. */
async function attempts(...ends: ('lost' | 'reset' | 'freshKey' | 'done')[]): Promise<boolean[]> {
  const id = world.submission();
  const operation = world.newOperation(id);
  world.provider.script = ({ mayHaveArrived }, context) => {
    seen.push(mayHaveArrived);
    const end = ends[seen.length - 1] ?? 'done';
    if (end === 'lost') return lost(context);
    if (end === 'done') return done();
    return { kind: 'retry', evidence: evidence('test.down', 503), ...(end === 'freshKey' ? { freshKey: true } : {}) };
  };
  world.provider.lookUpScript = () => ({ kind: 'did_not_happen', evidence: evidence() });
  world.dispatcher.start();
  world.release(id, operation);
  await world.clock.advance(60 * 60_000);
  expect(world.state(operation.id)).toBe('done');
  return seen;
}

describe('an attempt that may have arrived', () => {
  test('is not one that failed before it arrived', async () => {
    expect(await attempts('reset', 'reset', 'done')).toEqual([false, false, false]);
  });

  test('is remembered, also when a look-up says that it did not, and over a failure after it', async () => {
    expect(await attempts('reset', 'lost', 'reset', 'done')).toEqual([false, false, true, true]);
  });

  test('a request that is made anew has none', async () => {
    expect(await attempts('lost', 'freshKey', 'done')).toEqual([false, true, false]);
  });

  test.each([1, 2])(
    'is remembered when number %i of its kind met a sign-in page in the place of the answer',
    async (nth) => {
      const customers = Array.from({ length: nth }, () => {
        const id = world.submission();
        return { id, operation: world.newOperation(id, { kind: 'byPerson' }) };
      });
      world.provider.script = async (_operation, context) => {
        context.beforeLastByte();
        await world.clock.sleep(100);
        const portal = { ...evidence('network.captivePortal'), mayHaveArrived: true } as const;
        const outcome: Outcome = { kind: 'pause', cause: 'wait', evidence: portal, afterMs: 60_000 };
        return outcome;
      };
      world.dispatcher.start();
      for (const { id, operation } of customers) world.release(id, operation);
      await world.clock.advance(10 * 60_000);
      const [last] = customers.slice(-1);
      if (last === undefined) throw new Error('no customer');
      const { id, operation } = last;
      expect(world.state(operation.id)).toBe('attention');
      expect(world.timeline(id)).toContain('operation.unknown');
      world.provider.script = ({ mayHaveArrived }) => {
        seen.push(mayHaveArrived);
        return done();
      };
      decideAttention(desk(), id, 'send_again', kim());
      world.dispatcher.wake();
      await world.clock.advance(60_000);
      expect(seen).toEqual([true]);
    },
  );

  test('is remembered over a restart', async () => {
    const id = world.submission();
    const operation = world.newOperation(id, { kind: 'upload', byteLength: 100_000 });
    world.provider.script = ({ mayHaveArrived }, context) => {
      seen.push(mayHaveArrived);
      return seen.length === 1 ? lost(context) : done();
    };
    world.dispatcher.start();
    world.release(id, operation);
    await world.clock.advance(0);
    world.crashAndStart();
    await world.clock.advance(60_000);
    expect(seen).toEqual([false, true]);
  });
});

describe('a person', () => {
  test('is asked in the adapter’s own words', async () => {
    const { first } = await inDoubt('byRecord');
    expect(world.operation(first).lastError?.message).toEqual({ code: 'test.isItThere', params: { of: '{"n":1}' } });
  });

  test('decides about the one that was asked about, not about its neighbour', async () => {
    const { id, first, second } = await inDoubt('byPerson');
    decideAttention(desk(), id, 'confirm_delivered', kim(), first);
    expect([world.state(first), world.state(second)]).toEqual(['done', 'attention']);
    expect(world.submissionRow(id).is_attention).toBe(1);
    expect(world.operation(first).result).toEqual({ confirmedByPerson: true });
  });

  test('is told one thing at a time: the next step is that of the call that is asked about', async () => {
    const id = world.submission();
    const lostOne = world.newOperation(id, { kind: 'byPerson' });
    const refused = world.newOperation(id);
    world.provider.script = (operation, context) =>
      operation.id === lostOne.id
        ? lost(context)
        : { kind: 'attention', cause: 'correct_data', evidence: evidence('test.field', 422) };
    world.dispatcher.start();
    world.release(id, refused, lostOne);
    await world.clock.advance(60_000);
    expect(world.submissionRow(id)).toMatchObject({ is_attention: 1, cause: 'call_it' });
    decideAttention(desk(), id, 'confirm_delivered', kim());
    expect(world.submissionRow(id)).toMatchObject({ is_attention: 1, cause: 'correct_data' });
  });

  test('is still told of the question when something is refused after it', async () => {
    const id = world.submission();
    const [lostOne, refused] = [world.newOperation(id, { kind: 'byPerson' }), world.newOperation(id)];
    world.provider.script = (operation, context) => {
      if (operation.id === lostOne.id) return lost(context);
      // Only after the question is there.
      return operation.attempt < 4
        ? { kind: 'retry', evidence: evidence('test.down', 503) }
        : { kind: 'attention', cause: 'correct_data', evidence: evidence('test.field', 422) };
    };
    world.dispatcher.start();
    world.release(id, lostOne, refused);
    await world.clock.advance(60 * 60_000);
    expect([world.state(lostOne.id), world.state(refused.id)]).toEqual(['attention', 'attention']);
    expect(world.submissionRow(id)).toMatchObject({ is_attention: 1, cause: 'call_it' });
  });

  test('cannot confirm by word what later calls need an id of', async () => {
    const { id, first, second } = await inDoubt('byRecord');
    expect(() => {
      decideAttention(desk(), id, 'confirm_delivered', kim());
    }).toThrow('needs the id');
    expect([world.state(first), world.state(second)]).toEqual(['attention', 'attention']);
  });

  test('who enters another record’s id changes nothing', async () => {
    const { id, first } = await inDoubt('byRecord');
    for (const kind of ['other', 'failed'] as const) {
      answer = { kind, message: { code: 'test.other' } };
      await expect(confirmRecord(records(), id, first, 'record-2', 'kim')).rejects.toMatchObject({
        failure: { message: { code: 'test.other' }, field: 'recordId' },
      });
    }
    expect(world.state(first)).toBe('attention');
    expect(world.timeline(id)).not.toContain('operation.decided');
  });

  test('who enters the right one lets the rest go on with it', async () => {
    const { id, first, second, after } = await inDoubt('byRecord');
    answer = { kind: 'same', outcome: { kind: 'done', result: { recordId: 'record-1' }, evidence: evidence() } };
    await confirmRecord(records(), id, first, 'record-1', 'kim');
    await expect(confirmRecord(records(), id, first, 'record-1', 'kim')).rejects.toThrow('nothing waits');
    expect(world.state(after)).toBe('blocked');
    await confirmRecord(records(), id, second, 'record-1', 'kim');
    world.dispatcher.wake();
    await world.clock.advance(0);
    expect(world.operation(first).result).toEqual({ recordId: 'record-1' });
    expect(world.submissionRow(id)).toMatchObject({ state: 'sent', is_attention: 0 });
    expect(compared.map(({ recordId, operation }) => [recordId, operation.payload])).toEqual([
      ['record-1', { n: 1 }],
      ['record-1', { n: 2 }],
    ]);
    expect(world.timeline(id).filter((kind) => kind === 'operation.decided')).toHaveLength(2);
  });

  test('who tries again after a definite refusal starts from nothing', async () => {
    const id = world.submission();
    const operation = world.newOperation(id, { kind: 'byPerson' });
    world.provider.script = ({ mayHaveArrived, attempt }, context) => {
      seen.push(mayHaveArrived);
      if (attempt === 1) return lost(context);
      if (attempt === 2) return { kind: 'attention', cause: 'call_it', evidence: evidence('test.refused', 422) };
      return done();
    };
    world.dispatcher.start();
    world.release(id, operation);
    await world.clock.advance(60_000);
    decideAttention(desk(), id, 'send_again', kim());
    world.dispatcher.wake();
    await world.clock.advance(0);
    decideAttention(desk(), id, 'retry', kim());
    world.dispatcher.wake();
    await world.clock.advance(0);
    expect(seen).toEqual([false, true, false]);
    expect(world.submissionRow(id).state).toBe('sent');
  });
});

describe('what a person has said to send again', () => {
  test('keeps its key: it cannot be taken back and planned anew before it has been sent', async () => {
    const { id, first, second } = await inDoubt('byPerson');
    world.dispatcher.setPaused(true);
    decideAttention(desk(), id, 'send_again', kim());
    expect([world.state(first), world.state(second)]).toEqual(['pending', 'pending']);
    expect(cancelForSubmission(world.db, { submissionId: id })).toEqual({
      kind: 'refused',
      because: 'may_have_arrived',
    });
    world.provider.script = () => ({ kind: 'retry', evidence: evidence('test.down', 503) });
    world.dispatcher.setPaused(false);
    await world.clock.advance(1_000);
    expect(cancelForSubmission(world.db, { submissionId: id }).kind).toBe('refused');
  });

  test('is not what the provider says has not arrived: that may be taken back', async () => {
    const id = world.submission();
    const operation = world.newOperation(id);
    world.provider.script = ({ attempt }, context) =>
      attempt === 1 ? lost(context) : { kind: 'retry', evidence: evidence('test.down', 503) };
    world.provider.lookUpScript = () => ({ kind: 'did_not_happen', evidence: evidence() });
    world.dispatcher.start();
    world.release(id, operation);
    await world.clock.advance(30_000);
    expect(world.state(operation.id)).toBe('pending');
    expect(cancelForSubmission(world.db, { submissionId: id })).toEqual({ kind: 'cancelled', count: 1 });
  });
});

/** How many calls were made until a person had it, or none more were made. */
async function untilAPerson(kind: string): Promise<{ id: string; operation: string; calls: number }> {
  const id = world.submission();
  const operation = world.newOperation(id, { kind, isFollow: kind === 'follow' });
  world.dispatcher.start();
  world.release(id, operation);
  await world.clock.advance(8 * 3_600_000);
  const calls = world.provider.attemptsOf(operation.id) + world.provider.lookedUp.length;
  return { id, operation: operation.id, calls };
}

describe('a provider that says “busy”', () => {
  const patience = { inARow: 3, message: { code: 'test.busyWithoutEnd' } };
  const busy = (status: number | null): Outcome => ({
    kind: 'retry',
    evidence: evidence('test.busy', status),
    patience,
  });

  test.each(['small', 'follow'])('so often in a row comes to a person (%s), who may try again', async (kind) => {
    const answers = [409, 503, 409, null, 409, 409, 409];
    world.provider.script = ({ attempt }) => busy(answers[attempt - 1] ?? null);
    const { id, operation, calls } = await untilAPerson(kind);
    expect(calls).toBe(7);
    expect(world.operation(operation).lastError?.message).toEqual(patience.message);
    expect(world.submissionRow(id)).toMatchObject({ is_attention: 1, cause: 'call_it' });
    world.provider.script = () => done();
    decideAttention(desk(), id, 'retry', kim());
    world.dispatcher.wake();
    await world.clock.advance(60_000);
    expect(world.state(operation)).toBe('done');
  });

  test('also when it is asked in between, and knows of nothing', async () => {
    world.provider.script = ({ attempt }, context) =>
      attempt === 1 ? lost(context) : { kind: 'unknown', evidence: evidence('test.busy', 409), patience };
    world.provider.lookUpScript = () => ({ kind: 'did_not_happen', evidence: evidence() });
    const { operation, calls } = await untilAPerson('small');
    expect(calls).toBe(7);
    // It may be the lost one that is still being worked on.
    expect(world.operation(operation).committedAt).not.toBeNull();
  });

  test('also to the question whether it arrived, and the person is asked that', async () => {
    world.provider.script = (_operation, context) => lost(context);
    world.provider.lookUpScript = () => {
      const outcome = busy(409);
      return outcome.kind === 'retry' ? { kind: 'failed', outcome } : { kind: 'cannot_tell', evidence: evidence() };
    };
    const { operation, calls } = await untilAPerson('small');
    expect(calls).toBe(4);
    expect(world.state(operation)).toBe('attention');
    expect(world.operation(operation).committedAt).not.toBeNull();
  });
});

describe('a record that the provider says it does not have', () => {
  const gone: Outcome = {
    kind: 'attention',
    cause: 'call_it',
    evidence: evidence('test.gone', 404),
    isRecordGone: true,
  };

  test.each([
    ['when it is asked', 'look_up'],
    ['to the repeat that a person wanted', 'repeat'],
  ])('%s, ends the question: nobody’s word says that it has arrived, and it may be called off', async (_name, way) => {
    const id = world.submission();
    const operation = world.newOperation(id, { kind: way === 'repeat' ? 'byPerson' : 'small' });
    world.provider.script = ({ attempt }, context) => (attempt === 1 ? lost(context) : gone);
    world.provider.lookUpScript = () => ({ kind: 'failed', outcome: gone });
    world.dispatcher.start();
    world.release(id, operation);
    await world.clock.advance(60_000);
    if (way === 'repeat') {
      decideAttention(desk(), id, 'send_again', kim());
      world.dispatcher.wake();
      await world.clock.advance(60_000);
    }
    expect(world.submissionRow(id)).toMatchObject({ state: 'sending', is_attention: 1, cause: 'call_it' });
    for (const word of ['confirm_delivered', 'send_again'] as const) {
      expect(() => {
        decideAttention(desk(), id, word, kim());
      }).toThrow('nothing waits for this decision');
    }
    expect(cancelForSubmission(world.db, { submissionId: id })).toEqual({ kind: 'cancelled', count: 1 });
  });

  test('and is made anew when a person tries again, as a request without a past', async () => {
    const id = world.submission();
    const operation = world.newOperation(id);
    world.provider.script = ({ mayHaveArrived, attempt }, context) => {
      seen.push(mayHaveArrived);
      return attempt === 1 ? lost(context) : done();
    };
    world.provider.lookUpScript = () => ({ kind: 'failed', outcome: gone });
    world.dispatcher.start();
    world.release(id, operation);
    await world.clock.advance(60_000);
    decideAttention(desk(), id, 'retry', kim());
    world.dispatcher.wake();
    await world.clock.advance(60_000);
    expect(seen).toEqual([false, false]);
    expect(JSON.parse(world.submissionRow(id).explanation)).toEqual({ code: 'submission.sent' });
  });
});

describe('what counts as sent by a person’s word', () => {
  test('is never said to be confirmed by the provider', async () => {
    const { id } = await inDoubt('byPerson');
    decideAttention(desk(), id, 'confirm_delivered', kim());
    world.dispatcher.wake();
    await world.clock.advance(60_000);
    expect(world.submissionRow(id).state).toBe('sent');
    expect(JSON.parse(world.submissionRow(id).explanation)).toEqual({ code: 'submission.sentByWord' });
  });
});

describe('an operation whose ground is gone', () => {
  const again = {
    kind: 'replaced',
    evidence: evidence('test.gone', 404),
    by: [
      { ref: 'a', kind: 'small', payload: { new: 1 }, needs: [], pageId: null, byteLength: 0 },
      { ref: 'b', kind: 'small', payload: { new: 2 }, needs: ['a'], pageId: null, byteLength: 0 },
    ],
  } as const;

  test('is replaced with what waits for it, in the given order, and the submission goes on to sent', async () => {
    const id = world.submission();
    const gone = world.newOperation(id, { payload: { old: 1 } });
    const waits = world.newOperation(id, { needs: [gone.id] });
    const waitsToo = world.newOperation(id, { needs: [waits.id] });
    const other = world.newOperation(id);
    world.provider.script = ({ id: operationId }) => (operationId === gone.id ? again : done());
    world.dispatcher.start();
    world.release(id, gone, waits, waitsToo, other);
    await world.clock.advance(1_000);
    expect([gone, waits, waitsToo, other].map((one) => world.state(one.id))).toEqual([
      'cancelled',
      'cancelled',
      'cancelled',
      'done',
    ]);
    const made = world.operations(id).filter(({ payload }) => JSON.stringify(payload).includes('new'));
    expect(made.map(({ payload }) => payload)).toEqual([{ new: 1 }, { new: 2 }]);
    expect(new Set(made.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(2);
    expect(world.submissionRow(id).state).toBe('sent');
    expect(world.timeline(id)).toContain('operation.replaced');
  });

  test('is for a person when it may have arrived', async () => {
    const id = world.submission();
    const gone = world.newOperation(id, { kind: 'upload', byteLength: 100_000 });
    world.provider.script = ({ mayHaveArrived }, context) => (mayHaveArrived ? again : lost(context));
    world.dispatcher.start();
    world.release(id, gone);
    await world.clock.advance(60_000);
    expect(world.state(gone.id)).toBe('attention');
    expect(world.operations(id)).toHaveLength(1);
  });
});
