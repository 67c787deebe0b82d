import { afterEach, beforeEach, expect, test } from 'vitest';
import { at, Bench, createBody, picture, type Answer } from './bench.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(async () => {
  await bench.close();
});

const page = picture('page');
const create = (key: string, body: unknown = createBody('document', page)): Promise<Answer> =>
  bench.persona('POST', '/document/generics', body, { 'idempotency-key': key });

test('the same key and bytes get the same status and body; nothing is stored twice, also after a restart', async () => {
  const first = await create('key-1');
  expect(first.status).toBe(201);
  const second = await create('key-1');
  expect([second.status, second.text]).toEqual([201, first.text]);
  expect(second.headers['request-id']).toBe(first.headers['request-id']);
  await bench.restart();
  const third = await create('key-1');
  expect([third.status, third.text]).toEqual([201, first.text]);
  expect(await bench.storedCount(page)).toBe(1);
});

test('another key stores it again', async () => {
  await create('key-1');
  await create('key-2');
  expect(await bench.storedCount(page)).toBe(2);
});

test.each(['409', '400', '422'])('the same key with other parameters is refused with %s', async (status) => {
  await bench.setSwitches({ 'persona.idempotencyMismatch': status });
  await create('key-1');
  const answer = await create('key-1', createBody('document', picture('another')));
  expect([answer.status, at(answer.json, 'errors', 'length')]).toEqual([Number(status), 1]);
  const elsewhere = await bench.persona('POST', '/document/generics/doc_x/submit', undefined, {
    'idempotency-key': 'key-1',
  });
  expect(elsewhere.status).toBe(Number(status));
});

test.each([
  ['new', 'another'],
  ['absent', 'none'],
])('the Request-Id of a replay is a switch: %s', async (value, expected) => {
  await bench.setSwitches({ 'persona.idempotencyReplayRequestId': value });
  const first = await create('key-1');
  const replay = await create('key-1');
  const id = replay.headers['request-id'];
  expect(id === undefined ? 'none' : id === first.headers['request-id'] ? 'first' : 'another').toBe(expected);
});

test('a failure is saved too: a 400 and a 500 come back until the key is pruned after 24 hours', async () => {
  const bad = await create('bad', {});
  expect([bad.status, (await create('bad', {})).text]).toEqual([400, bad.text]);

  await bench.fault({ path: '/document/generics', action: { kind: 'status', status: 500 } });
  expect((await create('broken')).status).toBe(500);
  expect((await create('broken')).status).toBe(500);
  expect(await bench.storedCount(page)).toBe(0);
  bench.now += 24 * 3_600_000 - 1;
  expect((await create('broken')).status).toBe(500);
  bench.now += 1;
  expect((await create('broken')).status).toBe(201);
});

test('401, 429 and a gateway error are decided before: the same key then runs', async () => {
  for (const [index, status] of [401, 429, 502, 503].entries()) {
    await bench.fault({ action: { kind: 'status', status } });
    expect((await create(`key-${index}`)).status).toBe(status);
    expect((await create(`key-${index}`)).status).toBe(201);
  }
});

test('a second request while the first is worked on is refused, or waits and gets the same', async () => {
  const pair = async (key: string): Promise<number[]> => {
    await bench.fault({ action: { kind: 'delay', ms: 300 } });
    const slow = create(key);
    // The fault script is empty once the first request has arrived and is being worked on.
    while (at(await bench.admin('GET', '/faults'), 'waiting') !== 0);
    const fast = create(key);
    return [(await slow).status, (await fast).status];
  };
  expect(await pair('key-1')).toEqual([201, 409]);
  await bench.setSwitches({ 'persona.idempotencyConcurrent': 'wait' });
  expect(await pair('key-2')).toEqual([201, 201]);
  expect(await bench.storedCount(page)).toBe(2);
});

test('GET takes no notice of a key, PATCH by switch', async () => {
  const id = String(at((await create('key-1')).json, 'data', 'id'));
  const read = await bench.persona('GET', `/documents/${id}`, undefined, { 'idempotency-key': 'key-1' });
  expect(read.status).toBe(200);
  const patch = (kind: string) =>
    bench.persona('PATCH', `/document/generics/${id}`, { data: { attributes: { kind } } }, { 'idempotency-key': 'p' });
  expect([(await patch('one')).status, (await patch('two')).status]).toEqual([200, 200]);
  await bench.setSwitches({ 'persona.idempotencyPatch': 'honoured' });
  expect([(await patch('three')).status, (await patch('four')).status]).toEqual([200, 409]);
});

test('a lost answer: stored, and the repeat with the same key finds it', async () => {
  await bench.fault({ action: { kind: 'resetAfterStoring' } });
  await expect(create('key-1')).rejects.toThrow(/socket hang up|ECONNRESET/);
  expect(await bench.storedCount(page)).toBe(1);
  const repeat = await create('key-1');
  expect([repeat.status, await bench.storedCount(page)]).toEqual([201, 1]);
  const requests = at(await bench.admin('GET', '/requests'), 'requests');
  expect(requests).toMatchObject([
    { path: '/document/generics', status: 201, fault: 'resetAfterStoring', idempotencyKey: 'key-1', isReplay: false },
    { path: '/document/generics', status: 201, fault: null, idempotencyKey: 'key-1', isReplay: true },
  ]);
});
