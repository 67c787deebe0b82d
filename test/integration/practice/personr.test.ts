import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { at, Bench, exchange, matching, picture, type Answer } from './bench.ts';

let bench: Bench;
let bearer: Record<string, string>;
beforeEach(async () => {
  bench = await Bench.open();
  bearer = { authorization: `Bearer ${await bench.personrToken()}` };
});
afterEach(async () => {
  await bench.close();
});

const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
const field = (name: string, value: string) =>
  `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

const PERSON = {
  email: 'specimen@example.invalid',
  phone: '+61400000000',
  flowName: 'Identity and selfie',
  nameFirst: 'Ada',
  nameLast: 'Specimen',
};

async function applicant(): Promise<string> {
  const answer = await bench.personr('api-applicant-create', PERSON, bearer);
  expect(answer.status).toBe(200);
  return String(at(answer.json, 'response', 'applicantId'));
}

function upload(
  applicantId: string,
  docType: string,
  docSubType: string | null,
  bytes: Uint8Array,
  more = {},
): Promise<Answer> {
  return bench.personr(
    'api-document-upload',
    {
      applicantId,
      docType,
      docSubType,
      docCountryISO: 'AUS',
      docFile: { filename: 'photo.jpg', contents: Buffer.from(bytes).toString('base64') },
      ...more,
    },
    bearer,
  );
}

const start = (applicantId: string): Promise<Answer> =>
  bench.personr('api-request-applicant-check', { applicantId }, bearer);

async function status(applicantId: string): Promise<unknown> {
  return at((await bench.personr('api-applicant-status', { applicantId }, bearer)).json, 'response');
}

/** Uploads a passport and a selfie, starts the check and gives the status. */
async function reviewed(decision?: string): Promise<{ id: string; status: unknown }> {
  const id = await applicant();
  await upload(id, 'PASSPORT', 'FRONT_SIDE', picture('passport', decision));
  await upload(id, 'SELFIE', null, picture('selfie'));
  expect((await start(id)).json).toEqual({ response: 'success' });
  return { id, status: await status(id) };
}

describe('tokens', () => {
  test('come by basic authentication, by JSON and by form; each ends the one before', async () => {
    const first = await bench.personr('api-basic-auth', undefined, basic('practice@satchel.invalid:practice'));
    expect(first.json).toEqual({
      status: 'success',
      response: {
        token: matching(/^bus\|\d+x\d+\|\d+x\d+$/),
        user_id: matching(/^\d+x\d+$/),
        expires: 31_536_000,
      },
    });
    const credential = { email: 'practice@satchel.invalid', password: 'practice' };
    const second = await bench.personr('api-token-generate', credential);
    const form =
      '--b\r\nContent-Disposition: form-data; name="email"\r\n\r\npractice@satchel.invalid\r\n' +
      '--b\r\nContent-Disposition: form-data; name="password"\r\n\r\npractice\r\n--b--\r\n';
    const third = await bench.personr('api-token-generate', form, {
      'content-type': 'multipart/form-data; boundary=b',
    });
    const works = async (token: unknown) =>
      (await bench.personr('api-applicant-create', PERSON, { authorization: `Bearer ${String(token)}` })).status;
    expect(await works(at(first.json, 'response', 'token'))).toBe(401);
    expect(await works(at(second.json, 'response', 'token'))).toBe(401);
    expect(await works(at(third.json, 'response', 'token'))).toBe(200);
  });

  test('live for a year, also over a restart', async () => {
    await bench.restart();
    bench.now += 31_536_000_000 - 1;
    expect((await bench.personr('api-applicant-create', PERSON, bearer)).status).toBe(200);
    bench.now += 1;
    expect((await bench.personr('api-applicant-create', PERSON, bearer)).status).toBe(401);
  });

  test.each([
    ['status_code_message', { statusCode: 401, message: 'Unauthorized' }],
    ['status_code_body', { statusCode: 401, body: { status: 'NOT_AUTHORIZED', message: 'Unauthorized' } }],
    ['status_message', { status: 'NOT_AUTHORIZED', message: 'Unauthorized' }],
    ['empty', undefined],
  ])('a wrong credential is a 401 whose body is a switch: %s', async (value, body) => {
    await bench.setSwitches({ 'personr.unauthorizedBody': value });
    const wrong = await bench.personr('api-basic-auth', undefined, basic('practice@satchel.invalid:other'));
    expect([wrong.status, wrong.json]).toEqual([401, body]);
    expect((await bench.personr('api-applicant-create', PERSON)).status).toBe(401);
  });

  test('a revoked user is out, token and all', async () => {
    await bench.admin('POST', '/credentials', { personrUsers: [] });
    expect((await bench.personr('api-applicant-create', PERSON, bearer)).status).toBe(401);
    expect((await bench.personr('api-basic-auth', undefined, basic('practice@satchel.invalid:practice'))).status).toBe(
      401,
    );
  });
});

describe('an applicant', () => {
  test('is created from a form, with a list as JSON text', async () => {
    const form = `${Object.entries({ ...PERSON, externalUserId: '["one","two"]', sourceKey: 'branch 7' })
      .map(([name, value]) => field(name, value))
      .join('')}--b--\r\n`;
    const answer = await bench.personr('api-applicant-create', form, {
      ...bearer,
      'content-type': 'multipart/form-data; boundary=b',
    });
    expect(answer.json).toEqual({
      status: 'success',
      response: { applicantId: matching(/^\d+x\d+$/), ...PERSON, applicantStatus: 'Created' },
    });
    const id = String(at(answer.json, 'response', 'applicantId'));
    expect(await status(id)).toMatchObject({ sourceKey: 'branch 7', externalUserId: ['one', 'two'], documents: [] });
    expect((await bench.personr('api-applicant-details', { applicantId: id }, bearer)).json).toEqual({
      status: 'success',
      response: {
        email: PERSON.email,
        phone: PERSON.phone,
        nameFirst: 'Ada',
        nameLast: 'Specimen',
        tags: [],
        flowName: PERSON.flowName,
        status: 'Created',
      },
    });
  });

  test('needs e-mail, phone and the exact name of a flow', async () => {
    const { phone: _phone, ...withoutPhone } = PERSON;
    const missing = await bench.personr('api-applicant-create', withoutPhone, bearer);
    expect([missing.status, missing.json]).toEqual([
      400,
      {
        statusCode: 400,
        body: {
          status: 'MISSING_DATA',
          message: 'Missing parameter for workflow api-applicant-create: parameter phone',
        },
      },
    ]);
    const wrong = { ...PERSON, flowName: 'identity and selfie' };
    expect((await bench.personr('api-applicant-create', wrong, bearer)).status).toBe(400);
    await bench.setSwitches({ 'personr.unknownFlow': 'accept' });
    expect((await bench.personr('api-applicant-create', wrong, bearer)).status).toBe(200);
  });

  test.each([
    ['not_run', 400, { status: 'NOT_RUN', message: 'The applicant does not exist.' }],
    ['status_code_message', 400, { statusCode: 400, message: 'Error: applicant not found.' }],
    ['not_found', 404, { statusCode: 404, body: { status: 'NOT_FOUND', message: 'The applicant does not exist.' } }],
  ])('that does not exist is answered by switch: %s', async (value, code, body) => {
    await bench.setSwitches({ 'personr.unknownApplicantBody': value });
    const answer = await start('1x1');
    expect([answer.status, answer.json]).toEqual([code, body]);
  });

  test('gets a link under the documented or the sampled field name', async () => {
    const id = await applicant();
    const link = (body: unknown) => bench.personr('api-verificationlink-create', body, bearer);
    expect(at((await link({ applicant: id })).json, 'response', 'verificationLink')).toMatch(/^http:\/\/127\.0\.0\.1:/);
    expect((await link({ applicantId: id })).status).toBe(400);
    await bench.setSwitches({ 'personr.linkField': 'applicantId' });
    expect((await link({ applicantId: id })).status).toBe(200);
  });

  test('an unknown workflow, a GET and an unknown workspace are refused', async () => {
    expect((await bench.personr('api-nothing', {}, bearer)).status).toBe(404);
    expect(
      (await exchange({ url: `${bench.server.personrBaseUrl}/api-applicant-status`, headers: bearer })).status,
    ).toBe(405);
    const change = (workspace: string) => bench.personr('api-change-workspace', { workspace }, bearer);
    expect((await change('Training')).json).toEqual({ status: 'success', response: { currentWorkspace: 'Training' } });
    expect((await change('Elsewhere')).status).toBe(400);
    await bench.setSwitches({ 'personr.unknownWorkspace': 'ignore' });
    expect(at((await change('Elsewhere')).json, 'response', 'currentWorkspace')).toBe('Training');
  });
});

describe('an upload', () => {
  test('is answered flat, without an envelope', async () => {
    const id = await applicant();
    expect((await upload(id, 'ID_CARD', 'FRONT_SIDE', picture('front'))).json).toEqual({
      applicantId: id,
      documentType: 'ID_CARD',
      documentSubType: 'FRONT_SIDE',
      country: 'AUS',
      errors: [],
      warnings: [],
    });
  });

  test('is taken as in the cURL sample (no JSON content type), and as multipart; a switch turns either off', async () => {
    const id = await applicant();
    const json = JSON.stringify({
      applicantId: id,
      docType: 'PASSPORT',
      docCountryISO: 'AUS',
      docFile: { filename: 'a.jpg', contents: picture('as curl sends it').toString('base64') },
    });
    const curl = { ...bearer, 'content-type': 'application/x-www-form-urlencoded' };
    expect((await bench.personr('api-document-upload', json, curl)).status).toBe(200);

    const form = (content: string) =>
      `--b\r\nContent-Disposition: form-data; name="applicantId"\r\n\r\n${id}\r\n` +
      '--b\r\nContent-Disposition: form-data; name="docType"\r\n\r\nSELFIE\r\n' +
      '--b\r\nContent-Disposition: form-data; name="docCountryISO"\r\n\r\nAUS\r\n' +
      `--b\r\nContent-Disposition: form-data; name="docFile"; filename="a.pdf"\r\n\r\n%PDF-1.7 ${content}\r\n--b--\r\n`;
    const multipart = { ...bearer, 'content-type': 'multipart/form-data; boundary=b' };
    expect((await bench.personr('api-document-upload', form('one'), multipart)).json).toMatchObject({ errors: [] });
    await bench.setSwitches({ 'personr.uploadEncoding': 'json' });
    expect((await bench.personr('api-document-upload', form('two'), multipart)).status).toBe(400);
    await bench.setSwitches({ 'personr.uploadEncoding': 'multipart' });
    expect((await upload(id, 'PASSPORT', null, picture('json'))).status).toBe(400);
  });

  test('the published sample with its comment is no JSON', async () => {
    const answer = await bench.personr(
      'api-document-upload',
      '{"applicantId":"1x1", // comment\n"docType":"ID_CARD"}',
      bearer,
    );
    expect([answer.status, at(answer.json, 'body', 'status')]).toEqual([400, 'INVALID_DATA']);
  });

  test('an invalid docType gets the documented failure; its HTTP status is a switch', async () => {
    const id = await applicant();
    const wrong = await upload(id, 'PASPORT', 'FRONT_SIDE', picture('x'));
    expect([wrong.status, wrong.json]).toEqual([
      400,
      { statusCode: 400, message: 'Error: Cannot read docSets - invalid docType provided.' },
    ]);
    await bench.setSwitches({ 'personr.errorHttpStatus': '200' });
    const shown = await upload(id, 'PASPORT', 'FRONT_SIDE', picture('x'));
    expect([shown.status, at(shown.json, 'statusCode')]).toEqual([200, 400]);
    expect((await upload(id, 'BANK_STATEMENT', null, picture('x'))).json).toMatchObject({ statusCode: 400 });
    await bench.setSwitches({ 'personr.docTypes': 'wider' });
    expect((await upload(id, 'BANK_STATEMENT', null, picture('x'))).json).toMatchObject({ errors: [] });
  });

  test('docSubType: none for a selfie, FRONT_SIDE or BACK_SIDE otherwise, never the text NULL', async () => {
    const id = await applicant();
    expect((await upload(id, 'SELFIE', 'FRONT_SIDE', picture('1'))).status).toBe(400);
    expect((await upload(id, 'ID_CARD', 'NULL', picture('2'))).status).toBe(400);
    expect((await upload(id, 'SELFIE', null, picture('3'))).status).toBe(200);
    expect((await upload(id, 'PASSPORT', null, picture('4'))).status).toBe(200);
    await bench.setSwitches({ 'personr.subTypeOfSelfie': 'ignore' });
    expect((await upload(id, 'SELFIE', 'FRONT_SIDE', picture('5'))).json).toMatchObject({ documentSubType: null });
  });

  test('the country is alpha-3', async () => {
    const id = await applicant();
    for (const [country, code] of [
      ['AU', 400],
      ['XXX', 400],
      ['aus', 400],
      ['NZL', 200],
      ['UTO', 200],
    ] as const) {
      const answer = await upload(id, 'PASSPORT', null, picture(country), { docCountryISO: country });
      expect([country, answer.status]).toEqual([country, code]);
    }
  });

  test.each([
    ['photo.jpg', Buffer.from('%PDF-1.7 named jpg'), 'corrupted-file'],
    ['photo.tiff', Buffer.from('II*\0 tiff'), 'unsupported-file-format'],
    ['photo.png', Buffer.alloc(0), 'empty-file'],
    ['photo', picture('no extension'), 'unsupported-file-format'],
  ])('%s that is not what it says is a 200 with errors[], and is not kept', async (filename, bytes, tag) => {
    const id = await applicant();
    const file = { docFile: { filename, contents: bytes.toString('base64') } };
    const answer = await upload(id, 'PASSPORT', 'FRONT_SIDE', bytes, file);
    expect([answer.status, at(answer.json, 'errors')]).toEqual([200, [tag]]);
    expect(at(await status(id), 'documents')).toEqual([]);
    await bench.setSwitches({ 'personr.noticeElements': 'object' });
    expect(at((await upload(id, 'PASSPORT', 'FRONT_SIDE', bytes, file)).json, 'errors', 0, 'code')).toBe(tag);
    await bench.setSwitches({ 'personr.refusedFile': 'status_400' });
    expect((await upload(id, 'PASSPORT', 'FRONT_SIDE', bytes, file)).status).toBe(400);
  });

  test('a size limit, and contents that are not base64', async () => {
    const id = await applicant();
    await bench.setSwitches({ 'personr.fileMaxBytes': 10 });
    expect(at((await upload(id, 'PASSPORT', null, picture('too large'))).json, 'errors')).toEqual(['file-too-big']);
    const broken = { docFile: { filename: 'a.jpg', contents: '/9j/4AAQ SkZJ' } };
    expect(at((await upload(id, 'PASSPORT', null, picture(''), broken)).json, 'errors')).toEqual(['corrupted-file']);
  });

  test.each([
    ['conflict', 409, undefined, 1],
    ['errors_array', 200, ['duplicate-document'], 1],
    ['accepted', 200, [], 2],
  ])('the same bytes again: %s', async (value, code, errors, stored) => {
    await bench.setSwitches({ 'personr.duplicateUpload': value });
    const id = await applicant();
    await upload(id, 'ID_CARD', 'FRONT_SIDE', picture('same'));
    const again = await upload(id, 'ID_CARD', 'BACK_SIDE', picture('same'));
    expect([again.status, at(again.json, 'errors')]).toEqual([code, errors]);
    expect(await bench.storedCount(picture('same'))).toBe(stored);
    expect((await upload(await applicant(), 'ID_CARD', 'FRONT_SIDE', picture('same'))).status).toBe(200);
  });

  test('a marker asks for errors or warnings; a refused side may disable the other', async () => {
    const id = await applicant();
    const warned = await upload(id, 'ID_CARD', 'FRONT_SIDE', picture('w', 'upload-warning=screenRecapture'));
    expect(warned.json).toMatchObject({ errors: [], warnings: ['screenRecapture'] });
    await bench.setSwitches({ 'personr.failedSide': 'both_sides', 'personr.duplicateUpload': 'errors_array' });
    await upload(id, 'ID_CARD', 'FRONT_SIDE', picture('w', 'upload-warning=screenRecapture'));
    expect(at(await status(id), 'documents')).toEqual(['ID_CARD']);
    const refused = await upload(id, 'ID_CARD', 'BACK_SIDE', picture('e', 'upload-error=dataNotReadable'));
    expect(refused.json).toMatchObject({ errors: ['dataNotReadable'] });
    expect(at(await status(id), 'documents')).toEqual([]);
  });
});

describe('a check', () => {
  test('goes from Created over Pre-Checked and Pending to Reviewed', async () => {
    await bench.setSwitches({ 'personr.stageMinMs': 1000, 'personr.stageMaxMs': 1000 });
    const id = await applicant();
    await upload(id, 'DRIVERS', 'FRONT_SIDE', picture('front'));
    await upload(id, 'DRIVERS', 'BACK_SIDE', picture('back'));
    await upload(id, 'SELFIE', null, picture('selfie'));
    const seen: unknown[] = [at(await status(id), 'applicantStatus')];
    await start(id);
    for (let second = 0; second < 3; second += 1) {
      seen.push(at(await status(id), 'applicantStatus'));
      bench.now += 1000;
    }
    expect(seen).toEqual(['Created', 'Pre-Checked', 'Pending', 'Reviewed']);
    expect(await status(id)).toMatchObject({
      applicantStatus: 'Reviewed',
      applicantActionStatus: 'Reviewed',
      result: { reviewAnswer: 'Approved', rejectLabels: [], 'Created Date': bench.now - 3000 },
      documents: ['DRIVERS', 'DRIVERS', 'SELFIE'],
      documentCountry: 'AUS',
    });
  });

  test.each([
    ['reject=BLACK_AND_WHITE', ['BLACK_AND_WHITE'], 'RETRY'],
    ['reject=LOW_QUALITY,SCREENSHOTS', ['LOW_QUALITY', 'SCREENSHOTS'], 'RETRY'],
    ['final=FORGERY', ['FORGERY'], 'FINAL'],
  ])('with %s is rejected', async (decision, labels, type) => {
    const answer = await reviewed(decision);
    expect(at(answer.status, 'result')).toMatchObject({
      reviewAnswer: 'Rejected',
      rejectLabels: labels,
      reviewRejectType: type,
    });
    await bench.setSwitches({ 'personr.reviewRejectType': 'absent', 'personr.privateComment': 'absent' });
    const bare = at(await status(answer.id), 'result');
    expect(bare).not.toHaveProperty('reviewRejectType');
    expect(bare).not.toHaveProperty('commentModeration');
  });

  test('a retake with a better page is accepted', async () => {
    const { id } = await reviewed('reject=BLACK_AND_WHITE');
    await upload(id, 'PASSPORT', 'FRONT_SIDE', picture('in colour'));
    await start(id);
    expect(at(await status(id), 'result', 'reviewAnswer')).toBe('Approved');
  });

  test('started early is accepted and harms: one attempt of five is gone', async () => {
    const id = await applicant();
    await upload(id, 'ID_CARD', 'FRONT_SIDE', picture('front'));
    expect((await start(id)).json).toEqual({ response: 'success' });
    expect(at(await status(id), 'result', 'rejectLabels')).toEqual(['BACK_SIDE_MISSING', 'INCOMPLETE_DOC']);
    await upload(id, 'ID_CARD', 'BACK_SIDE', picture('back'));
    await upload(id, 'SELFIE', null, picture('selfie'));
    await start(id);
    expect(at(await status(id), 'result', 'reviewAnswer')).toBe('Approved');
  });

  test('the fifth rejection is final; a sixth start is refused, or without effect', async () => {
    const { id } = await reviewed('reject=LOW_QUALITY');
    for (let attempt = 2; attempt <= 5; attempt += 1) {
      expect(at(await status(id), 'result', 'reviewRejectType')).toBe('RETRY');
      await start(id);
    }
    expect(at(await status(id), 'result', 'reviewRejectType')).toBe('FINAL');
    const sixth = await start(id);
    expect([sixth.status, at(sixth.json, 'status')]).toEqual([400, 'NOT_RUN']);
    await bench.setSwitches({ 'personr.attemptsExhausted': 'accept_without_effect' });
    expect((await start(id)).json).toEqual({ response: 'success' });
    expect((await upload(id, 'PASSPORT', null, picture('late'))).status).toBe(409);
    await bench.setSwitches({ 'personr.uploadAfterFinal': 'accept' });
    expect((await upload(id, 'PASSPORT', null, picture('late'))).status).toBe(200);
  });

  test('a status never seen before, a hold, and a decision changed later', async () => {
    expect(at((await reviewed('status=Escalated')).status, 'applicantStatus')).toBe('Escalated');
    const held = await reviewed('hold');
    expect(at(held.status, 'applicantStatus')).toBe('Pending');
    await bench.setSwitches({ 'personr.onHold': 'onHold' });
    expect(at(await status(held.id), 'applicantStatus')).toBe('onHold');
    await bench.admin('POST', '/decision', { id: held.id, decision: 'final=SANCTIONS' });
    expect(at(await status(held.id), 'result')).toMatchObject({
      rejectLabels: ['SANCTIONS'],
      reviewRejectType: 'FINAL',
    });
  });

  test('the form before the review, and the list of documents, are switches', async () => {
    const id = await applicant();
    await upload(id, 'ID_CARD', 'FRONT_SIDE', picture('front'));
    await upload(id, 'ID_CARD', 'BACK_SIDE', picture('back'));
    expect(await status(id)).not.toHaveProperty('result');
    await bench.setSwitches({ 'personr.resultBeforeReviewed': 'null', 'personr.documentsListing': 'per_type' });
    expect(await status(id)).toMatchObject({ result: null, documents: ['ID_CARD'] });
    await bench.setSwitches({
      'personr.resultBeforeReviewed': 'without_answer',
      'personr.documentsListing': 'after_review',
    });
    expect(await status(id)).toMatchObject({ result: { rejectLabels: [] }, documents: [] });
  });

  test('survives a restart', async () => {
    const { id } = await reviewed('reject=BLACK_AND_WHITE');
    const before = await status(id);
    await bench.restart();
    expect(await status(id)).toEqual(before);
  });
});

test('a rate limit, where a switch sets one', async () => {
  const id = await applicant();
  await bench.setSwitches({ 'personr.rateLimitPerMinute': 1 });
  const statuses = [await start(id), await start(id)].map((answer) => answer.status);
  expect(statuses).toEqual([200, 429]);
});
