import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { HttpPort } from '../../../main/network/index.ts';
import { PROVIDERS } from '../../../main/providers/index.ts';
import type { Outcome } from '../../../main/providers/index.ts';
import { operation, providerContext, type TestContext, type TestPage } from '../../support/provider-context.ts';
import type { Step } from '../../support/scripted-server.ts';
import { useWire } from '../../support/wire.ts';

const { sumsub } = PROVIDERS;
const CREDENTIAL = { appToken: 'sbx:token.1', secretKey: 'the secret key' };
const APPLICANT = '5b73b82f0a975a3b46429758';
const NOW = Date.UTC(2026, 0, 2);

const wire = useWire();

const PAGES: Record<string, TestPage> = {
  front: { mediaType: 'image/jpeg', bytes: Buffer.from([0xff, 0xd8, 0xff, 1, 13, 10]) },
  pdf: { mediaType: 'application/pdf', bytes: Buffer.from('%PDF-1.7') },
  gone: { mediaType: 'image/jpeg', bytes: null },
  breaks: { mediaType: 'image/jpeg', bytes: Buffer.alloc(300_000), breaksAfter: 100_000 },
};
const SUBJECT = {
  email: 'ana@example.invalid',
  phone: '+61400000000',
  givenName: 'Ana',
  familyName: 'Müller',
  birthDate: '1990-02-03',
  country: 'AUS',
};

function context(more: Partial<Parameters<typeof providerContext>[0]> = {}): TestContext {
  return providerContext({
    http: wire.http,
    baseUrl: wire.server.url,
    credential: CREDENTIAL,
    subject: SUBJECT,
    pages: PAGES,
    ...more,
  });
}

const CREATE = operation('sumsub.applicant.create', { levelName: 'Identity & selfie' });
const REFERENCE = CREATE.idempotencyKey;
const created = { kind: 'sumsub.applicant.create', payload: {}, result: { applicantId: APPLICANT } };
const upload = (more: Record<string, unknown> = {}, rest: Parameters<typeof operation>[2] = {}) =>
  operation(
    'sumsub.document.upload',
    {
      applicantId: null,
      pageId: 'front',
      documentId: 'd1',
      requirementId: 'identity',
      idDocType: 'ID_CARD',
      idDocSubType: 'FRONT_SIDE',
      country: 'AUS',
      wasTaken: false,
      ...more,
    },
    { needed: [created], ...rest },
  );
const start = (more: Record<string, unknown> = {}) =>
  operation('sumsub.check.start', { applicantId: APPLICANT, check: 1, previousReview: null, ...more });
const DOCUMENTS = [
  { requirementId: 'identity', documentType: 'id_card', docType: 'ID_CARD', sides: ['front', 'back'] },
  { requirementId: 'selfie', documentType: 'selfie', docType: 'SELFIE', sides: ['single'] },
];
const follow = (more: Record<string, unknown> = {}, startedAtMs = NOW) =>
  operation(
    'sumsub.check.follow',
    { applicantId: APPLICANT, check: 1, previousReview: null, documents: DOCUMENTS, ...more },
    { needed: [{ kind: 'sumsub.check.start', payload: {}, result: { applicantId: APPLICANT, startedAtMs } }] },
  );

const answer = (status: number, body?: unknown, headers?: Record<string, string>): Step => ({
  do: 'answer',
  status,
  ...(body === undefined ? {} : { body }),
  ...(headers === undefined ? {} : { headers }),
});
const failure = (code: number, description: string, errorCode?: number): unknown => ({
  code,
  description,
  correlationId: 'req-5fd59b09',
  ...(errorCode === undefined ? {} : { errorCode }),
});
const applicant = (more: Record<string, unknown> = {}): unknown => ({
  id: APPLICANT,
  externalUserId: REFERENCE,
  review: { reviewStatus: 'init' },
  ...more,
});
const taken = (more: Record<string, unknown> = {}): unknown => ({
  idDocType: 'ID_CARD',
  idDocSubType: 'FRONT_SIDE',
  country: 'AUS',
  errors: [],
  warnings: [],
  ...more,
});
const images = (...items: unknown[]): unknown => ({ items, totalItems: items.length });
const image = (id: string, fileName: string | null, more: Record<string, unknown> = {}): unknown => ({
  id,
  fileMetadata: fileName === null ? {} : { fileName },
  idDocDef: { idDocType: 'ID_CARD' },
  ...more,
});
const review = (reviewStatus: string, reviewResult?: unknown, more: Record<string, unknown> = {}): unknown => ({
  reviewStatus,
  attemptId: 'a1',
  ...(reviewResult === undefined ? {} : { reviewResult }),
  ...more,
});

function brief(outcome: Outcome): Record<string, unknown> {
  const { evidence, ...rest } = outcome;
  return { ...rest, code: evidence.message.code };
}

describe('a request', () => {
  it('is signed over timestamp, method, path with query and the very bytes of its body', async () => {
    wire.server.script(answer(201, applicant()));
    await sumsub.perform(CREATE, context());
    const [seen] = wire.server.seen;
    const timestamp = String(NOW / 1000);
    const path = '/resources/applicants?levelName=Identity%20%26%20selfie';
    expect(seen).toMatchObject({
      method: 'POST',
      path,
      headers: { 'x-app-token': CREDENTIAL.appToken, 'x-app-access-ts': timestamp, 'content-type': 'application/json' },
    });
    const expected = createHmac('sha256', CREDENTIAL.secretKey)
      .update(Buffer.concat([Buffer.from(`${timestamp}POST${path}`), seen?.body ?? Buffer.alloc(0)]))
      .digest('hex');
    expect(seen?.headers['x-app-access-sig']).toBe(expected);
    expect(JSON.stringify(seen)).not.toContain(CREDENTIAL.secretKey);
  });

  it('with a page is signed over its bytes too, and a large page is the same in both passes', async () => {
    const pages = { front: { mediaType: 'image/jpeg', bytes: Buffer.alloc(700_000, 7) } };
    wire.server.script(answer(200, taken()));
    expect((await sumsub.perform(upload(), context({ pages }))).kind).toBe('done');
    const seen = wire.server.seen[0];
    expect(seen?.headers['x-app-access-sig']).toBe(
      createHmac('sha256', CREDENTIAL.secretKey)
        .update(`${NOW / 1000}POST/resources/applicants/${APPLICANT}/info/idDoc`)
        .update(seen?.body ?? '')
        .digest('hex'),
    );
  });

  it('without a body is signed without one', async () => {
    wire.server.script(answer(200, review('pending')));
    await sumsub.perform(follow(), context());
    expect(wire.server.seen[0]?.headers['x-app-access-sig']).toBe(
      createHmac('sha256', CREDENTIAL.secretKey)
        .update(`${NOW / 1000}GET/resources/applicants/${APPLICANT}/status`)
        .digest('hex'),
    );
  });

  it.each<[string, unknown]>([
    ['no credential', undefined],
    ['half of one', { appToken: 'sbx:1' }],
    ['a token that would end its header', { appToken: 'sbx:1\r\nx: y', secretKey: 'k' }],
  ])('is not sent with %s', async (_name, credential) => {
    const given = context({ credential });
    expect(brief(await sumsub.perform(CREATE, given))).toEqual({
      kind: 'pause',
      cause: 'sign_in',
      afterMs: null,
      code: 'provider.noCredential',
    });
    expect([wire.server.connections(), given.counts.commits]).toEqual([0, 0]);
  });
});

describe('applicant', () => {
  it('carries our own reference and what the branch knows, and nothing empty', async () => {
    wire.server.script(answer(201, applicant()), answer(201, applicant()));
    const given = context();
    expect(brief(await sumsub.perform(CREATE, given))).toEqual({
      kind: 'done',
      result: { applicantId: APPLICANT },
      code: 'sumsub.created',
    });
    expect(given.counts.commits).toBe(1);
    expect(JSON.parse(wire.server.seen[0]?.body.toString() ?? '')).toEqual({
      externalUserId: REFERENCE,
      email: 'ana@example.invalid',
      phone: '+61400000000',
      fixedInfo: { firstName: 'Ana', lastName: 'Müller', dob: '1990-02-03' },
    });
    await sumsub.perform(CREATE, context({ subject: {} }));
    expect(JSON.parse(wire.server.seen[1]?.body.toString() ?? '')).toEqual({ externalUserId: REFERENCE });
  });

  it.each<[string, number, unknown, Record<string, unknown>]>([
    [
      'an unknown level',
      404,
      failure(404, "Level 'x' not found"),
      { kind: 'attention', cause: 'call_it', code: 'sumsub.levelUnknown' },
    ],
    [
      'an unknown level as 400',
      400,
      failure(400, 'Invalid level name'),
      { kind: 'attention', cause: 'call_it', code: 'sumsub.levelUnknown' },
    ],
    [
      'a refused field',
      400,
      failure(400, 'Invalid phone'),
      { kind: 'attention', cause: 'correct_data', code: 'sumsub.fieldRefused' },
    ],
    [
      'a 400 without a reason',
      400,
      failure(400, ''),
      { kind: 'attention', cause: 'correct_data', code: 'sumsub.invalid' },
    ],
    [
      'another 404',
      404,
      failure(404, 'Not found'),
      { kind: 'pause', cause: 'call_it', afterMs: null, code: 'sumsub.wrongAddress' },
    ],
    [
      'a 404 of somebody else',
      404,
      'nothing here',
      { kind: 'pause', cause: 'call_it', afterMs: null, code: 'sumsub.wrongAddress' },
    ],
    [
      'a refused token',
      401,
      failure(401, 'Invalid app token', 4000),
      { kind: 'pause', cause: 'sign_in', afterMs: null, code: 'sumsub.signInRefused' },
    ],
    [
      'a permission that lacks',
      403,
      failure(403, 'Forbidden'),
      { kind: 'pause', cause: 'call_it', afterMs: null, code: 'sumsub.forbidden' },
    ],
    [
      'a conflict that is none of the reference',
      409,
      failure(409, 'Try later'),
      { kind: 'retry', afterMs: 10_000, code: 'sumsub.conflict' },
    ],
    [
      'too many requests',
      429,
      failure(429, 'Too many'),
      { kind: 'rate_limited', afterMs: 5000, code: 'sumsub.rateLimited' },
    ],
    ['trouble', 503, '', { kind: 'unknown', code: 'sumsub.unavailable' }],
    ['a timeout', 408, failure(408, 'Timeout'), { kind: 'unknown', code: 'sumsub.timeout' }],
    ['a teapot', 418, failure(418, 'x'), { kind: 'attention', cause: 'call_it', code: 'sumsub.refused' }],
    ['success without an id', 201, {}, { kind: 'unknown', code: 'sumsub.answerUnreadable' }],
    ['half JSON', 201, '{"id":"5b', { kind: 'unknown', code: 'sumsub.answerUnreadable' }],
    [
      'another customer',
      201,
      applicant({ externalUserId: 'other' }),
      { kind: 'attention', cause: 'call_it', code: 'sumsub.otherApplicant' },
    ],
  ])('%s', async (_name, status, body, expected) => {
    wire.server.script(answer(status, body));
    expect(brief(await sumsub.perform(CREATE, context()))).toEqual(expected);
  });

  it.each([
    ['email', 'email'],
    ['phone', 'phone'],
    ['fixedInfo.firstName', 'givenName'],
    ['fixedInfo.lastName', 'familyName'],
    ['fixedInfo.dob', 'birthDate'],
    ['fixedInfo.country', 'country'],
  ])('a refusal of %s names our own field %s', async (theirs, field) => {
    wire.server.script(answer(400, failure(400, `Invalid ${theirs}`)));
    expect((await sumsub.perform(CREATE, context())).evidence.message).toEqual({
      code: 'sumsub.fieldRefused',
      params: { field },
    });
  });

  it('names the request for Sumsub’s support, and never what it said of the customer', async () => {
    wire.server.script(answer(400, failure(400, 'Invalid phone +61400000000')));
    const outcome = await sumsub.perform(CREATE, context());
    expect(outcome.evidence.requestId).toBe('req-5fd59b09');
    expect(JSON.stringify(outcome)).not.toContain('+614');
  });

  describe('of a reference that is taken', () => {
    const exists = answer(
      409,
      failure(409, `Applicant with external user id '${REFERENCE}' already exists: ${APPLICANT}`),
    );

    it('is the one of the lost attempt', async () => {
      wire.server.script(exists, answer(200, applicant()));
      expect(brief(await sumsub.perform(CREATE, context()))).toEqual({
        kind: 'done',
        result: { applicantId: APPLICANT },
        code: 'sumsub.createFound',
      });
      expect(wire.server.seen[1]?.path).toBe(`/resources/applicants/-;externalUserId=${REFERENCE}/one`);
    });

    it.each<[string, Step, Record<string, unknown>]>([
      [
        'that this token cannot see',
        answer(404, failure(404, 'Not found')),
        { kind: 'attention', cause: 'call_it', code: 'sumsub.referenceTaken' },
      ],
      ['and cannot be looked up now', { do: 'reset_after_request' }, { kind: 'unknown', code: 'network.reset' }],
    ])('%s', async (_name, step, expected) => {
      wire.server.script(exists, step);
      expect(brief(await sumsub.perform(CREATE, context()))).toEqual(expected);
    });
  });

  it.each<[string, Step, Record<string, unknown>]>([
    ['it is there', answer(200, applicant()), { kind: 'happened' }],
    ['it is not there', answer(404, failure(404, 'Not found')), { kind: 'did_not_happen' }],
    ['a 404 of somebody else proves nothing', answer(404, 'not here'), { kind: 'failed' }],
    ['another applicant proves nothing', answer(200, applicant({ externalUserId: 'other' })), { kind: 'failed' }],
    ['no answer proves nothing', { do: 'reset_after_request' }, { kind: 'failed' }],
  ])('look-up: %s', async (_name, step, expected) => {
    wire.server.script(step);
    expect(await sumsub.lookUp(CREATE, context())).toMatchObject(expected);
  });

  it.each<[string, string, Step, string]>([
    ['believed when our reference finds it', APPLICANT, answer(200, applicant()), 'same'],
    ['not believed when it finds another', 'somebody', answer(200, applicant()), 'other'],
    ['not believed when it finds none', APPLICANT, answer(404, failure(404, 'Not found')), 'other'],
    ['not known when it cannot be asked', APPLICANT, { do: 'reset_after_request' }, 'failed'],
  ])('that a person found is %s', async (_name, recordId, step, expected) => {
    wire.server.script(step);
    const rules = sumsub.operations['sumsub.applicant.create'];
    if (rules?.repeat !== 'look_up' || rules.person.confirmedBy !== 'record') throw new Error('no comparison');
    expect((await rules.person.compare(recordId, CREATE, context())).kind).toBe(expected);
  });
});

async function formOf(index: number) {
  const seen = wire.server.seen[index];
  const parsed = await new Response(Uint8Array.from(seen?.body ?? []), {
    headers: { 'content-type': seen?.headers['content-type'] ?? '' },
  }).formData();
  const file = parsed.get('content');
  if (!(file instanceof File)) throw new Error('the form has no file');
  const text = parsed.get('metadata');
  const metadata: unknown = JSON.parse(typeof text === 'string' ? text : '');
  return { metadata, name: file.name, type: file.type, bytes: Buffer.from(await file.arrayBuffer()) };
}

describe('upload', () => {
  it('is a form of metadata and one image under a name of its own', async () => {
    wire.server.script(answer(200, taken(), { 'x-image-id': '1234567' }), answer(200, taken({ idDocType: 'SELFIE' })));
    expect(brief(await sumsub.perform(upload(), context()))).toEqual({
      kind: 'done',
      result: { applicantId: APPLICANT, imageId: '1234567' },
      deliveredPageIds: ['front'],
      code: 'sumsub.uploaded',
    });
    expect(wire.server.seen[0]).toMatchObject({
      path: `/resources/applicants/${APPLICANT}/info/idDoc`,
      headers: { 'x-return-doc-warnings': 'true' },
    });
    expect(await formOf(0)).toEqual({
      metadata: { idDocType: 'ID_CARD', idDocSubType: 'FRONT_SIDE', country: 'AUS' },
      name: 'front-0195f0c4key.jpg',
      type: 'image/jpeg',
      bytes: PAGES['front']?.bytes,
    });

    await sumsub.perform(upload({ idDocType: 'SELFIE', idDocSubType: null, country: '', pageId: 'pdf' }), context());
    expect(await formOf(1)).toMatchObject({
      metadata: { idDocType: 'SELFIE', country: 'AUS' },
      name: 'page-0195f0c4key.pdf',
    });
  });

  it('is the same bytes when it is repeated', async () => {
    wire.server.script(answer(200, taken()), answer(200, taken()));
    await sumsub.perform(upload(), context());
    await sumsub.perform(upload(), context());
    expect(wire.server.seen[1]?.body).toEqual(wire.server.seen[0]?.body);
  });

  it.each(['gone', 'breaks'])('a page that cannot be read (%s) is noticed before anything is sent', async (pageId) => {
    const given = context();
    expect(brief(await sumsub.perform(upload({ pageId }), given))).toEqual({
      kind: 'attention',
      cause: 'rescan',
      code: 'provider.pageUnreadable',
    });
    expect([wire.server.connections(), given.counts.commits]).toEqual([0, 0]);
  });

  it('needs a country', async () => {
    const outcome = await sumsub.perform(upload({ country: '' }), context({ subject: { country: '' } }));
    expect(brief(outcome)).toEqual({ kind: 'attention', cause: 'correct_data', code: 'sumsub.fieldMissing' });
    expect(wire.server.connections()).toBe(0);
  });

  it.each<[string, number, number | undefined, string, Record<string, unknown>]>([
    ['1000', 409, 1000, 'x', { kind: 'attention', cause: 'rescan', code: 'sumsub.duplicateImage' }],
    ['1001', 400, 1001, 'x', { kind: 'attention', cause: 'call_it', code: 'sumsub.tooManyDocuments' }],
    ['1002', 400, 1002, 'x', { kind: 'attention', cause: 'rescan', code: 'sumsub.fileTooLarge' }],
    ['1003', 400, 1003, 'x', { kind: 'attention', cause: 'rescan', code: 'sumsub.fileEmpty' }],
    ['1004', 400, 1004, 'x', { kind: 'attention', cause: 'rescan', code: 'sumsub.fileCorrupted' }],
    ['1005', 400, 1005, 'x', { kind: 'attention', cause: 'rescan', code: 'sumsub.fileFormat' }],
    ['1006', 409, 1006, 'x', { kind: 'retry', afterMs: 60_000, code: 'sumsub.beingChecked' }],
    ['1007', 409, 1007, 'x', { kind: 'attention', cause: 'rescan', code: 'sumsub.fileSizeRefused' }],
    ['1008', 409, 1008, 'x', { kind: 'attention', cause: 'call_it', code: 'sumsub.applicantMissing' }],
    ['1009', 409, 1009, 'x', { kind: 'attention', cause: 'call_it', code: 'sumsub.applicantEnded' }],
    ['1010', 409, 1010, 'x', { kind: 'attention', cause: 'call_it', code: 'sumsub.docTypeNotWanted' }],
    ['1011', 400, 1011, 'x', { kind: 'attention', cause: 'rescan', code: 'sumsub.fileEncrypted' }],
    [
      'a document type',
      400,
      undefined,
      'Unknown idDocType',
      { kind: 'attention', cause: 'call_it', code: 'sumsub.docTypeRefused' },
    ],
    [
      'a country',
      400,
      undefined,
      'Invalid country',
      { kind: 'attention', cause: 'correct_data', code: 'sumsub.fieldRefused' },
    ],
    [
      'a file',
      400,
      undefined,
      'Error analyzing file',
      { kind: 'attention', cause: 'rescan', code: 'sumsub.fileRefused' },
    ],
    ['a 400 without a reason', 400, undefined, 'x', { kind: 'attention', cause: 'call_it', code: 'sumsub.refused' }],
    ['413', 413, undefined, 'x', { kind: 'attention', cause: 'rescan', code: 'sumsub.fileTooLarge' }],
    [
      'no such applicant',
      404,
      undefined,
      'Applicant not found',
      { kind: 'attention', cause: 'call_it', code: 'sumsub.applicantMissing' },
    ],
  ])('refused: %s', async (_name, status, errorCode, description, expected) => {
    wire.server.script(answer(status, failure(status, description, errorCode)));
    expect(brief(await sumsub.perform(upload(), context()))).toEqual(expected);
  });

  it('waits as long as it is asked to', async () => {
    wire.server.script(answer(409, failure(409, 'x'), { 'retry-after': '17' }));
    expect(await sumsub.perform(upload(), context())).toMatchObject({ kind: 'retry', afterMs: 17_000 });
  });

  it.each<[string, unknown[], string]>([
    ['as objects', [{ code: 'dataNotReadable', message: 'x' }], 'sumsub.image.dataNotReadable'],
    ['as tags', ['screenshot'], 'sumsub.image.screenshot'],
    ['with a tag that has no words', ['somePrivateTag'], 'sumsub.image.other'],
  ])('errors in a 200 mean that the image was not accepted, %s', async (_name, errors, code) => {
    wire.server.script(answer(200, taken({ errors })));
    const outcome = await sumsub.perform(upload(), context());
    expect(brief(outcome)).toEqual({ kind: 'attention', cause: 'rescan', code });
    expect(JSON.stringify(outcome)).not.toContain('somePrivateTag');
  });

  it('warnings only inform', async () => {
    wire.server.script(answer(200, taken({ warnings: ['expiredDoc', 'somePrivateTag'] })));
    expect(await sumsub.perform(upload(), context())).toMatchObject({
      kind: 'done',
      evidence: { message: { code: 'sumsub.uploadedWithWarnings', params: { tags: 'expiredDoc' } } },
    });
  });

  it('the same bytes are the lost acknowledgement where an attempt may have arrived', async () => {
    wire.server.script(answer(409, failure(409, 'x', 1000)));
    expect(brief(await sumsub.perform(upload({}, { mayHaveArrived: true }), context()))).toMatchObject({
      kind: 'done',
      deliveredPageIds: ['front'],
      code: 'sumsub.uploadFound',
    });
  });

  it.each<[string, unknown, string, string | undefined]>([
    [
      'ours is listed',
      images(image('9', 'front-0195f0c4key.jpg'), image('8', 'x.jpg')),
      'happened',
      'sumsub.uploadFound',
    ],
    ['others are listed', images(image('8', 'back-other.jpg')), 'did_not_happen', 'sumsub.uploadDidNotHappen'],
    ['nothing is listed', images(), 'did_not_happen', 'sumsub.uploadDidNotHappen'],
    ['names are not shown', images(image('8', null)), 'did_not_happen', 'sumsub.uploadNotNamed'],
    ['ours was refused', images(image('9', 'front-0195f0c4key.jpg', { deactivated: true })), 'failed', undefined],
    ['no list', {}, 'failed', undefined],
  ])('look-up: %s', async (_name, body, kind, code) => {
    wire.server.script(answer(200, body));
    const found = await sumsub.lookUp(upload(), context());
    expect(found.kind).toBe(kind);
    const evidence = found.kind === 'happened' ? found.outcome.evidence : 'evidence' in found ? found.evidence : null;
    expect(evidence?.message.code).toBe(code);
  });

  describe('of a side that was taken before', () => {
    const earlier = {
      kind: 'sumsub.document.upload',
      payload: upload().payload,
      result: { applicantId: APPLICANT, imageId: '9' },
    };
    const again = () => upload({ wasTaken: true }, { finished: () => [earlier] });

    it('sends nothing while it is in use', async () => {
      wire.server.script(answer(200, images(image('9', 'front-x.jpg'))));
      const given = context();
      expect(brief(await sumsub.perform(again(), given))).toMatchObject({
        kind: 'done',
        code: 'sumsub.sideStillThere',
      });
      expect([wire.server.seen.length, given.counts.commits]).toEqual([1, 0]);
    });

    it('sends it again when the other side’s refusal put it out of use', async () => {
      wire.server.script(answer(200, images(image('9', 'front-x.jpg', { deactivated: true }))), answer(200, taken()));
      expect(brief(await sumsub.perform(again(), context()))).toMatchObject({ kind: 'done', code: 'sumsub.uploaded' });
    });

    it('asks for a new image where Sumsub does not take the same one again', async () => {
      wire.server.script(
        answer(200, images(image('9', 'front-x.jpg', { deactivated: true }))),
        answer(409, failure(409, 'x', 1000)),
      );
      expect(brief(await sumsub.perform(again(), context()))).toEqual({
        kind: 'attention',
        cause: 'rescan',
        code: 'sumsub.sideInactive',
      });
    });

    it('is there when which image it is was never known, and the same bytes are refused', async () => {
      wire.server.script(answer(200, images()), answer(409, failure(409, 'x', 1000)));
      expect(brief(await sumsub.perform(again(), context()))).toMatchObject({
        kind: 'done',
        code: 'sumsub.uploadFound',
      });
    });
  });
});

describe('start', () => {
  it('asks for the check, without a body', async () => {
    wire.server.script(answer(200, { ok: 1 }));
    const given = context();
    expect(brief(await sumsub.perform(start(), given))).toEqual({
      kind: 'done',
      result: { applicantId: APPLICANT, startedAtMs: NOW },
      code: 'sumsub.started',
    });
    expect(wire.server.seen[0]).toMatchObject({
      method: 'POST',
      path: `/resources/applicants/${APPLICANT}/status/pending`,
    });
    expect([wire.server.seen[0]?.body.byteLength, given.counts.commits]).toEqual([0, 1]);
  });

  it.each<[string, unknown, string, Record<string, unknown>]>([
    ['it is under way', review('pending'), 'x', { kind: 'done', code: 'sumsub.startFound' }],
    [
      'it is through already',
      review('completed', { reviewAnswer: 'GREEN' }),
      'x',
      { kind: 'done', code: 'sumsub.startFound' },
    ],
    [
      'something is missing',
      review('init'),
      'Not all required documents or data are submitted.',
      { kind: 'attention', cause: 'call_it', code: 'sumsub.documentsMissing' },
    ],
    ['neither', review('init'), 'Busy', { kind: 'retry', afterMs: 10_000, code: 'sumsub.conflict' }],
  ])('409: %s', async (_name, status, description, expected) => {
    wire.server.script(answer(409, failure(409, description)), answer(200, status));
    expect(brief(await sumsub.perform(start(), context()))).toMatchObject(expected);
  });

  it('409, and the status cannot be read: tried again, nothing is in doubt', async () => {
    wire.server.script(answer(409, failure(409, 'x')), { do: 'reset_after_request' });
    expect(await sumsub.perform(start(), context())).toMatchObject({ kind: 'retry', evidence: { status: 409 } });
  });

  it.each<[string, Record<string, unknown>, unknown, string]>([
    ['first check, init', {}, review('init'), 'did_not_happen'],
    ['first check, pending', {}, review('pending'), 'happened'],
    ['first check, completed', {}, review('completed'), 'happened'],
    ['a word never heard', {}, review('somethingNew'), 'happened'],
    ['second check, the old review', { check: 2, previousReview: 'a1' }, review('completed'), 'did_not_happen'],
    ['second check, another review', { check: 2, previousReview: 'a0' }, review('completed'), 'happened'],
    ['second check, queued', { check: 2, previousReview: 'a1' }, review('queued'), 'happened'],
    ['second check, nothing to compare', { check: 2 }, review('completed'), 'cannot_tell'],
    ['nothing that can be read', {}, {}, 'failed'],
  ])('look-up: %s', async (_name, payload, body, expected) => {
    wire.server.script(answer(200, body));
    expect((await sumsub.lookUp(start(payload), context())).kind).toBe(expected);
  });
});

describe('follow', () => {
  const red = (more: Record<string, unknown>): unknown =>
    review('completed', {
      reviewAnswer: 'RED',
      clientComment: 'private: on a list',
      moderationComment: 'free text',
      ...more,
    });

  it.each<[string, unknown, string]>([
    ['init', review('init'), 'sumsub.inReview'],
    ['pending', review('pending'), 'sumsub.inReview'],
    ['prechecked', review('prechecked'), 'sumsub.inReview'],
    ['awaitingService, with an answer', review('awaitingService', { reviewAnswer: 'GREEN' }), 'sumsub.inReview'],
    ['onHold', review('onHold', { reviewAnswer: 'RED', reviewRejectType: 'FINAL' }), 'sumsub.onHold'],
    ['awaitingUser', review('awaitingUser'), 'sumsub.awaitingUser'],
    ['a word never heard', review('somethingNew'), 'sumsub.statusUnknown'],
    ['completed without an answer', review('completed'), 'sumsub.inReview'],
    ['an answer never heard', review('completed', { reviewAnswer: 'BLUE' }), 'sumsub.inReview'],
  ])('%s is in review', async (_name, body, code) => {
    wire.server.script(answer(200, body));
    const given = context();
    expect(await sumsub.perform(follow(), given)).toMatchObject({
      kind: 'again',
      progress: { state: 'in_review' },
      evidence: { message: { code } },
    });
    expect(given.counts.commits).toBe(0);
  });

  it('GREEN is accepted', async () => {
    wire.server.script(
      answer(200, review('completed', { reviewAnswer: 'GREEN' }, { reviewDate: '2026-01-02 00:01:00+0000' })),
    );
    expect(brief(await sumsub.perform(follow(), context()))).toEqual({
      kind: 'done',
      result: { review: 'a1 2026-01-02 00:01:00+0000', labels: [] },
      progress: { state: 'accepted', message: { code: 'sumsub.decision.approved' } },
      code: 'sumsub.decision.approved',
    });
  });

  it('RED for another try names the slots, in the words of the labels, in both spellings', async () => {
    wire.server.script(
      answer(
        200,
        red({ reviewRejectType: 'RETRY', rejectLabels: ['BAD_SELFIE', 'DOCUMENT_PAGE_MISSING', 'SANCTIONS'] }),
      ),
    );
    const outcome = await sumsub.perform(follow(), context());
    expect(outcome).toMatchObject({
      kind: 'done',
      result: { labels: ['BAD_SELFIE', 'DOC_PAGE_MISSING'] },
      progress: {
        state: 'retake',
        slots: [
          { requirementId: 'selfie', message: { code: 'sumsub.label.BAD_SELFIE' } },
          { requirementId: 'identity', message: { code: 'sumsub.label.DOC_PAGE_MISSING' } },
        ],
      },
    });
    expect(JSON.stringify(outcome)).not.toMatch(/SANCTIONS|private|free text/);
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    [
      'final',
      { reviewRejectType: 'FINAL', rejectLabels: ['LOW_QUALITY'] },
      { progress: { state: 'rejected' }, code: 'sumsub.decision.finalPrivate' },
    ],
    [
      'final by its label',
      { rejectLabels: ['FORGERY'] },
      { progress: { state: 'rejected' }, code: 'sumsub.decision.finalPrivate' },
    ],
    [
      'without a type, for another try by its labels',
      { rejectLabels: ['LOW_QUALITY'] },
      { progress: { state: 'retake' } },
    ],
    ['without anything', {}, { kind: 'attention', cause: 'call_it', code: 'sumsub.decision.unclear' }],
  ])('RED %s; nothing private is kept', async (_name, result, expected) => {
    wire.server.script(answer(200, red(result)));
    const outcome = await sumsub.perform(follow(), context());
    expect(brief(outcome)).toMatchObject(expected);
    expect(JSON.stringify(outcome)).not.toMatch(/FORGERY|private|free text/);
  });

  it('the review of before is no decision on the next check', async () => {
    const old = review('completed', { reviewAnswer: 'RED', reviewRejectType: 'RETRY' });
    wire.server.script(answer(200, old), answer(200, { ...Object(old), attemptId: 'a2' }));
    const second = follow({ check: 2, previousReview: 'a1' });
    expect((await sumsub.perform(second, context())).kind).toBe('again');
    expect((await sumsub.perform(second, context())).kind).toBe('done');
  });

  it('without anything to tell them apart it waits two minutes', async () => {
    const unmarked = { reviewStatus: 'completed', reviewResult: { reviewAnswer: 'GREEN' } };
    wire.server.script(answer(200, unmarked), answer(200, unmarked));
    const given = context();
    expect((await sumsub.perform(follow({ check: 2 }), given)).kind).toBe('again');
    given.advance(120_000);
    expect((await sumsub.perform(follow({ check: 2 }), given)).kind).toBe('done');
  });

  it('an applicant that still is where it began after ten minutes needs somebody who looks', async () => {
    wire.server.script(answer(200, review('init')));
    const given = context();
    given.advance(600_000);
    expect(brief(await sumsub.perform(follow(), given))).toEqual({
      kind: 'attention',
      cause: 'call_it',
      code: 'sumsub.documentsMissing',
    });
  });
});

describe('a signature that is too old', () => {
  const expired = failure(401, 'Request signature expired', 4004);
  const clockWrong = { kind: 'pause', cause: 'call_it', afterMs: 300_000, code: 'sumsub.clockWrong' };
  const tooSlow = { kind: 'retry', afterMs: 10_000, code: 'sumsub.requestExpired' };

  it.each<[string, number, number, Record<string, unknown>]>([
    ['the clock of this PC is late', 90_000, 0, clockWrong],
    ['the clock of this PC is early', -90_000, 0, clockWrong],
    ['the line was too slow', 2_000, 0, tooSlow],
    ['the answer came after minutes, its date is of the beginning', 2_000, 300_000, tooSlow],
    ['the PC slept while it was sent, and the date is of the end', 290_000, 300_000, tooSlow],
    ['the answer came after minutes, and the clock is late all the same', 400_000, 300_000, clockWrong],
  ])('%s', async (_name, offMs, tookMs, expected) => {
    wire.server.script(answer(401, expired, { date: new Date(NOW + offMs).toUTCString() }));
    const given = context();
    const http: HttpPort = {
      send: async (request) => {
        const response = await wire.http.send(request);
        given.advance(tookMs);
        return response;
      },
    };
    expect(brief(await sumsub.perform(CREATE, { ...given, http }))).toEqual(expected);
  });
});

describe('the connection test', () => {
  it('is content with "not found" in Sumsub’s own form, and changes nothing', async () => {
    wire.server.script(answer(404, failure(404, 'Applicant not found')));
    const given = context();
    expect(await sumsub.test(given)).toEqual({
      isOk: true,
      message: { code: 'sumsub.testOk' },
      requestId: 'req-5fd59b09',
    });
    expect([wire.server.seen[0]?.method, given.counts.commits]).toEqual(['GET', 0]);
  });

  it.each<[string, Step, string]>([
    ['a refused token', answer(401, failure(401, 'Invalid app token', 4000)), 'sumsub.signInRefused'],
    ['a permission that lacks', answer(403, failure(403, 'Forbidden')), 'sumsub.forbidden'],
    ['another server', answer(404, 'nothing here'), 'sumsub.wrongAddress'],
    ['no server', { do: 'reset_after_request' }, 'network.reset'],
  ])('says what is wrong: %s', async (_name, step, code) => {
    wire.server.script(step);
    expect(await sumsub.test(context())).toMatchObject({ isOk: false, message: { code } });
  });

  it.each([
    ['sbx:1', 'production', 'sumsub.testSandboxToken'],
    ['prd:1', 'sandbox', 'sumsub.testProductionToken'],
  ] as const)('%s does not go with %s, and is not even sent', async (appToken, environment, code) => {
    const credential = { appToken, secretKey: 'k' };
    expect(await sumsub.test(context({ credential, environment }))).toMatchObject({ isOk: false, message: { code } });
    expect(wire.server.connections()).toBe(0);
  });
});
