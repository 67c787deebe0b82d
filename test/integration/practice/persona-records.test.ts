import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { at, Bench, picture, type Answer } from './bench.ts';

/** Accounts, inquiries, government ids, verifications and transactions, as the official specification says they behave. */

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(async () => {
  await bench.close();
});

const post = (path: string, attributes: object, meta?: object): Promise<Answer> =>
  bench.persona('POST', path, { data: { attributes }, ...(meta === undefined ? {} : { meta }) });
const idOf = (answer: Answer): string => String(at(answer.json, 'data', 'id'));
const statusOf = (answer: Answer): unknown => at(answer.json, 'data', 'attributes', 'status');
const errorOf = (answer: Answer): readonly unknown[] => [answer.status, at(answer.json, 'errors', 0, 'details')];

/** Ids of a page of a list, at most ten. */
const ids = (answer: Answer): unknown[] =>
  [...Array(10).keys()].map((index) => at(answer.json, 'data', index, 'id')).filter((id) => id !== undefined);

const photoOf = (content: string, bytes = 12_000, decision?: string): object => ({
  data: [
    {
      data: Buffer.concat([picture(content, decision), Buffer.alloc(Math.max(0, bytes - 60))]).toString('base64'),
      filename: 'front.jpg',
    },
  ],
});

async function inquiry(): Promise<string> {
  return idOf(await post('/inquiries', { 'inquiry-template-id': 'itmpl_Practice' }));
}

async function submitted(inquiryId: string, decision?: string): Promise<string> {
  const made = await post('/document/government-ids', {
    'inquiry-id': inquiryId,
    'country-code': 'AU',
    'front-photo': photoOf(`f ${decision}`, 12_000, decision),
  });
  expect(made.status).toBe(201);
  expect((await bench.persona('POST', `/document/government-ids/${idOf(made)}/submit`)).status).toBe(200);
  return idOf(made);
}

describe('accounts', () => {
  test('one per reference id: found, refused a second time, or updated by an upsert', async () => {
    const first = await post('/accounts', { 'reference-id': 'C-1', 'name-first': 'Ana', birthdate: '1990-02-03' });
    expect(first.status).toBe(201);
    expect(errorOf(await post('/accounts', { 'reference-id': 'C-1' }))).toEqual([
      409,
      'Reference ID has already been taken',
    ]);
    const upserted = await post(
      '/accounts',
      { 'reference-id': 'C-1', 'name-last': 'Example' },
      { 'upsert-by': 'reference-id' },
    );
    expect([upserted.status, idOf(upserted)]).toEqual([200, idOf(first)]);
    const found = await bench.persona('GET', '/accounts?filter%5Breference-id%5D=C-0,C-1');
    expect(at(found.json, 'data')).toHaveLength(1);
    const fields = at(found.json, 'data', 0, 'attributes', 'fields');
    expect(at(fields, 'name', 'value', 'first', 'value')).toBe('Ana');
    await bench.setSwitches({ 'persona.accountNames': 'flat' });
    const flat = await bench.persona('GET', `/accounts/${idOf(first)}`);
    expect(at(flat.json, 'data', 'attributes', 'fields', 'name_first', 'value')).toBe('Ana');
  });

  test('names lie beside fields until 2025-10-27, and inside only since', async () => {
    const id = idOf(await post('/accounts', { 'name-first': 'Ana' }));
    const read = async (version: string): Promise<unknown> =>
      at(
        (await bench.persona('GET', `/accounts/${id}`, undefined, { 'persona-version': version })).json,
        'data',
        'attributes',
        'name-first',
      );
    expect([await read('2023-01-05'), await read('2025-10-27')]).toEqual(['Ana', undefined]);
  });

  test('trap 20: DELETE redacts, shows the object, and refuses a second time', async () => {
    const id = idOf(await post('/accounts', { 'name-first': 'Ana' }));
    const inside = idOf(await post('/inquiries', { 'inquiry-template-id': 'itmpl_1', 'account-id': id }));
    const redacted = await bench.persona('DELETE', `/accounts/${id}`);
    expect([redacted.status, idOf(redacted)]).toEqual([200, id]);
    expect(JSON.stringify(redacted.json)).not.toContain('Ana');
    expect((await bench.persona('DELETE', `/accounts/${id}`)).status).toBe(409);
    // What belongs to an account follows it.
    expect((await bench.persona('DELETE', `/inquiries/${inside}`)).status).toBe(409);
  });
});

describe('inquiries', () => {
  test('want exactly one template, and make an account unless they are told not to', async () => {
    expect((await post('/inquiries', {})).status).toBe(400);
    expect((await post('/inquiries', { 'template-id': 'tmpl_1', 'inquiry-template-id': 'itmpl_1' })).status).toBe(400);
    expect((await post('/inquiries', { 'inquiry-template-id': 'itmpl_Unknown' })).status).toBe(404);
    const made = await post('/inquiries', { 'inquiry-template-id': 'itmpl_1' });
    expect(at(made.json, 'data', 'relationships', 'account', 'data', 'type')).toBe('account');
    const bare = await post('/inquiries', { 'inquiry-template-id': 'itmpl_1' }, { 'auto-create-account': false });
    expect(at(bare.json, 'data', 'relationships', 'account', 'data')).toBeNull();
  });

  test('are found by their note, which must be the only filter', async () => {
    await inquiry();
    const noted = await post('/inquiries', { 'inquiry-template-id': 'itmpl_1', note: 'Satchel 7' });
    const found = await bench.persona('GET', '/inquiries?filter%5Bnote%5D=Satchel+7');
    expect([at(found.json, 'data', 0, 'id'), at(found.json, 'data', 1)]).toEqual([idOf(noted), undefined]);
    expect((await bench.persona('GET', '/inquiries?filter%5Bnote%5D=x&filter%5Bstatus%5D=created')).status).toBe(400);
  });

  test('trap 18: come newest first, ten at a time, with relative links and an id as cursor', async () => {
    const made: string[] = [];
    for (let index = 0; index < 12; index += 1) {
      bench.now += 1000;
      made.unshift(await inquiry());
    }
    const first = await bench.persona('GET', '/inquiries');
    expect(ids(first)).toEqual(made.slice(0, 10));
    const next = String(at(first.json, 'links', 'next'));
    expect([next, at(first.json, 'links', 'prev')]).toEqual([`/api/v1/inquiries?page%5Bafter%5D=${made[9]}`, null]);
    const second = await bench.persona('GET', next.replace('/api/v1', ''));
    expect([ids(second), at(second.json, 'links', 'next')]).toEqual([made.slice(10), null]);
    expect(ids(await bench.persona('GET', `/inquiries?page%5Bbefore%5D=${made[10]}`))).toEqual(made.slice(0, 10));
  });

  test('are created, pending, then what their documents and the template make of them', async () => {
    await bench.setSwitches({ 'persona.processingMinMs': 4000, 'persona.processingMaxMs': 4000 });
    const id = await inquiry();
    const read = async (): Promise<unknown> => statusOf(await bench.persona('GET', `/inquiries/${id}`));
    expect(await read()).toBe('created');
    await submitted(id);
    expect(await read()).toBe('pending');
    bench.now += 4000;
    expect(await read()).toBe('approved');
  });

  test.each([
    ['reject=id_glare_detection', 'failed'],
    ['final=FORGERY', 'declined'],
    ['hold', 'needs_review'],
    ['status=paused', 'paused'],
  ])('%s in a document ends in %s', async (decision, status) => {
    const id = await inquiry();
    await submitted(id, decision);
    expect(statusOf(await bench.persona('GET', `/inquiries/${id}`))).toBe(status);
  });

  test('expire, take nothing then, and are resumed', async () => {
    const id = await inquiry();
    bench.now += 24 * 3_600_000;
    expect(statusOf(await bench.persona('GET', `/inquiries/${id}`))).toBe('expired');
    const attach = (): Promise<Answer> =>
      post('/document/government-ids', { 'inquiry-id': id, 'country-code': 'AU', 'front-photo': photoOf('x') });
    expect((await attach()).status).toBe(409);
    await bench.setSwitches({ 'persona.closedInquiry': '422' });
    expect((await attach()).status).toBe(422);
    expect(statusOf(await bench.persona('POST', `/inquiries/${id}/resume`))).toBe('pending');
    expect((await attach()).status).toBe(201);
  });

  test('what is submitted after the expiry, where that is taken, leads to nothing until somebody opens it again', async () => {
    await bench.setSwitches({ 'persona.submitInClosedInquiry': 'accepted' });
    const id = await inquiry();
    const made = await post('/document/government-ids', {
      'inquiry-id': id,
      'country-code': 'AU',
      'front-photo': photoOf('late'),
    });
    bench.now += 25 * 3_600_000;
    const submit = await bench.persona('POST', `/document/government-ids/${idOf(made)}/submit`);
    expect([submit.status, statusOf(submit)]).toEqual([200, 'submitted']);
    bench.now += 3_600_000;
    const expired = await bench.persona('GET', `/inquiries/${id}`);
    expect([statusOf(expired), at(expired.json, 'data', 'attributes', 'expired-at')]).toEqual([
      'expired',
      new Date(bench.now - 2 * 3_600_000).toISOString(),
    ]);
    expect(statusOf(await bench.persona('POST', `/inquiries/${id}/resume`))).toBe('approved');
  });

  test('are approved and declined once, simulated, and redacted with their files', async () => {
    const id = await inquiry();
    const documentId = await submitted(id, 'hold');
    const act = (action: string): Promise<Answer> => bench.persona('POST', `/inquiries/${id}/${action}`);
    expect(statusOf(await act('decline'))).toBe('declined');
    expect((await act('decline')).status).toBe(409);
    const simulated = await bench.persona('POST', `/inquiries/${id}/perform-simulate-actions`, {
      meta: { 'simulate-actions': [{ type: 'fail_inquiry' }, { type: 'approve_inquiry' }] },
    });
    expect(statusOf(simulated)).toBe('approved');
    expect((await bench.persona('DELETE', `/inquiries/${id}`)).status).toBe(200);
    expect((await bench.persona('DELETE', `/inquiries/${id}`)).status).toBe(409);
    const document = await bench.persona('GET', `/document/government-ids/${documentId}`);
    expect(at(document.json, 'data', 'attributes', 'front-photo')).toBeNull();
  });
});

describe('government ids', () => {
  test('traps 16, 21, 23: photos are lists inside data, images of 10 KB to 15 MB, with an alpha-2 country', async () => {
    const id = await inquiry();
    const make = (more: object): Promise<Answer> =>
      post('/document/government-ids', {
        'inquiry-id': id,
        'country-code': 'AU',
        'front-photo': photoOf('f'),
        ...more,
      });
    expect((await make({})).status).toBe(201);
    expect((await make({ 'front-photo': { data: { data: 'AAAA', filename: 'x.jpg' } } })).status).toBe(400);
    expect(errorOf(await make({ 'front-photo': photoOf('f', 9_000) }))).toEqual([422, 'File must be over 10000 bytes']);
    expect((await make({ 'country-code': 'AUS' })).status).toBe(422);
    expect((await make({ 'country-code': undefined })).status).toBe(400);
    expect((await make({ 'inquiry-id': 'inq_none' })).status).toBe(404);
    const pdf = {
      data: [{ data: Buffer.from(`%PDF-1.7 ${'x'.repeat(12_000)}`).toString('base64'), filename: 'f.pdf' }],
    };
    expect(errorOf(await make({ 'front-photo': pdf }))).toEqual([422, 'File must be an image']);
  });

  test('are read by their typed path and the plural one, and not as generic documents', async () => {
    const documentId = await submitted(await inquiry());
    for (const path of [`/document/government-ids/${documentId}`, `/documents/${documentId}`]) {
      expect(at((await bench.persona('GET', path)).json, 'data', 'type')).toBe('document/government-id');
    }
    expect((await bench.persona('GET', `/document/generics/${documentId}`)).status).toBe(404);
  });

  test('lead to a verification whose failed checks are those of the decision', async () => {
    const id = await inquiry();
    const documentId = await submitted(id, 'reject=id_blur_detection');
    const read = await bench.persona('GET', `/inquiries/${id}?include=verifications`);
    const verificationId = String(at(read.json, 'included', 0, 'id'));
    const verification = await bench.persona('GET', `/verification/government-ids/${verificationId}`);
    expect(statusOf(verification)).toBe('failed');
    const checks = at(verification.json, 'data', 'attributes', 'checks');
    expect(Array.isArray(checks) && checks.filter((check) => at(check, 'status') === 'failed')).toMatchObject([
      { name: 'id_blur_detection', requirement: 'required' },
    ]);
    expect(at(verification.json, 'data', 'relationships', 'document', 'data', 'id')).toBe(documentId);
  });
});

describe('transactions', () => {
  test('hold files among their fields, are found by reference, decided and redacted', async () => {
    const fields = {
      id_class: 'pp',
      address_country_code: 'AU',
      id_front_photo: { data: picture('t').toString('base64'), filename: 'front.jpg' },
      bills: [{ data: picture('u').toString('base64'), filename: 'bill.jpg' }],
    };
    const made = await post('/transactions', {
      'transaction-type-id': 'txntp_Practice',
      'reference-id': 'C-1',
      tags: ['satchel-1'],
      fields,
    });
    expect(made.status).toBe(201);
    expect(await bench.storedCount(picture('t'))).toBe(1);
    expect(await bench.storedCount(picture('u'))).toBe(1);
    const found = await bench.persona('GET', '/transactions?filter%5Breference-id%5D=C-1');
    expect([at(found.json, 'data', 0, 'id'), at(found.json, 'data', 0, 'attributes', 'tags', 0)]).toEqual([
      idOf(made),
      'satchel-1',
    ]);
    expect(statusOf(await bench.persona('GET', `/transactions/${idOf(made)}`))).toBe('approved');
    expect((await bench.persona('DELETE', `/transactions/${idOf(made)}`)).status).toBe(200);
    expect(await bench.storedCount(picture('t'))).toBe(0);
  });

  test('of a government id want class and country', async () => {
    const fields = { id_front_photo: { data: picture('t').toString('base64'), filename: 'front.jpg' } };
    expect(errorOf(await post('/transactions', { 'transaction-type-id': 'txntp_1', fields }))).toEqual([
      400,
      'data.attributes.fields.id_class is missing',
    ]);
    expect((await post('/transactions', { 'transaction-type-id': 'txntp_Unknown', fields: {} })).status).toBe(404);
  });
});

const objects = (...names: string[]): string => `filter%5Bobject-id%5D=${names.join(',')}`;

const events = async (query: string): Promise<readonly string[]> => {
  const answer = await bench.persona('GET', `/events?page%5Bsize%5D=100&${query}`);
  const data = at(answer.json, 'data');
  return Array.isArray(data) ? data.map((event) => String(at(event, 'attributes', 'name'))) : [];
};

describe('events', () => {
  test('tell what has happened to a record, the newest first, by name, object and id', async () => {
    await bench.setSwitches({ 'persona.processingMinMs': 1000, 'persona.processingMaxMs': 1000 });
    const inquiryId = await inquiry();
    bench.now += 1000;
    const documentId = await submitted(inquiryId, 'final=x');
    expect((await events(objects(documentId))).toSorted()).toEqual(['document.created', 'document.submitted']);
    bench.now += 5000;
    expect((await events(objects(documentId)))[0]).toBe('document.processed');
    expect(await events(objects(inquiryId))).toEqual(['inquiry.declined', 'inquiry.started', 'inquiry.created']);
    expect(
      await events(`${objects(inquiryId, documentId)}&filter%5Bname%5D=inquiry.declined,document.errored`),
    ).toEqual(['inquiry.declined']);
    expect(await events(objects('inq_another'))).toEqual([]);
    const listed = await bench.persona('GET', `/events?page%5Bsize%5D=1&${objects(inquiryId)}`);
    const eventId = String(at(listed.json, 'data', 0, 'id'));
    expect(at(listed.json, 'data', 0, 'attributes', 'payload', 'data', 'id')).toBe(inquiryId);
    const next = String(at(listed.json, 'links', 'next')).replace('/api/v1', '');
    expect(at((await bench.persona('GET', next)).json, 'data', 0, 'attributes', 'name')).toBe('inquiry.started');
    const one = await bench.persona('GET', `/events/${eventId}`);
    expect(at(one.json, 'data', 'attributes', 'name')).toBe('inquiry.declined');
    expect((await bench.persona('GET', '/events/evt_none')).status).toBe(404);
  });

  test('tell of a status that somebody set, of a transaction and of a redaction', async () => {
    const inquiryId = await inquiry();
    await bench.persona('POST', `/inquiries/${inquiryId}/mark-for-review`);
    expect(await events(objects(inquiryId))).toContain('inquiry.marked-for-review');
    await bench.persona('POST', `/inquiries/${inquiryId}/approve`);
    await bench.persona('DELETE', `/inquiries/${inquiryId}`);
    expect(await events(objects(inquiryId))).toEqual(expect.arrayContaining(['inquiry.approved', 'inquiry.redacted']));
    const made = await post('/transactions', { 'transaction-type-id': 'txntp_1', fields: {} });
    expect(await events(objects(idOf(made)))).toEqual(
      expect.arrayContaining(['transaction.created', 'transaction.status-updated']),
    );
  });

  test('may be refused, filtered by one thing only, or listed late', async () => {
    const inquiryId = await inquiry();
    await bench.setSwitches({ 'persona.eventFilters': 'single' });
    const both = `/events?${objects(inquiryId)}&filter%5Bname%5D=inquiry.created`;
    expect(errorOf(await bench.persona('GET', both))).toEqual([400, 'filter must have only one key']);
    await bench.setSwitches({ 'persona.eventDelayMs': 5000 });
    expect(await events(objects(inquiryId))).toEqual([]);
    bench.now += 5000;
    expect(await events(objects(inquiryId))).toEqual(['inquiry.created']);
    for (const status of [401, 403, 404]) {
      await bench.setSwitches({ 'persona.events': String(status) });
      expect((await bench.persona('GET', '/events')).status).toBe(status);
    }
  });
});
