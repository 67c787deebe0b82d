import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrations } from '../../../main/database/index.ts';
import {
  BACKOFF_LADDER_MS,
  BadNeed,
  LONGEST_BACKOFF_MS,
  UPLOAD_BYTES,
  WrongDecision,
  again,
  backoffMs,
  cancelForSubmission,
  claimNext,
  claimUnknown,
  complete,
  counts,
  doubtEverything,
  markCommitted,
  markUnknown,
  neededBy,
  nextDueAt,
  park,
  recover,
  releaseClaim,
  reopen,
  repeatUnknown,
  replaceKey,
  resolveUnknown,
  retryLater,
  takeTurns,
  toAttention,
  unpark,
} from '../../../main/outbox/index.ts';
import type { Claim, ClaimOptions } from '../../../main/outbox/index.ts';
import { Store } from '../../support/sync-world.ts';

let store: Store;
let submissionId: string;
let leases = 0;
const error = { message: { code: 'test.error' }, status: 503, requestId: null };

beforeEach(() => {
  store = new Store();
  submissionId = store.submission();
  leases = 0;
});
afterEach(() => {
  store.dispose();
});

function claim(options: Partial<ClaimOptions> = {}): Claim | null {
  leases += 1;
  return claimNext(store.db, { now: store.clock.now(), leaseToken: `lease-${leases}`, ...options });
}

function claimed(options: Partial<ClaimOptions> = {}): Claim {
  const found = claim(options);
  if (found === null) throw new Error('nothing to claim');
  return found;
}

const of = ({ id, leaseToken }: Claim) => ({ operationId: id, leaseToken });

test('needs block until every one of them is done', () => {
  const first = store.newOperation(submissionId);
  const second = store.newOperation(submissionId);
  const both = store.newOperation(submissionId, { needs: [first.id, second.id] });
  store.enqueue(first, second, both);
  expect(store.state(both.id)).toBe('blocked');
  const now = store.clock.now();
  complete(store.db, { ...of(claimed()), result: { n: 1 }, now });
  expect(store.state(both.id)).toBe('blocked');
  complete(store.db, { ...of(claimed()), result: { n: 2 }, now });
  expect(store.state(both.id)).toBe('pending');
  expect(neededBy(store.db, both.id).map(({ result }) => result)).toEqual([{ n: 1 }, { n: 2 }]);
  const late = store.newOperation(submissionId, { needs: [first.id] });
  store.enqueue(late);
  expect(store.state(late.id)).toBe('pending');
});

test('a need that is missing or comes later is refused and nothing of the call is stored', () => {
  const later = store.newOperation(submissionId);
  const early = store.newOperation(submissionId, { needs: [later.id] });
  expect(() => {
    store.enqueue(early, later);
  }).toThrow(BadNeed);
  expect(store.operations(submissionId)).toEqual([]);
});

test('oldest due first; not before its time; excluded connections, busy and held submissions are passed over', () => {
  const other = store.submission({ connectionId: 'other' });
  const held = store.submission();
  const now = store.clock.now();
  const a = store.newOperation(held, { runAt: now - 50 });
  const b = store.newOperation(submissionId, { runAt: now - 40 });
  const c = store.newOperation(other, { connectionId: 'other', runAt: now - 30, byteLength: UPLOAD_BYTES + 1 });
  const d = store.newOperation(submissionId, { runAt: now + 1_000 });
  store.enqueue(d, c, b, a);
  store.db.transaction((db) => db.run('UPDATE submissions SET is_held = 1 WHERE id = ?', [held]));
  expect(claim({ busySubmissionIds: [submissionId], excludedConnectionIds: ['other'] })).toBeNull();
  expect(claim({ size: 'upload' })?.id).toBe(c.id);
  expect(claimed()).toMatchObject({ id: b.id, attempts: 1, firstAttemptAt: now, committedAt: null, isUnknown: false });
  expect(claim()).toBeNull();
  expect(nextDueAt(store.db, { after: now, excludedConnectionIds: [] })).toBe(now + 1_000);
  expect(nextDueAt(store.db, { after: now, excludedConnectionIds: ['connection'] })).toBeNull();
});

test('what expires first goes first, then the oldest; what had to wait takes its old place', () => {
  const now = store.clock.now();
  const DAY = 24 * 3_600_000;
  const young = store.newOperation(submissionId, { runAt: now });
  const old = store.newOperation(submissionId, { runAt: now - 5 * DAY });
  const expiring = store.newOperation(submissionId, { runAt: now, expiresAt: now + 2 * DAY });
  // Without a date of its own, but waiting for so long that it goes before a date far away.
  const ancient = store.newOperation(submissionId, { runAt: now - 29 * DAY });
  const later = store.newOperation(submissionId, { runAt: now, expiresAt: now + 26 * DAY });
  store.enqueue(young, later, old, expiring, ancient);
  const first = claimed();
  expect(first.id).toBe(ancient.id);
  retryLater(store.db, { ...of(first), now, random: 0, error });
  expect(claimed().id).toBe(expiring.id);
  takeTurns(store.db, { now: now + DAY });
  const order = [claimed({ now: now + DAY }), claimed({ now: now + DAY }), claimed({ now: now + DAY })];
  expect(order.map(({ id }) => id)).toEqual([ancient.id, old.id, later.id]);
  expect(claim({ now: now + DAY })?.id).toBe(young.id);
});

test("ten thousand questions about decisions stand in nobody's way, and are asked only by name", () => {
  const now = store.clock.now();
  store.enqueue(
    ...Array.from({ length: 10_000 }, () => store.newOperation(submissionId, { isFollow: true, runAt: now - 1_000 })),
  );
  expect(claim()).toBeNull();
  const small = store.newOperation(submissionId);
  store.enqueue(small);
  expect(claim({ size: 'small' })?.id).toBe(small.id);
  expect(claim({ size: 'follow' })?.size).toBe('follow');
});

test('every write of a claim that was taken away changes nothing and says so', () => {
  const operation = store.newOperation(submissionId);
  store.enqueue(operation);
  const stale = of(claimed());
  const now = store.clock.now();
  recover(store.db, { now });
  claimed();
  const before = store.operation(operation.id);
  const late = { ...stale, now };
  expect(markCommitted(store.db, late)).toBe(false);
  expect(complete(store.db, { ...late, result: {} })).toBe(false);
  expect(again(store.db, { ...stale, runAt: now })).toBe(false);
  expect(retryLater(store.db, { ...late, random: 0, error })).toBeNull();
  expect(releaseClaim(store.db, { ...stale, runAt: null, isUnknown: false, isAttemptCounted: true })).toBe(false);
  expect(markUnknown(store.db, { ...late, runAt: now, error })).toBe(false);
  expect(repeatUnknown(store.db, stale)).toBe(false);
  expect(resolveUnknown(store.db, late)).toBe(false);
  expect(toAttention(store.db, { ...late, error, isUnknown: true })).toBe(false);
  const fused = store.db.transaction((db) => ({
    isDone: complete(db, { ...late, result: {} }),
    claim: claimNext(db, { now, leaseToken: 'x' }),
  }));
  expect(fused).toEqual({ isDone: false, claim: null });
  expect(store.operation(operation.id)).toEqual(before);
});

test('recover: past the point of no return is unknown, the rest waits in its old place', () => {
  const now = store.clock.now();
  const waiting = [3, 2, 1].map((age) => store.newOperation(submissionId, { runAt: now - age }));
  store.enqueue(...waiting);
  const sent = claimed();
  claimed();
  markCommitted(store.db, { ...of(sent), now });
  expect(recover(store.db, { now }).map(({ isUnknown }) => isUnknown)).toEqual([true, false]);
  expect(store.state(sent.id)).toBe('unknown');
  expect(claim()?.id).toBe(waiting[1]?.id);
  expect(claim()?.id).toBe(waiting[2]?.id);
  const unknown = claimUnknown(store.db, { now, leaseToken: 'u' });
  expect(unknown).toMatchObject({ id: sent.id, isUnknown: true, committedAt: now, attempts: 1 });
  // A crash while it is being resolved leaves it unknown.
  recover(store.db, { now });
  expect(store.state(sent.id)).toBe('unknown');
});

test('a due time that the clock left behind is brought near at start', () => {
  const now = store.clock.now();
  const operation = store.newOperation(submissionId, { runAt: now + 400 * 24 * 3_600_000 });
  store.enqueue(operation);
  recover(store.db, { now });
  expect(store.operation(operation.id).runAt).toBe(now + LONGEST_BACKOFF_MS);
});

test('a failure waits by the ladder with equal jitter and is never given up; progress starts the ladder anew', () => {
  expect(backoffMs(1, 0)).toBe(2_500);
  expect(backoffMs(1, 0.5)).toBe(3_750);
  expect(backoffMs(1_000, 0.999_999_999_999)).toBe(LONGEST_BACKOFF_MS);
  expect(Math.max(...BACKOFF_LADDER_MS)).toBe(LONGEST_BACKOFF_MS);
  const operation = store.newOperation(submissionId);
  store.enqueue(operation);
  let now = store.clock.now();
  for (let failures = 1; failures <= 12; failures += 1) {
    const next = retryLater(store.db, { ...of(claimed({ now })), now, random: 0, error });
    expect(next).toEqual({ failures, runAt: now + backoffMs(failures, 0) });
    now = next?.runAt ?? 0;
  }
  expect(store.operation(operation.id)).toMatchObject({ attempts: 12, lastError: error });
  again(store.db, { ...of(claimed({ now })), runAt: now });
  expect(store.operation(operation.id)).toMatchObject({ failures: 0, lastError: null });
});

test('giving a claim back spends no attempt', () => {
  const operation = store.newOperation(submissionId);
  store.enqueue(operation);
  const before = store.operation(operation.id);
  const now = store.clock.now();
  for (let round = 0; round < 3; round += 1) {
    const mine = of(claimed());
    markCommitted(store.db, { ...mine, now });
    releaseClaim(store.db, { ...mine, runAt: null, isUnknown: false, isAttemptCounted: true });
  }
  expect(store.operation(operation.id)).toEqual(before);
});

test('decisions: only what fits what is known', () => {
  const refused = store.newOperation(submissionId);
  const lost = store.newOperation(submissionId);
  const next = store.newOperation(submissionId, { needs: [lost.id] });
  store.enqueue(refused, lost, next);
  const now = store.clock.now();
  toAttention(store.db, { ...of(claimed()), error, isUnknown: false, now });
  toAttention(store.db, { ...of(claimed()), error, isUnknown: true, now });
  const decide = (operationId: string, choice: 'retry' | 'confirm_delivered' | 'send_again') => () =>
    reopen(store.db, { operationId, choice, now });
  expect(decide(refused.id, 'send_again')).toThrow(WrongDecision);
  expect(decide(refused.id, 'confirm_delivered')).toThrow(WrongDecision);
  expect(decide(lost.id, 'retry')).toThrow(WrongDecision);
  expect(decide(next.id, 'retry')).toThrow(WrongDecision);
  expect(replaceKey(store.db, { operationId: lost.id, idempotencyKey: 'new-1' })).toEqual({ isReplaced: false });
  expect(replaceKey(store.db, { operationId: refused.id, idempotencyKey: 'new-2' })).toEqual({ isReplaced: true });
  expect(decide(refused.id, 'retry')()).toEqual({ isDone: false });
  expect(decide(lost.id, 'confirm_delivered')()).toEqual({ isDone: true });
  expect([refused.id, lost.id, next.id].map((id) => store.state(id))).toEqual(['pending', 'done', 'pending']);
  expect(store.operation(refused.id).idempotencyKey).toBe('new-2');
});

test('cancelling is refused as a whole while something is in flight or may have arrived', () => {
  const first = store.newOperation(submissionId);
  const second = store.newOperation(submissionId, { needs: [first.id] });
  store.enqueue(first, second);
  const now = store.clock.now();
  const mine = of(claimed());
  expect(cancelForSubmission(store.db, { submissionId })).toEqual({ kind: 'refused', because: 'in_flight' });
  markUnknown(store.db, { ...mine, runAt: now, error, now });
  expect(cancelForSubmission(store.db, { submissionId })).toEqual({ kind: 'refused', because: 'may_have_arrived' });
  expect([store.state(first.id), store.state(second.id)]).toEqual(['unknown', 'blocked']);
  const again_ = claimUnknown(store.db, { now, leaseToken: 'u' });
  resolveUnknown(store.db, { operationId: first.id, leaseToken: again_?.leaseToken ?? '', now });
  expect(cancelForSubmission(store.db, { submissionId })).toEqual({ kind: 'cancelled', count: 2 });
  expect(claim()).toBeNull();

  const question = store.newOperation(submissionId, { isFollow: true });
  store.enqueue(question);
  expect(claim({ size: 'follow' })?.id).toBe(question.id);
  expect(cancelForSubmission(store.db, { submissionId })).toEqual({ kind: 'refused', because: 'being_asked' });
});

test('parking takes a held submission out of the queue and puts it back where it was', () => {
  const first = store.newOperation(submissionId);
  const blocked = store.newOperation(submissionId, { needs: [first.id] });
  store.enqueue(first, blocked);
  park(store.db, { submissionId });
  expect(claim()).toBeNull();
  unpark(store.db, { submissionId });
  expect([store.state(first.id), store.state(blocked.id)]).toEqual(['pending', 'blocked']);
});

test('counts', () => {
  store.enqueue(...Array.from({ length: 5 }, () => store.newOperation(submissionId)));
  const now = store.clock.now();
  markUnknown(store.db, { ...of(claimed()), runAt: now, error, now });
  toAttention(store.db, { ...of(claimed()), error, isUnknown: false, now });
  claimed();
  expect(counts(store.db)).toEqual({ pending: 2, claimed: 1, unknown: 1, attention: 1 });
});

test('the claim uses the partial index, also with 10,000 waiting, a paused connection and uploads in front', () => {
  const other = store.submission({ connectionId: 'other' });
  const batch = Array.from({ length: 10_000 }, (_, n) =>
    n % 2 === 0
      ? store.newOperation(other, { connectionId: 'other' })
      : store.newOperation(submissionId, { byteLength: 100_000 }),
  );
  store.enqueue(...batch);
  const texts: string[] = [];
  const spy = new Proxy(store.db, {
    get: (target, name: keyof typeof store.db) =>
      name === 'transaction'
        ? (run: (db: typeof store.db) => unknown) => target.transaction(() => run(spy))
        : name === 'get' || name === 'runReturning'
          ? (sql: string) => {
              texts.push(sql);
              return undefined;
            }
          : target[name],
  });
  claimNext(spy, {
    now: 1,
    leaseToken: 'x',
    excludedConnectionIds: ['other'],
    busySubmissionIds: ['b'],
    size: 'small',
  });
  claimUnknown(spy, { now: 1, leaseToken: 'x' });
  const bare = new Sqlite(':memory:');
  for (const migration of migrations) migration.up({ ...store.db, exec: (sql: string) => void bare.exec(sql) });
  const plans = texts.map((sql) =>
    bare
      .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .all(
        sql
          .split('?')
          .slice(1)
          .map(() => '[]'),
      )
      .map(({ detail }) => detail),
  );
  bare.close();
  expect(plans[0]).toContain(
    'SEARCH runnable USING INDEX operations_runnable (connection_id=? AND lane=? AND state=? AND turn<?)',
  );
  expect(plans[1]?.join('\n')).toContain('USING INDEX operations_unknown');
  const scans = plans.flat().filter((detail) => /^SCAN (runnable|operations|lost|candidate)\b(?!.*INDEX)/.test(detail));
  expect(scans).toEqual([]);
  // There is no small call on the open connection: found out without walking over 5,000 waiting uploads.
  expect(claim({ excludedConnectionIds: ['other'], size: 'small' })).toBeNull();
  expect(claim({ excludedConnectionIds: ['other'] })?.byteLength).toBe(100_000);
});

test('after an older copy was restored nothing is repeated before it is resolved, also what waits for others', () => {
  const first = store.newOperation(submissionId);
  const second = store.newOperation(submissionId, { needs: [first.id] });
  store.enqueue(first, second);
  expect(doubtEverything(store.db, { now: 5 })).toBe(2);
  expect(claim()).toBeNull();
  const lost = claimUnknown(store.db, { now: store.clock.now(), leaseToken: 'a' });
  expect(lost?.id).toBe(first.id);
  expect(complete(store.db, { operationId: first.id, leaseToken: 'a', result: {}, now: 6 })).toBe(true);
  expect(claim()).toBeNull();
  expect(claimUnknown(store.db, { now: store.clock.now(), leaseToken: 'b' })?.id).toBe(second.id);
});
