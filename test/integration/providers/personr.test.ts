import { describe, expect, it } from 'vitest';
import { PROVIDERS } from '../../../main/providers/index.ts';
import { providerContext } from '../../support/provider-context.ts';
import { CREDENTIAL, PERSON as APPLICANT } from './personr-bench.ts';
import { brief } from '../../support/provider-run.ts';
import { CREATE, status, upload, usePersonrUnderPath } from './personr-steps.ts';

const { personr } = PROVIDERS;
const NOW = Date.UTC(2026, 0, 2);
const [bench, context] = usePersonrUnderPath();

const answered = (more: object): unknown => ({
  status: 'success',
  response: { applicantId: APPLICANT, applicantStatus: 'Created', ...more },
});

describe('applicant', () => {
  it('traps 33, 36: a form with the exact flow name and our own reference', async () => {
    bench.server.script({
      do: 'answer',
      status: 200,
      body: { status: 'success', response: { applicantId: APPLICANT, applicantStatus: 'Created' } },
    });
    const given = context();
    expect(brief(await personr.perform(CREATE, given))).toEqual({
      kind: 'done',
      result: { applicantId: APPLICANT },
      code: 'personr.created',
    });
    expect(bench.server.seen[0]).toMatchObject({
      method: 'POST',
      path: '/api/1.1/wf/api-applicant-create',
      headers: { authorization: 'Bearer bus|1|2' },
    });
    expect(await bench.fieldsOf(0)).toEqual({
      email: 'ana@example.invalid',
      phone: '+61400000000',
      flowName: 'Identity and selfie',
      nameFirst: 'Ana',
      nameLast: 'Müller',
      sourceKey: 'satchel',
      externalUserId: JSON.stringify([CREATE.idempotencyKey]),
    });
    expect(given.counts.commits).toBe(1);
  });

  it('trap 27: a flat answer is an answer too', async () => {
    bench.server.script({ do: 'answer', status: 200, body: { applicantId: APPLICANT } });
    expect((await personr.perform(CREATE, context())).kind).toBe('done');
  });

  it.each(['email', 'phone'] as const)('needs the %s before anything is sent', async (field) => {
    const outcome = await personr.perform(
      CREATE,
      context({ subject: { email: 'a@example.invalid', phone: '+61400000000', [field]: '' } }),
    );
    expect(brief(outcome)).toEqual({ kind: 'attention', cause: 'correct_data', code: 'personr.fieldMissing' });
    expect(bench.server.connections()).toBe(0);
  });

  it.each<[string, number, unknown, Record<string, unknown>]>([
    [
      'shape 1',
      400,
      { statusCode: 400, message: 'Error: flowName does not match' },
      { kind: 'attention', cause: 'call_it', code: 'personr.flowUnknown' },
    ],
    ...(
      [
        [400, 'No flow exists with this name'],
        [422, 'Flow no longer exists'],
        [409, 'Flow is already archived'],
      ] as const
    ).map(([status, message]): [string, number, unknown, Record<string, unknown>] => [
      message,
      status,
      { statusCode: status, message: `Error: ${message}` },
      { kind: 'attention', cause: 'call_it', code: 'personr.flowUnknown' },
    ]),
    [
      'shape 1 with HTTP 200',
      200,
      { statusCode: 400, message: 'Error: invalid phone' },
      { kind: 'attention', cause: 'correct_data', code: 'personr.fieldRefused' },
    ],
    [
      'shape 2',
      400,
      {
        statusCode: 400,
        body: {
          status: 'MISSING_DATA',
          message: 'Missing parameter for workflow api-applicant-create: parameter email',
        },
      },
      { kind: 'attention', cause: 'correct_data', code: 'personr.fieldRefused' },
    ],
    [
      'shape 3',
      400,
      { status: 'NOT_RUN', message: 'condition not met' },
      { kind: 'attention', cause: 'call_it', code: 'personr.notRun' },
    ],
    [
      'shape 3 with HTTP 200',
      200,
      { status: 'NOT_RUN', message: 'condition not met' },
      { kind: 'attention', cause: 'call_it', code: 'personr.notRun' },
    ],
    [
      '429',
      429,
      { statusCode: 429, message: 'Too many requests' },
      { kind: 'rate_limited', afterMs: 60_000, code: 'personr.rateLimited' },
    ],
    ['503', 503, '', { kind: 'unknown', code: 'personr.unavailable' }],
    ['413 to a call without a page', 413, '', { kind: 'attention', cause: 'call_it', code: 'personr.refused' }],
    ['403', 403, {}, { kind: 'pause', cause: 'call_it', afterMs: null, code: 'personr.forbidden' }],
    [
      'a wrong address',
      404,
      { statusCode: 404, body: { status: 'NOT_FOUND', message: 'Workflow not found: api-applicant-create' } },
      { kind: 'pause', cause: 'call_it', afterMs: null, code: 'personr.wrongAddress' },
    ],
    [
      'success without an id',
      200,
      { status: 'success', response: {} },
      { kind: 'unknown', code: 'personr.answerUnreadable' },
    ],
    ['half JSON', 200, '{"status":"succ', { kind: 'unknown', code: 'personr.answerUnreadable' }],
    ['nothing', 200, '', { kind: 'unknown', code: 'personr.answerUnreadable' }],
  ])('trap 27: %s', async (_name, httpStatus, body, expected) => {
    bench.server.script({ do: 'answer', status: httpStatus, body });
    expect(brief(await personr.perform(CREATE, context()))).toEqual(expected);
  });

  it.each<[string, object]>([
    ['that is being checked', { applicantStatus: 'Pending' }],
    ['whose images are looked at', { applicantStatus: 'Pre-Checked' }],
    ['that was decided', { applicantStatus: 'Reviewed', nameFirst: 'Ana', nameLast: 'Müller' }],
    ['of another person', { nameFirst: 'Bea', nameLast: 'Muster' }],
    ['of somebody with the same family name', { nameFirst: 'Bea', nameLast: 'Müller' }],
  ])('a record %s is not the one that was asked for: no page goes there', async (_name, more) => {
    bench.answer(answered(more));
    bench.answer(status('Created', undefined, { externalUserId: ['of another customer'] }));
    const outcome = await personr.perform(CREATE, context());
    expect(brief(outcome)).toEqual({ kind: 'attention', cause: 'call_it', code: 'personr.createdOther' });
    expect(outcome.evidence.message.params).toEqual({ id: APPLICANT });
  });

  it.each<[string, object]>([
    ['in other letters', { applicantStatus: 'CREATED', nameFirst: 'ANA', nameLast: 'müller' }],
    ['without names', { nameFirst: '', nameLast: null }],
    ['under a status that nobody knows yet', { applicantStatus: 'Registered' }],
  ])('a new record %s is believed', async (_name, more) => {
    bench.answer(answered(more));
    expect((await personr.perform(CREATE, context())).kind).toBe('done');
  });

  it('a new record with a name put right is told by our own reference', async () => {
    bench.answer(answered({ nameFirst: 'Anna', nameLast: 'Müller' }));
    bench.answer(status('Created', undefined, { externalUserId: [CREATE.idempotencyKey] }));
    expect((await personr.perform(CREATE, context())).kind).toBe('done');
    expect(bench.server.seen.map(({ path }) => path.split('/').at(-1))).toEqual([
      'api-applicant-create',
      'api-applicant-status',
    ]);
  });

  it.each<[number, unknown]>([
    [409, { statusCode: 409, message: 'Error: applicant already exists' }],
    [400, { statusCode: 400, message: 'Error: an applicant with this email exists' }],
    [400, { statusCode: 400, message: 'Error: not made, as the applicant exists in this flow' }],
    [200, { status: 'DUPLICATE', message: 'duplicate applicant' }],
  ])('a customer whom Personr has already is for IT, and nothing is tried again (%i)', async (httpStatus, body) => {
    bench.server.script({ do: 'answer', status: httpStatus, body });
    expect(brief(await personr.perform(CREATE, context()))).toEqual({
      kind: 'attention',
      cause: 'call_it',
      code: 'personr.alreadyThere',
    });
  });

  it('trap 36: a lost answer is unknown, and nothing can be looked up: a person decides', async () => {
    bench.server.script({ do: 'reset_after_request' });
    expect((await personr.perform(CREATE, context())).kind).toBe('unknown');
    expect(personr.operations['personr.applicant.create']?.repeat).toBe('person');
  });
});

const details = (more: Record<string, unknown> = {}): unknown => ({
  status: 'success',
  response: { email: 'ANA@example.invalid', phone: '+61 400 000 000', flowName: 'Identity and selfie', ...more },
});

const compare = () => {
  const rules = personr.operations['personr.applicant.create'];
  if (rules?.repeat !== 'person' || rules.person.confirmedBy !== 'record') throw new Error('no comparison');
  return rules.person.compare(APPLICANT, CREATE, context());
};

describe('trap 36: an applicant that a person found', () => {
  const OURS = [CREATE.idempotencyKey];

  it.each<[string, unknown[]]>([
    ['our own reference', [status('Created', undefined, { sourceKey: 'satchel', externalUserId: OURS })]],
    [
      'our own reference, as the text of a list',
      [status('Created', undefined, { externalUserId: JSON.stringify(OURS) })],
    ],
    ['our own reference, whatever its state', [status('Pending', undefined, { externalUserId: OURS })]],
    ['no reference shown, untouched, with the customer’s address and number', [status('Created'), details()]],
  ])('is believed by %s', async (_name, bodies) => {
    bench.server.script(...bodies.map((body) => ({ do: 'answer', status: 200, body }) as const));
    expect(await compare()).toMatchObject({ kind: 'same', outcome: { result: { applicantId: APPLICANT } } });
    expect(bench.server.seen).toHaveLength(bodies.length);
    expect(await bench.fieldsOf(0)).toEqual({ applicantId: APPLICANT });
  });

  it.each<[string, unknown[], string]>([
    [
      'a reference of somebody else',
      [status('Created', undefined, { externalUserId: ['other'] })],
      'personr.recordOther',
    ],
    [
      'another source',
      [status('Created', undefined, { sourceKey: 'website', externalUserId: [] })],
      'personr.recordOther',
    ],
    ['another e-mail address', [status('Created'), details({ email: 'bo@example.invalid' })], 'personr.recordOther'],
    ['another number', [status('Created'), details({ phone: '+61400000001' })], 'personr.recordOther'],
    ['another flow', [status('Created'), details({ flowName: 'Identity' })], 'personr.recordOther'],
    ['a check that has started', [status('Pending')], 'personr.recordStarted'],
    [
      'details that are not shown',
      [status('Created'), { status: 'success', response: {} }],
      'personr.recordNotComparable',
    ],
    ['none of that id', [{ status: 'NOT_RUN', message: 'The applicant does not exist.' }], 'personr.recordMissing'],
  ])('is not believed: %s', async (_name, bodies, code) => {
    bench.server.script(...bodies.map((body) => ({ do: 'answer', status: 200, body }) as const));
    expect(await compare()).toEqual({ kind: 'other', message: { code } });
  });

  it('a question that fails is no answer', async () => {
    bench.server.script({ do: 'reset_after_request' });
    expect(await compare()).toMatchObject({ kind: 'failed' });
  });
});

const minted = (token: string): unknown => ({
  status: 'success',
  response: { token, user_id: 'u', expires: 31_536_000 },
});

describe('token', () => {
  const ok = { do: 'answer', status: 200, body: { applicantId: APPLICANT } } as const;
  const refused = { do: 'answer', status: 401, body: { statusCode: 401, message: 'Unauthorized' } } as const;

  it('is made with Basic, once, and kept', async () => {
    bench.server.script({ do: 'answer', status: 200, body: minted('bus|9|9') }, ok, ok);
    const given = providerContext({
      http: bench.http,
      baseUrl: bench.server.url,
      credential: CREDENTIAL,
      subject: { email: 'a@example.invalid', phone: '+61400000000' },
    });
    await personr.perform(CREATE, given);
    await personr.perform(CREATE, given);
    expect(bench.server.seen.map((seen) => seen.path)).toEqual([
      '/api-basic-auth',
      '/api-applicant-create',
      '/api-applicant-create',
    ]);
    expect(bench.server.seen[0]?.headers['authorization']).toBe(
      `Basic ${Buffer.from('desk@example.invalid:pä:ss', 'utf8').toString('base64')}`,
    );
    expect(bench.server.seen[2]?.headers['authorization']).toBe('Bearer bus|9|9');
    expect(given.tokens.read()).toEqual({ token: 'bus|9|9', expiresAtMs: NOW + 31_536_000_000 });
  });

  it('trap 30: two calls that are refused at once make one new token', async () => {
    const given = context();
    bench.server.script(refused, refused, { do: 'answer', status: 200, body: minted('new') }, ok, ok);
    const outcomes = await Promise.all([personr.perform(CREATE, given), personr.perform(CREATE, given)]);
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['done', 'done']);
    expect(given.counts.mints).toBe(1);
  });

  it('trap 30: after a 401 the store is read first; another token there is used without making one', async () => {
    const given = context();
    bench.server.script(refused, ok);
    const other = { token: 'somebody-else', expiresAtMs: NOW + 1e9 };
    const tokens = { ...given.tokens, renew: () => Promise.resolve(other) };
    expect((await personr.perform(CREATE, { ...given, tokens })).kind).toBe('done');
    expect(bench.server.seen.map((seen) => seen.headers['authorization'])).toEqual([
      'Bearer bus|1|2',
      'Bearer somebody-else',
    ]);
  });

  it.each([
    ['HTTP 401', 401, { statusCode: 401, message: 'x' }],
    ['a 401 inside HTTP 200', 200, { statusCode: 401, message: 'x' }],
    ['an empty 401', 401, undefined],
  ])('%s twice means: sign in; no third token is made', async (_name, httpStatus, body) => {
    const step = { do: 'answer', status: httpStatus, body } as const;
    bench.server.script(step, { do: 'answer', status: 200, body: minted('new') }, step);
    expect(brief(await personr.perform(CREATE, context()))).toEqual({
      kind: 'pause',
      cause: 'sign_in',
      afterMs: null,
      code: 'personr.signInRefused',
    });
    expect(bench.server.seen).toHaveLength(3);
  });

  it('trap 31: a wrong password asks for a sign-in, and none leaks into the outcome', async () => {
    bench.server.script(refused, refused);
    const outcome = await personr.perform(CREATE, context());
    expect(brief(outcome)).toEqual({ kind: 'pause', cause: 'sign_in', afterMs: null, code: 'personr.signInRefused' });
    expect(JSON.stringify(outcome)).not.toMatch(/ss"|desk@|bus\|/);
  });

  it('an outage while making a token is no refusal of the password', async () => {
    bench.server.script(refused, { do: 'reset_after_request' });
    // 401 is the answer to the request itself: without it in the evidence, this would count as a lost answer.
    expect(await personr.perform(CREATE, context())).toMatchObject({
      kind: 'retry',
      evidence: { status: 401, message: { code: 'network.reset' } },
    });
  });

  it('a repeat after a renewal that is cut before its end did not happen either; cut after it, it is unknown', async () => {
    const renewed = { do: 'answer', status: 200, body: minted('new') } as const;
    const pages = { front: { mediaType: 'image/jpeg', bytes: Buffer.alloc(6_000_000) } };
    bench.server.script(refused, renewed, { do: 'reset_after_bytes', bytes: 1000 });
    expect(await personr.perform(upload(), context({ pages }))).toMatchObject({
      kind: 'retry',
      evidence: { status: 401 },
    });
    bench.server.script(refused, renewed, { do: 'reset_after_request' });
    expect(await personr.perform(upload(), context({ pages }))).toMatchObject({
      kind: 'unknown',
      evidence: { status: null },
    });
  });
});

describe('connection test', () => {
  it('trap 30: uses the stored token and asks for nobody’s status', async () => {
    bench.server.script({
      do: 'answer',
      status: 400,
      body: { status: 'NOT_RUN', message: 'The applicant does not exist.' },
    });
    const given = context();
    expect(await personr.test(given)).toEqual({ isOk: true, message: { code: 'personr.testOk' }, requestId: null });
    expect(given.counts.mints).toBe(0);
    expect(bench.server.seen.map((seen) => seen.path)).toEqual(['/api/1.1/wf/api-applicant-status']);
  });

  it('says what is wrong', async () => {
    const unauthorized = { do: 'answer', status: 401, body: { statusCode: 401, message: 'Unauthorized' } } as const;
    bench.server.script(
      unauthorized,
      unauthorized,
      { do: 'answer', status: 404, body: '<html>' },
      { do: 'answer', status: 502, body: '' },
    );
    expect(await personr.test(context())).toMatchObject({ isOk: false, message: { code: 'personr.signInRefused' } });
    expect(await personr.test(context())).toMatchObject({ isOk: false, message: { code: 'personr.wrongAddress' } });
    expect(await personr.test(context())).toMatchObject({ isOk: false, message: { code: 'personr.unavailable' } });
  });
});
