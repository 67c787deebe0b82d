/** What only a person can put right, and how a provider's decision comes back. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { verifyLedger } from '../../../main/ledger/index.ts';
import { PageUnreadable } from '../../../main/providers/port.ts';
import type { Progress } from '../../../main/providers/port.ts';
import { cancelForSubmission } from '../../../main/outbox/index.ts';
import { voidSubmission } from '../../../main/submissions/index.ts';
import { decideAttention } from '../../../main/sync/index.ts';
import { HOUR, MINUTE, desk, holdIt, kim, one, refused, world, worldForEach } from '../../support/one-world.ts';
import { done, evidence } from '../../support/sync-world.ts';

worldForEach();

const FollowPayload = z.object({ n: z.number() });
const cancel = (submissionId: string) => cancelForSubmission(world.db, { submissionId });

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
