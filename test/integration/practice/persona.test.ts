import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { at, Bench, createBody, exchange, matching, picture } from './bench.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(async () => {
  await bench.close();
});

const BILL = createBody('proof_of_address', picture('bill'));

async function created(body: unknown = BILL): Promise<string> {
  const answer = await bench.persona('POST', '/document/generics', body);
  expect(answer.status).toBe(201);
  return String(at(answer.json, 'data', 'id'));
}

describe('a generic document', () => {
  test('is created, submitted and processed, with the documented shape', async () => {
    await bench.setSwitches({ 'persona.processingMinMs': 4000, 'persona.processingMaxMs': 4000 });
    const create = await bench.persona('POST', '/document/generics', BILL);
    expect(create.status).toBe(201);
    expect(create.json).toEqual({
      data: {
        type: 'document/generic',
        id: matching(/^doc_\w{24}$/),
        attributes: {
          status: 'initiated',
          'created-at': '2026-11-22T09:00:00.000Z',
          'processed-at': null,
          'processed-at-ts': null,
          kind: 'proof_of_address',
          files: [
            {
              filename: 'page-1.jpg',
              url: matching(/^http:\/\/127\.0\.0\.1:\d+\/persona\/files\/page-1\.jpg\?access_token=/),
              'byte-size': 8,
            },
          ],
          'files-normalized': [],
          'extraction-responses': null,
          'document-type': null,
          fields: {},
        },
        relationships: {
          inquiry: { data: null },
          template: { data: null },
          'inquiry-template-version': { data: null },
          'inquiry-template': { data: null },
          transaction: { data: null },
          'document-files': { data: [] },
        },
      },
    });
    const id = String(at(create.json, 'data', 'id'));

    const submit = await bench.persona('POST', `/document/generics/${id}/submit`);
    expect(submit.status).toBe(200);
    expect(at(submit.json, 'data', 'attributes', 'status')).toBe('submitted');
    expect(at(submit.json, 'data', 'attributes', 'processed-at')).toBeNull();

    bench.now += 3999;
    expect(at((await bench.persona('GET', `/documents/${id}`)).json, 'data', 'attributes', 'status')).toBe('submitted');
    bench.now += 1;
    const done = await bench.persona('GET', `/document/generics/${id}`);
    expect(at(done.json, 'data', 'attributes', 'status')).toBe('processed');
    expect(at(done.json, 'data', 'attributes', 'processed-at')).toBe('2026-11-22T09:00:04.000Z');
    expect(at(done.json, 'data', 'attributes', 'processed-at-ts')).toBe(1795338004);
    expect(at(done.json, 'data', 'attributes', 'document-type')).toBe('standard_utility_bill');
  });

  test.each([
    ['accept', 'processed'],
    ['errored', 'errored'],
    ['status=needs_second_look', 'needs_second_look'],
    ['hold', 'submitted'],
  ])('with the marker %s becomes %s', async (decision, status) => {
    const id = await created(createBody('document', picture('front'), picture('back', decision)));
    await bench.persona('POST', `/document/generics/${id}/submit`);
    const answer = await bench.persona('GET', `/documents/${id}`);
    expect(at(answer.json, 'data', 'attributes', 'status')).toBe(status);
  });

  test('takes a decision that a test sets for the next one, and only for that one', async () => {
    await bench.admin('POST', '/decision', { api: 'persona', decision: 'errored' });
    const statuses: unknown[] = [];
    for (const name of ['one', 'two']) {
      const id = await created(createBody('document', picture(name)));
      await bench.persona('POST', `/document/generics/${id}/submit`);
      statuses.push(at((await bench.persona('GET', `/documents/${id}`)).json, 'data', 'attributes', 'status'));
    }
    expect(statuses).toEqual(['errored', 'processed']);
  });

  test('arrives as multipart too', async () => {
    const boundary = 'boundary42';
    const page = picture('multipart page\r\n--boundary4 is not the boundary');
    const body = Buffer.concat([
      Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; name="data[attributes][kind]"\r\n\r\ndocument\r\n` +
          `--${boundary}\r\nContent-Disposition: form-data; name="data[attributes][files][]"; filename="a.jpg"\r\n` +
          'Content-Type: image/jpeg\r\n\r\n',
      ),
      page,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]);
    const answer = await exchange({
      method: 'POST',
      url: `${bench.server.personaBaseUrl}/document/generics`,
      headers: {
        authorization: 'Bearer persona_sandbox_practice',
        'content-type': `multipart/form-data; boundary=${boundary}`,
      },
      body,
    });
    expect(answer.status).toBe(201);
    expect(at(answer.json, 'data', 'attributes', 'files', 0, 'byte-size')).toBe(page.byteLength);
    expect(await bench.storedCount(page)).toBe(1);
  });

  test('is changed while initiated; files replace or join by switch', async () => {
    const id = await created();
    const more = createBody('other', picture('second'));
    const replaced = await bench.persona('PATCH', `/document/generics/${id}`, more);
    expect(at(replaced.json, 'data', 'attributes', 'kind')).toBe('other');
    expect(at(replaced.json, 'data', 'attributes', 'files', 'length')).toBe(1);
    await bench.setSwitches({ 'persona.updateFiles': 'append' });
    const joined = await bench.persona('PATCH', `/document/generics/${id}`, createBody('other', picture('third')));
    expect(at(joined.json, 'data', 'attributes', 'files', 'length')).toBe(2);
  });

  test('refuses what its state does not allow, with the status that a switch says', async () => {
    const empty = await created({ data: { attributes: { kind: 'document' } } });
    expect((await bench.persona('POST', `/document/generics/${empty}/submit`)).status).toBe(422);
    await bench.setSwitches({ 'persona.submitWithoutFiles': '409' });
    expect((await bench.persona('POST', `/document/generics/${empty}/submit`)).status).toBe(409);

    const id = await created();
    await bench.persona('POST', `/document/generics/${id}/submit`);
    expect((await bench.persona('POST', `/document/generics/${id}/submit`)).status).toBe(409);
    expect((await bench.persona('PATCH', `/document/generics/${id}`, BILL)).status).toBe(409);
    await bench.setSwitches({ 'persona.submitTwice': '422', 'persona.updateAfterSubmit': '422' });
    expect((await bench.persona('POST', `/document/generics/${id}/submit`)).status).toBe(422);
    expect((await bench.persona('PATCH', `/document/generics/${id}`, BILL)).status).toBe(422);
  });

  test('withdrawn endpoints answer as the switch says; reading goes on', async () => {
    const id = await created();
    for (const status of ['403', '404', '410']) {
      await bench.setSwitches({ 'persona.documentWrites': status });
      const answer = await bench.persona('POST', '/document/generics', BILL);
      expect([answer.status, at(answer.json, 'errors', 'length')]).toEqual([Number(status), 1]);
      expect((await bench.persona('GET', `/document/generics/${id}`)).status).toBe(200);
    }
  });
});

describe('what a wrong request gets', () => {
  test.each([
    [{}, 400, 'data is missing'],
    [{ data: { attributes: {} } }, 400, 'data.attributes.kind is missing'],
    [{ data: { attributes: { kind: '' } } }, 400, 'data.attributes.kind must be filled'],
    [{ data: { attributes: { kind: 'x', files: {} } } }, 400, 'data.attributes.files must be an array'],
    [
      { data: { attributes: { kind: 'x', 'reference-id': '1' } } },
      400,
      'data.attributes.reference_id is not permitted',
    ],
    [{ data: { type: 'document/generic', attributes: { kind: 'x' } } }, 400, 'data.type is not permitted'],
    [{ data: { attributes: { kind: 'x', 'inquiry-id': 'inq_1' } } }, 404, 'data.attributes.inquiry_id is not found'],
    [
      { data: { attributes: { kind: 'x', files: [{ data: 'n%t base64', filename: 'a' }] } } },
      400,
      'data.attributes.files.0.data must be base64',
    ],
    [{ data: { attributes: { kind: 'x', files: [{ data: '', filename: 'a.jpg' }] } } }, 422, 'File must not be empty'],
    [
      { data: { attributes: { kind: 'x', files: [{ data: 'aGVsbG8=', filename: 'a.jpg' }] } } },
      422,
      'File must be an image or a PDF',
    ],
  ])('%j', async (body, status, details) => {
    const answer = await bench.persona('POST', '/document/generics', body);
    expect([answer.status, at(answer.json, 'errors', 0, 'details')]).toEqual([status, details]);
  });

  test('half a JSON is a bad request, and the server goes on', async () => {
    expect((await bench.persona('POST', '/document/generics', '{"data":{"attr')).status).toBe(400);
    await created();
  });

  test('file limits and data: prefixes are switches', async () => {
    await bench.setSwitches({ 'persona.fileMaxBytes': 10 });
    const large = await bench.persona('POST', '/document/generics', createBody('x', picture('more than ten')));
    expect(large.status).toBe(422);
    expect(at(large.json, 'errors', 0)).toEqual({
      title: 'Record invalid',
      details: 'File must be under 10 bytes',
      source: { pointer: '/data/attributes/files' },
    });
    await bench.setSwitches({ 'persona.fileMaxBytes': 0, 'persona.fileMaxCount': 1 });
    const many = await bench.persona('POST', '/document/generics', createBody('x', picture('a'), picture('b')));
    expect(many.status).toBe(422);

    const uri = `data:image/jpeg;base64,${picture('uri').toString('base64')}`;
    const body = { data: { attributes: { kind: 'x', files: [{ data: uri, filename: 'a.jpg' }] } } };
    expect((await bench.persona('POST', '/document/generics', body)).status).toBe(400);
    await bench.setSwitches({ 'persona.fileDataUri': 'accept' });
    expect((await bench.persona('POST', '/document/generics', body)).status).toBe(201);
  });

  test('an unknown document or path is "Record not found"', async () => {
    for (const path of ['/documents/doc_none', '/document/generics/doc_none', '/documents/generics', '/nothing']) {
      const answer = await bench.persona('GET', path);
      expect([answer.status, answer.json]).toEqual([404, { errors: [{ title: 'Record not found' }] }]);
    }
  });
});

describe('headers', () => {
  test('every authenticated answer carries the documented ones; a 401 carries none and a title only', async () => {
    const fine = await bench.persona('GET', '/rate-limits');
    expect(fine.headers['request-id']).toMatch(/^req_/);
    expect(fine.headers['persona-environment-id']).toMatch(/^env_/);
    expect(fine.headers['persona-organization-id']).toMatch(/^org_/);
    expect(fine.headers['ratelimit-limit']).toBe('300');

    const wrong = await bench.persona('GET', '/rate-limits', undefined, { authorization: 'Bearer other' });
    expect([wrong.status, wrong.json]).toEqual([401, { errors: [{ title: 'Token is invalid' }] }]);
    const bare = await bench.persona('GET', '/rate-limits', undefined, { authorization: 'persona_sandbox_practice' });
    expect([bare.status, bare.json]).toEqual([
      401,
      { errors: [{ title: 'Must be authenticated to access this endpoint' }] },
    ]);
    for (const name of ['request-id', 'ratelimit-limit', 'persona-environment-id', 'persona-organization-id']) {
      expect([bare.headers[name], wrong.headers[name]]).toEqual([undefined, undefined]);
    }
  });

  test('Key-Inflection changes keys of the answer, not inside fields; requests may use any casing', async () => {
    const id = await created({ data: { attributes: { kind: 'x', files: [] } } });
    const fields = { 'my-field': 1, other_field: 2, thirdField: 3 };
    await bench.persona('PATCH', `/document/generics/${id}`, { data: { attributes: { fields } } });
    const camel = await bench.persona('GET', `/documents/${id}`, undefined, { 'key-inflection': 'camel' });
    expect(at(camel.json, 'data', 'attributes', 'createdAt')).toBeDefined();
    expect(at(camel.json, 'data', 'relationships', 'inquiryTemplateVersion')).toBeDefined();
    expect(at(camel.json, 'data', 'attributes', 'fields')).toEqual(fields);
    const snake = await bench.persona('GET', `/documents/${id}`, undefined, { 'key-inflection': 'snake' });
    expect(at(snake.json, 'data', 'attributes', 'processed_at_ts')).toBeNull();
    expect(at(snake.json, 'data', 'attributes', 'fields')).toEqual(fields);
    for (const name of ['inquiryId', 'inquiry_id', 'inquiry-id']) {
      const body = { data: { attributes: { kind: 'x', [name]: 'inq_1' } } };
      const answer = await bench.persona('POST', '/document/generics', body);
      expect(at(answer.json, 'errors', 0, 'details')).toBe('data.attributes.inquiry_id is not found');
    }
  });

  test('Persona-Version decides the form of file addresses; an unknown one is a switch', async () => {
    const id = await created();
    const url = async (version: string): Promise<unknown> =>
      at(
        (await bench.persona('GET', `/documents/${id}`, undefined, { 'persona-version': version })).json,
        'data',
        'attributes',
        'files',
        0,
        'url',
      );
    const responses = async (version: string): Promise<boolean> => {
      const { json } = await bench.persona('GET', `/documents/${id}`, undefined, { 'persona-version': version });
      return Object.hasOwn(Object(at(json, 'data', 'attributes')), 'extraction-responses');
    };
    expect([await responses('2021-08-18'), await responses('2021-07-05')]).toEqual([true, false]);
    expect(await url('2022-09-01')).toMatch(/\/api\/v1\/files\/[^/]+\/page-1\.jpg$/);
    expect(await url('2026-09-29')).toMatch(/\?access_token=/);
    const answer = await bench.persona('GET', `/documents/${id}`, undefined, { 'persona-version': '1999-01-01' });
    expect(answer.status).toBe(400);
    await bench.setSwitches({ 'persona.invalidVersion': 'ignore' });
    expect(await url('1999-01-01')).toMatch(/\?access_token=/);
  });

  test('a file address lives for six hours and needs no key; a stand-in is behind it, not the bytes', async () => {
    const answer = await bench.persona('GET', `/documents/${await created()}`);
    const url = String(at(answer.json, 'data', 'attributes', 'files', 0, 'url'));
    const given = await exchange({ url });
    expect([given.status, given.headers['content-type'], given.headers['content-length']]).toEqual([
      200,
      'image/jpeg',
      '265',
    ]);
    expect((await exchange({ url: `${url}x` })).status).toBe(403);
    bench.now += 6 * 3_600_000;
    expect((await exchange({ url })).status).toBe(403);
    await bench.setSwitches({ 'persona.expiredFileToken': '401' });
    expect((await exchange({ url })).status).toBe(401);
  });
});

test('a file address of before 2023-01-05 lies at the API and wants its key', async () => {
  const answer = await bench.persona('GET', `/documents/${await created()}`, undefined, {
    'persona-version': '2022-09-01',
  });
  const url = String(at(answer.json, 'data', 'attributes', 'files', 0, 'url'));
  expect((await exchange({ url })).status).toBe(401);
  const headers = { authorization: 'Bearer persona_sandbox_practice' };
  expect((await exchange({ url, headers })).headers['content-type']).toBe('image/jpeg');
});

describe('the rate window', () => {
  test('is fixed, starts with the first request and says what is left', async () => {
    await bench.setSwitches({ 'persona.rateLimitPerMinute': 3 });
    const read = () => bench.persona('GET', '/rate-limits');
    const first = await read();
    expect([first.headers['ratelimit-remaining'], first.headers['ratelimit-reset']]).toEqual(['2', '60']);
    bench.now += 20_000;
    const second = await read();
    expect([second.headers['ratelimit-remaining'], second.headers['ratelimit-reset']]).toEqual(['1', '40']);
    expect(at(second.json, 'data', 0)).toEqual({
      type: 'rate-limit/api',
      attributes: { limit: 3, remaining: 1, 'seconds-to-reset': 40 },
    });
    await read();
    const fourth = await read();
    expect([fourth.status, fourth.headers['ratelimit-remaining']]).toEqual([429, '0']);
    expect(at(fourth.json, 'errors', 0, 'title')).toBe('Rate limit exceeded');
    expect(fourth.headers['retry-after']).toBeUndefined();
    await bench.restart();
    expect((await read()).status).toBe(429);
    bench.now += 40_000;
    const next = await read();
    expect([next.status, next.headers['ratelimit-remaining'], next.headers['ratelimit-reset']]).toEqual([
      200,
      '2',
      '60',
    ]);
  });

  test('a refused credential does not count', async () => {
    await bench.persona('GET', '/rate-limits', undefined, { authorization: 'Bearer other' });
    expect((await bench.persona('GET', '/rate-limits')).headers['ratelimit-remaining']).toBe('299');
  });
});

test('the list of inquiries is empty and paged', async () => {
  const answer = await bench.persona('GET', '/inquiries?page%5Bsize%5D=1');
  expect([answer.status, answer.json]).toEqual([200, { data: [], links: { prev: null, next: null } }]);
  expect((await bench.persona('GET', '/inquiries?page%5Bsize%5D=500')).status).toBe(400);
  await bench.setSwitches({ 'persona.pageSizeOutOfRange': 'clamp' });
  expect((await bench.persona('GET', '/inquiries?page%5Bsize%5D=500')).status).toBe(200);
});
