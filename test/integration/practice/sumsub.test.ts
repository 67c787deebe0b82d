import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { at, Bench, exchange, matching, picture, type Answer } from './bench.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(async () => {
  await bench.close();
});

interface Wire {
  /** What is sent, where it is not what was signed. */
  readonly sentPath?: string;
  readonly sentBody?: string | Buffer;
  readonly token?: string;
  readonly secretKey?: string;
  readonly secondsOff?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A signed call; `wire` bends it. */
function call(method: string, path: string, body: string | Buffer = '', wire: Wire = {}): Promise<Answer> {
  const timestamp = String(Math.floor(bench.now / 1000) + (wire.secondsOff ?? 0));
  const { pathname } = new URL(bench.server.sumsubBaseUrl);
  const signature = createHmac('sha256', wire.secretKey ?? 'practice')
    .update(`${timestamp}${method}${pathname}${path}`)
    .update(body)
    .digest('hex');
  const sent = wire.sentBody ?? body;
  return exchange({
    method,
    url: bench.server.sumsubBaseUrl + (wire.sentPath ?? path),
    headers: {
      'x-app-token': wire.token ?? 'sbx:practice',
      'x-app-access-ts': timestamp,
      'x-app-access-sig': signature,
      ...(sent.length === 0 ? {} : { 'content-type': 'application/json' }),
      ...wire.headers,
    },
    ...(sent.length === 0 ? {} : { body: sent }),
  });
}

const create = (reference = 'ref-1', level = 'Identity', wire: Wire = {}) =>
  call(
    'POST',
    `/resources/applicants?levelName=${encodeURIComponent(level)}`,
    JSON.stringify({ externalUserId: reference, fixedInfo: { firstName: 'Ana' } }),
    wire,
  );

/** An image as a form; its answer brings warnings unless told otherwise. */
function upload(applicantId: string, bytes: Buffer, metadata: Record<string, unknown> = {}, fileName = 'front.jpg') {
  const document = JSON.stringify({ idDocType: 'PASSPORT', country: 'AUS', ...metadata });
  const body = Buffer.concat([
    Buffer.from(`--b\r\nContent-Disposition: form-data; name="metadata"\r\n\r\n${document}\r\n`),
    Buffer.from(`--b\r\nContent-Disposition: form-data; name="content"; filename="${fileName}"\r\n\r\n`),
    bytes,
    Buffer.from('\r\n--b--\r\n'),
  ]);
  return call('POST', `/resources/applicants/${applicantId}/info/idDoc`, body, {
    headers: { 'content-type': 'multipart/form-data; boundary=b', 'x-return-doc-warnings': 'true' },
  });
}

const applicant = async (level?: string) => String(at((await create('ref-1', level)).json, 'id'));

describe('a signature', () => {
  test.each<[string, Wire, number, string]>([
    ['as it must be', {}, 201, ''],
    ['with another secret key', { secretKey: 'other' }, 401, 'Request signature mismatch'],
    ['of another body', { sentBody: '{"externalUserId":"ref-2"}' }, 401, 'Request signature mismatch'],
    ['of another query', { sentPath: '/resources/applicants?levelName=Other' }, 401, 'Request signature mismatch'],
    ['with a token that nobody knows', { token: 'sbx:other' }, 401, 'Invalid app token'],
    ['that is a minute too old', { secondsOff: -61 }, 401, 'Request signature expired'],
    ['from the future', { secondsOff: 61 }, 401, 'Request signature expired'],
    ['just young enough', { secondsOff: -60 }, 201, ''],
  ])('%s', async (_name, wire, status, description) => {
    const answer = await create('ref-1', 'Identity', wire);
    expect([answer.status, at(answer.json, 'description') ?? '']).toEqual([status, description]);
  });

  test('with a token that was revoked', async () => {
    await bench.admin('POST', '/credentials', { sumsubTokens: [{ appToken: 'sbx:new', secretKey: 'new' }] });
    expect((await create()).status).toBe(401);
    expect((await create('ref-1', 'Identity', { token: 'sbx:new', secretKey: 'new' })).status).toBe(201);
  });
});

describe('an applicant', () => {
  test('is made once of a reference, and found by it', async () => {
    const made = await create();
    expect([made.status, at(made.json, 'review', 'reviewStatus')]).toEqual([201, 'init']);
    const board = await bench.admin('POST', '/board', {});
    expect(at(board, 'records', 0)).toMatchObject({
      api: 'sumsub',
      kind: 'applicant',
      name: 'Identity',
      status: 'init',
    });
    const again = await create();
    expect([again.status, at(again.json, 'description')]).toEqual([
      409,
      `Applicant with external user id 'ref-1' already exists: ${String(at(made.json, 'id'))}`,
    ]);
    await bench.restart();
    const found = await call('GET', '/resources/applicants/-;externalUserId=ref-1/one');
    expect([at(found.json, 'id'), at(found.json, 'fixedInfo', 'firstName')]).toEqual([at(made.json, 'id'), 'Ana']);
    expect((await call('GET', '/resources/applicants/-;externalUserId=ref-2/one')).status).toBe(404);
  });

  test('that somebody deleted is gone, and its reference is free', async () => {
    const id = await applicant();
    await bench.admin('POST', '/forget', { id });
    expect((await call('GET', `/resources/applicants/${id}/status`)).status).toBe(404);
    expect((await create()).status).toBe(201);
  });

  test.each([
    ['404', 404],
    ['400', 400],
  ])('of an unknown level is refused with %s', async (value, status) => {
    await bench.setSwitches({ 'sumsub.unknownLevel': value });
    expect((await create('ref-1', 'Nobody knows it')).status).toBe(status);
  });
});

describe('an upload', () => {
  test('gets an id and is listed under its name', async () => {
    const id = await applicant();
    const answer = await upload(id, picture('front'));
    expect(answer.json).toEqual({ idDocType: 'PASSPORT', country: 'AUS', errors: [], warnings: [] });
    const list = await call('GET', `/resources/applicants/${id}/metadata/resources`);
    expect(at(list.json, 'items')).toMatchObject([
      { id: answer.headers['x-image-id'], fileMetadata: { fileName: 'front.jpg' }, deactivated: false },
    ]);
    await bench.setSwitches({ 'sumsub.imageFileNames': 'absent' });
    const unnamed = await call('GET', `/resources/applicants/${id}/metadata/resources`);
    expect(at(unnamed.json, 'items', 0, 'fileMetadata', 'fileName')).toBeUndefined();
  });

  test.each<[string, Buffer, Record<string, unknown>, string, number, number | undefined]>([
    ['an empty file', Buffer.alloc(0), {}, 'front.jpg', 400, 1003],
    ['a PDF called jpg', Buffer.from('%PDF-1.7'), {}, 'front.jpg', 400, 1004],
    ['a TIFF', Buffer.from('II*\0'), {}, 'front.tif', 400, 1005],
    ['a type that the level does not want', picture('x'), { idDocType: 'SELFIE' }, 'front.jpg', 409, 1010],
    ['an unknown type', picture('x'), { idDocType: 'NOTHING' }, 'front.jpg', 400, undefined],
    ['a country of two letters', picture('x'), { country: 'AU' }, 'front.jpg', 400, undefined],
  ])('refuses %s', async (_name, bytes, metadata, fileName, status, errorCode) => {
    const answer = await upload(await applicant(), bytes, metadata, fileName);
    expect([answer.status, at(answer.json, 'errorCode')]).toEqual([status, errorCode]);
    expect(at(answer.json, 'correlationId')).toEqual(matching(/^req_/));
  });

  test('refuses the same bytes twice, and while the applicant is being checked', async () => {
    await bench.setSwitches({ 'sumsub.stageMinMs': 1000, 'sumsub.stageMaxMs': 1000 });
    const id = await applicant();
    await upload(id, picture('front'));
    expect(at((await upload(id, picture('front'))).json, 'errorCode')).toBe(1000);
    expect(await bench.storedCount(picture('front'))).toBe(1);
    await call('POST', `/resources/applicants/${id}/status/pending`);
    expect(at((await upload(id, picture('other'))).json, 'errorCode')).toBe(1006);
  });

  test('of one side that is refused puts both out of use', async () => {
    const id = await applicant();
    const card = { idDocType: 'ID_CARD', idDocSubType: 'FRONT_SIDE' };
    await upload(id, picture('front'), card);
    const refused = await upload(id, picture('back', 'upload-error=screenshot'), {
      ...card,
      idDocSubType: 'BACK_SIDE',
    });
    expect([refused.status, at(refused.json, 'errors', 0, 'code')]).toEqual([200, 'screenshot']);
    const list = await call('GET', `/resources/applicants/${id}/metadata/resources`);
    expect([0, 1].map((index) => at(list.json, 'items', index, 'deactivated'))).toEqual([true, true]);
  });
});

describe('a check', () => {
  test('is refused while something is missing, runs once, and is decided', async () => {
    await bench.setSwitches({ 'sumsub.stageMinMs': 1000, 'sumsub.stageMaxMs': 1000 });
    const id = await applicant('Identity and selfie');
    await upload(id, picture('front', 'reject=LOW_QUALITY'));
    const start = () => call('POST', `/resources/applicants/${id}/status/pending`);
    const status = async () => (await call('GET', `/resources/applicants/${id}/status`)).json;
    expect((await start()).status).toBe(409);
    await upload(id, picture('selfie'), { idDocType: 'SELFIE' });
    expect((await start()).json).toEqual({ ok: 1 });
    expect((await start()).status).toBe(409);
    expect(at(await status(), 'reviewStatus')).toBe('pending');
    bench.now += 1500;
    expect(at(await status(), 'reviewStatus')).toBe('queued');
    bench.now += 1000;
    expect(await status()).toMatchObject({
      reviewStatus: 'completed',
      attemptCnt: 1,
      reviewResult: { reviewAnswer: 'RED', reviewRejectType: 'RETRY', rejectLabels: ['LOW_QUALITY'] },
    });
    await upload(id, picture('better'));
    expect((await start()).json).toEqual({ ok: 1 });
    bench.now += 3000;
    expect(await status()).toMatchObject({ attemptCnt: 2, reviewResult: { reviewAnswer: 'GREEN' } });
  });

  test('starts by itself where it does', async () => {
    await bench.setSwitches({ 'sumsub.startsByItself': 'yes' });
    const id = await applicant();
    await upload(id, picture('front'));
    expect(at((await call('GET', `/resources/applicants/${id}/status`)).json, 'reviewStatus')).toBe('completed');
  });

  test('that ended for good takes nothing more', async () => {
    const id = await applicant();
    await upload(id, picture('front', 'final=FORGERY'));
    await call('POST', `/resources/applicants/${id}/status/pending`);
    expect(at((await upload(id, picture('another'))).json, 'errorCode')).toBe(1009);
    expect(at((await call('POST', `/resources/applicants/${id}/status/pending`)).json, 'errorCode')).toBe(1009);
  });
});
