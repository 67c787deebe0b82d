import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../../main/logging/index.ts';
import { openUndiciHttp } from '../../../main/network/index.ts';
import { DEFAULT_CREDENTIALS } from '../../../main/practice/index.ts';
import { PROVIDERS, type Provider } from '../../../main/providers/index.ts';
import { createDispatcher, type Dispatcher } from '../../../main/sync/index.ts';
import { DEFAULT_SENDING_RULES, EMPTY_SUBJECT } from '../../../shared/domain/index.ts';
import { makeFolder, removeFolder } from '../../support/folders.ts';
import { callApi } from '../../support/practice-calls.ts';
import { PracticeOverDays } from '../../support/practice-over-days.ts';
import { Store } from '../../support/sync-world.ts';
import { seededRandom, type VirtualClock } from '../../support/virtual-clock.ts';
import { at } from '../practice/bench.ts';

/** A hundred and twenty customers in review for an hour, with the real adapter over real HTTP: how many calls, and how late a decision comes. */

const CUSTOMERS = 120;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const API_KEY = DEFAULT_CREDENTIALS.personaApiKeys[0];

let folder: string;
let practice: PracticeOverDays;
let clock: VirtualClock;
let store: Store;
let http: Awaited<ReturnType<typeof openUndiciHttp>>;
let dispatcher: Dispatcher;
beforeEach(async () => {
  folder = makeFolder('following');
  practice = await PracticeOverDays.start(folder);
  ({ clock } = practice);
  store = new Store(clock);
  http = await openUndiciHttp();
});
afterEach(async () => {
  const stopping = dispatcher.stop();
  await clock.advance(10_000);
  await stopping;
  await http.close();
  await practice.server.close();
  store.dispose();
  removeFolder(folder);
});

/** An inquiry with a document that nobody has decided, and the customer here who waits for it. */
async function customer(n: number): Promise<{ submissionId: string; inquiryId: string }> {
  const inquiryId = String(
    at(await callApi(practice, 'POST', '/inquiries', { 'inquiry-template-id': 'itmpl_Practice' }), 'data', 'id'),
  );
  const data = Buffer.from(`\u00ff\u00d8\u00ff\u00e0 ${n} satchel-practice:hold `, 'latin1').toString('base64');
  const made = await callApi(practice, 'POST', '/document/generics', {
    kind: 'bill',
    'inquiry-id': inquiryId,
    files: [{ data, filename: 'page-1.jpg' }],
  });
  const providerDocumentId = String(at(made, 'data', 'id'));
  await callApi(practice, 'POST', `/document/generics/${providerDocumentId}/submit`);
  const submissionId = store.submission({ state: 'in_review' });
  const earlier = [
    { providerDocumentId, documentId: `${submissionId}-address`, requirementId: 'address', isGovernmentId: false },
  ];
  const payload = { inquiryId, acceptedWhen: 'approved', earlier, governmentIds: [] };
  store.enqueue(store.newOperation(submissionId, { kind: 'persona.inquiry.follow', isFollow: true, payload }));
  return { submissionId, inquiryId };
}

function start(provider: Provider): void {
  dispatcher = createDispatcher({
    db: store.db,
    providers: new Map([['persona', provider]]),
    http,
    content: { page: () => Promise.reject(new Error('no page here')), subject: () => EMPTY_SUBJECT },
    connections: {
      forSync: (id) => ({
        provider: 'persona',
        connection: {
          id,
          environment: 'practice',
          baseUrl: practice.server.personaBaseUrl,
          settings: { version: '2025-12-08', keyInflection: 'kebab' },
          flows: [],
        },
        credential: () => ({ apiKey: API_KEY }),
        tokens: { read: () => null, renew: (_refused, mint) => mint() },
      }),
    },
    clock,
    timers: clock,
    random: seededRandom(1),
    rules: () => DEFAULT_SENDING_RULES,
    log: silentLog,
    onChange: () => {},
  });
  dispatcher.start();
}

/** Lets time pass, but not while a call is under way. */
async function pass(ms: number, isOver: () => boolean = () => false): Promise<void> {
  const ends = clock.monotonic() + ms;
  for (;;) {
    while (dispatcher.status().sending > 0) await new Promise((resolve) => setTimeout(resolve, 1));
    if (isOver()) return;
    const nextMs = clock.untilNextMs;
    if (nextMs === null || clock.monotonic() + nextMs > ends) break;
    await clock.advance(nextMs);
  }
  await clock.advance(Math.max(ends - clock.monotonic(), 0));
}

const isAccepted = (submissionId: string): boolean => store.submissionRow(submissionId).state === 'accepted';

interface Followed {
  readonly calls: number;
  readonly questions: number;
  readonly latestMs: number;
  /** How much later than after its pause the latest one came. */
  readonly lateMs: number;
}

/** Calls in so many times five minutes in which nothing new comes, and how long the decision in each took to arrive. */
async function following(provider: Provider, rounds: number): Promise<Followed> {
  const customers: { submissionId: string; inquiryId: string }[] = [];
  for (let n = 0; n < CUSTOMERS; n += 1) customers.push(await customer(n));
  await practice.admin('POST', '/switches', { 'persona.rateLimitPerMinute': 300 });
  // What the preparation used of the limit is over.
  await clock.advance(2 * MINUTE);
  start(provider);
  const followedFrom = clock.monotonic();
  // Each has been read for the first time, and that it is in review is known.
  await pass(15 * MINUTE);
  const callsBefore = (await practice.requests()).length;
  const startedAt = clock.monotonic();
  let latestMs = 0;
  let lateMs = Number.NEGATIVE_INFINITY;
  for (let n = 0; n < rounds; n += 1) {
    await pass(startedAt + n * 5 * MINUTE - clock.monotonic());
    const { submissionId, inquiryId } = customers[n * 9] ?? { submissionId: '', inquiryId: '' };
    await callApi(practice, 'POST', `/inquiries/${inquiryId}/approve`);
    const decidedAt = clock.monotonic();
    await pass(HOUR, () => isAccepted(submissionId));
    const tookMs = clock.monotonic() - decidedAt;
    latestMs = Math.max(latestMs, tookMs);
    lateMs = Math.max(lateMs, tookMs - (PROVIDERS.persona.changes?.pauseMs(decidedAt - followedFrom) ?? 0));
  }
  await pass(Math.max(startedAt + rounds * 5 * MINUTE - clock.monotonic(), 0));
  const made = (await practice.requests()).slice(callsBefore);
  // One of each round is the test's own.
  return {
    calls: made.length - rounds,
    questions: made.filter(({ path }) => path.endsWith('/events')).length,
    latestMs,
    lateMs,
  };
}

describe('a hundred and twenty customers in review', () => {
  it('take few calls, and every decision arrives within the pause of the question', async () => {
    const { calls, questions, latestMs, lateMs } = await following(PROVIDERS.persona, 12);
    process.stdout.write(
      `following: ${calls} calls (${questions} questions) an hour, latest decision after ${latestMs} ms\n`,
    );
    expect(lateMs).toBeLessThanOrEqual(10_000);
    expect(calls).toBeLessThan(700);
  });

  it('took thousands when each was asked about by itself, and decisions came later', async () => {
    const { changes: _changes, ...alone } = PROVIDERS.persona;
    const { calls, latestMs } = await following(alone, 2);
    process.stdout.write(`by itself: ${calls} calls in ten minutes, latest decision after ${latestMs} ms\n`);
    expect(calls).toBeGreaterThan(300);
  });
});
