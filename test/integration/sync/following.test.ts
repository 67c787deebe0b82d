import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cancelForSubmission, park } from '../../../main/outbox/index.ts';
import type { ChangesAnswer } from '../../../main/providers/port.ts';
import { hold } from '../../../main/submissions/index.ts';
import { World, done, evidence } from '../../support/sync-world.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** One question about many records, scripted: what a real provider answers is another suite's matter. */

let world: World;
/** What has happened at the provider: the record, and when. */
let happened: { readonly id: string; readonly recordId: string; readonly at: number }[];
let decided: Set<string>;
/** What the adapter says after a read that showed no decision. */
let readAfterMs: number;
let questions: { readonly at: number; readonly records: readonly string[] }[];
let answer: (records: readonly string[]) => ChangesAnswer | Promise<ChangesAnswer> | null;

const ACCEPTED = { state: 'accepted', message: { code: 'test.accepted' } } as const;

beforeEach(() => {
  world = new World();
  happened = [];
  decided = new Set();
  readAfterMs = 5 * SECOND;
  questions = [];
  answer = () => null;
  world.provider.changes = {
    mostRecords: 10,
    recordsOf: ({ payload }) => [recordIn(payload)],
    pauseMs: (ageMs) => (ageMs < MINUTE ? 5 * SECOND : MINUTE),
    ask: async (records, isKnown) => {
      questions.push({ at: world.clock.now(), records });
      await world.clock.sleep(100);
      const scripted = answer(records);
      if (scripted !== null) return scripted;
      const changes = happened
        .filter(({ id, recordId }) => records.includes(recordId) && !isKnown(id, recordId))
        .map(({ id, recordId }) => ({ changeId: id, recordId }));
      return { kind: 'answered', changes, isCut: false, rateLimits: [null] };
    },
  };
  world.provider.script = ({ kind, payload }) => {
    if (kind !== 'follow') return done();
    return decided.has(recordIn(payload))
      ? { kind: 'done', result: {}, evidence: evidence(), progress: ACCEPTED }
      : { kind: 'again', afterMs: readAfterMs, evidence: evidence(), progress: { state: 'in_review' } };
  };
});
afterEach(async () => {
  const stopping = world.dispatcher.stop();
  await world.clock.advance(10_000);
  await stopping;
  world.dispose();
});

function recordIn(payload: unknown): string {
  return typeof payload === 'object' && payload !== null && 'record' in payload ? String(payload.record) : '';
}

/** A customer in review; answers the submission and the operation that asks about it. */
function inReview(record: string, connectionId?: string): { submissionId: string; follow: string } {
  const submissionId = world.submission({
    state: 'in_review',
    ...(connectionId === undefined ? {} : { connectionId }),
  });
  const follow = world.newOperation(submissionId, {
    kind: 'follow',
    isFollow: true,
    payload: { record },
    ...(connectionId === undefined ? {} : { connectionId }),
  });
  world.enqueue(follow);
  return { submissionId, follow: follow.id };
}

/** The provider decides now, and says so. */
function decide(record: string): void {
  decided.add(record);
  happened.push({ id: `event-${happened.length}`, recordId: record, at: world.clock.now() });
}

const reads = (): number => world.provider.performed.length;
const stateOf = (submissionId: string): string => world.submissionRow(submissionId).state;

describe('one question for many records', () => {
  test('only what has changed is read, within the pause of the question, and the rest hardly ever', async () => {
    const customers = Array.from({ length: 9 }, (_, n) => inReview(`r${n}`));
    world.dispatcher.start();
    await world.clock.advance(2 * MINUTE);
    const readsBefore = reads();
    const askedBefore = questions.length;
    await world.clock.advance(10 * MINUTE);
    expect(reads() - readsBefore).toBe(0);
    expect(questions.length - askedBefore).toBeLessThanOrEqual(11);
    decide('r4');
    await world.clock.advance(MINUTE + 5 * SECOND);
    expect(customers.map(({ submissionId }) => stateOf(submissionId) === 'accepted')).toEqual(
      customers.map((_, n) => n === 4),
    );
    expect(reads() - readsBefore).toBe(1);
  });

  test('a change that decides nothing is read once, however often it is listed', async () => {
    const { follow } = inReview('r');
    world.dispatcher.start();
    await world.clock.advance(2 * MINUTE);
    const before = world.provider.attemptsOf(follow);
    happened.push({ id: 'one', recordId: 'r', at: world.clock.now() });
    await world.clock.advance(10 * MINUTE);
    expect(world.provider.attemptsOf(follow) - before).toBe(1);
  });

  test('a change that is never named is found by a read after half an hour at the latest', async () => {
    const { submissionId } = inReview('r');
    world.dispatcher.start();
    await world.clock.advance(2 * MINUTE);
    decided.add('r');
    await world.clock.advance(15 * MINUTE);
    expect(stateOf(submissionId)).toBe('in_review');
    await world.clock.advance(15 * MINUTE + 5 * SECOND);
    expect(stateOf(submissionId)).toBe('accepted');
  });

  test('a change during the read itself is not slept through', async () => {
    const { submissionId } = inReview('r');
    const usual = world.provider.script;
    world.dispatcher.start();
    await world.clock.advance(2 * MINUTE);
    world.provider.script = async (operation, context) => {
      const seen = await usual(operation, context);
      await world.clock.sleep(90 * SECOND);
      return seen;
    };
    world.dispatcher.tryNow(submissionId);
    await world.clock.advance(SECOND);
    decide('r');
    await world.clock.advance(90 * SECOND);
    world.provider.script = usual;
    await world.clock.advance(10 * SECOND);
    expect(stateOf(submissionId)).toBe('accepted');
  });

  test('more records than one question holds are asked about in turn, each within its pause', async () => {
    const customers = Array.from({ length: 45 }, (_, n) => inReview(`r${n}`));
    world.dispatcher.start();
    await world.clock.advance(5 * MINUTE);
    expect(Math.max(...questions.map(({ records }) => records.length))).toBe(10);
    for (let n = 0; n < 45; n += 9) decide(`r${n}`);
    await world.clock.advance(90 * SECOND);
    expect(customers.filter(({ submissionId }) => stateOf(submissionId) === 'accepted')).toHaveLength(5);
  });

  test('when the answer was cut, every record that was asked about is read', async () => {
    const customers = Array.from({ length: 5 }, (_, n) => inReview(`r${n}`));
    world.dispatcher.start();
    await world.clock.advance(2 * MINUTE);
    for (let n = 0; n < 5; n += 1) decided.add(`r${n}`);
    answer = () => ({ kind: 'answered', changes: [], isCut: true, rateLimits: [null] });
    await world.clock.advance(MINUTE + 5 * SECOND);
    expect(customers.map(({ submissionId }) => stateOf(submissionId))).toEqual(customers.map(() => 'accepted'));
  });

  test('a restart misses nothing', async () => {
    const { submissionId } = inReview('r');
    world.dispatcher.start();
    await world.clock.advance(5 * MINUTE);
    const stopping = world.dispatcher.stop();
    await world.clock.advance(10 * SECOND);
    await stopping;
    decide('r');
    world.crashAndStart();
    await world.clock.advance(SECOND);
    expect(stateOf(submissionId)).toBe('accepted');
  });

  test('the wall clock may be set back without anything waiting for it', async () => {
    const { submissionId } = inReview('r');
    world.dispatcher.start();
    await world.clock.advance(5 * MINUTE);
    world.clock.setWallBy(-5 * HOUR);
    decide('r');
    await world.clock.advance(2 * MINUTE);
    expect(stateOf(submissionId)).toBe('accepted');
  });
});

const refused = (): ChangesAnswer => ({ kind: 'not_offered', rateLimits: [null] });

describe('where the question is not offered', () => {
  test('each is asked about by itself, quietly, and the question is tried again after a day', async () => {
    answer = refused;
    const { submissionId, follow } = inReview('r');
    world.dispatcher.start();
    await world.clock.advance(10 * MINUTE);
    expect(questions).toHaveLength(1);
    expect(world.provider.attemptsOf(follow)).toBe(121);
    expect(world.timeline(submissionId).filter((kind) => kind !== 'operation.again')).toEqual([]);
    answer = () => null;
    readAfterMs = 5 * MINUTE;
    await world.clock.advance(24 * HOUR);
    expect(questions.length).toBeGreaterThan(1);
    const before = world.provider.attemptsOf(follow);
    await world.clock.advance(10 * MINUTE);
    expect(world.provider.attemptsOf(follow) - before).toBeLessThanOrEqual(1);
  });

  test('a changed connection is tried at once', async () => {
    answer = refused;
    inReview('r');
    world.dispatcher.start();
    await world.clock.advance(5 * MINUTE);
    answer = () => null;
    world.dispatcher.resumeConnection('connection');
    await world.clock.advance(SECOND);
    expect(questions).toHaveLength(2);
  });

  test('what waited long for it is read once when it is refused later', async () => {
    const customers = Array.from({ length: 5 }, (_, n) => inReview(`r${n}`));
    world.dispatcher.start();
    await world.clock.advance(5 * MINUTE);
    for (let n = 0; n < 5; n += 1) decided.add(`r${n}`);
    answer = refused;
    await world.clock.advance(MINUTE + 5 * SECOND);
    expect(customers.map(({ submissionId }) => stateOf(submissionId))).toEqual(customers.map(() => 'accepted'));
  });

  test('a provider without it is asked as before, and so is a record that has none', async () => {
    const { follow } = inReview('r');
    if (world.provider.changes !== undefined) {
      world.provider.changes = { ...world.provider.changes, recordsOf: () => [] };
    }
    world.dispatcher.start();
    await world.clock.advance(10 * MINUTE);
    expect(questions).toEqual([]);
    expect(world.provider.attemptsOf(follow)).toBe(121);
  });
});

describe('where the question fails', () => {
  test('one read finds out, and after three failures everything is read by itself', async () => {
    const customers = Array.from({ length: 5 }, (_, n) => inReview(`r${n}`));
    world.dispatcher.start();
    await world.clock.advance(5 * MINUTE);
    for (let n = 0; n < 5; n += 1) decided.add(`r${n}`);
    answer = () => ({ kind: 'failed', rateLimits: [null] });
    const accepted = (): number => customers.filter(({ submissionId }) => stateOf(submissionId) === 'accepted').length;
    await world.clock.until(() => accepted() > 0, 2 * MINUTE);
    expect(accepted()).toBe(1);
    await world.clock.advance(2 * MINUTE);
    expect(accepted()).toBe(5);
  });

  test('a network that is away is noticed by that read, and nothing is asked until it is back', async () => {
    const { submissionId } = inReview('r');
    inReview('s');
    world.dispatcher.start();
    await world.clock.advance(5 * MINUTE);
    const usual = world.provider.script;
    let isAway = true;
    world.provider.script = (operation, context) =>
      isAway
        ? { kind: 'pause', cause: 'wait', evidence: evidence('test.offline', null), afterMs: 15_000 }
        : usual(operation, context);
    answer = () => (isAway ? { kind: 'failed', rateLimits: [null] } : null);
    await world.clock.advance(2 * MINUTE);
    expect(world.dispatcher.status().network).toBe('offline');
    const before = questions.length;
    await world.clock.advance(20 * MINUTE);
    expect(questions.length).toBe(before);
    isAway = false;
    decide('r');
    await world.clock.advance(7 * MINUTE);
    expect(stateOf(submissionId)).toBe('accepted');
  });

  test('a question that hangs is given up, and does not hold up the end of the program', async () => {
    inReview('r');
    answer = () => new Promise(() => {});
    world.dispatcher.start();
    await world.clock.advance(10 * MINUTE);
    expect(questions.length).toBeGreaterThan(1);
    await world.clock.until(() => world.dispatcher.status().sending > 0);
    let hasStopped = false;
    void world.dispatcher.stop().then(() => (hasStopped = true));
    await world.clock.advance(5 * SECOND);
    expect(hasStopped).toBe(true);
  });

  test('a full disk loses no change', async () => {
    const { submissionId } = inReview('r');
    world.dispatcher.start();
    await world.clock.advance(5 * MINUTE);
    decide('r');
    const asked = questions.length;
    await world.clock.until(() => questions.length > asked);
    world.isDiskFull = true;
    await world.clock.advance(MINUTE);
    world.isDiskFull = false;
    await world.clock.advance(2 * MINUTE);
    expect(stateOf(submissionId)).toBe('accepted');
  });
});

const countIn = async (ms: number): Promise<number> => {
  const before = questions.length;
  await world.clock.advance(ms);
  return questions.length - before;
};

describe('nothing is asked', () => {
  test('while nothing is in review', async () => {
    const { submissionId } = inReview('r');
    world.dispatcher.start();
    await world.clock.advance(2 * MINUTE);
    decide('r');
    await world.clock.until(() => stateOf(submissionId) === 'accepted');
    expect(await countIn(HOUR)).toBeLessThanOrEqual(1);
  });

  test('about what is held or called off', async () => {
    const [held, calledOff] = [inReview('held'), inReview('off')];
    inReview('r');
    world.dispatcher.start();
    await world.clock.advance(2 * MINUTE);
    const by = { now: world.clock.now(), operator: 'kim' };
    // Only what is still being sent can be held.
    world.db.transaction((db) => db.run("UPDATE submissions SET state = 'sending' WHERE id = ?", [held.submissionId]));
    hold(world.db, held.submissionId, true, by);
    park(world.db, held);
    cancelForSubmission(world.db, calledOff);
    questions = [];
    await world.clock.advance(5 * MINUTE);
    expect(new Set(questions.flatMap(({ records }) => records))).toEqual(new Set(['r']));
  });

  test('while sending is off, paused, outside its hours or stopped for the connection', async () => {
    inReview('r');
    world.dispatcher.start();
    await world.clock.advance(2 * MINUTE);
    world.dispatcher.setOnline(false);
    expect(await countIn(10 * MINUTE)).toBe(0);
    world.dispatcher.setOnline(true);
    expect(await countIn(10 * MINUTE)).toBeGreaterThan(5);
    world.dispatcher.setPaused(true);
    expect(await countIn(10 * MINUTE)).toBe(0);
    world.dispatcher.setPaused(false);
    world.rules = { ...world.rules, hours: { from: 0, until: 1 } };
    expect(await countIn(10 * MINUTE)).toBe(0);
    world.rules = { ...world.rules, hours: null };
    world.dispatcher.wake();
    expect(await countIn(10 * MINUTE)).toBeGreaterThan(5);
  });
});

describe('the provider’s limit', () => {
  test('counts a question as what it is: its share is that of the questions about decisions', async () => {
    const limit = 60;
    let used = 0;
    let startedAt = Number.NEGATIVE_INFINITY;
    const take = (): { limit: number; remaining: number; resetMs: number } => {
      const now = world.clock.now();
      if (now >= startedAt + MINUTE) [startedAt, used] = [now, 0];
      used += 1;
      return { limit, remaining: Math.max(0, limit - used), resetMs: startedAt + MINUTE - now };
    };
    const usual = world.provider.script;
    world.provider.script = async (operation, context) => ({
      ...(await usual(operation, context)),
      rateLimit: take(),
    });
    answer = () => ({ kind: 'answered', changes: [], isCut: false, rateLimits: [take()] });
    for (let n = 0; n < 400; n += 1) inReview(`r${n}`);
    world.dispatcher.start();
    await world.clock.advance(30 * MINUTE);
    expect(questions.length + reads()).toBeLessThanOrEqual(30 * limit * 0.2 + 10);
    const customer = world.submission();
    world.release(customer, world.newOperation(customer));
    await world.clock.advance(1_500);
    expect(stateOf(customer)).toBe('sent');
  });

  test('a refused question waits as long as it is told to, and stops nothing else', async () => {
    inReview('r');
    world.dispatcher.start();
    await world.clock.advance(2 * MINUTE);
    answer = () => ({ kind: 'limited', afterMs: 10 * MINUTE, rateLimits: [null] });
    await world.clock.advance(2 * MINUTE);
    const before = questions.length;
    const customer = world.submission();
    world.release(customer, world.newOperation(customer));
    await world.clock.advance(SECOND);
    expect(stateOf(customer)).toBe('sent');
    await world.clock.advance(7 * MINUTE);
    expect(questions.length).toBe(before);
  });
});
