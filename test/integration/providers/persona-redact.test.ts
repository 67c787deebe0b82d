import { describe, expect, it } from 'vitest';
import { PROVIDERS, type FinishedOperation, type Outcome } from '../../../main/providers/index.ts';
import { operation, providerContext } from '../../support/provider-context.ts';
import { useWire } from '../../support/wire.ts';

/** What Persona has of a customer is removed there when the pages are purged here. */

const { persona } = PROVIDERS;
const wire = useWire();
const answer = (body: unknown, status = 200) =>
  ({ do: 'answer', status, body, headers: { 'request-id': 'req_1' } }) as const;
const inquiry = (redactedAt: string | null) => ({
  data: { type: 'inquiry', id: 'inq_1', attributes: { status: 'approved', 'redacted-at': redactedAt } },
});
const TRANSACTION = { data: { type: 'transaction', id: 'txn_1', attributes: { status: 'approved' } } };
const refused = (title: string, details = '') => ({ errors: [{ title, details }] });
const ALREADY = refused('Conflict', 'Inquiry already redacted');

const finished = (kind: string, result: object): FinishedOperation => ({ kind, payload: {}, result });

let commits: { readonly commits: number };

function redact(kind = 'persona.inquiry.redact', isWanted = true): Promise<Outcome> {
  const context = providerContext({
    http: wire.http,
    baseUrl: `${wire.server.url}/api/v1`,
    settings: {},
    credential: { apiKey: 'persona_sandbox_secret' },
  });
  commits = context.counts;
  const recordId = kind === 'persona.inquiry.redact' ? 'inq_1' : 'txn_1';
  return persona.perform(operation(kind, { recordId }), {
    ...context,
    connection: { ...context.connection, redactsWhenPurged: isWanted },
  });
}
const seen = (): string[] => wire.server.seen.map(({ method, path }) => `${method} ${path}`);
const code = ({ evidence }: Outcome): string => evidence.message.code;

describe('the plan', () => {
  it('names each inquiry and transaction that was made for the customer, once, its account after them, and no document', () => {
    const planned = persona.planRedaction?.(
      [
        finished('persona.account.create', { accountId: 'act_1' }),
        finished('persona.inquiry.create', { inquiryId: 'inq_1' }),
        finished('persona.inquiry.document.create', { providerDocumentId: 'doc_1' }),
        finished('persona.inquiry.create', { inquiryId: 'inq_2' }),
        finished('persona.inquiry.create', { inquiryId: 'inq_2' }),
        finished('persona.transaction.create', { transactionId: 'txn_1', createdAtMs: 1 }),
        finished('persona.document.create', { providerDocumentId: 'doc_2' }),
        finished('persona.inquiry.create', { confirmedByPerson: true }),
      ],
      { accountsWhenPurged: 'own' },
    );
    expect(planned?.map(({ kind, payload }) => [kind, payload['recordId']])).toEqual([
      ['persona.inquiry.redact', 'inq_1'],
      ['persona.inquiry.redact', 'inq_2'],
      ['persona.transaction.redact', 'txn_1'],
      ['persona.account.redact', 'act_1'],
    ]);
    for (const { kind, payload } of planned ?? []) {
      expect(persona.operations[kind]?.payload.safeParse(payload).success).toBe(true);
    }
  });
});

describe('what no call removes', () => {
  const gone = [
    finished('persona.inquiry.create', { inquiryId: 'inq_1' }),
    finished('persona.inquiry.document.create', { providerDocumentId: 'doc_1' }),
    finished('persona.transaction.create', { transactionId: 'txn_1', createdAtMs: 1 }),
  ];
  const alone = [
    finished('persona.document.create', { providerDocumentId: 'doc_2' }),
    finished('persona.document.create', { confirmedByPerson: true }),
    // It got other pages before its submit, and the create behind that names it once more.
    finished('persona.document.update', { providerDocumentId: 'doc_2' }),
    finished('persona.document.create', { providerDocumentId: 'doc_2' }),
    finished('persona.account.document.create', { providerDocumentId: 'doc_3' }),
  ];

  it('is named: documents by themselves and of an account, and none that goes with its inquiry', () => {
    expect(persona.staysWhenPurged?.([...gone, ...alone], {})).toEqual([
      { code: 'persona.documentsStay', params: { ids: 'doc_2, doc_3' } },
    ]);
    expect(persona.staysWhenPurged?.(gone, {})).toEqual([]);
  });

  it.each([
    ['because other visits share it', { accountsWhenPurged: 'own' }, false, 'persona.accountShared'],
    ['as the connection wants it', { accountsWhenPurged: 'kept' }, true, 'persona.accountKept'],
    ['as a connection of before the choice was promised', {}, false, 'persona.accountKept'],
  ])('is said of an account that stays %s', (_why, settings, isOwn, expected) => {
    const made = finished('persona.account.create', { accountId: 'act_1', isOwn });
    expect(persona.staysWhenPurged?.([made], settings)).toEqual([{ code: expected }]);
  });

  it('is not said of an account that is asked about when its turn comes', () => {
    const made = finished('persona.account.create', { accountId: 'act_1', isOwn: true });
    expect(persona.staysWhenPurged?.([made], { accountsWhenPurged: 'own' })).toEqual([]);
  });
});

describe('the plan for the account', () => {
  it.each([
    [{ accountsWhenPurged: 'own' }, true, 1],
    [{ accountsWhenPurged: 'own' }, undefined, 1],
    [{ accountsWhenPurged: 'own' }, false, 0],
    [{ accountsWhenPurged: 'kept' }, true, 0],
    // A connection of before the choice, which was promised that accounts stay.
    [{}, true, 0],
  ])('of %j, where its own reference is %s: %i calls', (settings, isOwn, calls) => {
    const made = finished('persona.account.create', { accountId: 'act_1', ...(isOwn === undefined ? {} : { isOwn }) });
    expect(persona.planRedaction?.([made], settings)).toHaveLength(calls);
  });
});

describe('trap 20: DELETE means redact', () => {
  it.each([
    ['persona.inquiry.redact', 'DELETE /api/v1/inquiries/inq_1'],
    ['persona.transaction.redact', 'DELETE /api/v1/transactions/txn_1'],
  ])('%s is one call, without a point of no return, and keeps the request’s id', async (kind, call) => {
    const shown = kind === 'persona.inquiry.redact' ? inquiry('2026-01-01T00:00:00Z') : TRANSACTION;
    wire.server.script(answer(shown));
    const outcome = await redact(kind);
    expect(outcome).toMatchObject({ kind: 'done', result: {}, evidence: { status: 200, requestId: 'req_1' } });
    expect(code(outcome)).toBe('persona.redacted');
    expect(seen()).toEqual([call]);
    expect(commits.commits).toBe(0);
  });

  it('a second time it is as good as done, by the words of the conflict', async () => {
    wire.server.script(answer(ALREADY, 409));
    expect(code(await redact())).toBe('persona.redactedBefore');
    expect(seen()).toHaveLength(1);
  });

  it('or by the record itself, where the words are others', async () => {
    wire.server.script(answer(refused('Conflict'), 409), answer(inquiry('2026-01-01T00:00:00Z')));
    expect(code(await redact())).toBe('persona.redactedBefore');
    expect(seen()).toEqual(['DELETE /api/v1/inquiries/inq_1', 'GET /api/v1/inquiries/inq_1']);
  });

  it.each([
    ['nothing', {}],
    ['another record', { data: { type: 'inquiry', id: 'inq_2', attributes: {} } }],
  ])('an answer about %s proves nothing', async (_what, body) => {
    wire.server.script(answer(body));
    expect(await redact()).toMatchObject({
      kind: 'retry',
      evidence: { message: { code: 'persona.answerUnreadable' } },
    });
  });

  it('a conflict that only speaks of redacting is a refusal', async () => {
    const busy = refused('Conflict', 'Inquiry cannot be redacted because it is already being processed');
    wire.server.script(answer(busy, 409), answer(inquiry(null)));
    expect(code(await redact())).toBe('persona.redactionRefused');
  });

  it('a conflict about something else is a refusal', async () => {
    wire.server.script(answer(refused('Conflict'), 409), answer(inquiry(null)));
    expect(await redact()).toMatchObject({
      kind: 'attention',
      cause: 'call_it',
      evidence: { status: 409, requestId: 'req_1', message: { code: 'persona.redactionRefused' } },
    });
  });
});

describe('what else may be answered', () => {
  it.each([
    [403, refused('Forbidden', 'The API key lacks the permission'), 'persona.redactionRefused'],
    [403, refused('Forbidden'), 'persona.redactionRefused'],
    [410, refused('Gone'), 'persona.redactionRefused'],
    [405, {}, 'persona.redactionRefused'],
    [404, {}, 'persona.redactionRefused'],
    [404, refused('Record not found'), 'persona.redactionMissing'],
    [422, refused('Unprocessable'), 'persona.redactionRefused'],
  ])('%i is for a person, and pauses nothing that must be sent', async (status, body, expected) => {
    wire.server.script(answer(body, status));
    expect(await redact()).toMatchObject({
      kind: 'attention',
      cause: 'call_it',
      evidence: { message: { code: expected } },
    });
  });

  it('a filter on the way that lets no DELETE through pauses nothing either', async () => {
    const page = '<html>blocked</html>';
    wire.server.script({
      do: 'raw',
      text: `HTTP/1.1 403 Forbidden\r\ncontent-type: text/html\r\ncontent-length: ${page.length}\r\n\r\n${page}`,
    });
    expect(await redact()).toMatchObject({
      kind: 'attention',
      cause: 'call_it',
      evidence: { status: 403, message: { code: 'network.filtered' } },
    });
  });

  it.each([
    [401, {}, { kind: 'pause', cause: 'sign_in', afterMs: null }],
    [403, refused('Forbidden', 'IP address is not permitted'), { kind: 'pause', cause: 'call_it' }],
    [429, refused('Too many requests'), { kind: 'rate_limited' }],
    [408, {}, { kind: 'retry' }],
    [500, {}, { kind: 'retry' }],
    [503, {}, { kind: 'retry' }],
  ])('%i is as for any other call', async (status, body, expected) => {
    wire.server.script(answer(body, status));
    expect(await redact()).toMatchObject(expected);
  });

  it('nothing is called when the connection does not want it any more', async () => {
    expect(code(await redact('persona.inquiry.redact', false))).toBe('persona.redactionOff');
    expect(seen()).toEqual([]);
  });
});

const account = (reference: string, redactedAt: string | null = null) => ({
  data: { type: 'account', id: 'act_1', attributes: { 'reference-id': reference, 'redacted-at': redactedAt } },
});

const inquiries = (...found: readonly (readonly [id: string, redactedAt: string | null])[]) => ({
  data: found.map(([id, redactedAt]) => ({ type: 'inquiry', id, attributes: { 'redacted-at': redactedAt } })),
  links: { prev: null, next: null },
});

async function redactAccount(
  settings: object = { accountsWhenPurged: 'own' },
): Promise<[code: string, calls: string[]]> {
  const context = providerContext({
    http: wire.http,
    baseUrl: `${wire.server.url}/api/v1`,
    settings,
    credential: { apiKey: 'persona_sandbox_secret' },
  });
  const ours = finished('persona.inquiry.create', { inquiryId: 'inq_1' });
  const outcome = await persona.perform(
    operation('persona.account.redact', { recordId: 'act_1' }, { finished: () => [ours] }),
    { ...context, connection: { ...context.connection, redactsWhenPurged: true } },
  );
  const calls = seen().map((call) => call.replace('/api/v1', '').replace(/\?.*/, ''));
  return [code(outcome), calls];
}

describe('the account', () => {
  /** Of submission-1, as every operation of these tests. */
  const OWN = account('satchel-submission-1');
  const GOES = ['GET /accounts/act_1', 'GET /inquiries', 'DELETE /accounts/act_1'];

  it('goes when its reference is of this submission alone, after what hangs at it is known to be ours', async () => {
    wire.server.script(answer(OWN), answer(inquiries(['inq_1', null], ['inq_9', '2026-01-01T00:00:00Z'])), answer(OWN));
    expect(await redactAccount()).toEqual(['persona.redacted', GOES]);
    expect(wire.server.seen[1]?.path).toContain('filter%5Baccount-id%5D=act_1');
  });

  it.each([
    ['of the organisation’s own reference', account('C-1')],
    ['of another submission', account('satchel-submission-2')],
    ['that shows no reference', account('')],
  ])('one %s stays', async (_what, shown) => {
    wire.server.script(answer(shown));
    expect(await redactAccount()).toEqual(['persona.accountShared', ['GET /accounts/act_1']]);
  });

  it('one with an inquiry that is not ours stays', async () => {
    wire.server.script(answer(OWN), answer(inquiries(['inq_1', null], ['inq_2', null])));
    expect(await redactAccount()).toEqual(['persona.accountInUse', GOES.slice(0, 2)]);
  });

  it.each([{ accountsWhenPurged: 'kept' }, {}])('nothing is called where accounts are kept (%j)', async (settings) => {
    expect(await redactAccount(settings)).toEqual(['persona.accountKept', []]);
  });

  it('one that is redacted already, or gone, is left', async () => {
    wire.server.script(answer(account('', '2026-01-01T00:00:00Z')));
    expect((await redactAccount())[0]).toBe('persona.redactedBefore');
    wire.server.script(answer(refused('Record not found'), 404));
    expect((await redactAccount())[0]).toBe('persona.accountGone');
  });

  it.each([
    ['may not be looked at', [answer(refused('Forbidden'), 403)]],
    ['whose inquiries may not be looked at', [answer(OWN), answer(refused('Forbidden'), 403)]],
    ['may not be redacted', [answer(OWN), answer(inquiries()), answer(refused('Forbidden'), 403)]],
  ])('one that %s is for a person, and pauses nothing that must be sent', async (_what, answers) => {
    wire.server.script(...answers);
    expect((await redactAccount())[0]).toBe('persona.redactionRefused');
  });
});
