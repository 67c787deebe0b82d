import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { HttpPort } from '../../../main/network/index.ts';
import { patience } from '../../../main/providers/engine/patience.ts';
import { PROVIDERS } from '../../../main/providers/index.ts';
import type { Step } from '../../support/scripted-server.ts';
import { brief } from '../../support/provider-run.ts';
import {
  CREDENTIAL,
  APPLICANT,
  NOW,
  CREATE,
  REFERENCE,
  upload,
  follow,
  answer,
  failure,
  applicant,
  taken,
  review,
  useSumsub,
} from './sumsub-bench.ts';

const { sumsub } = PROVIDERS;
const [wire, context] = useSumsub();

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
    ['too large, of a call without a page', 413, 'x', { kind: 'attention', cause: 'call_it', code: 'sumsub.refused' }],
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
      { kind: 'retry', afterMs: 10_000, code: 'sumsub.conflict', patience: patience('sumsub.conflictAgain') },
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

describe('a signature that is too old', () => {
  const expired = failure(401, 'Request signature expired', 4004);
  const clockWrong = { kind: 'pause', cause: 'call_it', afterMs: 300_000, code: 'sumsub.clockWrong' };
  const tooSlow = {
    kind: 'retry',
    afterMs: 10_000,
    code: 'sumsub.requestExpired',
    patience: patience('sumsub.requestExpiredAgain'),
  };

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
