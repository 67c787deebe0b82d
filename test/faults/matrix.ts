/**
 * Each fault of the wire at each kind of call: which state it ends in, that nothing counts as done without a whole answer,
 * and that afterwards everything is at the provider exactly once, by the provider's own log.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PersonaRoute, ProviderId } from '../../shared/domain/index.ts';
import type { WireFault } from '../support/fault-proxy.ts';
import { ProxiedBranch } from './proxied-branch.ts';

/**
 * - `passes`: slow or rude, but the answer is whole: done at once. `passesOrNext`: the next call may have been on the same
 *   connection already, and is then in doubt itself.
 * - `notThere`: the provider cannot have it: tried again by itself, or in doubt when the app cannot tell.
 * - `inDoubt`: the whole request left and no answer came that counts: unknown, and resolved before anything is repeated.
 * - `waits`: the connection waits; the operation is where it was, or (`waitsInDoubt`) unknown, or (`waitsSomehow`) either:
 *   the answer may come before the last byte has left.
 * - `person`: a person is needed.
 */
export type Ends =
  | 'passes'
  | 'passesOrNext'
  | 'notThere'
  | 'inDoubt'
  | 'waits'
  | 'waitsInDoubt'
  | 'waitsSomehow'
  | 'person';

/** Persona's other roads, each with the flow that takes it. */
export const ROADS = {
  account: { by: 'documents', account: 'customer', accountTypeId: '' },
  inquiry: {
    by: 'inquiry',
    templateId: 'itmpl_Practice',
    accountTypeId: '',
    acceptedWhen: 'approved',
    verificationTemplateId: '',
  },
  transaction: { by: 'transaction', transactionTypeId: 'txntp_Practice', declined: 'checks', retakeStatus: '' },
} as const satisfies Record<string, PersonaRoute>;
export type PersonaRoad = keyof typeof ROADS;

export interface CallKind {
  readonly provider: ProviderId;
  /** Persona's: only on this road. Absent: each document by itself. */
  readonly road?: PersonaRoad;
  readonly kind: string;
  readonly path: string;
  readonly method: 'GET' | 'POST';
  /** A call that changes nothing at the provider: its lost answer is asked for again. */
  readonly isRead: boolean;
}

export const CALLS: readonly CallKind[] = [
  { provider: 'persona', kind: 'persona.document.create', path: '/generics', method: 'POST', isRead: false },
  { provider: 'persona', kind: 'persona.document.submit', path: '/submit', method: 'POST', isRead: false },
  { provider: 'persona', kind: 'persona.document.follow', path: '/generics/', method: 'GET', isRead: true },
  ...onRoad('account', [{ kind: 'persona.account.document.create', path: '/generics', method: 'POST', isRead: false }]),
  ...onRoad('inquiry', [
    { kind: 'persona.account.create', path: '/accounts', method: 'POST', isRead: false },
    { kind: 'persona.inquiry.create', path: '/inquiries', method: 'POST', isRead: false },
    { kind: 'persona.inquiry.document.create', path: '/government-ids', method: 'POST', isRead: false },
    { kind: 'persona.document.submit', path: '/submit', method: 'POST', isRead: false },
    { kind: 'persona.inquiry.follow', path: '/inquiries/', method: 'GET', isRead: true },
  ]),
  ...onRoad('transaction', [
    { kind: 'persona.transaction.create', path: '/transactions', method: 'POST', isRead: false },
    { kind: 'persona.transaction.follow', path: '/transactions/', method: 'GET', isRead: true },
  ]),
  { provider: 'personr', kind: 'token', path: '/api-basic-auth', method: 'POST', isRead: true },
  {
    provider: 'personr',
    kind: 'personr.applicant.create',
    path: '/api-applicant-create',
    method: 'POST',
    isRead: false,
  },
  { provider: 'personr', kind: 'personr.document.upload', path: '/api-document-upload', method: 'POST', isRead: false },
  {
    provider: 'personr',
    kind: 'personr.check.start',
    path: '/api-request-applicant-check',
    method: 'POST',
    isRead: false,
  },
  { provider: 'personr', kind: 'personr.check.follow', path: '/api-applicant-status', method: 'POST', isRead: true },
  { provider: 'sumsub', kind: 'sumsub.applicant.create', path: '/applicants?', method: 'POST', isRead: false },
  { provider: 'sumsub', kind: 'sumsub.document.upload', path: '/info/idDoc', method: 'POST', isRead: false },
  { provider: 'sumsub', kind: 'sumsub.check.start', path: '/status/pending', method: 'POST', isRead: false },
  { provider: 'sumsub', kind: 'sumsub.check.follow', path: '/status', method: 'GET', isRead: true },
];

function onRoad(road: PersonaRoad, calls: readonly Omit<CallKind, 'provider' | 'road'>[]): CallKind[] {
  return calls.map((call) => ({ ...call, provider: 'persona', road }));
}

interface Row {
  readonly name: string;
  readonly fault: WireFault;
  readonly ends: Ends;
  /** How many requests in a row meet it. Default 1. */
  readonly times?: number;
  /** Where a provider or a call has another end. */
  readonly except?: Readonly<Record<string, Ends>>;
}

const JSON_TYPE = 'application/json';
const HTML_TYPE = 'text/html; charset=utf-8';
const LOGIN = '<!doctype html><title>Guest network</title><form method="post"><input name="room"></form>';

/** An answer in the place of the provider's, in a shape that every adapter understands. */
function refusal(status: number, text = 'Practice refusal', headers: Record<string, string> = {}): WireFault {
  const body = { errors: [{ title: text }], statusCode: status, message: text, code: status, description: text };
  return { kind: 'answerInstead', status, contentType: JSON_TYPE, body: JSON.stringify(body), headers };
}

function gateway(status: number): WireFault {
  return { kind: 'answerInstead', status, contentType: HTML_TYPE, body: '<h1>Gateway</h1>' };
}

/** The provider does the work; what stands before it answers that it did not come to an end. */
function gatewayAfterwards(status: number): WireFault {
  return { kind: 'otherAnswer', status, contentType: HTML_TYPE, body: '<h1>Gateway</h1>' };
}

export const ROWS: readonly Row[] = [
  { name: 'delay', fault: { kind: 'delay', ms: 60 }, ends: 'passes' },
  { name: 'slow reader', fault: { kind: 'slowReader', bytes: 8_192, everyMs: 2 }, ends: 'passes' },
  { name: 'reset after the answer', fault: { kind: 'resetAfterAnswer' }, ends: 'passesOrNext' },

  { name: 'reset after the head', fault: { kind: 'hangUp', how: 'reset' }, ends: 'notThere' },
  { name: 'end after the head', fault: { kind: 'hangUp', how: 'end' }, ends: 'notThere' },
  { name: 'reset in the body', fault: { kind: 'cutRequest', afterBytes: 40, how: 'reset' }, ends: 'notThere' },
  { name: 'end in the body', fault: { kind: 'cutRequest', afterBytes: 40, how: 'end' }, ends: 'notThere' },
  { name: 'silence in the body', fault: { kind: 'stallRequest', afterBytes: 40 }, ends: 'notThere' },

  { name: 'reset after the request', fault: { kind: 'swallow', how: 'reset' }, ends: 'inDoubt' },
  { name: 'end after the request', fault: { kind: 'swallow', how: 'end' }, ends: 'inDoubt' },
  { name: 'silence after the request', fault: { kind: 'swallowSilently' }, ends: 'inDoubt' },
  { name: 'reset before the answer', fault: { kind: 'cutAnswer', afterBytes: 0, how: 'reset' }, ends: 'inDoubt' },
  { name: 'end before the answer', fault: { kind: 'cutAnswer', afterBytes: 0, how: 'end' }, ends: 'inDoubt' },
  { name: "reset in the answer's head", fault: { kind: 'cutAnswer', afterBytes: 20, how: 'reset' }, ends: 'inDoubt' },
  { name: "end in the answer's head", fault: { kind: 'cutAnswer', afterBytes: 20, how: 'end' }, ends: 'inDoubt' },
  { name: "reset in the answer's body", fault: { kind: 'cutAnswer', afterBytes: -10, how: 'reset' }, ends: 'inDoubt' },
  { name: "end in the answer's body", fault: { kind: 'cutAnswer', afterBytes: -10, how: 'end' }, ends: 'inDoubt' },
  { name: 'silence before the answer', fault: { kind: 'stallAnswer', afterBytes: 0 }, ends: 'inDoubt' },
  { name: 'silence in the answer', fault: { kind: 'stallAnswer', afterBytes: -10 }, ends: 'inDoubt' },
  { name: 'half of the JSON, with its length', fault: { kind: 'halfJson', hasLength: true }, ends: 'inDoubt' },
  { name: 'half of the JSON, then the end', fault: { kind: 'halfJson', hasLength: false }, ends: 'inDoubt' },
  { name: 'no body', fault: { kind: 'otherBody', contentType: JSON_TYPE, body: '' }, ends: 'inDoubt' },
  {
    name: 'another object',
    fault: { kind: 'otherBody', contentType: JSON_TYPE, body: '{"hello":1}' },
    ends: 'inDoubt',
  },
  { name: 'null', fault: { kind: 'otherBody', contentType: JSON_TYPE, body: 'null' }, ends: 'inDoubt' },
  { name: 'a list', fault: { kind: 'otherBody', contentType: JSON_TYPE, body: '[1,2]' }, ends: 'inDoubt' },
  { name: 'plain text', fault: { kind: 'otherBody', contentType: 'text/plain', body: 'OK' }, ends: 'inDoubt' },
  {
    name: 'HTML in the place of the answer',
    fault: { kind: 'otherAnswer', status: 200, contentType: HTML_TYPE, body: LOGIN },
    ends: 'waitsInDoubt',
  },
  {
    name: 'a redirect in the place of the answer',
    fault: { kind: 'otherAnswer', status: 302, contentType: HTML_TYPE, body: '' },
    ends: 'waitsInDoubt',
  },
  {
    name: '500 after the work',
    fault: gatewayAfterwards(500),
    ends: 'inDoubt',
    except: { 'persona.document.submit': 'passes' },
  },
  { name: '502 after the work', fault: gatewayAfterwards(502), ends: 'inDoubt' },
  { name: '503 after the work', fault: gatewayAfterwards(503), ends: 'inDoubt' },
  { name: '504 after the work', fault: gatewayAfterwards(504), ends: 'inDoubt' },

  {
    name: 'a login page instead',
    fault: { kind: 'answerInstead', status: 200, contentType: HTML_TYPE, body: LOGIN },
    ends: 'waitsInDoubt',
  },
  {
    name: 'a login page at once',
    fault: { kind: 'answerEarly', status: 200, contentType: HTML_TYPE, body: LOGIN },
    ends: 'waitsSomehow',
  },
  { name: '511', fault: gateway(511), ends: 'waits' },
  { name: '407', fault: gateway(407), ends: 'waits' },
  {
    name: '413 at once',
    fault: {
      kind: 'answerEarly',
      status: 413,
      contentType: JSON_TYPE,
      body: '{"statusCode":413,"message":"too large"}',
    },
    ends: 'person',
  },
  // Personr's token is made anew after the first 401 and the call repeated.
  { name: '401', fault: refusal(401, 'Unauthorized'), times: 3, ends: 'waits' },
  { name: '403', fault: refusal(403, 'Forbidden'), ends: 'waits' },
  {
    name: '404',
    fault: refusal(404, 'Workflow not found'),
    ends: 'waits',
    except: {
      'persona.document.submit': 'person',
      'persona.document.follow': 'person',
      'sumsub.document.upload': 'person',
      'sumsub.check.start': 'person',
      'sumsub.check.follow': 'person',
      token: 'passes',
    },
  },
  // There is another way to a token of Personr's when one is said not to be there.
  { name: '405', fault: refusal(405), ends: 'waits', except: { token: 'passes' } },
  { name: '410', fault: refusal(410), ends: 'waits', except: { token: 'passes' } },
  { name: '400', fault: refusal(400), ends: 'person', except: { token: 'waits' } },
  { name: '413', fault: refusal(413), ends: 'person' },
  { name: '422', fault: refusal(422), ends: 'person' },
  { name: '408', fault: refusal(408), ends: 'inDoubt' },
  { name: '409', fault: refusal(409, 'Conflict'), ends: 'notThere' },
  { name: '429', fault: refusal(429, 'Rate limit exceeded', { 'retry-after': '20' }), ends: 'waits' },
  { name: '500', fault: gateway(500), ends: 'inDoubt', except: { 'persona.document.submit': 'notThere' } },
  { name: '502', fault: gateway(502), ends: 'inDoubt' },
  { name: '503', fault: gateway(503), ends: 'inDoubt' },
  { name: '504', fault: gateway(504), ends: 'inDoubt' },
];

/** The states that an end allows, for a call that changes something and for one that only asks. */
const STATED: Readonly<Record<Ends, { write: readonly string[]; read: readonly string[]; isPaused: boolean }>> = {
  passes: { write: ['done'], read: ['done', 'pending'], isPaused: false },
  passesOrNext: { write: ['done', 'unknown', 'pending'], read: ['done', 'pending'], isPaused: false },
  notThere: { write: ['pending', 'unknown'], read: ['pending'], isPaused: false },
  inDoubt: { write: ['unknown'], read: ['pending'], isPaused: false },
  waits: { write: ['pending'], read: ['pending'], isPaused: true },
  waitsInDoubt: { write: ['unknown'], read: ['pending'], isPaused: true },
  waitsSomehow: { write: ['pending', 'unknown'], read: ['pending'], isPaused: true },
  // A page that was refused is wanted again, and the call that carried it is over.
  person: { write: ['attention', 'cancelled'], read: ['attention', 'cancelled'], isPaused: false },
};

/** One of each kind of end, for calls that take the same way through the app as those that meet every row. */
const ONE_OF_EACH_END: ReadonlySet<string> = new Set([
  'reset after the answer',
  'reset in the body',
  'reset after the request',
  'silence before the answer',
  'half of the JSON, with its length',
  'another object',
  'HTML in the place of the answer',
  '500 after the work',
  '502 after the work',
  'a login page at once',
  '401',
  '403',
  '409',
  '422',
  '429',
  '500',
]);

/** The matrix of one provider's calls, or of one of Persona's other roads. */
export function describeMatrix(
  provider: ProviderId,
  { road, isEveryRow = true }: { readonly road?: PersonaRoad; readonly isEveryRow?: boolean } = {},
): void {
  const open = (): Promise<ProxiedBranch> =>
    ProxiedBranch.open(provider, road === undefined ? {} : { route: ROADS[road] });
  // A status call is repeated whatever happens. All of the rows are for who has the time.
  const rowsOf = ({ isRead, kind }: CallKind): readonly Row[] =>
    (isEveryRow && (!isRead || kind === 'token')) || process.env['SATCHEL_EVERY_FAULT'] === '1'
      ? ROWS
      : ROWS.filter(({ name }) => ONE_OF_EACH_END.has(name));
  describe(`faults of the wire, ${[provider, ...(road === undefined ? [] : [road])].join(', ')}`, () => {
    let world: ProxiedBranch;
    beforeAll(async () => {
      world = await open();
    });
    afterAll(async () => {
      await world.close();
    });
    // What a failed cell left behind must not fail the others.
    afterEach(async ({ task }) => {
      if (task.result?.state !== 'fail') return;
      await world.close();
      world = await open();
    });

    for (const call of CALLS.filter((known) => known.provider === provider && known.road === road)) {
      it.each(rowsOf(call))(`${call.kind}: $name`, async ({ fault, ends, times, except }) => {
        const submissionId = await world.capture();
        world.proxy.arm({ path: call.path, method: call.method, times: times ?? 1, fault });
        world.release(submissionId);
        await world.until('the fault', () => world.proxy.hits > 0);

        const target = world.metBy(submissionId, call.kind === 'token' ? 'personr.applicant.create' : call.kind);
        const stated = STATED[except?.[call.kind] ?? ends];
        expect(stated[call.isRead ? 'read' : 'write']).toContain(target);
        expect(world.isPaused()).toBe(stated.isPaused);

        const decisions = await world.recover(submissionId);
        await expectExactlyOnce(world, submissionId, decisions.filter((choice) => choice === 'send_again').length);
      });
    }
  });
}

/**
 * As base64 larger than all the buffers between the app and the proxy (Linux lets one socket grow to 4 MiB for sending and 32
 * for receiving): a part of it is still here when the connection breaks.
 */
const LARGE_PAGE_BYTES = 32_000_000;
const EARLY_BYTES = 100_000;

const IN_A_LARGE_BODY: readonly { name: string; fault: WireFault }[] = [
  { name: 'reset', fault: { kind: 'cutRequest', afterBytes: EARLY_BYTES, how: 'reset' } },
  { name: 'end', fault: { kind: 'cutRequest', afterBytes: EARLY_BYTES, how: 'end' } },
  { name: 'silence', fault: { kind: 'stallRequest', afterBytes: EARLY_BYTES } },
  { name: 'reset after the head', fault: { kind: 'hangUp', how: 'reset' } },
];

/**
 * Where the last byte is certainly not out yet, nothing is in doubt: the same request goes again, with the same key. `pageBytes`:
 * of a provider that takes a page as it is, without base64, it must be larger.
 */
export function describeLargeBodies(
  provider: ProviderId,
  kind: string,
  path: string,
  pageBytes = LARGE_PAGE_BYTES,
): void {
  describe(`in the middle of a large body, ${provider}`, () => {
    let world: ProxiedBranch;
    beforeAll(async () => {
      world = await ProxiedBranch.open(provider);
    });
    afterAll(async () => {
      await world.close();
    });

    it.each(IN_A_LARGE_BODY)('$name: tried again, nothing in doubt', async ({ fault }) => {
      const submissionId = await world.capture(pageBytes);
      const keys = (): string[] =>
        world
          .operations(submissionId)
          .filter((operation) => operation.kind === kind)
          .map(({ idempotencyKey }) => idempotencyKey);
      world.proxy.arm({ path, method: 'POST', times: 1, fault });
      world.release(submissionId);
      await world.until('the fault', () => world.proxy.hits > 0);
      expect([world.metBy(submissionId, kind), world.isPaused()]).toEqual(['pending', false]);

      const before = keys();
      expect(await world.recover(submissionId)).toEqual([]);
      expect(keys()).toEqual(before);
      await expectExactlyOnce(world, submissionId, 0);
      expect(world.branch.capture.submission(submissionId).timeline.map(({ message }) => message.code)).not.toContain(
        'sync.unknown',
      );
    });
  });
}

/** What makes a record of each kind at Persona. */
const MADE: Readonly<Record<string, string>> = {
  '/accounts': 'persona.account.create',
  '/inquiries': 'persona.inquiry.create',
  '/transactions': 'persona.transaction.create',
};

/** By the practice server's own log: each page once, each document submitted once, one customer, one check. */
async function expectExactlyOnce(world: ProxiedBranch, submissionId: string, sentAgainByPerson: number): Promise<void> {
  const { pages, operations } = world.branch.capture.submission(submissionId);
  const counts = new Map((await world.practice.files()).map(({ sha256, stored }) => [sha256, stored]));
  const shown = pages.filter(({ slot }) => slot !== null);
  expect(shown.length).toBe(2);
  // A provider that says that its document is gone is believed: it is made anew, under a key of its own.
  const madeAnew = world.branch.db.all(
    "SELECT sequence FROM ledger WHERE submission_id = ? AND kind = 'operation.replaced'",
    [submissionId],
  ).length;
  const stored = shown.map(({ sha256 }) => counts.get(sha256) ?? 0);
  expect(shown.map(({ isDelivered }) => isDelivered)).toEqual([true, true]);
  expect(Math.min(...stored)).toBe(1);
  expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(shown.length + madeAnew);
  expect(operations.filter(({ state }) => state !== 'done' && state !== 'cancelled')).toEqual([]);

  const carriedOut = (await world.practice.requests()).filter(
    ({ status, isReplay }) => status !== null && status < 300 && !isReplay,
  );
  const count = (path: string): number => carriedOut.filter((request) => request.path.includes(path)).length;
  const made = (path: string): number =>
    carriedOut.filter((request) => request.method === 'POST' && request.path === path).length;
  for (const path of ['/accounts', '/inquiries', '/transactions']) {
    expect(made(path)).toBe(operations.some(({ kind }) => MADE[path] === kind) ? 1 : 0);
  }
  const rounds = operations.filter(({ kind }) => kind === 'personr.check.start').length;
  expect(count('/submit')).toBe(
    operations.filter(({ kind, state }) => kind === 'persona.document.submit' && state === 'done').length,
  );
  expect(count('/api-applicant-create')).toBeLessThanOrEqual(1 + sentAgainByPerson);
  expect(count('/api-request-applicant-check')).toBe(
    operations.filter(({ kind, state }) => kind === 'personr.check.start' && state === 'done').length,
  );
  expect(count('/api-request-applicant-check')).toBeLessThanOrEqual(rounds);
}
