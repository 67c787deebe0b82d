import { describe, expect, it } from 'vitest';
import { PROVIDERS } from '../../../main/providers/index.ts';
import { inEnglish } from '../../../main/words/index.ts';
import { operation } from '../../support/provider-context.ts';
import { API_KEY, CREATE, brief, createOf, document, errors, usePersona } from './persona-bench.ts';

const { persona } = PROVIDERS;
const [wire, context] = usePersona();

/** How long a conflict is believed to pass. */
const CONFLICTS = { inARow: 5, message: { code: 'persona.conflictAgain' } };

describe('create', () => {
  it.each([['Ana Example 1990-02-03'], ['<b>req</b>'], ['r'.repeat(101)]])(
    'keeps no Request-Id that is none: %s',
    async (id) => {
      wire.server.script({ do: 'answer', status: 201, headers: { 'Request-Id': id }, body: document('initiated') });
      expect((await persona.perform(CREATE, context())).evidence.requestId).toBeNull();
    },
  );

  it('traps 2, 3, 5, 13: POST /document/generics with Bearer, version, casing, key and plain base64', async () => {
    wire.server.script({
      do: 'answer',
      status: 201,
      headers: {
        'Request-Id': 'req_1',
        'RateLimit-Limit': '300',
        'RateLimit-Remaining': '299',
        'RateLimit-Reset': '42',
      },
      body: document('initiated'),
    });
    const outcome = await persona.perform(
      operation('persona.document.create', createOf('front', 'back', 'bill')),
      context(),
    );
    expect(outcome).toEqual({
      kind: 'done',
      result: { providerDocumentId: 'doc_1' },
      evidence: { status: 201, requestId: 'req_1', message: { code: 'persona.created' } },
      rateLimit: { limit: 300, remaining: 299, resetMs: 42_000 },
    });
    const [seen] = wire.server.seen;
    expect(seen).toMatchObject({
      method: 'POST',
      path: '/api/v1/document/generics',
      headers: {
        authorization: `Bearer ${API_KEY}`,
        'persona-version': '2025-12-08',
        'key-inflection': 'kebab',
        'idempotency-key': '0195f0c4-key',
        'content-type': 'application/json',
        accept: 'application/json',
      },
    });
    expect(JSON.parse(seen?.body.toString() ?? '')).toEqual({
      data: {
        attributes: {
          kind: 'passport',
          files: [
            { data: Buffer.from([0xff, 0xd8, 0xff, 1, 2]).toString('base64'), filename: 'front.jpg' },
            { data: Buffer.from('png bytes').toString('base64'), filename: 'back.png' },
            { data: Buffer.from('%PDF-1.7').toString('base64'), filename: 'page-3.pdf' },
          ],
        },
      },
    });
  });

  it('never sends the name of the customer’s file, and marks the point of no return once', async () => {
    wire.server.script({ do: 'answer', status: 201, body: document('initiated') });
    const given = context();
    await persona.perform(CREATE, given);
    expect(wire.server.seen[0]?.body.toString()).not.toContain('Müller');
    expect(given.counts.commits).toBe(1);
  });

  it('traps 6, 8: repeats the very same bytes with the same key', async () => {
    wire.server.script({ do: 'reset_after_request' }, { do: 'answer', status: 201, body: document('initiated') });
    expect(brief(await persona.perform(CREATE, context()))).toEqual({ kind: 'unknown', code: 'network.answerLost' });
    expect((await persona.perform({ ...CREATE, attempt: 2 }, context())).kind).toBe('done');
    expect(wire.server.seen[0]?.body.equals(wire.server.seen[1]?.body ?? Buffer.alloc(0))).toBe(true);
    expect(wire.server.seen[0]?.headers['idempotency-key']).toBe(wire.server.seen[1]?.headers['idempotency-key']);
  });

  it('traps 12, 17, 19: reads any casing, unknown attributes, an unknown status and {} or absent for null', async () => {
    for (const said of [
      { attributes: { status: 'initiated', processedAt: {}, newThing: [1] }, relationships: { inquiry: {} } },
      { attributes: { status: 'initiated', processed_at: null }, relationships: { inquiry: { data: null } } },
      { attributes: { status: 'initiated' }, relationships: { inquiry: { data: {} } } },
      { attributes: { status: 'brand_new' } },
    ]) {
      wire.server.script({ do: 'answer', status: 201, body: { data: { id: 'doc_1', ...said }, meta: 1 } });
      expect((await persona.perform(CREATE, context())).kind).toBe('done');
    }
  });

  it.each<[string, unknown]>([
    ['half JSON', '{"data":{"id":"doc_1","attri'],
    ['an empty body', ''],
    ['no id', { data: { type: 'document/generic', attributes: { status: 'initiated' } } }],
    ['no status', { data: { id: 'doc_1', attributes: {} } }],
    ['null data', { data: null }],
    ['another kind of object', { data: { type: 'inquiry', id: 'inq_1', attributes: { status: 'created' } } }],
  ])('takes a 201 with %s for a lost answer, never for success', async (_name, body) => {
    wire.server.script({ do: 'answer', status: 201, body });
    expect(brief(await persona.perform(CREATE, context()))).toEqual({
      kind: 'unknown',
      code: 'persona.answerUnreadable',
    });
  });

  it('takes a sign-in page or a redirect for a captive portal', async () => {
    const portal = { kind: 'pause', cause: 'wait', afterMs: 60_000, code: 'network.captivePortal' };
    wire.server.script(
      { do: 'answer', status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Sign in</html>' },
      { do: 'answer', status: 302, headers: { location: '/login' } },
      { do: 'answer', status: 511, body: '<html>' },
    );
    for (let index = 0; index < 3; index += 1) {
      expect(brief(await persona.perform(CREATE, context()))).toEqual(portal);
    }
  });

  it.each<[string, number, unknown, Record<string, unknown>]>([
    [
      'trap 9: a file too large',
      422,
      errors('Record invalid', 'File must be under 1000 bytes', '/data/attributes/files'),
      { kind: 'attention', cause: 'rescan', code: 'persona.fileTooLarge' },
    ],
    [
      'a file refused',
      400,
      errors('Bad Request', 'is invalid', '/data/attributes/files/0'),
      { kind: 'attention', cause: 'rescan', code: 'persona.fileRefused' },
    ],
    [
      'wrong data',
      422,
      errors('Unprocessable entity'),
      { kind: 'attention', cause: 'correct_data', code: 'persona.invalid' },
    ],
    [
      'an unknown kind',
      400,
      errors('Bad Request', 'data.attributes.kind must be filled'),
      { kind: 'attention', cause: 'call_it', code: 'persona.kindRefused' },
    ],
    [
      'an unknown version',
      400,
      errors('Bad Request', 'Persona-Version is not a known version'),
      { kind: 'pause', cause: 'call_it', afterMs: null, freshKey: true, code: 'persona.versionRefused' },
    ],
    [
      'trap 9: a 401 with a title only',
      401,
      errors('Token is invalid'),
      { kind: 'pause', cause: 'sign_in', afterMs: null, code: 'persona.unauthorized' },
    ],
    [
      'an IP that is not allowed',
      403,
      errors('Forbidden', 'The IP 1.2.3.4 is not permitted for the current environment'),
      { kind: 'pause', cause: 'call_it', afterMs: null, freshKey: true, code: 'persona.ipNotPermitted' },
    ],
    [
      'an inactive environment',
      403,
      errors('Forbidden', 'This environment is inactive.'),
      { kind: 'pause', cause: 'call_it', afterMs: null, freshKey: true, code: 'persona.environmentInactive' },
    ],
    [
      'trap 11: a quota as 403',
      403,
      errors('Forbidden', 'Quota exceeded'),
      { kind: 'pause', cause: 'wait', afterMs: 900_000, freshKey: true, code: 'persona.quotaUsed' },
    ],
    [
      'trap 1: creation not enabled',
      403,
      errors('Forbidden', 'Document creation API is not enabled'),
      { kind: 'pause', cause: 'call_it', afterMs: null, freshKey: true, code: 'persona.withdrawn' },
    ],
    [
      'a key without the permission',
      403,
      errors('Forbidden', 'missing permission document.write'),
      { kind: 'pause', cause: 'sign_in', afterMs: null, freshKey: true, code: 'persona.keyPermission' },
    ],
    [
      'a 403 without a reason',
      403,
      errors('Forbidden'),
      { kind: 'pause', cause: 'call_it', afterMs: null, freshKey: true, code: 'persona.writeForbidden' },
    ],
    [
      'trap 1: withdrawn as 404',
      404,
      errors('Record not found'),
      { kind: 'pause', cause: 'call_it', afterMs: null, freshKey: true, code: 'persona.withdrawn' },
    ],
    [
      'trap 1: withdrawn as 410',
      410,
      errors('Gone'),
      { kind: 'pause', cause: 'call_it', afterMs: null, freshKey: true, code: 'persona.withdrawn' },
    ],
    [
      'trap 4: a wrong base URL',
      404,
      '<html>nginx</html>',
      { kind: 'pause', cause: 'call_it', afterMs: null, code: 'persona.wrongAddress' },
    ],
    ['a request too large', 413, '<html>', { kind: 'attention', cause: 'rescan', code: 'persona.requestTooLarge' }],
    [
      'traps 7, 10: too many requests without headers',
      429,
      errors('Rate limit exceeded'),
      { kind: 'rate_limited', afterMs: 60_000, code: 'persona.rateLimited' },
    ],
    [
      'trap 11: a quota as 429',
      429,
      errors('Quota exceeded', 'create_verification'),
      { kind: 'rate_limited', afterMs: 60_000, code: 'persona.quotaUsed' },
    ],
    [
      'trap 6: a 500 is Persona’s or of something on the way: the same key again tells',
      500,
      errors('Internal server error'),
      { kind: 'unknown', code: 'persona.failureDoubted' },
    ],
    ['a 500 with HTML', 500, '<html>proxy</html>', { kind: 'unknown', code: 'persona.failureDoubted' }],
    ['a 502', 502, '<html>bad gateway</html>', { kind: 'unknown', code: 'persona.unavailable' }],
    ['a 503', 503, errors('Service unavailable'), { kind: 'unknown', code: 'persona.unavailable' }],
    ['a 504', 504, '', { kind: 'unknown', code: 'persona.unavailable' }],
    ['a 408', 408, errors('Request Timeout'), { kind: 'unknown', code: 'persona.timeout' }],
    [
      'a document that the template does not ask for',
      409,
      errors('Conflict', 'Inquiry does not require verification/government-id'),
      { kind: 'attention', cause: 'call_it', code: 'persona.notRequired' },
    ],
    [
      'a stale object',
      409,
      errors('Stale object error', 'record was just modified, try again'),
      { kind: 'retry', freshKey: true, code: 'persona.conflict' },
    ],
    [
      'trap 6: a key with other contents (409)',
      409,
      errors('Idempotency error', 'The idempotency key was used before with other parameters.'),
      { kind: 'attention', cause: 'call_it', code: 'persona.keyMisuse' },
    ],
    [
      'trap 6: a key with other contents (422)',
      422,
      errors('Idempotency error'),
      { kind: 'attention', cause: 'call_it', code: 'persona.keyMisuse' },
    ],
    [
      'a key whose first request is under way',
      409,
      errors('Conflict', 'A request with this idempotency key is in progress.'),
      { kind: 'unknown', code: 'persona.keyInProgress' },
    ],
    ['an error in a shape nobody knows', 418, ['?'], { kind: 'attention', cause: 'call_it', code: 'persona.refused' }],
  ])('%s', async (_name, status, body, expected) => {
    wire.server.script({ do: 'answer', status, body });
    expect(brief(await persona.perform(CREATE, context()))).toEqual(expected);
  });

  it.each([
    ['/data/attributes/name-first', '', { field: 'givenName' }],
    ['/data/attributes/fields/nameLast', '', { field: 'familyName' }],
    ['/data/attributes/fields/birthdate/value', 'data.attributes.birthdate is missing', { field: 'birthDate' }],
    ['/data/attributes/selected-country-code', '', { field: 'country' }],
    ['', 'data.attributes.email_address must be filled', { field: 'email' }],
    ['/data/attributes/phone-number', '', { field: 'phone' }],
    ['/data/attributes/name-middle', '', { providerField: 'name-middle' }],
    ['', 'data.attributes.inquiry_id must be filled', { providerField: 'inquiry-id' }],
    ['', 'Ana is wrong', undefined],
  ])('a refusal of %s (%s) names our own field, or else Persona’s for IT only', async (pointer, details, params) => {
    wire.server.script({ do: 'answer', status: 422, body: errors('Record invalid', details, pointer) });
    const { message } = (await persona.perform(CREATE, context())).evidence;
    const code = params !== undefined && 'field' in params ? 'persona.fieldRefused' : 'persona.invalid';
    expect(message).toEqual(params === undefined ? { code } : { code, params });
    expect(inEnglish(message)).not.toMatch(/[({}-]|[a-z][A-Z]/);
  });

  it('trap 10: waits as many seconds as RateLimit-Reset says, and ignores Retry-After', async () => {
    wire.server.script({
      do: 'answer',
      status: 429,
      headers: { 'RateLimit-Limit': '300', 'RateLimit-Remaining': '0', 'RateLimit-Reset': '17', 'Retry-After': '999' },
      body: errors('Rate limit exceeded'),
    });
    expect(await persona.perform(CREATE, context())).toMatchObject({
      kind: 'rate_limited',
      afterMs: 17_000,
      rateLimit: { limit: 300, remaining: 0, resetMs: 17_000 },
    });
  });

  it('a conflict is tried again, and the fifth conflict in a row comes to a person', async () => {
    wire.server.script({ do: 'answer', status: 409, body: errors('Record not unique') });
    expect(brief(await persona.perform(CREATE, context()))).toEqual({
      kind: 'retry',
      freshKey: true,
      patience: CONFLICTS,
      code: 'persona.conflict',
    });
  });

  it('a stale object is tried again, however often it was one', async () => {
    wire.server.script({ do: 'answer', status: 409, body: errors('Stale object error') });
    expect(brief(await persona.perform(CREATE, context()))).toEqual({
      kind: 'retry',
      freshKey: true,
      code: 'persona.conflict',
    });
  });

  it.each<[string, Readonly<Record<string, string>>, number]>([
    ['a limit that ends in thirty years', { 'RateLimit-Reset': '999999999' }, 3_600_000],
    ['somebody on the way who sends no limit', { 'Retry-After': '20' }, 20_000],
    ['nobody who says', {}, 60_000],
  ])('trap 10: %s', async (_name, said, afterMs) => {
    const limit = 'RateLimit-Reset' in said ? { 'RateLimit-Limit': '300', 'RateLimit-Remaining': '0' } : {};
    wire.server.script({
      do: 'answer',
      status: 429,
      headers: { ...limit, ...said },
      body: errors('Rate limit exceeded'),
    });
    expect(await persona.perform(CREATE, context())).toMatchObject({ kind: 'rate_limited', afterMs });
  });

  it('a conflict on a repeat may be the lost attempt still being worked on: the key stays', async () => {
    wire.server.script({ do: 'answer', status: 409, body: errors('Conflict') });
    expect(brief(await persona.perform({ ...CREATE, mayHaveArrived: true }, context()))).toEqual({
      kind: 'unknown',
      patience: CONFLICTS,
      code: 'persona.conflict',
    });
  });

  it('trap 6: a 500 that comes again under the same key is saved there, so the next attempt has a fresh one', async () => {
    wire.server.script({ do: 'answer', status: 500, body: errors('Internal server error') });
    expect(brief(await persona.perform({ ...CREATE, mayHaveArrived: true, lastStatus: 500 }, context()))).toEqual({
      kind: 'retry',
      freshKey: true,
      code: 'persona.failedThere',
    });
  });

  it.each([
    ['Persona’s, after an answer that was lost', errors('Internal server error'), null],
    ['of something on the way, again and again', '<html>proxy</html>', 500],
  ])('trap 6: a 500 %s, proves nothing: the key stays', async (_name, body, lastStatus) => {
    wire.server.script({ do: 'answer', status: 500, body });
    expect(brief(await persona.perform({ ...CREATE, mayHaveArrived: true, lastStatus }, context()))).toEqual({
      kind: 'unknown',
      code: 'persona.failureDoubted',
    });
  });

  it('a server error before everything was sent proves that nothing happened', async () => {
    wire.server.script({ do: 'answer_early', status: 503, body: errors('Service unavailable') });
    const pages = { front: { mediaType: 'image/jpeg', bytes: Buffer.alloc(30_000_000) } };
    const outcome = await persona.perform(CREATE, context({ pages }));
    expect(outcome.kind).toBe('retry');
  });

  it('a page that cannot be read is scanned again, and nothing whole leaves', async () => {
    wire.server.script({ do: 'silence' });
    for (const pageId of ['gone', 'broken']) {
      const given = context();
      const outcome = await persona.perform(operation('persona.document.create', createOf(pageId)), given);
      expect(brief(outcome)).toEqual({ kind: 'attention', cause: 'rescan', code: 'provider.pageUnreadable' });
      expect(given.counts.commits).toBe(0);
    }
    expect(wire.server.seen).toHaveLength(0);
  });

  it('without a usable credential nothing is sent', async () => {
    for (const credential of [undefined, { apiKey: 'a\nb' }, {}]) {
      const outcome = await persona.perform(CREATE, context({ credential }));
      expect(brief(outcome)).toEqual({ kind: 'pause', cause: 'sign_in', afterMs: null, code: 'provider.noCredential' });
    }
    expect(wire.server.connections()).toBe(0);
  });

  it('no outcome holds the key, the provider’s text or anything of a page', async () => {
    wire.server.script(
      {
        do: 'answer',
        status: 422,
        body: errors('Record invalid', 'Ana Müller is not valid', '/data/attributes/ana@example.invalid'),
      },
      { do: 'answer', status: 403, body: errors('Forbidden', `key ${API_KEY}`) },
    );
    const texts = [
      JSON.stringify(await persona.perform(CREATE, context())),
      JSON.stringify(await persona.perform(CREATE, context())),
    ].join();
    expect(texts).not.toMatch(/Müller|ana@|persona_sandbox/);
  });
});

const compare = (id = 'doc_1', pageIds = ['front', 'back']) => {
  const rules = persona.operations['persona.document.create'];
  if (rules?.repeat !== 'idempotency_key' || rules.person.confirmedBy !== 'record') throw new Error('no comparison');
  return rules.person.compare(id, operation('persona.document.create', createOf(...pageIds)), context());
};

describe('a document that a person found', () => {
  const FILES = [
    { filename: 'front.jpg', 'byte-size': 5, url: 'https://files.example.invalid/1' },
    { filename: 'back.png', 'byte-size': 9, url: 'https://files.example.invalid/2' },
  ];

  it('is believed when it is initiated and has the kind, the names and the sizes that were sent', async () => {
    wire.server.script({ do: 'answer', status: 200, body: document('initiated', { kind: 'passport', files: FILES }) });
    expect(await compare()).toMatchObject({ kind: 'same', outcome: { result: { providerDocumentId: 'doc_1' } } });
    expect(wire.server.seen[0]).toMatchObject({ method: 'GET', path: '/api/v1/document/generics/doc_1' });
  });

  it('is read in any casing', async () => {
    const files = FILES.map((file) => ({ filename: file.filename, byteSize: file['byte-size'] }));
    wire.server.script({ do: 'answer', status: 200, body: document('initiated', { kind: 'passport', files }) });
    expect(await compare()).toMatchObject({ kind: 'same' });
  });

  it.each<[string, number, unknown, string]>([
    ['another kind', 200, document('initiated', { kind: 'id_card', files: FILES }), 'persona.recordOther'],
    ['a file less', 200, document('initiated', { kind: 'passport', files: FILES.slice(1) }), 'persona.recordOther'],
    [
      'a file of another size',
      200,
      document('initiated', { kind: 'passport', files: [FILES[0], { ...FILES[1], 'byte-size': 10 }] }),
      'persona.recordOther',
    ],
    ['submitted already', 200, document('submitted', { kind: 'passport', files: FILES }), 'persona.recordSubmitted'],
    ['files that the key may not see', 200, document('initiated', { kind: 'passport' }), 'persona.recordNotComparable'],
    ['none of that id', 404, errors('Record not found'), 'persona.recordMissing'],
  ])('is not believed: %s', async (_name, httpStatus, body, code) => {
    wire.server.script({ do: 'answer', status: httpStatus, body });
    expect(await compare()).toEqual({ kind: 'other', message: { code } });
  });

  it('a question that fails is no answer', async () => {
    wire.server.script({ do: 'reset_after_request' });
    expect(await compare()).toMatchObject({ kind: 'failed' });
  });
});

describe('connection test', () => {
  it('asks for the rate limits and changes nothing', async () => {
    wire.server.script({
      do: 'answer',
      status: 200,
      headers: { 'request-id': 'req_9' },
      body: { data: [{ type: 'rate-limit/api' }] },
    });
    expect(await persona.test(context())).toEqual({
      isOk: true,
      message: { code: 'persona.testOk' },
      details: [],
      requestId: 'req_9',
    });
    expect(wire.server.seen[0]).toMatchObject({ method: 'GET', path: '/api/v1/rate-limits' });
  });

  it('says what is wrong: the key, the address, the network', async () => {
    wire.server.script(
      { do: 'answer', status: 401, body: errors('Token is invalid') },
      { do: 'answer', status: 404, body: '<html>' },
    );
    expect((await persona.test(context())).message.code).toBe('persona.unauthorized');
    expect((await persona.test(context())).message.code).toBe('persona.wrongAddress');
    await wire.server.close();
    const closed = await persona.test(context());
    expect(closed.isOk).toBe(false);
    expect(closed.message.code).toMatch(/^network\.(refused|reset)$/);
  });

  it('a sandbox key on a production connection would only pretend', async () => {
    expect(await persona.test(context({ environment: 'production' }))).toMatchObject({
      isOk: false,
      message: { code: 'persona.testSandboxKey' },
    });
    expect(wire.server.connections()).toBe(0);
  });
});
