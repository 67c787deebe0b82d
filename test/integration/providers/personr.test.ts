import { describe, expect, it } from 'vitest';
import { PROVIDERS } from '../../../main/providers/index.ts';
import type { Outcome } from '../../../main/providers/index.ts';
import { operation, providerContext } from '../../support/provider-context.ts';
import { CREDENTIAL, PERSON, UPLOAD, createdPerson, usePersonr } from './personr-bench.ts';

const { personr } = PROVIDERS;
const APPLICANT = PERSON;
const NOW = Date.UTC(2026, 0, 2);

const bench = usePersonr();
/** Under a path, as Personr's own address is. */
const context: typeof bench.context = (more = {}) =>
  bench.context({ baseUrl: `${bench.server.url}/api/1.1/wf`, ...more });

const CREATE = operation('personr.applicant.create', { flowName: 'Identity and selfie' });
const upload = (more: Record<string, unknown> = {}, rest: Parameters<typeof operation>[2] = {}) =>
  operation('personr.document.upload', { ...UPLOAD, ...more }, { needed: [createdPerson], ...rest });
const start = (more: Record<string, unknown> = {}) =>
  operation(
    'personr.check.start',
    { applicantId: null, check: 1, previousReviewMs: null, ...more },
    { needed: [createdPerson] },
  );
const DOCUMENTS = [
  { requirementId: 'identity', documentType: 'id_card', docType: 'ID_CARD', sides: ['front', 'back'] },
  { requirementId: 'selfie', documentType: 'selfie', docType: 'SELFIE', sides: ['single'] },
  { requirementId: 'address', documentType: 'utility_bill', docType: 'UTILITY_BILL', sides: ['single'] },
];
const follow = (more: Record<string, unknown> = {}) =>
  operation(
    'personr.check.follow',
    { applicantId: null, check: 1, previousReviewMs: null, documents: DOCUMENTS, ...more },
    {
      needed: [
        createdPerson,
        { kind: 'personr.check.start', payload: {}, result: { applicantId: APPLICANT, startedAtMs: NOW } },
      ],
    },
  );

const accepted = (more: Record<string, unknown> = {}): unknown => ({
  applicantId: APPLICANT,
  documentType: 'ID_CARD',
  documentSubType: 'FRONT_SIDE',
  country: 'AUS',
  errors: [],
  warnings: [],
  ...more,
});
const status = (applicantStatus: string, result?: unknown, more: Record<string, unknown> = {}): unknown => ({
  status: 'success',
  response: { applicantStatus, ...(result === undefined ? {} : { result }), ...more },
});
const rejected = (rejectLabels: unknown[], more: Record<string, unknown> = {}): unknown =>
  status('Reviewed', { reviewAnswer: 'Rejected', rejectLabels, 'Modified Date': 1_709_000_000_000, ...more });

function brief(outcome: Outcome): Record<string, unknown> {
  const { evidence, ...rest } = outcome;
  return { ...rest, code: evidence.message.code };
}

async function formOf(index: number): Promise<Record<string, unknown>> {
  const seen = bench.server.seen[index];
  const parsed = await new Response(Uint8Array.from(seen?.body ?? []), {
    headers: { 'content-type': seen?.headers['content-type'] ?? '' },
  }).formData();
  return Object.fromEntries(parsed.entries());
}

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
    expect(await formOf(0)).toEqual({
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

describe('trap 36: an applicant that a person found', () => {
  const compare = () => {
    const rules = personr.operations['personr.applicant.create'];
    if (rules?.repeat !== 'person' || rules.person.confirmedBy !== 'record') throw new Error('no comparison');
    return rules.person.compare(APPLICANT, CREATE, context());
  };
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
    expect(await formOf(0)).toEqual({ applicantId: APPLICANT });
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

describe('upload', () => {
  it('traps 25, 26, 29: JSON with a nested object, alpha-3 country, a neutral name of the true type', async () => {
    bench.server.script(
      { do: 'answer', status: 200, body: accepted() },
      { do: 'answer', status: 200, body: accepted() },
    );
    expect(brief(await personr.perform(upload(), context()))).toEqual({
      kind: 'done',
      result: { applicantId: APPLICANT, docType: 'ID_CARD' },
      deliveredPageIds: ['front'],
      code: 'personr.uploaded',
    });
    expect(bench.server.seen[0]?.headers['content-type']).toBe('application/json');
    expect(JSON.parse(bench.server.seen[0]?.body.toString() ?? '')).toEqual({
      applicantId: APPLICANT,
      docType: 'ID_CARD',
      docSubType: 'FRONT_SIDE',
      docCountryISO: 'AUS',
      docFile: { filename: 'front.jpg', contents: '/9j/AQ==' },
    });
    await personr.perform(upload({ pageId: 'pdf', docSubType: 'BACK_SIDE' }), context());
    expect(bench.server.seen[1]?.body.toString()).toContain('"filename":"back.pdf"');
  });

  it('trap 29: a selfie has no docSubType at all, and takes the customer’s country when it has none', async () => {
    bench.server.script({ do: 'answer', status: 200, body: accepted() });
    await personr.perform(upload({ docType: 'SELFIE', docSubType: null, country: '' }), context());
    const body: unknown = JSON.parse(bench.server.seen[0]?.body.toString() ?? '');
    expect(body).not.toHaveProperty('docSubType');
    expect(body).toMatchObject({ docCountryISO: 'AUS', docFile: { filename: 'selfie.jpg' } });
  });

  it('needs a country', async () => {
    const outcome = await personr.perform(upload({ country: '' }), context({ subject: {} }));
    expect(brief(outcome)).toEqual({ kind: 'attention', cause: 'correct_data', code: 'personr.fieldMissing' });
  });

  it.each<[string, unknown[], string]>([
    ['a tag', ['dataNotReadable'], 'personr.image.dataNotReadable'],
    ['an object', [{ code: 'expiredDoc', message: 'x' }], 'personr.image.expiredDoc'],
    ['several, the first known one', ['forgedDocument', 'screenshot'], 'personr.image.screenshot'],
    ['one without words: not named', ['forgedDocument'], 'personr.image.other'],
    ['free text', ['Something about Ana Müller'], 'personr.image.other'],
    ['the same bytes twice (trap 41)', ['duplicate-document'], 'personr.duplicateImage'],
  ])('trap 28: errors[] in a 200 mean that the image was not accepted: %s', async (_name, tags, code) => {
    bench.server.script({ do: 'answer', status: 200, body: accepted({ errors: tags }) });
    const outcome = await personr.perform(upload(), context());
    expect(brief(outcome)).toEqual({ kind: 'attention', cause: 'rescan', code });
    expect(JSON.stringify(outcome)).not.toMatch(/forged|Müller/);
  });

  it('trap 28: warnings are kept and fail nothing', async () => {
    bench.server.script({ do: 'answer', status: 200, body: accepted({ errors: null, warnings: ['screenRecapture'] }) });
    expect(await personr.perform(upload(), context())).toMatchObject({
      kind: 'done',
      evidence: { message: { code: 'personr.uploadedWithWarnings', params: { tags: 'screenRecapture' } } },
    });
  });

  it('an answer about another customer stops everything', async () => {
    bench.server.script({ do: 'answer', status: 200, body: accepted({ applicantId: '43x43' }) });
    expect(brief(await personr.perform(upload(), context()))).toEqual({
      kind: 'attention',
      cause: 'call_it',
      code: 'personr.otherApplicant',
    });
  });

  it.each<[string, number, unknown, Record<string, unknown>]>([
    [
      'the documented failure',
      400,
      { statusCode: 400, message: 'Error: Cannot read docSets - invalid docType provided.' },
      { kind: 'attention', cause: 'call_it', code: 'personr.docTypeRefused' },
    ],
    [
      'a corrupted file',
      400,
      { statusCode: 400, message: 'Error: corrupted-file' },
      { kind: 'attention', cause: 'rescan', code: 'personr.fileRefused' },
    ],
    [
      'a wrong country',
      400,
      { statusCode: 400, message: 'Error: invalid docCountryISO provided.' },
      { kind: 'attention', cause: 'correct_data', code: 'personr.fieldRefused' },
    ],
    [
      'another encoding wanted',
      400,
      {
        statusCode: 400,
        body: {
          status: 'MISSING_DATA',
          message: 'Missing parameter for workflow api-document-upload: parameter docFile',
        },
      },
      { kind: 'pause', cause: 'call_it', code: 'personr.uploadEncoding', afterMs: null },
    ],
    [
      'something that was never asked for',
      400,
      { status: 'MISSING_DATA', message: 'Missing parameter for workflow api-document-upload: parameter purpose' },
      { kind: 'attention', cause: 'call_it', code: 'personr.parameterMissing' },
    ],
    [
      'an unknown applicant',
      400,
      { status: 'NOT_RUN', message: 'The applicant does not exist.' },
      { kind: 'attention', cause: 'call_it', code: 'personr.applicantMissing' },
    ],
    [
      'trap 41: the same bytes',
      409,
      { statusCode: 409, message: 'Error: duplicate-document' },
      { kind: 'attention', cause: 'rescan', code: 'personr.duplicateImage' },
    ],
    [
      'a final reject',
      409,
      { statusCode: 409, message: 'Error: applicant-with-final-reject' },
      { kind: 'attention', cause: 'call_it', code: 'personr.applicantEnded' },
    ],
    [
      'a race',
      409,
      { statusCode: 409, message: 'Error: busy' },
      { kind: 'retry', afterMs: 10_000, code: 'personr.conflict' },
    ],
    ['too large', 413, '', { kind: 'attention', cause: 'rescan', code: 'personr.fileTooLarge' }],
  ])('%s', async (_name, httpStatus, body, expected) => {
    bench.server.script({ do: 'answer', status: httpStatus, body });
    expect(brief(await personr.perform(upload(), context()))).toEqual(expected);
  });

  it.each<[string | null, number]>([
    [null, 60_000],
    ['20', 20_000],
    ['0', 1_000],
    ['86400', 3_600_000],
    ['Wed, 21 Oct 2026 07:28:00 GMT', 60_000],
  ])('a 429 waits as long as Retry-After says (%s), within reason', async (retryAfter, afterMs) => {
    const headers = retryAfter === null ? {} : { 'retry-after': retryAfter };
    bench.server.script({
      do: 'answer',
      status: 429,
      headers,
      body: { statusCode: 429, message: 'Too many requests' },
    });
    expect(await personr.perform(upload(), context())).toMatchObject({ kind: 'rate_limited', afterMs });
  });

  it.each<[number, unknown]>([
    [409, { statusCode: 409, message: 'Error: duplicate-document' }],
    [200, { applicantId: APPLICANT, errors: ['duplicate-document'] }],
  ])(
    '"these very bytes are here" is the lost acknowledgement only after an attempt that may have arrived (%i)',
    async (httpStatus, body) => {
      bench.server.script({ do: 'answer', status: httpStatus, body }, { do: 'answer', status: httpStatus, body });
      const tried = upload({}, { attempt: 2 });
      expect(brief(await personr.perform(tried, context()))).toMatchObject({ kind: 'attention', cause: 'rescan' });
      expect(brief(await personr.perform({ ...tried, mayHaveArrived: true }, context()))).toMatchObject({
        kind: 'done',
        deliveredPageIds: ['front'],
        code: 'personr.uploadFound',
      });
    },
  );

  it('a page that cannot be read is scanned again', async () => {
    expect(brief(await personr.perform(upload({ pageId: 'gone' }), context()))).toEqual({
      kind: 'attention',
      cause: 'rescan',
      code: 'provider.pageUnreadable',
    });
  });

  it('a release after a retake uses the applicant of the first', async () => {
    bench.server.script({ do: 'answer', status: 200, body: accepted({ applicantId: '7x7' }) });
    await personr.perform(upload({ applicantId: '7x7' }, { needed: [] }), context());
    expect(bench.server.seen[0]?.body.toString()).toContain('"applicantId":"7x7"');
  });
});

describe('the id of a request', () => {
  const ray = { 'cf-ray': '8f1e2d3c4b5a6978-SYD' };

  it.each<[string, number, unknown, Record<string, string>, string | null]>([
    ['is that of the proxy before Personr', 503, '', ray, '8f1e2d3c4b5a6978-SYD'],
    ['is rather one of its own', 503, '', { ...ray, 'x-request-id': 'own-1' }, 'own-1'],
    ['stands beside a success too', 200, accepted(), ray, '8f1e2d3c4b5a6978-SYD'],
    ['is not anything that is no id', 503, '', { 'cf-ray': 'Ana Müller' }, null],
    ['is left out where there is none', 503, '', {}, null],
  ])('%s', async (_name, code, body, headers, requestId) => {
    bench.server.script({ do: 'answer', status: code, body, headers });
    expect((await personr.perform(upload(), context())).evidence.requestId).toBe(requestId);
  });

  it('is that of the last answer, of a look-up and of the connection test as well', async () => {
    const listed = status('Created', undefined, { documents: ['ID_CARD'] });
    bench.server.script(
      { do: 'answer', status: 200, body: listed, headers: ray },
      { do: 'answer', status: 503, body: '', headers: ray },
      { do: 'answer', status: 403, body: '', headers: ray },
    );
    const id = ray['cf-ray'];
    expect(await personr.lookUp(upload(), context())).toMatchObject({ outcome: { evidence: { requestId: id } } });
    expect(await personr.lookUp(upload(), context())).toMatchObject({ outcome: { evidence: { requestId: id } } });
    expect(await personr.test(context())).toMatchObject({ isOk: false, requestId: id });
    const looksFirst = upload({ looksFirst: true });
    bench.server.script({ do: 'answer', status: 200, body: listed, headers: ray }, { do: 'reset_after_request' });
    expect(await personr.perform(looksFirst, context())).toMatchObject({
      kind: 'unknown',
      evidence: { requestId: null },
    });
  });
});

describe('look-up of a lost upload', () => {
  const acknowledged = {
    kind: 'personr.document.upload',
    payload: { docType: 'ID_CARD' },
    result: { confirmedByPerson: true },
  };

  it.each<[string, unknown, number, number, string, string?]>([
    ['the type is listed and was not before', ['ID_CARD'], 0, 0, 'happened'],
    ['another image of the type than before', ['ID_CARD', 'ID_CARD'], 0, 1, 'happened'],
    ['images of an earlier release count', ['ID_CARD', 'ID_CARD'], 2, 0, 'did_not_happen'],
    ['nothing listed, nothing acknowledged', [], 0, 0, 'did_not_happen'],
    ['others listed, this type never', ['SELFIE'], 0, 0, 'did_not_happen'],
    ['listed once, acknowledged once: list or set?', ['ID_CARD', 'SELFIE'], 0, 1, 'cannot_tell'],
    ['a list that names images, and this one not', ['ID_CARD', 'SELFIE', 'SELFIE'], 0, 1, 'did_not_happen'],
    ['acknowledged but not listed: the list comes later', [], 0, 1, 'cannot_tell'],
    ['no list at all', undefined, 0, 0, 'cannot_tell'],
    ['a list that is null', null, 0, 0, 'cannot_tell'],
    ['another type was acknowledged but is not listed: the list comes later', [], 0, 0, 'cannot_tell', 'SELFIE'],
    ['another type was acknowledged and is listed, this one not', ['SELFIE'], 0, 0, 'did_not_happen', 'SELFIE'],
  ])('%s', async (_name, documents, acknowledgedBefore, inThisPlan, kind, other) => {
    bench.server.script({ do: 'answer', status: 200, body: status('Created', undefined, { documents }) });
    const needed = [createdPerson, ...Array.from({ length: inThisPlan }, () => acknowledged)];
    const finished = [...needed, ...(other === undefined ? [] : [{ ...acknowledged, payload: { docType: other } }])];
    const given = context();
    const lost = upload({ acknowledgedBefore }, { needed, finished: () => finished });
    expect((await personr.lookUp(lost, given)).kind).toBe(kind);
    expect(given.counts.commits).toBe(0);
  });

  it('a look-up that fails is no answer', async () => {
    bench.server.script({ do: 'reset_after_request' });
    expect(await personr.lookUp(upload(), context())).toMatchObject({ kind: 'failed', outcome: { kind: 'retry' } });
  });
});

describe('start', () => {
  it.each<[string, unknown]>([
    ['without a status', { response: 'success' }],
    ['in the usual envelope', { status: 'success', response: {} }],
  ])('trap 27: success %s', async (_name, body) => {
    bench.server.script({ do: 'answer', status: 200, body });
    expect(brief(await personr.perform(start(), context()))).toEqual({
      kind: 'done',
      result: { applicantId: APPLICANT, startedAtMs: NOW },
      code: 'personr.started',
    });
    expect(bench.server.seen[0]?.path).toBe('/api/1.1/wf/api-request-applicant-check');
    expect(await formOf(0)).toEqual({ applicantId: APPLICANT });
  });

  it('an object that says nothing is no success', async () => {
    bench.server.script({ do: 'answer', status: 200, body: {} });
    expect((await personr.perform(start(), context())).kind).toBe('unknown');
  });

  it.each<[string, string, number | null, Record<string, unknown>, string]>([
    ['still Created', 'Created', null, {}, 'did_not_happen'],
    ['Pre-Checked', 'Pre-Checked', null, {}, 'happened'],
    ['Reviewed already, first check', 'Reviewed', 5, {}, 'happened'],
    ['a word nobody knows', 'Queued', null, {}, 'happened'],
    ['second check, Pending', 'Pending', null, { check: 2, previousReviewMs: 5 }, 'happened'],
    ['second check, a newer review', 'Reviewed', 6, { check: 2, previousReviewMs: 5 }, 'happened'],
    ['second check, the review of the first', 'Reviewed', 5, { check: 2, previousReviewMs: 5 }, 'did_not_happen'],
    ['second check, no dates', 'Reviewed', null, { check: 2, previousReviewMs: null }, 'cannot_tell'],
  ])('trap 35: look-up of a lost start: %s', async (_name, applicantStatus, modified, payload, kind) => {
    const result = modified === null ? null : { reviewAnswer: 'Rejected', 'Modified Date': modified };
    bench.server.script({ do: 'answer', status: 200, body: status(applicantStatus, result) });
    expect((await personr.lookUp(start(payload), context())).kind).toBe(kind);
  });
});

describe('look-up of a start whose answer was lost', () => {
  it.each<[string, string, number | null, Record<string, unknown>]>([
    ['Created', 'Created', null, {}],
    ['the review before', 'Reviewed', 5, { check: 2, previousReviewMs: 5 }],
  ])('trap 35: %s may be shown for a while, so it is looked at again before a start is spent', async (...given) => {
    const [, applicantStatus, modified, payload] = given;
    const result = modified === null ? null : { reviewAnswer: 'Rejected', 'Modified Date': modified };
    const at = context();
    const operation = { ...start(payload), committedAt: at.clock.now() - 10_000 };
    bench.server.script({ do: 'answer', status: 200, body: status(applicantStatus, result) });
    expect(await personr.lookUp(operation, at)).toMatchObject({
      kind: 'failed',
      outcome: { kind: 'retry', afterMs: 110_000 },
    });
    at.advance(110_000);
    bench.server.script({ do: 'answer', status: 200, body: status(applicantStatus, result) });
    expect((await personr.lookUp(operation, at)).kind).toBe('did_not_happen');
  });
});

describe('follow', () => {
  it.each<[string, unknown, string]>([
    ['Created', undefined, 'personr.inReview'],
    ['Pre-Checked', null, 'personr.inReview'],
    ['Pending', {}, 'personr.inReview'],
    ['Reviewed', null, 'personr.inReview'],
    ['Reviewed', { reviewAnswer: null, rejectLabels: [] }, 'personr.inReview'],
    ['Reviewed', { reviewAnswer: 'Maybe' }, 'personr.inReview'],
    ['On Hold', undefined, 'personr.onHold'],
    ['onHold', { reviewAnswer: 'Approved' }, 'personr.onHold'],
    ['Something New', undefined, 'personr.statusUnknown'],
  ])('%s with result %j is in review, never success', async (applicantStatus, result, code) => {
    bench.server.script({ do: 'answer', status: 200, body: status(applicantStatus, result) });
    expect(await personr.perform(follow(), context())).toMatchObject({
      kind: 'again',
      progress: { state: 'in_review' },
      evidence: { message: { code } },
    });
  });

  it('a start that only a person confirmed is followed all the same', async () => {
    bench.server.script({ do: 'answer', status: 200, body: status('Pending') });
    const confirmed = { kind: 'personr.check.start', payload: {}, result: { confirmedByPerson: true } };
    const outcome = await personr.perform({ ...follow(), needed: [createdPerson, confirmed] }, context());
    expect(outcome.kind).toBe('again');
  });

  it('Approved accepts', async () => {
    bench.server.script({
      do: 'answer',
      status: 200,
      body: status('Reviewed', { reviewAnswer: 'Approved', rejectLabels: [], 'Modified Date': 1_709_000_000_000 }),
    });
    expect(await personr.perform(follow(), context())).toMatchObject({
      kind: 'done',
      result: { reviewedAtMs: 1_709_000_000_000 },
      progress: { state: 'accepted' },
    });
  });

  it('trap 40: the reject type decides, not the label', async () => {
    bench.server.script(
      { do: 'answer', status: 200, body: rejected(['LOW_QUALITY'], { reviewRejectType: 'FINAL' }) },
      { do: 'answer', status: 200, body: rejected(['FORGERY'], { reviewRejectType: 'RETRY' }) },
    );
    expect(await personr.perform(follow(), context())).toMatchObject({
      progress: { state: 'rejected', message: { code: 'personr.decision.finalPrivate' } },
    });
    expect(await personr.perform(follow(), context())).toMatchObject({
      progress: { state: 'retake', slots: [{ requirementId: 'identity', message: { code: 'personr.label.other' } }] },
    });
  });

  it('trap 40: both spellings of a label name the slots', async () => {
    bench.server.script({
      do: 'answer',
      status: 200,
      body: rejected(['BACK_SIDE_MISSING', 'BAD_SELFIE', 'DOCUMENT_DAMAGED', 'BAD_PROOF_OF_ADDRESS']),
    });
    expect(await personr.perform(follow(), context())).toMatchObject({
      progress: {
        state: 'retake',
        message: { code: 'personr.decision.retake', params: { left: 4 } },
        slots: [
          { requirementId: 'identity', sides: [], message: { code: 'personr.label.BACK_SIDE_MISSING' } },
          { requirementId: 'selfie', sides: [], message: { code: 'personr.label.BAD_SELFIE' } },
          { requirementId: 'address', sides: [], message: { code: 'personr.label.BAD_PROOF_OF_ADDRESS' } },
        ],
      },
    });
  });

  it('without a reject type one usually-final label is final, and an unknown one needs a person', async () => {
    bench.server.script(
      { do: 'answer', status: 200, body: rejected(['LOW_QUALITY', 'SANCTIONS']) },
      { do: 'answer', status: 200, body: rejected(['LOW_QUALITY', 'NEVER_HEARD_OF']) },
      { do: 'answer', status: 200, body: rejected([]) },
    );
    expect(await personr.perform(follow(), context())).toMatchObject({ progress: { state: 'rejected' } });
    const unclear = {
      kind: 'attention',
      cause: 'call_it',
      evidence: { message: { code: 'personr.decision.unclear' } },
    };
    expect(await personr.perform(follow(), context())).toMatchObject(unclear);
    expect(await personr.perform(follow(), context())).toMatchObject(unclear);
  });

  it.each([
    'SANCTIONS',
    'PEP',
    'CRIMINAL',
    'FORGERY',
    'COMPROMISED_PERSONS',
    'WATCHLIST',
    'ADVERSE_MEDIA',
    'FRAUDULENT_PATTERNS',
    'FRAUD_RING',
  ])('a reason that is not for the counter is neither shown nor kept: %s', async (label) => {
    for (const type of [{}, { reviewRejectType: 'FINAL' }, { reviewRejectType: 'RETRY' }]) {
      bench.server.script({
        do: 'answer',
        status: 200,
        body: rejected([label, 'LOW_QUALITY'], { ...type, commentModeration: 'private remark' }),
      });
      expect(JSON.stringify(await personr.perform(follow(), context()))).not.toMatch(
        new RegExp(`${label}|private remark`),
      );
    }
  });

  it('the fifth rejection ends the matter', async () => {
    bench.server.script({ do: 'answer', status: 200, body: rejected(['LOW_QUALITY']) });
    expect(await personr.perform(follow({ check: 5, previousReviewMs: 1 }), context())).toMatchObject({
      progress: { state: 'rejected', message: { code: 'personr.decision.attemptsUsed' } },
    });
  });

  it('trap 37: after a retake the review of the check before is not taken for the new one', async () => {
    const payload = { check: 2, previousReviewMs: 1_709_000_000_000 };
    bench.server.script(
      { do: 'answer', status: 200, body: rejected(['LOW_QUALITY']) },
      {
        do: 'answer',
        status: 200,
        body: status('Reviewed', { reviewAnswer: 'Approved', 'Modified Date': 1_709_000_000_001 }),
      },
    );
    expect((await personr.perform(follow(payload), context())).kind).toBe('again');
    expect(await personr.perform(follow(payload), context())).toMatchObject({ progress: { state: 'accepted' } });
  });

  it('a missing applicant needs IT; an outage only time', async () => {
    bench.server.script(
      { do: 'answer', status: 400, body: { statusCode: 400, message: 'Error: applicant not found.' } },
      { do: 'answer', status: 503, body: '' },
    );
    expect(brief(await personr.perform(follow(), context()))).toEqual({
      kind: 'attention',
      cause: 'call_it',
      code: 'personr.applicantMissing',
    });
    expect((await personr.perform(follow(), context())).kind).toBe('retry');
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
